// A tick for every paper on the page, also those that arrive later, and the count in the header.

import { make } from "./dom.js";
import { onChange, picks, setPicks } from "./store.js";

export function startTicks() {
  addTicks(document);
  new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      if (type === "attributes") addTick(target);
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) addTicks(node);
    }
  }).observe(document.body, { childList: true, subtree: true, attributeFilter: ["data-paper"] });
  document.addEventListener("change", ({ target }) => {
    if (!target.matches(".gl-tick input")) return;
    const others = picks().filter((id) => id !== target.value);
    setPicks(target.checked ? [...others, target.value] : others);
  });
  onChange("picks", show);
  addEventListener("pageshow", show); // after Back the browser has put its boxes as they were
  show();
}

function addTicks(node) {
  const picked = new Set(picks());
  if (node.matches?.("[data-paper]")) addTick(node, picked);
  for (const paper of node.querySelectorAll("[data-paper]")) addTick(paper, picked);
}

function addTick(paper, picked = new Set(picks())) {
  const id = paper.dataset.paper;
  let input = paper.querySelector(".gl-tick input");
  if (!input) {
    input = make("input", { type: "checkbox" });
    const label = make("label", { class: "gl-tick", title: "Put on your pick list" }, input);
    if ("tickText" in paper.dataset) {
      label.append("Pick");
      paper.hidden = false;
    } else {
      input.setAttribute("aria-label", `Pick ${paper.querySelector("a")?.textContent.trim() ?? id}`);
    }
    (paper.cells?.[0] ?? paper).prepend(label);
  }
  input.value = id;
  input.checked = picked.has(id);
}

function show() {
  const ids = picks();
  const picked = new Set(ids);
  for (const input of document.querySelectorAll(".gl-tick input")) input.checked = picked.has(input.value);
  for (const link of document.querySelectorAll("[data-picks]")) {
    const number = link.querySelector("[data-picks-count]");
    number.textContent = ids.length || "";
    link.setAttribute("aria-label", ids.length ? `Pick list, ${ids.length}` : "Pick list");
  }
}
