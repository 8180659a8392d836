// The search dialog, on every page: opened by the header's link, by / and by Ctrl+K.
import { button, make } from "../cite/dom.js";
import { Index } from "./engine.js";
import { FIELD, PAUSE, failure, outcome, result, waiting } from "./view.js";

const SHOWN = 8;
let dialog;

/** Open the dialog; `typed` is what was typed while this module was being loaded. */
export function open(root, typed = "") {
  dialog ||= build(root);
  if (!dialog.open) dialog.showModal();
  const input = dialog.querySelector("input");
  input.select();
  if (!typed) return;
  input.value = typed;
  input.setSelectionRange(typed.length, typed.length);
  input.dispatchEvent(new Event("input"));
}

function build(root) {
  const index = new Index(root);
  const input = make("input", { ...FIELD, name: "q" });
  const list = make("ol", { class: "gl-papers gl-papers--brief" });
  const status = make("p", { class: "gl-meta", role: "status" });
  const all = make("a", { class: "gl-search-all" }, "All results, filters and sorting");
  const close = button("Close", () => box.close(), "");
  const form = make("form", { method: "get", action: new URL("search/", root).href }, input, close);
  const box = make("dialog", { class: "gl-search-dialog md-typeset", "aria-label": "Search" }, form, status, list, all);
  const wait = waiting(status, list);
  let turn = 0;
  const update = async () => {
    const mine = ++turn, query = input.value;
    all.href = new URL(`search/?q=${encodeURIComponent(query)}`, root).href;
    wait(Boolean(query.trim()));
    try {
      const found = await index.search(query, true);
      const papers = await index.shown(found.slice(0, SHOWN).map(({ number }) => number));
      const said = query.trim() && await outcome(index, query, found.length);
      if (mine !== turn) return;
      list.replaceChildren(...papers.map((paper) => result(paper, root, found[0]?.stems)));
      status.textContent = said;
    } catch (error) {
      if (mine !== turn) return;
      list.replaceChildren();
      status.textContent = failure(error);
    }
    wait(false);
  };
  let pause;
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(update, PAUSE);
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...list.querySelectorAll(".gl-paper-title a"), all];
    const at = stops.findIndex((stop) => (stop.closest("form, li") ?? stop).contains(document.activeElement));
    stops[(at + step + stops.length) % stops.length].focus();
  });
  document.body.append(box);
  update();
  return box;
}
