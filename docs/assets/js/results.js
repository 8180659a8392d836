// Tables of reported figures: sorted by a column, filtered by words and topic. Without script they stand grouped
// by topic, as the generator wrote them; sorted, they are one list that shows each row's topic.

import { make } from "./cite/dom.js";
import { fold } from "./text.js";

const tables = [...document.querySelectorAll("[data-figures]")];
const collator = new Intl.Collator("en", { numeric: true });
const ORDERS = ["descending", "ascending"];

/** What the address holds: words, topic, and for each table its order. */
const state = new URLSearchParams(location.search);
function keep(name, value) {
  if (value) state.set(name, value);
  else state.delete(name);
  history.replaceState(null, "", `${location.pathname}${state.size ? `?${state}` : ""}${location.hash}`);
}

/** Return a comparison of rows; rows without a value stand last in either direction. */
function comparison(column, type, sign) {
  const number = type === "number";
  const value = ({ cells }) => (number ? cells[column].dataset.value : cells[column].textContent.trim());
  const compare = number ? (a, b) => a - b : collator.compare;
  return (a, b) => !value(a) - !value(b) || sign * compare(value(a), value(b)) || 0;
}

function makeSortable(table) {
  const whole = make("tbody");
  const homes = [...table.tBodies].map((group) => [group, [...group.querySelectorAll("[data-paper]")]]);
  const heads = [...table.querySelectorAll("th[data-sort]")];
  const name = table.parentElement.previousElementSibling.id;
  const sort = (by, order) => {
    for (const head of heads) head.ariaSort = head === by && order ? order : null;
    table.classList.toggle("gl-figures--sorted", Boolean(order));
    if (order) {
      const rows = homes.flatMap(([, members]) => members);
      whole.append(...rows.sort(comparison(by.cellIndex, by.dataset.sort, order === "ascending" ? 1 : -1)));
      table.append(whole);
    } else {
      for (const [group, rows] of homes) group.append(...rows);
      whole.remove();
    }
  };
  for (const head of heads) {
    const button = make("button", { type: "button" }, ...head.childNodes);
    head.append(button);
    const orders = head.dataset.sort === "number" ? ORDERS : ORDERS.toReversed();
    button.addEventListener("click", () => {
      const order = orders[orders.indexOf(head.ariaSort) + 1]; // after the last, none
      sort(head, order);
      keep(name, order && `${order} ${head.cellIndex}`);
    });
  }
  const [order, column] = (state.get(name) ?? "").split(" ");
  const head = heads.find(({ cellIndex }) => String(cellIndex) === column);
  if (head && ORDERS.includes(order)) sort(head, order);
}

/** Put a filter over all tables of the page. */
function makeFilter() {
  const words = make("input", { type: "search", name: "q" });
  const topics = make("select", { name: "topic" }, new Option("Any", ""), ...topicOptions());
  const says = make("p", { role: "status" });
  const bar = make("form", { class: "gl-figures-bar", role: "search" }, make("label", {}, "Words", words), make("label", {}, "Topic", topics), says);
  words.value = state.get("q") ?? "";
  topics.value = state.get("topic") ?? "";
  if (topics.selectedIndex < 0) topics.selectedIndex = 0;

  const rows = tables.flatMap((table) => [...table.querySelectorAll("tr[data-paper]")]).map((row) => ({
    row,
    topic: row.parentElement.dataset.topic ?? "",
    text: fold(row.textContent),
  }));
  const papersOf = (part) => [...part.querySelectorAll("[data-paper]")];
  const parts = [...document.querySelectorAll(".gl-figures-group")].map((head) => [papersOf(head.parentElement), head]);
  for (const { parentElement: box } of tables) {
    const { id } = box.previousElementSibling;
    // Its heading, and what leads there from the top of the page.
    parts.push([papersOf(box), box, ...document.querySelectorAll(`[id="${id}"], .gl-tags li:has([href="#${id}"])`)]);
  }
  const show = () => {
    const wanted = fold(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, topic, text } of rows) {
      row.hidden = (topics.value && topic !== topics.value) || !wanted.every((word) => text.includes(word));
      shown += !row.hidden;
    }
    for (const [members, ...shells] of parts) {
      const left = members.filter((row) => !row.hidden).length;
      for (const shell of shells) {
        shell.hidden = !left;
        if (shell.matches("li")) shell.lastElementChild.textContent = left;
      }
    }
    says.textContent = shown === rows.length ? "" : `${shown} of ${rows.length} figures`;
  };
  const change = () => {
    show();
    for (const { name, value } of [words, topics]) keep(name, value.trim());
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
