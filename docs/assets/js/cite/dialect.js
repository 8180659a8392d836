// BibTeX or biblatex: one choice, remembered, for every copy button and every download.

import { paperFile } from "./files.js";
import { onChange, recall, remember } from "./store.js";

export const SUFFIX = { bibtex: "bib", biblatex: "biblatex.bib" };
const NAME = { bibtex: "BibTeX", biblatex: "biblatex" };

export function dialect() {
  return recall("dialect") === "biblatex" ? "biblatex" : "bibtex";
}

export function onDialect(callback) {
  onChange("dialect", callback);
}

/** Set up what the page has of it: switches, links with `data-dialect`, which stand for both dialects, a record's entry. */
export function startDialect() {
  for (const box of document.querySelectorAll("[data-dialect-switch]")) {
    box.hidden = false;
    box.addEventListener("change", (event) => remember("dialect", event.target.value));
  }
  for (const other of document.querySelectorAll("[data-dialect-other]")) other.hidden = true;
  onDialect(show);
  addEventListener("pageshow", show); // after Back the browser has put its switches as they were
  show();
}

function show() {
  const chosen = dialect();
  for (const input of document.querySelectorAll("[data-dialect-switch] input")) {
    input.checked = input.value === chosen;
  }
  for (const link of document.querySelectorAll("a[data-dialect]")) {
    link.dataset.bibtex ??= link.getAttribute("href");
    link.setAttribute("href", link.dataset.bibtex.replace(/\.bib$/, `.${SUFFIX[chosen]}`));
    if ("dialectName" in link.dataset) link.textContent = NAME[chosen];
  }
  const entry = document.querySelector("[data-entry]");
  if (entry) showEntry(entry, chosen);
}

async function showEntry(entry, chosen) {
  entry.bibtex ??= entry.textContent;
  const text = chosen === "bibtex" ? entry.bibtex : await paperFile(entry.dataset.entry, SUFFIX[chosen]).catch(() => null);
  if (dialect() !== chosen) return; // Chosen anew while this was fetched.
  entry.textContent = text?.trimEnd() ?? "The biblatex form could not be loaded.";
}
