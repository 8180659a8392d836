// Shows results: one list item a paper, its found words marked.
import { make } from "../cite/dom.js";
import { fold, stem } from "./engine.js";

export const FIELD = { type: "search", autocomplete: "off", placeholder: "Titles, names, questions", "aria-label": "Search all papers" };
export const PAUSE = 120; // milliseconds without a key before a search: half words would load pieces for nothing

/** Text with the words that a query found as <mark>. */
export function marked(text, stems) {
  const fragment = document.createDocumentFragment();
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    const found = part && stems && /[\p{L}\p{N}]/u.test(part) && stems.has(stem(fold(part)));
    fragment.append(found ? make("mark", {}, part) : part);
  }
  return fragment;
}

/** One result. */
export function result(paper, root, stems) {
  const title = make("a", { href: new URL(`papers/${paper.id}/`, root).href }, marked(paper.title, stems));
  const heading = make("p", { class: "gl-paper-title" }, title);
  if (paper.system) heading.append(" ", make("span", { class: "gl-system" }, paper.system));
  const meta = `${paper.authors} · ${paper.venue} ${paper.year}${paper.code ? " · code" : ""}`;
  const summary = make("p", { class: "gl-summary" }, marked(paper.summary, stems));
  return make("li", { class: "gl-paper", "data-paper": paper.id }, heading, make("p", { class: "gl-meta" }, meta), summary);
}
