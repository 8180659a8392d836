// The pick list: ids of papers in the order of the reader, kept in this browser.

import { onChange, recallList, remember } from "./store.js";

const ID = /^[\w.-]{1,100}$/;

/** Return ids without what can't be one and without repetitions. */
export function clean(ids) {
  return [...new Set(ids)].filter((id) => typeof id === "string" && ID.test(id));
}

export function picks() {
  return clean(recallList("picks"));
}

export function setPicks(ids) {
  remember("picks", JSON.stringify(clean(ids)));
}

export function pick(id, picked) {
  const others = picks().filter((other) => other !== id);
  setPicks(picked ? [...others, id] : others);
}

export function onPicks(callback) {
  onChange("picks", callback);
}
