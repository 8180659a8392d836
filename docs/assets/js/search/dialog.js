// The search dialog, on every page: opened by the header's link, by / and by Ctrl+K.
import { Index } from "./engine.js";
import { element, result } from "./view.js";

const SHOWN = 8;
let dialog;

export function open(root) {
  dialog ||= build(root);
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}

function build(root) {
  const index = new Index(root);
  const input = element("input", { type: "search", autocomplete: "off", placeholder: "Titles, names, questions" });
  input.setAttribute("aria-label", "Search all papers");
  const list = element("ol", { className: "gl-papers gl-papers--brief" });
  const status = element("p", { className: "gl-meta" });
  status.setAttribute("role", "status");
  const all = element("a", { className: "gl-search-all" }, "All results, filters and sorting");
  const form = element("form", { method: "get", action: new URL("search/", root).href }, input);
  const box = element("dialog", { className: "gl-search-dialog md-typeset" }, form, status, list, all);
  box.setAttribute("aria-label", "Search");
  let turn = 0;
  const update = async () => {
    const mine = ++turn, query = input.value;
    all.href = new URL(`search/?q=${encodeURIComponent(query)}`, root).href;
    try {
      const found = await index.search(query);
      const papers = await index.shown(found.slice(0, SHOWN).map(({ number }) => number));
      if (mine !== turn) return;
      list.replaceChildren(...papers.map((paper) => result(paper, root, found[0]?.stems)));
      status.textContent = query.trim() ? `${found.length} papers` : "";
    } catch (error) {
      status.textContent = `Search could not be loaded (${error.message}). Try again.`;
    }
  };
  input.addEventListener("input", update);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    location.href = all.href;
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const stops = [input, ...list.querySelectorAll(".gl-paper-title a"), all];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  });
  document.body.append(box);
  update();
  return box;
}
