// A .bib file, parsed by a package made for it; values as plain text, and the source of single fields.

import { ROOT } from "./files.js";

const ENTRY = /^(?=[ \t]*@\w+[ \t]*[{(])/m;

/** Return the entries of a file in its order: `{key, type, get(field), names(field)}`; `errors` counts what was not readable. */
export async function parseBibtex(source) {
  const { default: library } = await import(new URL("assets/vendor/bibtex-parser.js", ROOT));
  const parse = (text) => new library.BibLatexParser(text, { processUnexpected: true, processUnknown: true }).parse();
  const readable = (result) => !result.errors.some((error) => /eof|mismatch/.test(error.type));
  // Each entry is read alone: a missing brace costs only its own, and the time is linear.
  const blocks = source.split(ENTRY);
  const strings = blocks.filter((block) => /^\s*@string/i.test(block)).join("");
  const results = blocks
    .filter((block) => /^\s*@(?!string|comment|preamble)\w/i.test(block))
    .map((block) => parse(/[=#]\s*[A-Za-z]/.test(block) ? strings + block : block));
  const good = results.filter(readable);
  if (good.length < results.length) {
    const whole = parse(source); // A value may have a line that looks like an entry's first.
    if (readable(whole)) return { entries: Object.values(whole.entries).map(wrap), errors: 0 };
  }
  const entries = good.flatMap((result) => Object.values(result.entries)).map(wrap);
  return { entries, errors: results.length - good.length };
}

function wrap(entry) {
  const value = (field) => entry.fields[field] ?? entry.unexpected_fields?.[field] ?? entry.unknown_fields?.[field];
  return {
    key: entry.entry_key,
    type: entry.bib_type,
    get: (field) => plain(value(field)).replace(/\s+/g, " ").trim(),
    names: (field) => (value(field) ?? []).map(name),
  };
}

function plain(value) {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return Array.isArray(value[0]) && value.length === 1 ? range(value[0]) : value.map(plain).join("");
  return value.text ?? value.attrs?.variable ?? "";
}

function range(parts) {
  return parts.map(plain).join("-");
}

function name(parts) {
  const part = (field) => plain(parts[field]);
  const family = part("literal") || `${part("prefix")} ${part("family")}`.trim();
  return { family, given: part("given"), suffix: part("suffix") };
}

/** Return where an entry stands in a file, at or after a place, and its fields as they are written, or null. */
export function sourceOf(source, key, from = 0) {
  const escaped = key.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const named = new RegExp(`@\\w+\\s*[{(]\\s*${escaped}\\s*(?=,)`, "g");
  named.lastIndex = from;
  const head = named.exec(source);
  if (!head) return null;
  const fields = new Map();
  const start = /\s*,?\s*([A-Za-z][\w:.+-]*)\s*=\s*/y;
  let at = head.index + head[0].length;
  for (;;) {
    start.lastIndex = at;
    const match = start.exec(source);
    if (!match) break;
    at = valueEnd(source, start.lastIndex);
    fields.set(match[1].toLowerCase(), source.slice(start.lastIndex, at).trim());
  }
  const end = source.slice(at).search(/[})]/);
  return end < 0 ? null : { start: head.index, end: at + end + 1, fields };
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
