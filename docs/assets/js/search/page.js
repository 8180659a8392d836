// The search page: query, facets and sorting, all in the address.
import { button, make } from "../cite/dom.js";
import { recall, remember } from "../cite/store.js";
import { Index } from "./engine.js";
import { FIELD, PAUSE, failure, outcome, result, waiting } from "./view.js";

const FACETS = { topic: "Topic", area: "Area", year: "Year", venue: "Venue", kind: "Kind", code: "Code", basis: "Note rests on" };
const SORTS = { relevance: "Relevance", newest: "Newest", title: "Title" };
const BATCH = 20;
const OPEN = 8;
const NARROW = matchMedia("(max-width: 60em)");

class SearchPage {
  constructor(place) {
    this.root = new URL(place.dataset.root, location.href);
    this.index = new Index(this.root);
    this.turn = 0;
    this.opened = {}; // facets as the reader left them
    this.input = make("input", { ...FIELD, id: "query" });
    this.sort = make("select", { id: "sort" }, ...Object.entries(SORTS).map(([value, label]) => make("option", { value }, label)));
    this.status = make("p", { class: "gl-meta", id: "status", role: "status" });
    this.list = make("ol", { class: "gl-papers", id: "results" });
    this.wait = waiting(this.status, this.list);
    this.more = button("Show more", () => this.show(this.list.children.length), "");
    this.more.hidden = true;
    this.side = make("div", { class: "gl-facets" });
    const label = make("label", { class: "gl-sort" }, "Sort by ", this.sort);
    const main = make("div", {}, make("div", { class: "gl-search-bar" }, this.status, label), this.list, this.more);
    place.replaceChildren(this.input, make("div", { class: "gl-search-columns" }, this.side, main));
    const typed = (typing) => {
      clearTimeout(this.pause);
      this.typing = typing;
      this.pause = setTimeout(() => {
        this.change(this.settled);
        this.settled = !typing;
      }, typing ? PAUSE : 0);
    };
    this.input.addEventListener("focus", () => (this.settled = true));
    this.input.addEventListener("input", () => typed(true));
    this.input.addEventListener("keydown", ({ key }) => key === "Enter" && typed(false));
    this.sort.addEventListener("change", () => {
      this.order = this.sort.value;
      this.change();
    });
    addEventListener("popstate", () => this.read());
    for (const moved of ["scrollend", "pagehide"]) addEventListener(moved, () => this.keep()); // a reload tells only the first
    this.read();
  }

  /** Take the state from the address and run it. */
  read() {
    const asked = new URLSearchParams(location.search);
    this.typing = false;
    this.settled = true; // nothing was typed since the last entry of the history
    this.input.value = asked.get("q") || "";
    this.order = Object.hasOwn(SORTS, asked.get("sort")) ? asked.get("sort") : "relevance";
    this.chosen = Object.fromEntries(Object.keys(FACETS).map((name) => [name, new Set(asked.getAll(name))]));
    return this.run(history.state ?? {});
  }

  /** Remember in the history how far the reader came. */
  keep() {
    history.replaceState({ shown: this.list.children.length, scroll: scrollY }, "");
  }

  /** Put the state into the address and run it; what is typed on doesn't fill the history. */
  change(push = true) {
    const asked = new URLSearchParams();
    if (this.input.value.trim()) asked.set("q", this.input.value);
    for (const [name, values] of Object.entries(this.chosen)) for (const value of values) asked.append(name, value);
    if (this.order !== "relevance") asked.set("sort", this.order);
    const same = String(asked) === String(new URLSearchParams(location.search));
    if (push && !same) this.keep();
    history[push && !same ? "pushState" : "replaceState"](null, "", `${location.pathname}${asked.size ? "?" : ""}${asked}`);
    return this.run();
  }

