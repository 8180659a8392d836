// "Check my .bib": finds each entry's paper here, compares the two, and mends the entry.

import { parseBibtex, sourceOf } from "./bibtex.js";
import { arxivId, compare, doi, isOutdated, likeness, samePerson, venueWords } from "./compare.js";
import { dialect, SUFFIX } from "./dialect.js";
import { inParallel, paperFile, paperFiles, siteFile } from "./files.js";
import { bare, lookup, titled } from "./lookup.js";

/** Fields of an entry that ours replace or make obsolete; all others are the reader's own and stay. */
const REPLACED = new Set(
  "author title booktitle journal journaltitle year month date eprint eprinttype archiveprefix arxivid ids langid".split(" "),
);
const OF_PREPRINT = new Set("volume number pages publisher howpublished note primaryclass eprintclass institution".split(" "));
const LIKE = 0.75; // of two titles
const LIKE_KEYED = 0.5; // under our key: a shortened title is enough

/** Check a file; return `{errors, entries: [{theirs, state, id, findings, place}]}` with `state` same, worded, mend, other, absent. */
export async function check(source) {
  const { entries, errors } = await parseBibtex(source);
  const candidates = await inParallel(entries, candidatesOf);
  const ids = [...new Set(candidates.flat())];
  const { entries: ours } = await parseBibtex((await paperFiles(ids, SUFFIX.biblatex)).filter(Boolean).join("\n"));
  const byId = new Map(ours.map((entry) => [entry.key, entry]));
  const venues = JSON.parse(await siteFile("cite/venues.json")).map((names) => names.map(venueWords));
  let at = 0; // Each entry stands after the one before it, so they are all found in one way through the file.
  const judged = entries.map((theirs, index) => {
    const place = sourceOf(source, theirs.key, at);
    at = place?.end ?? at;
    return { ...judge(theirs, candidates[index], byId, venues), place };
  });
  return { errors, entries: judged };
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

/** Return our entry under the reader's key, with those of the reader's fields that ours lacks. */
export async function mend({ theirs, ours, id, place }) {
  const text = (await paperFile(id, SUFFIX[dialect()])).trimEnd();
  const has = sourceOf(text, id).fields;
  const kept = [...(place?.fields ?? [])].filter(
    ([name]) => !has.has(name) && !REPLACED.has(name) && !(isOutdated(theirs, ours) && OF_PREPRINT.has(name)),
  );
  const lines = kept.map(([name, value]) => `  ${name.padEnd(13)} = ${value},\n`).join("");
  return text.replace(/^(\s*@\w+\{)[^,]*/, (_, head) => head + theirs.key).replace(/\}\s*$/, () => `${lines}}`);
}

/** Return the whole file with some of its entries, in its order, replaced by mended ones. */
export async function mendAll(entries, source) {
  const mended = await inParallel(entries, mend);
  let at = 0;
  let text = "";
  entries.forEach(({ place }, index) => {
    if (!place) return;
    text += source.slice(at, place.start) + mended[index];
    at = place.end;
  });
  return text + source.slice(at);
}
