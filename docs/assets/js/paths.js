// Progress on reading paths: which papers of each path one has read, kept in this browser alone.

import { make } from "./cite/dom.js";
import { onChange, recallList, remember } from "./cite/store.js";

const name = (path) => `read.${path}`;

const readOf = (path) => new Set(recallList(name(path)));

/** Say how much of each path on the page has been read. */
function showProgress() {
  for (const place of document.querySelectorAll("[data-progress]")) {
    const papers = place.dataset.papers.split(" ");
    const read = readOf(place.dataset.progress);
    const done = papers.filter((id) => read.has(id)).length;
    place.textContent = `${done} of ${papers.length} read`;
    place.hidden = !done;
  }
}

function addTick(step, path) {
  const label = `Read: ${step.querySelector("a").textContent}`;
  const box = make("input", { type: "checkbox", "data-step": step.dataset.paper, "aria-label": label });
  step.append(make("label", { class: "gl-done" }, box, "Read"));
  box.addEventListener("change", () => {
    const read = readOf(path);
    read[box.checked ? "add" : "delete"](step.dataset.paper);
    remember(name(path), JSON.stringify([...read]));
  });
}

function show() {
  for (const list of document.querySelectorAll("[data-path]")) {
    const read = readOf(list.dataset.path);
    for (const step of list.children) {
      const done = read.has(step.dataset.paper);
      step.classList.toggle("gl-step-done", done);
      step.querySelector("[data-step]").checked = done;
    }
  }
  showProgress();
}

for (const list of document.querySelectorAll("[data-path]")) {
  for (const step of list.children) addTick(step, list.dataset.path);
}
for (const { dataset } of document.querySelectorAll("[data-progress]")) onChange(name(dataset.progress), show);
addEventListener("pageshow", show); // after Back the browser has put its boxes as they were
show();
