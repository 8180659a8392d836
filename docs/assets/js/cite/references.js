// References formatted by the Citation Style Language. The processor and the styles are loaded when asked for.

import { button, copy, copyHtml, make } from "./dom.js";
import { paperItems, ROOT, siteFile } from "./files.js";
import { onChange, recall, remember } from "./store.js";

const STYLES = { apa: "APA", mla: "MLA", chicago: "Chicago", ieee: "IEEE", acm: "ACM", nature: "Nature" };
const LOCALES = ["en-US", "en-GB"];
const ALLOWED = new Set(["I", "B", "SUP", "SUB", "SPAN", "DIV", "A"]);

const OTHERS = "\ue000"; // a letter of nobody's, in the place of those whom an incomplete list leaves out
const ET_AL = { ieee: " <i>et al.</i>", nature: " <i>et al.</i>", acm: " et al." };

const csl = (name) => siteFile(`assets/vendor/csl/${name}`);

/** Load the processor, a style and the languages. */
function load(name) {
  const files = [`${name}.csl`, ...LOCALES.map((locale) => `locales-${locale}.xml`)];
  return Promise.all([import(new URL("assets/vendor/citeproc.js", ROOT)), ...files.map(csl)]);
}

function style() {
  const chosen = recall("style");
  return Object.hasOwn(STYLES, chosen ?? "") ? chosen : "apa";
}

/** Load everything that any style needs, so that formatting works without a connection. */
export function warm() {
  return Promise.all(Object.keys(STYLES).map(load));
}

/** Return papers (CSL-JSON items) as references in the style's order, each an element. */
export async function references(items, name) {
  const [{ default: CSL }, sheet, ...locales] = await load(name);
  const named = (name) => (name.literal === "others" ? { literal: OTHERS } : name); // as gen/citation/csl.py ends such a list
  const byId = new Map(items.map((item) => [item.id, { ...item, author: item.author?.map(named) }]));
  const engine = new CSL.Engine(
    {
      retrieveItem: (id) => byId.get(id),
      retrieveLocale: (language) => locales[Math.max(0, LOCALES.indexOf(language))],
    },
    sheet,
    "en-US",
  );
  engine.opt.development_extensions.wrap_url_and_doi = true;
  engine.updateItems([...byId.keys()]);
  const [, entries] = engine.makeBibliography();
  return entries.map((entry) => {
    const html = entry.replace(/,? (?:and|&#38;|…) \ue000\.?/, ET_AL[name] ?? ", et al.");
    const { body } = new DOMParser().parseFromString(html, "text/html");
    const reference = make("div", { class: "gl-reference" });
    rebuild(body.querySelector(".csl-entry") ?? body, reference);
    return reference;
  });
}

/** Copy what a reference may hold into an element: text, the tags of CSL, links to the web. */
function rebuild(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    let target = to;
    if (ALLOWED.has(node.tagName)) {
      target = make(node.tagName.toLowerCase());
      if (node.tagName === "A" && /^https?:/.test(node.getAttribute("href") ?? "")) target.href = node.getAttribute("href");
      to.append(target);
    }
    rebuild(node, target);
  }
}

function asText(reference) {
  const parts = [...reference.childNodes].map((node) => node.textContent.trim());
  const numbered = reference.firstElementChild?.tagName === "DIV"; // The number stands in a box of its own.
  return (numbered ? parts.filter(Boolean).join(" ") : reference.textContent).trim().replace(/\s+/g, " ");
}

/** Fill a box with references of papers: a choice of styles, the text, two buttons. `ids` is asked each time. */
export function referenceBox(box, ids) {
  const select = make("select", { "aria-label": "Citation style" });
  for (const [name, label] of Object.entries(STYLES)) select.append(new Option(label, name));
  const list = make("div", { class: "gl-references-list", "aria-live": "polite" });
  let shown = [];
  const show = async () => {
    const name = style();
    select.value = name;
    list.setAttribute("aria-busy", "true");
    try {
      const items = (await paperItems(ids())).filter(Boolean);
      const made = items.length ? await references(items, name) : [];
      if (name !== style()) return;
      shown = made;
      list.replaceChildren(...made);
    } catch {
      list.replaceChildren("The references could not be loaded. Are you offline?");
    }
    list.removeAttribute("aria-busy");
  };
  select.addEventListener("change", () => remember("style", select.value));
  onChange("style", show);
  const bar = make(
    "div",
    { class: "gl-bar" },
    select,
    button("Copy text", () => copy(`${shown.map(asText).join("\n")}\n`)),
    button("Copy HTML", () => copyHtml(shown.map((reference) => `<p>${reference.innerHTML}</p>`).join("\n"))),
  );
  const credit = make("a", { href: "https://github.com/Juris-M/citeproc-js", rel: "noopener" }, "citeproc-js");
  box.replaceChildren(bar, list, make("p", { class: "gl-fine" }, "Formatted by ", credit, " from official CSL styles."));
  show();
  return show;
}

// A paper's page: its reference is formatted when the box is opened.
for (const box of document.querySelectorAll("details[data-references]")) {
  box.hidden = false;
  box.addEventListener("toggle", () => referenceBox(box.lastElementChild, () => [box.dataset.references]), { once: true });
}
