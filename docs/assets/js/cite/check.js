// "Check my .bib": finds each entry's paper here, tells in what the two differ in substance, and mends the entry. Accents,
// braces, case, the order of a name's parts, initials, abbreviations of venues and the way a page range is written are
// not differences.

import { parseBibtex } from "./bibtex.js";
import { dialect, SUFFIX } from "./dialect.js";
import { inParallel, paperFile, paperFiles, siteFile } from "./files.js";
import { bare, lookup, titled } from "./lookup.js";

const PREPRINT = /arxiv|corr\b|preprint|openreview/i;
const HOLDERS = ["booktitle", "journaltitle", "institution"];
/** Words of a venue's name that are often left out or tell only the year's meeting: `Thirty-seventh`, `12th`, `IEEE/CVF`. */
const OPTIONAL = /^(?:proc(?:eedings)?|of|on|the|and|for|in|annual|int(?:l|ernational)?|ieee|acm|cvf|\d+(?:st|nd|rd)|(?:twen|thir|for|fif)ty|first|second|third|\w+th)$/;
const PART = /workshop|findings|track|dataset|demo|tutorial/i; // not what is named before it
/** Fields that tell the same fact. */
const SAME = [
  ["title", "subtitle"],
  ["booktitle", "journal", "journaltitle", "school", "institution", "crossref"],
  ["year", "date"],
  ["eprint", "eprinttype", "archiveprefix", "arxivid"],
];
const fact = (field) => SAME.find((fields) => fields.includes(field)) ?? field;
const OF_PREPRINT = ["volume", "number", "pages", "publisher", "howpublished"];
const LIKE = 0.75; // of two titles
const LIKE_KEYED = 0.5; // under our key: a shortened title is enough

/** Check a file; return `{errors, entries: [{theirs, state, id, findings}]}` with `state` same, worded, mend, other, absent. */
export async function check(source) {
  const { entries, errors } = await parseBibtex(source);
  const candidates = await inParallel(entries, candidatesOf);
  const ids = [...new Set(candidates.flat())];
  const { entries: ours } = await parseBibtex((await paperFiles(ids, SUFFIX.biblatex)).filter(Boolean).join("\n"));
  const byId = new Map(ours.map((entry) => [entry.key, entry]));
  const venues = JSON.parse(await siteFile("cite/venues.json")).map((names) => names.map(venueWords));
  return { errors, entries: entries.map((theirs, index) => judge(theirs, candidates[index], byId, venues)) };
}

async function candidatesOf(entry) {
  const names = [`key:${entry.key.toLowerCase()}`];
  const [arxiv, title, [first]] = [arxivId(entry), entry.get("title"), entry.names("author")];
  if (doi(entry)) names.push(`doi:${doi(entry)}`);
  if (arxiv) names.push(`arxiv:${arxiv}`);
  if (title) names.push(titled(title));
  const year = Number(entry.get("date").slice(0, 4));
  if (first && year) for (const near of [year - 1, year, year + 1]) names.push(`who:${bare(first.family)}${near}`);
  return [...new Set((await Promise.all(names.map(lookup))).flat())];
}

function judge(theirs, candidates, byId, venues) {
  let best = null;
  for (const id of candidates) {
    const ours = byId.get(id);
    if (!ours) continue;
    const like = likeness(theirs.get("title"), ours.get("title"));
    const [first, firstOurs] = [theirs.names("author")[0], ours.names("author")[0]];
    const sameAuthor = Boolean(first && firstOurs && samePerson(first, firstOurs));
    const named = (doi(theirs) && doi(theirs) === doi(ours)) || (arxivId(theirs) && arxivId(theirs) === arxivId(ours));
    // A title alone proves nothing: there is more than one "Deep Learning".
    const enough = like >= (theirs.key === id ? LIKE_KEYED : LIKE);
    const score = (enough ? 2 * like + (sameAuthor ? 2 : 0) : 0) + (named ? 3 : 0) + (theirs.key === id ? 0.5 : 0);
    const proven = named || (enough && (sameAuthor || !first));
    if (proven && score > (best?.score ?? 0)) best = { score, ours, id };
  }
  if (best) {
    const findings = compare(theirs, best.ours, venues);
    const wrong = findings.some(({ what }) => what !== "worded");
    const state = wrong ? "mend" : findings.some(({ field }) => field === "venue") ? "worded" : "same";
    return { theirs, state, id: best.id, ours: best.ours, findings };
  }
  const taken = candidates.find((id) => id === theirs.key);
  return { theirs, state: taken ? "other" : "absent", id: taken ?? null, ours: byId.get(taken), findings: [] };
}

