// Tables of reported figures: sorted by a column, filtered by words and topic. Without script they stand grouped
// by topic, as the generator wrote them; sorted, they are one list that shows each row's topic.

const tables = [...document.querySelectorAll("[data-figures]")];
const collator = new Intl.Collator("en", { numeric: true });

function cellOf(row, column) {
  return row.cells[column];
}

function numberOf(row, column) {
  const { value } = cellOf(row, column).dataset;
  return value === undefined ? NaN : Number(value);
}

/** Return a comparison of rows; rows without a value stand last in either direction. */
function comparison(column, type, sign) {
  if (type === "number") {
    return (a, b) => {
      const [one, other] = [numberOf(a, column), numberOf(b, column)];
      return Number.isNaN(one) - Number.isNaN(other) || sign * (one - other) || 0;
    };
  }
  const text = (row) => cellOf(row, column).textContent.trim();
  return (a, b) => !text(a) - !text(b) || sign * collator.compare(text(a), text(b));
}

function makeSortable(table) {
  const groups = [...table.tBodies];
  const whole = document.createElement("tbody");
  const homes = groups.map((group) => [group, [...group.querySelectorAll("[data-paper]")]]);
  for (const head of table.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
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
  const bar = document.createElement("form");
  bar.className = "gl-figures-bar";
  bar.setAttribute("role", "search");
  const words = document.createElement("input");
  words.type = "search";
  words.name = "q";
  const topics = document.createElement("select");
  topics.name = "topic";
  topics.append(new Option("Any", ""), ...topicOptions());
  const says = document.createElement("p");
  says.setAttribute("role", "status");
  bar.append(labelled("Words", words), labelled("Topic", topics), says);
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

function labelled(text, field) {
  const label = document.createElement("label");
  label.append(text, field);
  return label;
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
