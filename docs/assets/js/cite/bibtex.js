// A .bib file: cut into its entries here, which a package made for it parses; values as plain text and as they are written.

import { ROOT } from "./files.js";

const HEAD = /(?:^|\})[ \t]*@(?!comment|preamble)(\w+)\s*[{(](?:\s*[^\s,={}"]+(?=\s*[,})]))?/gim;
const FIELD = /(?:[\s,]|%[^\n]*\n)*(?:([^\s,={}()"#%]+)\s*=\s*|[})])/y; // or the end of the entry, after comments
const INHERITED = /^(?:booktitle|date|volume|number|publisher)$/; // what counts of an entry that is referred to

/**
 * Return the entries of a file in its order: `{key, type, get(field), names(field), place}`, the place as `placeOf` has
 * it; `errors` are the first lines of what was not readable: `{line, text}`.
 */
export async function parseBibtex(source) {
  const { default: library } = await import(new URL("assets/vendor/bibtex-parser.js", ROOT));
  const parse = (text) => new library.BibLatexParser(text, { processUnexpected: true, processUnknown: true }).parse();
  const [entries, errors, own] = [[], [], new Map()];
  const heads = new RegExp(HEAD);
  let strings = "";
  // Each entry is read alone: a missing brace costs only its own, and the time is linear.
  for (let head; (head = heads.exec(source)); ) {
    const place = placeOf(source, head);
    const text = source.slice(place.start, place.end ?? heads.lastIndex);
    if (place.end) heads.lastIndex = place.end - 1;
    if (/^string$/i.test(place.type)) {
      strings += text;
      continue;
    }
    const result = parse(/[=#]\s*[A-Za-z]/.test(text) ? strings + text : text);
    const [entry] = Object.values(result.entries);
    if (entry && !result.errors.some((error) => /eof|mismatch/.test(error.type))) entries.push(wrap(entry, place, own));
    else errors.push({ line: source.slice(0, place.start).split("\n").length, text: source.slice(place.start).match(/.*/)[0] });
  }
  return { entries, errors };
}

/** Return where an entry stands in a file, its type and its fields as they are written; without `end` if that is missing. */
function placeOf(source, head) {
  const fields = new Map();
  const place = { start: source.indexOf("@", head.index), type: head[1], fields };
  const field = new RegExp(FIELD);
  field.lastIndex = head.index + head[0].length;
  for (let match; (match = field.exec(source)); ) {
    const from = field.lastIndex;
    if (!match[1]) return { ...place, end: from };
    field.lastIndex = valueEnd(source, from);
    fields.set(match[1].toLowerCase(), source.slice(from, field.lastIndex).trim());
  }
  return place;
}

function valueEnd(source, from) {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < source.length; at++) {
    const letter = source[at];
    if (letter === "\\") at++;
    else if (letter === "{") depth++;
    else if (letter === "}" && depth-- === 0) return at;
    else if (letter === '"' && depth === 0) quoted = !quoted;
    else if (depth === 0 && !quoted && (letter === "," || letter === ")")) return at;
  }
  return source.length;
}

/** Return an entry; `own` has by key what gets the fields of those before it and of this one. */
function wrap(entry, place, own) {
  const value = (field) => entry.fields[field] ?? entry.unexpected_fields?.[field] ?? entry.unknown_fields?.[field];
  const ownField = (field) => plain(value(field)).replace(/\s+/g, " ").trim();
  own.set(entry.entry_key.toLowerCase(), ownField);
  const named = place.fields.get("crossref")?.replace(/[{}"\s]/g, "").toLowerCase();
  const inherited = (field) => own.get(named)?.(field);
  const get = (field) =>
    ownField(field) || (INHERITED.test(field) && inherited(field)) || (field === "booktitle" && inherited("title")) || "";
  return {
    key: entry.entry_key,
    type: entry.bib_type,
    get: (field) => (field === "title" ? [get(field), get("subtitle")].filter(Boolean).join(": ") : get(field)),
    names: (field) => (value(field) ?? []).map(name),
    place,
  };
}

function plain(value) {
  if (typeof value !== "object") return String(value ?? "");
  if (Array.isArray(value)) return Array.isArray(value[0]) && value.length === 1 ? value[0].map(plain).join("-") : value.map(plain).join("");
  return value?.text ?? value?.attrs?.variable ?? "";
}

function name(parts) {
  const part = (field) => plain(parts[field]);
  const family = part("literal") || `${part("prefix")} ${part("family")}`.trim();
  return { family, given: part("given"), suffix: part("suffix") };
}
