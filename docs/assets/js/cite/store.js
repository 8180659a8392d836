// What this browser remembers: the dialect, the picks, the reference style. Where storage is forbidden or full
// the page still works, and forgets when it is left.

import { ROOT } from "./files.js";

const memory = new Map(); // What could not be stored.

/** Return what a value is kept under: other bibliographies of the same host have theirs. */
const keyOf = (name) => `gloss.${ROOT.pathname}${name}`;

export function recall(name) {
  try {
    return memory.get(name) ?? localStorage.getItem(keyOf(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(keyOf(name), value);
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
  document.dispatchEvent(new CustomEvent(`gloss:${name}`));
}

/** Whether this browser remembers anything beyond this page. */
export function remembers() {
  try {
    localStorage.setItem(keyOf("probe"), "");
    localStorage.removeItem(keyOf("probe"));
    return true;
  } catch {
    return false;
  }
}

/** Return a list that was remembered; an empty one if the storage holds something else. */
export function recallList(name) {
  try {
    const list = JSON.parse(recall(name) ?? "[]");
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Call back when a value changes, on this page or in another tab. */
export function onChange(name, callback) {
  document.addEventListener(`gloss:${name}`, callback);
  addEventListener("storage", (event) => {
    if (event.key === keyOf(name) || event.key === null) callback();
  });
}

const ID = /^[\w.-]{1,100}$/;

/** Return ids without what can't be one and without repetitions. */
export function clean(ids) {
  return [...new Set(ids)].filter((id) => typeof id === "string" && ID.test(id));
}

/** Return the pick list: ids of papers in the order of the reader. */
export function picks() {
  return clean(recallList("picks"));
}

export function setPicks(ids) {
  remember("picks", JSON.stringify(clean(ids)));
}
