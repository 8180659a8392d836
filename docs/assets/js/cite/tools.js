// The two tools of the page on citing. Everything happens here: what is dropped or pasted is sent nowhere.

import { check, mend, mendAll } from "./check.js";
import { dialect, onDialect, SUFFIX } from "./dialect.js";
import { button, copy, count, make } from "./dom.js";
import { download, inParallel, joined, paperFile, ROOT } from "./files.js";
import { citedKeys } from "./keys.js";
import { idOf } from "./lookup.js";

const WAIT = 400; // Milliseconds after the last key stroke.
const SHOWN = 300_000; // Characters: a field that holds more takes seconds to fill and to type in.

/** Return a file's text: UTF-16 is known by its first two bytes, what isn't UTF-8 is taken for Windows' Latin letters. */
async function textOf(file) {
  const bytes = await file.arrayBuffer();
  const wide = { "255,254": "utf-16le", "254,255": "utf-16be" }[new Uint8Array(bytes.slice(0, 2)).join()];
  if (wide) return new TextDecoder(wide).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Let a tool read from its text field, its file field and files dropped on it; `run` gets the texts. */
function tool(name, run) {
  const box = document.querySelector(`[data-tool="${name}"]`);
  const field = box.querySelector("textarea");
  const hint = field.placeholder;
  const result = box.querySelector("[data-result]");
  let timer;
  let turn = 0;
  let texts = [];
  const again = async (read) => {
    const now = ++turn;
    result.setAttribute("aria-busy", "true");
    let shown;
    try {
      await read?.();
      shown = texts.some((text) => text.trim()) ? await run(texts) : [];
    } catch (error) {
      shown = [wrong(`This could not be done: ${error.message}. Are you offline?`)];
    }
    if (now !== turn) return;
    result.replaceChildren(...shown);
    result.removeAttribute("aria-busy");
  };
  const read = (files) =>
    again(async () => {
      const names = files.map(({ name }) => name).join(", ");
      texts = await Promise.all(files.map(textOf));
      const text = texts.join("\n");
      // The whole text or nothing: what the field holds replaces the files' text at the next key stroke.
      const fits = text.length <= SHOWN;
      field.value = fits ? text : "";
      field.placeholder = fits ? hint : `${names}: ${count(text.length, "character")}, too many to show. What you type here takes their place.`;
    });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    field.placeholder = hint;
    texts = [field.value];
    timer = setTimeout(again, WAIT);
  });
  box.querySelector('input[type="file"]').addEventListener("change", ({ target }) => {
    read([...target.files]);
    target.value = ""; // so that the same file can be chosen again
  });
  for (const type of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(type, (event) => {
      const { files, types } = event.dataTransfer; // no files before they are dropped
      if (!types.includes("Files")) return;
      event.preventDefault();
      box.classList.toggle("gl-tool--over", type === "dragover");
      if (files.length) read([...files]);
    });
  }
  onDialect(() => again());
}

async function giveCited(texts) {
  const cited = new Set(texts.flatMap(citedKeys));
  const suffix = SUFFIX[dialect()];
  const all = make("a", { href: new URL(`bibliography.${suffix}`, ROOT).href }, "one file");
  const parts = cited.delete("*") ? [make("p", {}, "All papers are cited: they are ", all, ".")] : [];
  const keys = [...cited];
  if (!keys.length) return parts.length ? parts : [make("p", {}, "No citation keys were found in this.")];
  const found = await inParallel(keys, async (key) => {
    const id = await idOf(key);
    return id && under(key, await paperFile(id, suffix));
  });
  const entries = [...new Set(found.filter(Boolean))];
  const absent = keys.filter((_, index) => !found[index]);
  const bib = joined(entries);
  const number = keys.length - absent.length;
  parts.push(make("p", { class: "gl-says" }, `${number} of ${count(keys.length, "key")} are papers of this collection.`));
  if (entries.length) {
    const save = button(`Download cited.${suffix}`, () => download(`cited.${suffix}`, bib), "Downloaded");
    parts.push(bar(button("Copy", () => copy(bib)), save), pre(bib.trimEnd()));
  }
  if (absent.length) {
    const list = absent.join("\n");
    parts.push(make("h3", {}, `Not here: ${count(absent.length, "key")}`), pre(list), bar(button("Copy the list", () => copy(`${list}\n`))));
  }
  return parts;
}

