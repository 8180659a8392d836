// The pick list's page. Its address holds the picks, so that a link gives someone else the same list; a list
// that came by a link is shown beside one's own and never replaces it unasked. An address that the page wrote for
// one's own list is marked in the history, and not taken for a link after Back or reload.

import { dialect, SUFFIX } from "./dialect.js";
import { button, copy, count, make } from "./dom.js";
import { download, inParallel, paperFiles, paperItems, ROOT, together } from "./files.js";
import { idOf } from "./lookup.js";
import { referenceBox, warm } from "./references.js";
import { clean, onChange, picks, recall, remembers, setPicks } from "./store.js";

const page = document.querySelector("[data-picks-page]");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const list = part("list");
const says = part("says");

const OWN = "own";
let shared = null; // The ids of a link, while they are not one's own.
let strangers = 0; // how many ids of a link are of no paper here
let showReferences = null;

const shown = () => shared ?? picks();
const papers = (ids) => count(ids.length, "paper");

function fromAddress() {
  const ids = (text) => new URLSearchParams(text.slice(1)).get("ids");
  return clean((ids(location.hash) ?? ids(location.search) ?? "").split(","));
}

/** Bring the address and what stands around the list up to it. */
function around() {
  const ids = shown();
  history.replaceState(shared ? null : OWN, "", `${location.pathname}${ids.length ? `#ids=${ids.join(",")}` : ""}`);
  part("empty").hidden = ids.length > 0;
  part("full").hidden = ids.length === 0;
}

/** Turn the ids of a link into present ones: a paper may have had another id when the link was made. */
async function readLink() {
  const own = history.state === OWN && recall("picks"); // nothing where storage is forbidden: then the address has the list
  shared = null;
  const present = await inParallel(own ? [] : fromAddress(), (id) => idOf(id).catch(() => id));
  const ids = clean(present);
  strangers = present.filter((id) => id === null).length;
  if (ids.length && ids.join() !== picks().join()) shared = ids;
  await show();
}

async function show() {
  const ids = shown();
  around();
  page.dataset.shared = shared !== null;
  showOffer();
  const items = await paperItems(ids).catch(() => []);
  if (ids.join() !== shown().join()) return;
  list.replaceChildren(...ids.map((id, index) => row(id, items[index])));
  says.textContent = ids.length ? papers(ids) : "";
  showReferences?.();
  if (ids.length) keepReady(ids);
}

function showOffer() {
  const parts = [];
  if (shared) {
    const own = picks();
    const take = (ids) => () => {
      shared = null;
      strangers = 0;
      setPicks(ids);
      goOn();
      return "";
    };
    const buttons = own.length
      ? [button("Add to my list", take([...own, ...shared])), button("Replace my list", take(shared)), button("Show my list", take(own))]
      : [button("Keep as my list", take(shared))];
    const yours = own.length ? ` Your own list of ${papers(own)} is untouched.` : "";
    parts.push(make("p", {}, `This list came with a link: ${papers(shared)}.${yours}`), make("div", { class: "gl-bar" }, ...buttons));
  }
  if (strangers) parts.push(make("p", {}, `Of the link, ${count(strangers, "id is", "ids are")} not in this collection.`));
  if (!remembers()) parts.push(make("p", {}, "This browser keeps nothing for this site: what is ticked on a page is forgotten when one leaves it."));
  part("offer").replaceChildren(...parts);
  part("offer").hidden = !parts.length;
}

/** Put the focus where the reader goes on after a button that is gone. */
function goOn() {
  part(picks().length ? "says" : "empty").focus();
}

function row(id, item) {
  const title = (item?.title ?? id).replace(/<span class="nocase">|<\/span>/g, ""); // CSL's mark of a formula
  const people = (item?.author ?? []).map(({ family, literal }) => family ?? literal);
  const by = people.length > 2 ? `${people[0]} et al.` : people.join(" and ");
  const year = item?.issued?.["date-parts"]?.[0]?.[0];
  const about = item ? [by, year, item.status].filter(Boolean).join(", ") : item === null ? "Not in this collection" : "Could not be loaded";
  const text = make("div", {}, make("a", { href: new URL(`papers/${id}/`, ROOT).href }, title), make("p", { class: "gl-meta" }, about));
  if (item === null) text.firstChild.removeAttribute("href");
  const element = make("li", { class: "gl-pick", draggable: !shared }, text);
  element.dataset.id = id;
  if (!shared) element.append(controls(id, title));
  return element;
}

function controls(id, title) {
  const control = (label, sign, onclick) => make("button", { type: "button", title: label, "aria-label": `${label}: ${title}`, onclick }, sign);
  return make(
    "div",
    { class: "gl-pick-controls" },
    control("Move up", "↑", (event) => move(id, -1, event.currentTarget)),
    control("Move down", "↓", (event) => move(id, 1, event.currentTarget)),
    control("Remove", "×", () => remove(id)),
  );
}

function move(id, by, control) {
  const ids = picks();
  const to = ids.indexOf(id) + by;
  if (to < 0 || to >= ids.length) return;
  place(id, to);
  control.focus();
}

/** Put a pick at a position, in the list and on the page. */
function place(id, to) {
  const ids = picks().filter((other) => other !== id);
  ids.splice(to, 0, id);
  const moved = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  moved.remove();
  list.insertBefore(moved, list.children[to] ?? null);
  quietly(ids, `Moved to position ${to + 1} of ${ids.length}`);
}

function remove(id) {
  const gone = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
  const next = gone.nextElementSibling ?? gone.previousElementSibling;
  gone.remove();
  const ids = picks().filter((other) => other !== id);
  quietly(ids, `Removed; ${papers(ids)} left`);
  (next?.querySelector("button:last-child") ?? part("empty")).focus();
}

function clear() {
  if (!confirm("Remove all papers from your list?")) return;
  setPicks([]);
  goOn();
}

const WAIT = 500; // Milliseconds after the last move: formatting many references takes seconds.
let later;
let quiet = false;

/** Save a list that the page shows already, and say what was done. */
function quietly(ids, said) {
  quiet = true;
  setPicks(ids);
  quiet = false;
  around();
  says.textContent = said;
  clearTimeout(later);
  later = setTimeout(() => showReferences?.(), WAIT);
}

function dragging() {
  let dragged = null;
  list.addEventListener("dragstart", (event) => {
    dragged = event.target.closest("li");
    event.dataTransfer.effectAllowed = "move";
  });
  list.addEventListener("dragover", (event) => {
    const over = event.target.closest("li");
    if (dragged) event.preventDefault();
    if (!dragged || !over || over === dragged) return;
    const { top, height } = over.getBoundingClientRect();
    list.insertBefore(dragged, event.clientY < top + height / 2 ? over : over.nextSibling);
  });
  list.addEventListener("drop", (event) => event.preventDefault());
  list.addEventListener("dragend", ({ dataTransfer }) => {
    if (dataTransfer.dropEffect === "none") show(); // given up
    else if (dragged) place(dragged.dataset.id, [...list.children].indexOf(dragged));
    dragged = null;
  });
}

let ready = "";

/** Fetch what the buttons need, so that they work without a connection from now on. */
async function keepReady(ids) {
  if (ready === ids.join()) return;
  ready = ids.join();
  try {
    for (const suffix of [...Object.values(SUFFIX), "ris"]) await paperFiles(ids, suffix);
    await warm();
    page.dataset.ready = "true";
  } catch {
    ready = "";
  }
}

function start() {
  const file = (label, suffix) => button(label, async () => download(`picks.${suffix()}`, await together(shown(), suffix())), "Downloaded");
  part("files").append(
    file("Download .bib", () => SUFFIX[dialect()]),
    button("Copy .bib", () => copy(together(shown(), SUFFIX[dialect()]))),
    file("RIS", () => "ris"),
    file("CSL-JSON", () => "csl.json"),
    button("Copy link to this list", () => copy(location.href)),
    make("span", { "data-own": "" }, button("Clear", clear, "")),
  );
  part("references").addEventListener("toggle", (event) => {
    showReferences ??= referenceBox(event.target.lastElementChild, shown);
  });
  dragging();
  onChange("picks", () => quiet || show());
  // A jump within the page leaves the list, and its address, as they are.
  addEventListener("hashchange", () => (location.hash.startsWith("#ids=") ? readLink() : around()));
  readLink();
}

start();