  /** Answer what is asked, with as many results as the reader saw before, and the page where it stood. */
  async run({ shown = 0, scroll = 0 } = {}) {
    const mine = ++this.turn, query = this.input.value.trim();
    this.sort.options[0].disabled = !query; // nothing is relevant to no question
    this.sort.value = query || this.order !== "relevance" ? this.order : "newest";
    this.wait(true);
    try {
      const facets = await this.index.facets();
      const found = query ? await this.index.search(query, this.typing) : null;
      if (mine !== this.turn) return;
      const rows = new Map(facets.numbers.map((number, row) => [number, row]));
      const all = (found || facets.numbers.map((number) => ({ number, score: 0 }))).map((hit) => ({ ...hit, row: rows.get(hit.number) }));
      this.stems = found?.[0]?.stems;
      this.hits = this.sorted(all.filter(({ row }) => this.fits(facets, row)), facets);
      this.count(facets, all);
      await this.show(0, shown);
      const said = await outcome(this.index, query, this.hits.length);
      if (mine !== this.turn) return;
      this.status.textContent = said;
      if (scroll) scrollTo(0, scroll);
    } catch (error) {
      if (mine !== this.turn) return;
      this.hits = [];
      this.list.replaceChildren();
      this.more.hidden = true;
      this.status.textContent = failure(error);
    }
    this.wait(false);
  }

  fits(facets, row, except) {
    return Object.entries(this.chosen).every(([name, values]) => name === except || !values.size
      || facets[name].rows[row].some((value) => values.has(facets[name].values[value])));
  }

  sorted(hits, facets) {
    const year = ({ row }) => Number(facets.year.values[facets.year.rows[row][0]]);
    const rank = new Map(facets.titles.map((row, position) => [row, position]));
    if (this.sort.value === "title") return hits.sort((a, b) => rank.get(a.row) - rank.get(b.row));
    if (this.sort.value === "newest") return hits.sort((a, b) => year(b) - year(a) || b.score - a.score || rank.get(a.row) - rank.get(b.row));
    return hits;
  }

  /** Facets with how many papers each value would leave, given the query and the other facets. */
  count(facets, all) {
    const groups = Object.entries(FACETS).map(([name, title]) => {
      const counts = new Map();
      for (const { row } of all) if (this.fits(facets, row, name)) for (const value of facets[name].rows[row]) counts.set(value, (counts.get(value) || 0) + 1);
      const values = [...counts].map(([value, count]) => [facets[name].values[value], count]);
      values.sort(name === "year" ? (a, b) => b[0].localeCompare(a[0]) : (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
      for (const value of this.chosen[name]) if (!values.some(([known]) => known === value)) values.unshift([value, 0]);
      const rows = values.map(([value, count]) => this.choice(name, value, count));
      if (!rows.length) return null;
      const open = this.opened[name] ?? ((rows.length <= OPEN && !NARROW.matches) || this.chosen[name].size > 0);
      const onclick = () => (this.opened[name] = !box.open); // not ontoggle, which is told of what opens here, too
      const box = make("details", { open, "data-facet": name }, make("summary", { onclick }, title), make("div", {}, ...rows));
      return box;
    });
    const focused = document.activeElement?.dataset?.key;
    this.side.replaceChildren(...groups.filter(Boolean));
    if (focused) this.side.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }

  choice(name, value, count) {
    const onchange = () => {
      this.chosen[name][box.checked ? "add" : "delete"](value);
      this.change();
    };
    const box = make("input", { type: "checkbox", checked: this.chosen[name].has(value), onchange, "data-key": `${name}:${value}` });
    return make("label", {}, box, ` ${value} `, make("span", { class: "gl-count" }, String(count)));
  }

  /** Show the hits after the first `shown`, at least so many, unless others are to be shown meanwhile, or these are already. */
  async show(shown, least = 0) {
    const { hits, list } = this;
    const papers = await this.index.shown(hits.slice(shown, shown + Math.max(least, BATCH)).map(({ number }) => number));
    if (hits !== this.hits || (shown && shown !== list.children.length)) return;
    if (!shown) list.replaceChildren();
    list.append(...papers.map((paper) => result(paper, this.root, this.stems)));
    const focused = this.more === document.activeElement;
    this.more.hidden = list.children.length >= hits.length;
    if (focused && this.more.hidden) list.children[shown]?.querySelector("a").focus();
    this.keep();
  }
}

/** Let readers switch the key off that opens search: programs that type what one says press keys unasked. */
function slashSwitch(line) {
  const box = line.querySelector("input");
  box.checked = recall("slash") !== "off";
  box.addEventListener("change", () => remember("slash", box.checked ? "on" : "off"));
  line.hidden = false;
}

const place = document.querySelector(".gl-search-page");
if (place) {
  new SearchPage(place);
  slashSwitch(document.querySelector("[data-slash]"));
}
