// Tables of reported figures: sorted by a column, filtered by words and topic. Without script they stand grouped
// by topic, as the generator wrote them; sorted, they are one list that shows each row's topic.

import { make } from "./cite/dom.js";

const tables = [...document.querySelectorAll("[data-figures]")];
const collator = new Intl.Collator("en", { numeric: true });

/** Return a comparison of rows; rows without a value stand last in either direction. */
function comparison(column, type, sign) {
  const number = type === "number";
  const value = ({ cells }) => (number ? cells[column].dataset.value : cells[column].textContent.trim());
  const compare = number ? (a, b) => a - b : collator.compare;
  return (a, b) => !value(a) - !value(b) || sign * compare(value(a), value(b)) || 0;
}

function makeSortable(table) {
  const groups = [...table.tBodies];
  const whole = make("tbody");
  const homes = groups.map((group) => [group, [...group.querySelectorAll("[data-paper]")]]);
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    const first = head.dataset.sort === "number" ? "descending" : "ascending";
    const steps = [first, first === "descending" ? "ascending" : "descending", null];
    button.addEventListener("click", () => {
      const next = steps[(steps.indexOf(head.ariaSort) + 1) % steps.length];
      for (const other of table.querySelectorAll("th")) other.removeAttribute("aria-sort");
      table.classList.toggle("gl-figures--sorted", next !== null);
      if (next === null) {
        for (const [group, rows] of homes) group.append(...rows);
        whole.remove();
        return;
      }
      head.ariaSort = next;
      const rows = homes.flatMap(([, members]) => members);
      whole.append(...rows.sort(comparison(head.cellIndex, head.dataset.sort, next === "ascending" ? 1 : -1)));
      table.append(whole);
    });
  }
}

/** Put a filter over all tables of the page. */
function makeFilter() {
  const words = make("input", { type: "search", name: "q" });
  const topics = make("select", { name: "topic" }, new Option("Any", ""), ...topicOptions());
  const says = make("p", { role: "status" });
  const bar = make("form", { class: "gl-figures-bar", role: "search" }, make("label", {}, "Words", words), make("label", {}, "Topic", topics), says);
  const given = new URLSearchParams(location.search);
  words.value = given.get("q") ?? "";
  topics.value = given.get("topic") ?? "";
  if (topics.selectedIndex < 0) topics.selectedIndex = 0;

  const rows = tables.flatMap((table) => [...table.querySelectorAll("tr[data-paper]")]).map((row) => ({
    row,
    topic: row.parentElement.dataset.topic ?? "",
    text: row.textContent.toLowerCase(),
  }));
  const groups = [...document.querySelectorAll(".gl-figures-group")].map((head) => [head, [...head.parentElement.querySelectorAll("[data-paper]")]]);
  const show = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, topic, text } of rows) {
      row.hidden = (topics.value && topic !== topics.value) || !wanted.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    for (const [head, members] of groups) head.hidden = members.every((row) => row.hidden);
    says.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} figures`;
  };
  const change = () => {
    show();
    const state = [...new FormData(bar)].filter(([, value]) => value.trim());
    const query = new URLSearchParams(state).toString();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
  };
  bar.addEventListener("input", change);
  bar.addEventListener("submit", (event) => event.preventDefault());
  document.querySelector(".gl-lead").after(bar);
  show();
}

function topicOptions() {
  const found = new Map();
  for (const group of document.querySelectorAll("tbody[data-topic]")) {
    found.set(group.dataset.topic, group.querySelector("th").textContent.trim());
  }
  return [...found].sort((a, b) => collator.compare(a[1], b[1])).map(([slug, title]) => new Option(title, slug));
}

makeFilter();
for (const table of tables) makeSortable(table);
