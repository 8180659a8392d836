// The table of the whole collection. Which papers it shows, in which order, lives in the form and in the page's address.

import { dialect, SUFFIX } from "../cite/dialect.js";
import { count, make } from "../cite/dom.js";
import { download as save, ROOT } from "../cite/files.js";
import { fold } from "../text.js";
import { bibtex, csv } from "./download.js";
import { loadPapers } from "./papers.js";
import { VirtualRows } from "./virtual.js";

const page = document.querySelector("[data-browse]");
const form = page.querySelector("form");
const table = page.querySelector("table");
const status = page.querySelector("[data-status]");
const buttons = [...page.querySelectorAll("[data-download]")];
const heads = [...table.querySelectorAll("[data-sort]")];

const NAMES = ["q", "topic", "venue", "kind", "from", "to", "code", "sort"];
const FIRST = "-year";
const YEAR = /^\d{4,}$/; // Fewer digits are a year that is still being typed.

let papers;
let rows = [];
let list;

const link = (label, path, properties) => make("a", { href: new URL(path, ROOT).href, ...properties }, label);
const cell = (name, ...content) => make("td", { class: `gl-browse-${name}` }, ...content);
const line = (name, ...content) => make("span", { class: name }, ...content);

function makeRow(row, index) {
  const paper = papers.paper(row);
  const venue = paper.venue ? link(paper.venue[1], `venues/${paper.venue[0]}/`) : "preprint";
  const topics = paper.topics.flatMap(([slug, title], place) => [place ? ", " : "", link(title, `topics/${slug}/`)]);
  const code = paper.code ? link("code", paper.code, { rel: "noopener", "aria-label": `Code of ${paper.title}` }) : "";
  const system = paper.system ? [" ", line("gl-system", paper.system)] : [];
  const notice = paper.notice ? [make("strong", { class: "gl-noticed" }, paper.notice), " · "] : [];
  return make(
    "tr",
    { "data-paper": paper.id, "aria-rowindex": index + 2 },
    cell(
      "title",
      line("gl-browse-line", link(paper.title, `papers/${paper.id}/`, { title: paper.title }), ...system),
      line("gl-browse-line gl-meta", ...notice, paper.authors.join(", ")),
      line("gl-browse-line gl-browse-place gl-meta", `${paper.venue?.[1] ?? "preprint"} ${paper.year}`),
    ),
    cell("year", String(paper.year)),
    cell("venue", venue),
    cell("kind", paper.kind?.[1] ?? ""),
    cell("topics", line("gl-browse-two", ...topics)),
    cell("code", code),
  );
}

function show() {
  rows = select();
  list.rows = rows;
  table.ariaRowCount = rows.length + 1;
  const all = count(papers.size, "paper");
  status.textContent = rows.length === papers.size ? all : `${rows.length.toLocaleString("en-US")} of ${all}`;
  for (const button of buttons) button.disabled = rows.length === 0;
  showOrder(form.elements.sort.value);
}

/** Put the state that the address holds into the form; what the form does not offer is left out. */
function fromAddress() {
  const given = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const field = form.elements[name];
    const value = given.get(name) ?? (name === "sort" ? FIRST : "");
    if (field.type === "checkbox") field.checked = value === field.value;
    else field.value = field.type === "number" && !YEAR.test(value) ? "" : value;
    if (field.selectedIndex === -1) field.selectedIndex = 0;
  }
}

/** Put the state of the form into the address, only what is not as at first. */
function toAddress() {
  const shown = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() && !(name === "sort" && value === FIRST)) shown.set(name, value.trim());
  }
  history.replaceState(history.state, "", `${location.pathname}${shown.size ? `?${shown}` : ""}`);
}

/** Return the rows that pass the form's filters, in its order. */
function select() {
  const state = Object.fromEntries(new FormData(form));
  const { columns } = papers;
  const tests = [];
  const words = fold(state.q).split(/\s+/).filter(Boolean);
  if (words.length) tests.push((row) => words.every((word) => papers.text(row).includes(word)));
  if (state.topic) {
    const topic = papers.place("topics", state.topic);
    tests.push((row) => columns.topics[row].includes(topic));
  }
  for (const name of ["venue", "kind"]) {
    const place = papers.place(name, state[name]); // of the venue "none" there is none, as in rows without one
    if (state[name]) tests.push((row) => columns[name][row] === place);
  }
  const year = (text, open) => (YEAR.test(text) ? Number(text) : open);
  const [from, to] = [year(state.from, 0), year(state.to, Infinity)].sort((one, other) => one - other);
  tests.push((row) => columns.year[row] >= from && columns.year[row] <= to);
  if (state.code) tests.push((row) => row in columns.code);
  return papers.order(state.sort || FIRST).filter((row) => tests.every((test) => test(row)));
}

function showOrder(sort) {
  const [name, direction] = sort.startsWith("-") ? [sort.slice(1), "descending"] : [sort, "ascending"];
  for (const head of heads) head.closest("th").ariaSort = head.dataset.sort === name ? direction : null;
}

function change() {
  toAddress();
  const top = table.getBoundingClientRect().top;
  if (top < 0) scrollBy(0, top - 120);
  show();
}

function sortBy(name) {
  const { sort } = form.elements;
  const first = name === "year" ? `-${name}` : name;
  const other = name === "year" ? name : `-${name}`;
  sort.value = sort.value === first ? other : first;
  change();
}

async function download(kind) {
  const chosen = [...rows];
  if (kind === "csv") return save("papers.csv", csv(chosen.map((row) => papers.paper(row))));
  const ids = chosen.map((row) => papers.columns.id[row]);
  return save("papers.bib", await bibtex(ids, SUFFIX[dialect()]));
}

async function start() {
  page.previousElementSibling.hidden = true;
  page.hidden = false;
  fromAddress();
  try {
    papers = await loadPapers(page.dataset.browse);
  } catch {
    status.textContent = "The table could not be loaded. Reload the page to try again.";
    for (const control of [...form.elements, ...buttons, ...heads]) control.disabled = true;
    return;
  }
  list = new VirtualRows(table.tBodies[0], makeRow);
  show();
  if (history.state?.scroll) scrollTo(0, history.state.scroll);
  addEventListener("pagehide", () => history.replaceState({ scroll: scrollY }, ""));
  form.addEventListener("input", change);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(change));
  for (const head of heads) head.addEventListener("click", () => sortBy(head.dataset.sort));
  for (const button of buttons) {
    button.addEventListener("click", () =>
      download(button.dataset.download).catch(() => (status.textContent = "The download failed. Try again.")),
    );
  }
}

start();
