// What differs between an entry and ours in substance. Accents, braces, case, the order of a name's parts,
// initials, abbreviations of venues and the way a page range is written are not differences.

import { fold } from "./lookup.js";

const PREPRINT = /arxiv|corr\b|preprint|openreview|^$/i;
const HOLDERS = ["booktitle", "journaltitle", "institution"];

/** Return how much of two titles is shared, 0 to 1 (Dice over words). */
export function likeness(one, other) {
  const words = (text) => text.split(/[\s\p{P}\p{S}]+/u).map(fold).filter(Boolean);
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  if (fold(one) === fold(other)) return 1;
  return (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size || 1);
}

/** Return whether two names can be the same person's. */
export function samePerson(one, other) {
  const parts = ({ family, given }) => `${given} ${family}`.split(/[\s.~-]+/).map(fold).filter(Boolean);
  if (fold(one.given + one.family) === fold(other.given + other.family)) return true;
  const [a, b] = [parts(one), parts(other)];
  const [few, many] = a.length <= b.length ? [a, [...b]] : [b, [...a]];
  let whole = 0;
  for (const part of few) {
    const at = many.findIndex((word) => word === part || ((word.length === 1 || part.length === 1) && word[0] === part[0]));
    if (at < 0) return false;
    if (many[at] === part && part.length > 1) whole++;
    many.splice(at, 1);
  }
  return whole > 0;
}

const holder = (entry) => HOLDERS.map((field) => entry.get(field)).find(Boolean) ?? "";
const eprint = (entry) => arxivId(entry) ?? "";
const show = (names) => names.map(({ given, family }) => `${given} ${family}`.trim()).join(", ");

/** Return the arXiv id that an entry names in any of its fields, without version, or null. */
export function arxivId(entry) {
  const places = ["eprint", "arxivid", "journaltitle", "url", "doi", "note", "howpublished", "number", "volume"];
  for (const field of places) {
    const bare = field === "eprint" || field === "arxivid";
    const found = new RegExp(`${bare ? "^(?:arxiv:)?" : "(?:arxiv[:./]|abs/|pdf/)\\s*"}(\\d{4}\\.\\d{4,5}|[a-z-]+(?:\\.[A-Z]{2})?/\\d{7})`, "i").exec(entry.get(field));
    if (found) return found[1];
  }
  return null;
}

/** Return a DOI in lower case without what stands before it, or "". */
export function doi(entry) {
  const found = /10\.\d{4,9}\/\S+/.exec(entry.get("doi") || (/doi\.org/.test(entry.get("url")) ? entry.get("url") : ""));
  return found && !/10\.48550\/arxiv/i.test(found[0]) ? found[0].toLowerCase() : "";
}

/** Return whether an entry cites only a preprint. */
export function isPreprint(entry) {
  return PREPRINT.test(holder(entry));
}

/** Return findings `{field, what, theirs, ours}` with `what` one of missing, differs, worded. */
export function compare(theirs, ours) {
  const findings = [];
  const add = (field, what, a, b) => findings.push({ field, what, theirs: a, ours: b });
  if (fold(theirs.get("title")) !== fold(ours.get("title"))) {
    add("title", theirs.get("title") ? "differs" : "missing", theirs.get("title"), ours.get("title"));
  }
  compareNames(theirs.names("author"), ours.names("author"), add);
  comparePublication(theirs, ours, add);
  for (const field of ["volume", "number", "pages"]) {
    const outdated = isPreprint(theirs) && !isPreprint(ours); // Such as volume abs/2001.00001.
    const [a, b] = [outdated ? "" : theirs.get(field), ours.get(field)];
    if (b && (a ? pages(a) !== pages(b) : true)) add(field, a ? "differs" : "missing", a, b);
  }
  const [theirDoi, ourDoi] = [doi(theirs), doi(ours)];
  if (ourDoi && theirDoi !== ourDoi) add("doi", theirDoi ? "differs" : "missing", theirDoi, ourDoi);
  const [theirArxiv, ourArxiv] = [eprint(theirs), eprint(ours)];
  if (ourArxiv && theirArxiv && theirArxiv !== ourArxiv) add("eprint", "differs", theirArxiv, ourArxiv);
  if (ourArxiv && !theirArxiv && !theirDoi && !ourDoi) add("eprint", "missing", "", ourArxiv);
  return findings;
}

const pages = (text) => text.toLowerCase().replace(/\s/g, "").replace(/[-–—]+/g, "-");

function compareNames(theirs, ours, add) {
  const named = (names) => names.filter(({ family }) => fold(family) !== "others" && fold(family) !== "anonymous");
  const [a, b] = [named(theirs), named(ours)];
  if (!b.length) return;
  const same = Math.min(a.length, b.length);
  const agree = a.slice(0, same).every((name, index) => samePerson(name, b[index]));
  const cut = a.length < theirs.length; // Ends in "and others".
  if (!a.length) add("author", "missing", "", show(b));
  else if (!agree || (a.length > b.length && b.length === ours.length)) add("author", "differs", show(a), show(b));
  else if (a.length < b.length) add("author", cut ? "worded" : "differs", show(theirs), show(b));
}

function comparePublication(theirs, ours, add) {
  const year = (entry) => entry.get("date").slice(0, 4) || entry.get("year");
  const [a, b] = [holder(theirs), holder(ours)];
  if (isPreprint(theirs) && !isPreprint(ours)) add("published", "missing", a || "preprint", `${b}, ${year(ours)}`);
  else if (year(theirs) !== year(ours)) add("year", year(theirs) ? "differs" : "missing", year(theirs), year(ours));
  if (!isPreprint(theirs) && !isPreprint(ours) && !sameVenue(a, b)) add("venue", "worded", a, b);
}

/** Return whether one name of a venue is the other, holds it, or is its initials or abbreviation. */
function sameVenue(one, other) {
  const [a, b] = [fold(one), fold(other)];
  if (a.includes(b) || b.includes(a)) return true;
  const initials = (text) => fold((text.match(/\p{Lu}/gu) ?? []).join(""));
  if (initials(one).includes(initials(other)) && initials(other).length > 2) return true;
  const words = (text) => text.split(/[\s.,:/-]+/).map(fold).filter((word) => word.length > 2);
  const [few, many] = [words(one), words(other)].sort((x, y) => x.length - y.length);
  return few.length > 1 && few.every((word) => many.some((whole) => whole.startsWith(word.slice(0, 3))));
}
