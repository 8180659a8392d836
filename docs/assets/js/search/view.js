// Shows results: one list item a paper, its found words marked.
import { count, make } from "../cite/dom.js";
import { fold, stem } from "./engine.js";

export const FIELD = { type: "search", autocomplete: "off", placeholder: "Titles, names, questions", "aria-label": "Search all papers" };
export const PAUSE = 120; // milliseconds without a key before a search: half words would load pieces for nothing
const SLOW = 300; // milliseconds after which a search says that it is under way

/** Return what tells the reader of a search: called with true as it begins and with false at its end. */
export function waiting(status, list) {
  let slow;
  return (waits) => {
    clearTimeout(slow);
    if (!waits) return (list.ariaBusy = null);
    slow = setTimeout(() => {
      list.ariaBusy = true; // what it holds answers the question before
      status.textContent = "Searching ...";
    }, SLOW);
  };
}

/** What is said of so many papers found. */
export async function outcome(index, query, number) {
  if (number) return count(number, "paper");
  if (query && await index.common(query)) return "These words are too common to search for.";
  return "No paper found. Fewer or other words may find one, or fewer filters.";
}

export function failure(error) {
  return `Search could not be loaded (${error.message}). Try again.`;
}

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
  if (paper.system) heading.append(" ", make("span", { class: "gl-system" }, marked(paper.system, stems)));
  const meta = make("p", { class: "gl-meta" }, marked(`${paper.authors} · ${paper.venue} ${paper.year}`, stems), paper.code ? " · code" : "");
  const summary = make("p", { class: "gl-summary" }, marked(paper.summary, stems));
  return make("li", { class: "gl-paper", "data-paper": paper.id }, heading, meta, summary);
}
