// Looks words up in the index that gen/search.py writes, and adds up what the records score.
import { stemmer } from "../../vendor/stemmer.js";

const LETTERS = { ø: "o", ł: "l", đ: "d", ß: "ss", æ: "ae", œ: "oe", ı: "i", þ: "th", ð: "d" };
const STOP = new Set(
  ("a about am an and any are as at be been but by can could did do does for from get had has have how i if in into is it its just "
    + "like make me my need not of on or our paper papers should so some than that the their them there these they this those to "
    + "us use using want was way we were what when where which who why will with without work works would you your").split(" "),
);

/** Lower-case text without accents, as gen/search.py folds it. */
export function fold(text) {
  const letters = text.toLowerCase().replace(/[øłđßæœıþð]/g, (letter) => LETTERS[letter]);
  return letters.normalize("NFKD").replace(/\p{M}/gu, "");
}

/** The words of a text with their stems. */
export function words(text) {
  return (fold(text).match(/[\p{L}\p{N}]+/gu) || []).map((word) => ({ word, stem: stem(word) }));
}

export function stem(word) {
  return /^[\x00-\x7f]*$/.test(word) ? stemmer(word) || word : word;
}

/** Whether two words are at most `limit` edits apart, a swap of neighbors being one (Damerau-Levenshtein). */
export function near(one, other, limit) {
  if (Math.abs(one.length - other.length) > limit) return false;
  let before = [], above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const here = [row];
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1];
      here[column] = Math.min(above[column] + 1, here[column - 1] + 1, above[column - 1] + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]) {
        here[column] = Math.min(here[column], before[column - 2] + 1);
      }
    }
    if (Math.min(...here) > limit) return false;
    before = above;
    above = here;
  }
  return above[other.length] <= limit;
}

export class Index {
  constructor(root) {
    this.root = root;
    this.files = new Map();
  }

  /** One file of the index, loaded once. */
  load(path) {
    if (!this.files.has(path)) {
      this.files.set(path, fetch(new URL(`search/${path}.json`, this.root)).then((answer) => {
        if (!answer.ok) throw new Error(`search/${path}.json: ${answer.status}`);
        return answer.json();
      }));
    }
    return this.files.get(path);
  }

  /** The pieces that may hold terms beginning with `start`, as one list of [term, postings]. */
  async terms(start) {
    const { pieces } = await this.load("index");
    const names = Object.keys(pieces).filter((prefix) => {
      const letters = prefix.replace(/\$$/, "");
      return prefix.endsWith("$") ? letters.startsWith(start) || letters === start : letters.startsWith(start) || start.startsWith(letters);
    });
    const loaded = await Promise.all(names.slice(0, 12).map((prefix) => this.load(`terms/${pieces[prefix]}`)));
    return loaded.flatMap((piece) => Object.entries(piece));
  }

  /**
   * Records that answer a query, best first: [{ number, score, stems }].
   * Every word counts for itself by its rarity, so a question finds its paper though some of its words stand nowhere.
   */
  async search(query) {
    const { records } = await this.load("index");
    const asked = words(query);
    const telling = asked.filter(({ word }) => !STOP.has(word));
    const list = telling.length ? telling : asked;
    if (!list.length) return [];
    const typing = /[\p{L}\p{N}]$/u.test(query);
    const compounds = [...fold(query).matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu)].map(([compound]) => compound.replaceAll("-", ""));
    const looked = [...list.map(({ word }, position) => [word, typing && position === list.length - 1]), ...compounds.map((word) => [word, false])];
    const [found, exact] = await Promise.all([
      Promise.all(looked.map(([word, prefix]) => this.match(word, prefix))),
      this.exact(asked.map(({ word }) => word).join("")),
    ]);
    const scores = new Map(), stems = new Set();
    for (const matches of found) this.add(scores, stems, matches, records);
    for (const number of exact) scores.set(number, (scores.get(number) || 0) + 1000);
    return [...scores].map(([number, score]) => ({ number, score, stems })).sort((a, b) => b.score - a.score || a.number - b.number);
  }

  /** Terms of the index that a word means, each with how well it fits: itself, longer words, near misses. */
  async match(word, prefix) {
    const wanted = stem(word);
    const entries = await this.terms(wanted.slice(0, 2));
    const same = entries.filter(([term]) => term === wanted).map(([term, postings]) => ({ term, postings, fit: 1 }));
    const longer = prefix && wanted.length > 2
      ? entries.filter(([term]) => term !== wanted && (term.startsWith(word) || term.startsWith(wanted))).map(([term, postings]) => ({ term, postings, fit: 0.7 }))
      : [];
    if (same.length || longer.length) return [...same, ...longer];
    const kin = entries.filter(([term]) => !term.startsWith("=") && term.length > 3 && (term.startsWith(wanted) || wanted.startsWith(term)) && Math.abs(term.length - wanted.length) < 4);
    const meant = kin.map(([term, postings]) => ({ term, postings, fit: 0.5 }));
    const limit = wanted.length > 7 ? 2 : wanted.length > 3 ? 1 : 0;
    if (!limit) return meant;
    const swapped = wanted[1] + wanted[0];
    const more = entries.concat(await this.terms(wanted[0]), await this.terms(swapped));
    const close = new Map(more.filter(([term]) => !term.startsWith("=") && near(term, wanted, limit)));
    return [...meant, ...[...close].map(([term, postings]) => ({ term, postings, fit: 0.6 }))];
  }

  /** Records whose system, id or title is the whole query. */
  async exact(joined) {
    if (joined.length < 2) return [];
    const name = `=${joined}`;
    const entry = (await this.terms(name.slice(0, 3))).find(([term]) => term === name);
    return entry ? decode(entry[1]).map(([number]) => number) : [];
  }

  /** Add one word's matches: of several terms that it may mean, a record counts its best. */
  add(scores, stems, matches, records) {
    const best = new Map();
    for (const { term, postings, fit } of matches) {
      const list = decode(postings);
      const rarity = Math.log(1 + (records - list.length + 0.5) / (list.length + 0.5));
      stems.add(term);
      for (const [number, score] of list) best.set(number, Math.max(best.get(number) || 0, fit * rarity * score));
    }
    for (const [number, score] of best) scores.set(number, (scores.get(number) || 0) + score);
  }

  /** What results show of some records. */
  async shown(numbers) {
    const { docs } = await this.load("index");
    return Promise.all(numbers.map(async (number) => {
      const [id, title, system, authors, venue, year, summary, code] = (await this.load(`docs/${Math.floor(number / docs)}`))[number % docs];
      return { id, title, system, authors, venue, year, summary, code };
    }));
  }
}

/** Postings as [record, score]; records stand as distances. */
function decode(postings) {
  const list = [];
  let number = 0;
  for (let at = 0; at < postings.length; at += 2) {
    number += postings[at];
    list.push([number, postings[at + 1]]);
  }
  return list;
}