/** Return our entry under the reader's key, with what the reader's tells beyond it, or as well in other words. */
export async function mend({ theirs, ours, id, findings }) {
  const [mine] = (await parseBibtex(await paperFile(id, SUFFIX[dialect()]))).entries;
  const { place } = mine;
  const fields = new Map(place.fields);
  const facts = new Set([...fields.keys()].map(fact));
  const differs = (...names) => findings.some(({ field }) => names.includes(field));
  fields.delete("ids"); // Who has the reader's file cites by the reader's keys.
  for (const field of ["author", "title", "ids"]) if (!differs(field)) facts.delete(fact(field));
  facts.delete("note"); // A reader's own is kept, after ours: that may warn of the paper.
  if (differs("year", "published") || ours.get("date").length > 4) facts.add("month");
  if (isOutdated(ours, theirs)) {
    for (const field of ["year", "date", "month"]) {
      fields.delete(field);
      facts.delete(fact(field));
    }
    place.type = theirs.place.type;
  }
  const outdated = isOutdated(theirs, ours);
  for (const [name, value] of theirs.place.fields) {
    const replaced = facts.has(fact(name)) || (OF_PREPRINT.includes(name) && (outdated || ours.get(name)));
    if (replaced || (outdated && name === "note" && PREPRINT.test(value))) continue;
    const joined = name === "note" && fields.has(name) && !bare(theirs.get(name)).includes(bare(mine.get(name)));
    fields.set(name, joined ? `${fields.get(name)} # {. } # ${value}` : value);
  }
  const lines = [...fields].map(([name, value]) => `  ${name.padEnd(14)} = ${value},\n`);
  return `@${place.type}{${theirs.key},\n${lines.join("")}}`;
}

/** Return the whole file with some of its entries, in its order, replaced by mended ones. */
export async function mendAll(entries, source) {
  const mended = await inParallel(entries, mend);
  const newline = source.includes("\r\n") ? "\r\n" : "\n";
  let at = 0;
  let text = "";
  entries.forEach(({ theirs: { place } }, index) => {
    text += source.slice(at, place.start) + mended[index].replace(/\r?\n/g, newline);
    at = place.end;
  });
  return text + source.slice(at);
}

const wordsOf = (text) => text.split(/[\s\p{P}\p{S}]+/u).map(bare);

/** Return how much of two titles is shared, 0 to 1 (Dice over words). */
function likeness(one, other) {
  const [a, b] = [one, other].map((title) => new Set(wordsOf(title).filter(Boolean)));
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
function arxivId(entry) {
  const elsewhere = ["journaltitle", "url", "doi", "note", "howpublished", "number", "volume"].map(entry.get);
  const text = [`arxiv:${entry.get("eprint")}`, `arxiv:${entry.get("arxivid")}`, ...elsewhere].join("|");
  return /(?:arxiv[:./]|abs\/|pdf\/)\s*(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})/i.exec(text)?.[1] ?? "";
}

/** Return a DOI in lower case without what stands before it, braces, backslashes and a last full stop, or "". */
function doi(entry) {
  const found = /10\.\d{4,9}\/\S+/.exec(entry.get("doi") || (/doi\.org/.test(entry.get("url")) ? entry.get("url") : ""));
  return found && !/10\.48550\/arxiv/i.test(found[0]) ? found[0].toLowerCase().replace(/[{}\\]|[.,;]+$/g, "") : "";
}

const UNPUBLISHED = /^(?:misc|unpublished|online)$/;
const HELD = /^in|thesis|book|proceedings/; // types that stand for what is published, even where the entry doesn't say in what

function isPreprint(entry) {
  if (holder(entry)) return PREPRINT.test(holder(entry));
  return UNPUBLISHED.test(entry.type) || (arxivId(entry) !== "" && !HELD.test(entry.type));
}

/** Return whether an entry cites only a preprint of what was published since. */
function isOutdated(theirs, ours) {
  return isPreprint(theirs) && !isPreprint(ours);
}

/** Return findings `{field, what, theirs, ours}` with `what` one of missing, differs, worded; `venues` as `venueOf` takes them. */
function compare(theirs, ours, venues) {
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
  const [notice] = /^(?:retracted|withdrawn)\b/i.exec(ours.get("note")) ?? [];
  if (notice && !bare(theirs.get("note")).includes(bare(notice))) add("note", "missing", theirs.get("note"), notice);
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
  if (isOutdated(ours, theirs)) return;
  if (isOutdated(theirs, ours)) add("published", "missing", a || "preprint", `${b}, ${year(ours)}`);
  else if (year(theirs) !== year(ours)) add("year", year(theirs) ? "differs" : "missing", year(theirs), year(ours));
  if (isPreprint(theirs) || isPreprint(ours)) return;
  const [one, other] = [venueOf(a, venues), venueOf(b, venues)];
  if (!a) add("venue", "missing", a, b);
  else if (one < 0 || one !== other) add("venue", Math.min(one, other) < 0 ? "worded" : "differs", a, b);
}

/** Return the words that tell a venue's name from others. */
function venueWords(name) {
  const words = wordsOf(name).map((word) => word.replace(/\d+$/, ""));
  return words.filter((word) => word && !OPTIONAL.test(word));
}

/** Return which of the venues, each a list of its names as words, a name stands for, whatever follows a comma or colon; or -1. */
function venueOf(name, venues) {
  const cuts = [...name.matchAll(/[,:;(]|$/g)].reverse();
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
