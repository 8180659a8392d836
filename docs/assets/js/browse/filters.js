// The state of the table: which papers, in which order. It lives in the form and in the page's address.

import { fold } from "../text.js";

const NAMES = ["q", "topic", "venue", "kind", "from", "to", "code", "sort"];
export const FIRST = "-year";
const YEAR = /^\d{4}$/;

/** Put the state that the address holds into the form; what the form does not offer is left out. */
export function fromAddress(form) {
  const given = new URLSearchParams(location.search);
  for (const name of NAMES) {
    const field = form.elements[name];
    const value = given.get(name) ?? (name === "sort" ? FIRST : "");
    if (field.type === "checkbox") field.checked = value === field.value;
    else field.value = value;
    if (field.selectedIndex === -1) field.selectedIndex = 0;
  }
}

/** Put the state of the form into the address, only what is not as at first. */
export function toAddress(form) {
  const shown = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value.trim() && !(name === "sort" && value === FIRST)) shown.set(name, value.trim());
  }
  const query = shown.toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
}

/** Return the rows that pass the form's filters, in its order. */
export function select(papers, form) {
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
  if (YEAR.test(state.from)) tests.push((row) => columns.year[row] >= Number(state.from));
  if (YEAR.test(state.to)) tests.push((row) => columns.year[row] <= Number(state.to));
  if (state.code) tests.push((row) => row in columns.code);
  return papers.order(state.sort || FIRST).filter((row) => tests.every((test) => test(row)));
}
