// What differs between an entry and ours in substance. Accents, braces, case, the order of a name's parts,
// initials, abbreviations of venues and the way a page range is written are not differences.

import { bare } from "./lookup.js";

const PREPRINT = /arxiv|corr\b|preprint|openreview|^$/i;
const HOLDERS = ["booktitle", "journaltitle", "institution"];
/** Words of a venue's name that are often left out or tell only the year's meeting: `Thirty-seventh`, `12th`, `IEEE/CVF`. */
const OPTIONAL = /^(?:proc(?:eedings)?|of|on|the|and|for|in|annual|int(?:l|ernational)?|ieee|acm|cvf|\d+(?:st|nd|rd)|(?:twen|thir|for|fif)ty|first|second|third|\w+th)$/;
const PART = /workshop|findings|track|dataset|demo|tutorial/i; // not what is named before it

/** Return how much of two titles is shared, 0 to 1 (Dice over words). */
export function likeness(one, other) {
  const words = (text) => text.split(/[\s\p{P}\p{S}]+/u).map(bare).filter(Boolean);
  const [a, b] = [new Set(words(one)), new Set(words(other))];
  if (bare(one) === bare(other)) return 1;
  return (2 * [...a].filter((word) => b.has(word)).length) / (a.size + b.size || 1);
}

/** Return whether two names can be the same person's. */
export function samePerson(one, other) {
  const parts = ({ family, given }) => `${given} ${family}`.split(/[\s.~-]+/).map(bare).filter(Boolean);
  if (bare(one.given + one.family) === bare(other.given + other.family)) return true;
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
const show = (names) => names.map(({ given, family }) => `${given} ${family}`.trim()).join(", ");

/** Return the arXiv id that an entry names in any of its fields, without version, or "". */
export function arxivId(entry) {
  const places = ["eprint", "arxivid", "journaltitle", "url", "doi", "note", "howpublished", "number", "volume"];
  for (const field of places) {
    const bare = field === "eprint" || field === "arxivid";
    const found = new RegExp(`${bare ? "^(?:arxiv:)?" : "(?:arxiv[:./]|abs/|pdf/)\\s*"}(\\d{4}\\.\\d{4,5}|[a-z-]+(?:\\.[A-Z]{2})?/\\d{7})`, "i").exec(entry.get(field));
    if (found) return found[1];
  }
  return "";
}

/** Return a DOI in lower case without what stands before it, or "". */
export function doi(entry) {
  const found = /10\.\d{4,9}\/\S+/.exec(entry.get("doi") || (/doi\.org/.test(entry.get("url")) ? entry.get("url") : ""));
  return found && !/10\.48550\/arxiv/i.test(found[0]) ? found[0].toLowerCase() : "";
}

const isPreprint = (entry) => PREPRINT.test(holder(entry));

/** Return whether an entry cites only a preprint of what was published since. */
export function isOutdated(theirs, ours) {
  return isPreprint(theirs) && !isPreprint(ours);
}

/** Return findings `{field, what, theirs, ours}` with `what` one of missing, differs, worded; `venues` as `venueOf` takes them. */
export function compare(theirs, ours, venues) {
  const findings = [];
  const add = (field, what, a, b) => findings.push({ field, what, theirs: a, ours: b });
  if (bare(theirs.get("title")) !== bare(ours.get("title"))) {
    add("title", theirs.get("title") ? "differs" : "missing", theirs.get("title"), ours.get("title"));
  }
  compareNames(theirs.names("author"), ours.names("author"), add);
  comparePublication(theirs, ours, venues, add);
  for (const field of ["volume", "number", "pages"]) {
    const a = isOutdated(theirs, ours) ? "" : theirs.get(field); // Such as volume abs/2001.00001.
    const b = ours.get(field);
    if (b && pages(a) !== pages(b)) add(field, a ? "differs" : "missing", a, b);
  }
  const [theirDoi, ourDoi] = [doi(theirs), doi(ours)];
  if (ourDoi && theirDoi !== ourDoi) add("doi", theirDoi ? "differs" : "missing", theirDoi, ourDoi);
  const [theirArxiv, ourArxiv] = [arxivId(theirs), arxivId(ours)];
  if (ourArxiv && theirArxiv && theirArxiv !== ourArxiv) add("eprint", "differs", theirArxiv, ourArxiv);
  if (ourArxiv && !theirArxiv && !theirDoi && !ourDoi) add("eprint", "missing", "", ourArxiv);
  return findings;
}

const pages = (text) => text.toLowerCase().replace(/\s/g, "").replace(/[-–—]+/g, "-");

function compareNames(theirs, ours, add) {
  const named = (names) => names.filter(({ family }) => bare(family) !== "others" && bare(family) !== "anonymous");
  const [a, b] = [named(theirs), named(ours)];
  if (!b.length) return;
  const same = Math.min(a.length, b.length);
  const agree = a.slice(0, same).every((name, index) => samePerson(name, b[index]));
  const cut = a.length < theirs.length; // Ends in "and others".
  if (!a.length) add("author", "missing", "", show(b));
  else if (!agree || (a.length > b.length && b.length === ours.length)) add("author", "differs", show(a), show(b));
  else if (a.length < b.length) add("author", cut ? "worded" : "differs", show(theirs), show(b));
}

function comparePublication(theirs, ours, venues, add) {
  const year = (entry) => entry.get("date").slice(0, 4) || entry.get("year");
  const [a, b] = [holder(theirs), holder(ours)];
  if (isOutdated(theirs, ours)) add("published", "missing", a || "preprint", `${b}, ${year(ours)}`);
  else if (year(theirs) !== year(ours)) add("year", year(theirs) ? "differs" : "missing", year(theirs), year(ours));
  if (isPreprint(theirs) || isPreprint(ours)) return;
  const [one, other] = [venueOf(a, venues), venueOf(b, venues)];
  if (one < 0 || one !== other) add("venue", Math.min(one, other) < 0 ? "worded" : "differs", a, b);
}

/** Return the words that tell a venue's name from others. */
export function venueWords(name) {
  const words = name.split(/[\s\p{P}\p{S}]+/u).map((word) => bare(word).replace(/\d+$/, ""));
  return words.filter((word) => word && !OPTIONAL.test(word));
}

/** Return which of the venues, each a list of its names as words, a name stands for, whatever follows a comma; or -1. */
function venueOf(name, venues) {
  const cuts = [...name.matchAll(/[,;(]|$/g)].reverse();
  for (const { index } of cuts) {
    const words = venueWords(name.slice(0, index));
    const found = PART.test(name.slice(index)) ? -1 : venues.findIndex((names) => names.some((other) => alike(words, other)));
    if (found >= 0) return found;
  }
  return -1;
}

/** Return whether words are the same but for abbreviations; a single one is a name that is not abbreviated. */
function alike(one, other) {
  const short = (a, b) => one.length > 1 && (a.startsWith(b) || b.startsWith(a));
  return one.length === other.length && one.every((word, index) => word === other[index] || short(word, other[index]));
}
