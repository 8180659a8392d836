// Shows results: one list item a paper, its found words marked.
import { fold, stem } from "./engine.js";

export function element(name, properties = {}, ...children) {
  const node = Object.assign(document.createElement(name), properties);
  node.append(...children);
  return node;
}

/** Text with the words that a query found as <mark>. */
export function marked(text, stems) {
  const fragment = document.createDocumentFragment();
  for (const part of text.split(/([\p{L}\p{N}]+)/u)) {
    const found = part && stems && /[\p{L}\p{N}]/u.test(part) && stems.has(stem(fold(part)));
    fragment.append(found ? element("mark", {}, part) : part);
  }
  return fragment;
}

/** One result. */
export function result(paper, root, stems) {
  const title = element("a", { href: new URL(`papers/${paper.id}/`, root).href }, marked(paper.title, stems));
  const heading = element("p", { className: "gl-paper-title" }, title);
  if (paper.system) heading.append(" ", element("span", { className: "gl-system" }, paper.system));
  const meta = `${paper.authors} · ${paper.venue} ${paper.year}${paper.code ? " · code" : ""}`;
  const item = element("li", { className: "gl-paper" }, heading, element("p", { className: "gl-meta" }, meta), element("p", { className: "gl-summary" }, marked(paper.summary, stems)));
  item.dataset.paper = paper.id;
  return item;
}
