// What every page does: the dialect, ticks, copy buttons, and the key that opens search.

import { startDialect } from "./cite/dialect.js";
import { copying, working } from "./cite/dom.js";
import { recall } from "./cite/store.js";
import { startTicks } from "./cite/ticks.js";

startDialect();
startTicks();
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  working(button, copying(document.getElementById(button.dataset.copy)));
}

// Search is loaded when it is first asked for. The search page has its own field.
const own = document.querySelector(".gl-search-page");
const opener = document.querySelector("[data-gloss-search]");

async function search(event) {
  event.preventDefault();
  if (own) return own.querySelector("input")?.focus();
  let typed = ""; // before the dialog is there
  const keep = (key) => {
    if (key.key?.length !== 1 || key.ctrlKey || key.metaKey || key.altKey) return;
    key.preventDefault();
    key.stopImmediatePropagation();
    typed += key.key;
  };
  addEventListener("keydown", keep, true);
  try {
    const { open } = await import("./search/dialog.js");
    open(new URL("../../", import.meta.url), typed);
  } catch {
    location = opener.href; // where the browser says why nothing can be loaded
  } finally {
    removeEventListener("keydown", keep, true);
  }
}

for (const link of document.querySelectorAll("[data-gloss-search]")) link.addEventListener("click", search);
addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]");
  const slash = event.key === "/" && recall("slash") !== "off" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (opener && (slash || (event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey))) search(event);
});

// On a paper reached from a topic, the links at its end lead on within that topic.
const cameFrom = new URLSearchParams(location.search).get("topic");
const turns = [...document.querySelectorAll(".gl-turn [data-topic]")];
if (turns.some((turn) => turn.dataset.topic === cameFrom)) for (const turn of turns) turn.hidden = turn.dataset.topic !== cameFrom;
