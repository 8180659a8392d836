// A paper's page: its reference in the style that the reader chooses, formatted when the box is opened.

import { referenceBox } from "./references.js";

for (const box of document.querySelectorAll("details[data-references]")) {
  box.hidden = false;
  box.addEventListener("toggle", () => referenceBox(box.lastElementChild, () => [box.dataset.references]), { once: true });
}
