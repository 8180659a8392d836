// Papers of the collection that a new one may be: by key, arXiv id, DOI and title in the index of names, by nearly
// the same title and an author in common in the index of search. gen/duplicates.py decides the same in the check.

import { bare, lookup, titled } from "../cite/lookup.js";
import { ROOT } from "../cite/files.js";
import { fold, Index, near } from "../search/engine.js";

const LIGHT = new Set("a an the and of on in for with to via by from towards toward using at".split(" "));
const CANDIDATES = 12;
const index = new Index(ROOT);

/** Return the ids of papers that this one may be, `id` being the one it would have. */
export async function doubles({ title = "", authors = [], year = 0, arxiv, doi }, id) {
  const names = [`key:${id}`, arxiv && `arxiv:${arxiv}`, doi && `doi:${doi.toLowerCase()}`];
  if (title) names.push(titled(title));
  const found = [...names.filter(Boolean).map(lookup), nearly(title, authors, year)];
  return [...new Set((await Promise.all(found)).flat())];
}

/** Return the ids of papers of nearly the same title, or of the same but for the subtitle, with an author in common. */
async function nearly(title, authors, year) {
  if (title.length < 4) return [];
  return (await like(title))
    .filter((paper) => shared(authors, paper.authors) && (nearTitles(title, paper.title) || sameHead(title, paper.title, year, paper.year)))
    .map(({ id }) => id);
}

/** Return what the index shows of the papers that a title finds. */
async function like(title) {
  const best = (await index.search(title)).slice(0, CANDIDATES);
  return index.shown(best.map(({ number }) => number));
}

/** Whether an author is named in a line such as `Sun et al.`; as long as none is typed, anyone may be meant. */
function shared(authors, line) {
  const written = bare(line);
  const families = authors.map((name) => bare(name.includes(",") ? name.split(",")[0] : name.split(" ").at(-1)));
  return !families.length || !written || written.startsWith("unknown") || families.some((family) => family && written.includes(family));
}

const heads = (title) => title.split(/:\s|\s[-–—]{1,3}\s|\?\s/)[0];

/** Whether one title is the other without its subtitle. */
function sameHead(one, other, year, otherYear) {
  const [whole, otherWhole] = [bare(one), bare(other)];
  if (year && Math.abs(year - otherYear) > 3) return false;
  return whole !== otherWhole && (bare(heads(one)) === otherWhole || bare(heads(other)) === whole);
}

/** Whether two titles differ by a slip of the pen and not by a word that tells: `part I`, `part II` do. */
export function nearTitles(one, other) {
  const [left, right] = [one, other].map(tokens);
  if (left.join("") === right.join("")) return true;
  if (Math.min(left.length, right.length) < 3) return false;
  const only = (words, others) => words.filter((word) => !others.includes(word) && !LIGHT.has(word));
  const [mine, theirs] = [only(left, right), only(right, left)];
  const joined = mine.join("") === theirs.join("");
  if (mine.length !== theirs.length || mine.length > 2) return joined && mine.length > 0;
  const bare = (words) => words.filter((word) => !LIGHT.has(word)).join(" ");
  if (!mine.length) return bare(left) === bare(right);
  return joined || mine.every((word, at) => misspelled(word, theirs[at]));
}

function tokens(title) {
  const plain = fold(title).replace(/\\[a-z]+\s*|\\./g, "").replace(/['’{}$^_]/g, "");
  return plain.match(/[\p{L}\p{N}+]+/gu) ?? [];
}

function misspelled(one, other) {
  const short = Math.min(one.length, other.length);
  if (one[0] !== other[0] || short < 5 || /\d/.test(one + other)) return false;
  return near(one, other, short >= 10 ? 2 : 1);
}