/** Return an entry under a key; for biblatex a former one stands among its `ids`, which may not hold its own key. */
function under(key, text) {
  const former = /^ +ids .*\{(.*)\}/m.exec(text)?.[1].split(", ");
  return former?.includes(key) ? text : text.replace(/\{[^,]*/, () => `{${key}`);
}

const wrong = (text) => make("p", { class: "gl-wrong" }, text);
const pre = (text) => make("pre", { class: "gl-bibtex", tabIndex: 0 }, text);
const bar = (...buttons) => make("div", { class: "gl-bar" }, ...buttons);

const STATES = {
  mend: "to mend",
  other: "with a key that is another paper's here",
  worded: "in agreement with ours but for the venue, whose name is not known here",
  same: "in agreement with ours",
  absent: "not in this collection",
};
const WHAT = { worded: "worded differently" };
const FIELDS = { published: "published since", doi: "DOI", eprint: "arXiv id", author: "authors", note: "notice" };

async function checkBib(texts) {
  const source = texts.join("\n");
  const { entries, errors } = await check(source);
  if (!entries.length && !errors.length) return [make("p", {}, "No entries were found in this.")];
  const of = (state) => entries.filter((entry) => entry.state === state);
  const told = Object.entries(STATES).flatMap(([state, label]) => (of(state).length ? `${of(state).length} ${label}` : []));
  const parts = entries.length ? [make("p", { class: "gl-says" }, `${count(entries.length, "entry", "entries")}: ${told.join(", ")}.`)] : [];
  for (const { line, text } of errors) parts.push(wrong(`The entry in line ${line} could not be read: ${text}`));
  parts.push(...repeated(entries, ({ theirs }) => theirs.key.toLowerCase(), "The same key twice, an error for BibTeX"));
  parts.push(...repeated([...of("mend"), ...of("worded"), ...of("same")], ({ id }) => id, "The same paper twice"));
  if (of("mend").length) {
    const save = async () => download("mended.bib", await mendAll(of("mend"), source));
    parts.push(bar(button("Download the file with all of them mended", save, "Downloaded")));
  }
  for (const state of ["mend", "other"]) parts.push(...of(state).map(card));
  for (const state of ["worded", "same", "absent"]) if (of(state).length) parts.push(keyList(state, of(state)));
  return parts;
}

/** Say of which entries there is more than one. */
function repeated(entries, nameOf, said) {
  const keys = new Map();
  for (const entry of entries) keys.set(nameOf(entry), [...(keys.get(nameOf(entry)) ?? []), entry.theirs.key]);
  return [...keys.values()].filter(({ length }) => length > 1).map((same) => wrong(`${said}: ${same.join(", ")}`));
}

function paperLink(id, label) {
  return make("a", { href: new URL(`papers/${id}/`, ROOT).href }, label);
}

function card(entry) {
  const { theirs, id, ours, state, findings } = entry;
  const head = make("h3", {}, make("code", {}, theirs.key), " ", theirs.get("title"));
  if (state === "other") {
    const about = make("p", {}, "Here this key stands for another paper: ", paperLink(id, ours.get("title")), ".");
    return make("article", { class: "gl-check" }, head, about);
  }
  const rows = findings.map(({ field, what, theirs: a, ours: b }) =>
    make(
      "tr",
      { class: `gl-check--${what}` },
      make("th", { scope: "row" }, FIELDS[field] ?? field, make("span", { class: "gl-fine" }, ` ${field === "published" ? "" : WHAT[what] ?? what}`)),
      make("td", {}, a || "–"),
      make("td", {}, b),
    ),
  );
  const heads = ["Field", "Yours", "Ours"].map((label) => make("th", { scope: "col" }, label));
  const table = make("table", { class: "gl-table" }, make("thead", {}, make("tr", {}, ...heads)), make("tbody", {}, ...rows));
  const box = make("details", {}, make("summary", {}, "Mended entry"), make("div"));
  box.addEventListener("toggle", async () => {
    box.lastChild.replaceChildren(pre(await mend(entry)));
  });
  const copied = button("Copy the mended entry", () => copy(mend(entry).then((text) => `${text}\n`)));
  const from = make("p", { class: "gl-fine" }, "Compared with ", paperLink(id, id), ".");
  return make("article", { class: "gl-check" }, head, from, make("div", { class: "gl-scroll" }, table), bar(copied), box);
}

function keyList(state, entries) {
  const items = entries.map(({ theirs, id, findings }) => {
    const item = make("li", {}, make("code", {}, theirs.key), " ");
    item.append(id ? paperLink(id, theirs.get("title")) : theirs.get("title"));
    const venue = findings.find(({ field }) => field === "venue");
    if (venue) item.append(make("p", { class: "gl-meta" }, `Yours: ${venue.theirs}. Ours: ${venue.ours}.`));
    return item;
  });
  const box = make("details", { open: state === "worded" }, make("summary", {}, `${count(entries.length, "entry", "entries")} ${STATES[state]}`));
  box.append(make("ul", { class: "gl-titles" }, ...items));
  return box;
}

tool("cited", giveCited);
tool("check", checkBib);
