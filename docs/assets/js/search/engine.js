// Looks words up in the index that gen/search.py writes, and adds up what the records score.
import { stemmer } from "../../vendor/stemmer.js";
import { fold } from "../text.js";

export { fold };

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

  /** The file that names the others; asked for anew with each page, since an update of the site changes it. */
  manifest() {
    this.known ||= this.fetch("index.json", "no-cache").catch((error) => {
      this.known = null;
      throw error;
    });
    return this.known;
  }

  /** One file of the index, loaded once. */
  async load(path) {
    const { folder } = await this.manifest();
    if (!this.files.has(path)) this.files.set(path, this.fetch(`${folder}/${path}.json`));
    return this.files.get(path).catch((error) => {
      this.files.delete(path);
      throw error;
    });
  }

  async fetch(path, cache = "default") {
    const answer = await fetch(new URL(`search/${path}`, this.root), { cache });
    if (!answer.ok) throw new Error(`search/${path}: ${answer.status}`);
    return answer.json();
  }

  /** The number of the piece that holds a term, if any does. */
  async place(term) {
    const { starts } = await this.manifest();
    let low = 0, high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= term) low = middle;
      else high = middle;
    }
    return low;
  }

  async postings(term) {
    return (await this.load(`terms/${await this.place(term)}`))[term];
  }

  /** Terms that begin with `start` as [term, postings], from at most `limit` pieces, those nearest to `term`. */
  async beginning(start, limit, term = start) {
    const [first, last, own] = await Promise.all([this.place(start), this.place(`${start}\uffff`), this.place(term)]);
    const from = Math.max(first, Math.min(own - (limit >> 1), last - limit + 1));
    const numbers = Array.from({ length: Math.min(limit, last - from + 1) }, (_, step) => from + step);
    const pieces = await Promise.all(numbers.map((number) => this.load(`terms/${number}`)));
    return pieces.flatMap((piece) => Object.entries(piece).filter(([other]) => other.startsWith(start)));
  }

  /**
   * Records that answer a query, best first: [{ number, score, stems }].
   * Every word counts for itself by its rarity, so a question finds its paper though some of its words stand nowhere.
   */
  async search(query) {
    const { records, stop } = await this.manifest();
    const asked = words(query).map(({ word }) => word);
    const list = asked.filter((word) => !stop.includes(word));
    const typing = /[\p{L}\p{N}]$/u.test(query) && asked.at(-1) === list.at(-1);
    const [found, exact] = await Promise.all([
      Promise.all([
        ...list.map((word, position) => this.match(word, typing && position === list.length - 1)),
        ...asked.slice(1).map((word, position) => [asked[position], word]).filter((pair) => !pair.some((word) => stop.includes(word)))
          .map((pair) => this.joined(pair.join(""))),
      ]),
      this.exact(asked.join("")),
    ]);
    const scores = new Map(), stems = new Set();
    for (const matches of found) this.add(scores, stems, matches, records);
    for (const number of exact) scores.set(number, (scores.get(number) || 0) + 1000);
    return [...scores].map(([number, score]) => ({ number, score, stems })).sort((a, b) => b.score - a.score || a.number - b.number);
  }

  /** Terms of the index that a word means, each with how well it fits: itself, longer words, near misses. */
  async match(word, prefix) {
    const wanted = stem(word);
    const own = await this.postings(wanted);
    const same = own ? [{ term: wanted, postings: own, fit: 1 }] : [];
    if (prefix && word.length > 2) {
      const longer = (await this.beginning(word, 3)).filter(([term]) => term !== wanted);
      same.push(...longer.map(([term, postings]) => ({ term, postings, fit: 0.7 })));
    }
    return same.length ? same : this.nearest(wanted);
  }

  /** Terms that a word which stands nowhere may be meant for: of the same beginning, or a slip or two away. */
  async nearest(wanted) {
    if (wanted.length < 4) return [];
    const [one, two, three] = wanted;
    const entries = await Promise.all([
      this.beginning(one + two, 6, wanted),
      this.beginning(two + one, 2, two + one + wanted.slice(2)),
      this.beginning(two + three, 2, wanted.slice(1)),
    ]);
    const limit = wanted.length > 7 ? 2 : 1;
    const fits = (term) => near(term, wanted, limit) ? 0.6 : term.length > 3 && (term.startsWith(wanted) || (wanted.startsWith(term) && wanted.length - term.length < 4)) ? 0.5 : 0;
    return entries.flat().map(([term, postings]) => ({ term, postings, fit: fits(term) })).filter(({ fit }) => fit);
  }

  /** Two words that the index may hold as one: `flash attention` for FlashAttention. */
  async joined(word) {
    const postings = await this.postings(stem(word));
    return postings ? [{ term: stem(word), postings, fit: 1 }] : [];
  }

  /** Records whose system, id or title is the whole query. */
  async exact(joined) {
    const postings = joined.length > 1 ? await this.postings(`=${joined}`) : null;
    return postings ? decode(postings).map(([number]) => number) : [];
  }

  /** Add one word's matches: of several terms that it may mean, a record counts its best, and the word is as rare as all. */
  add(scores, stems, matches, records) {
    const lists = matches.map(({ term, postings, fit }) => ({ term, fit, list: decode(postings) }));
    const rarity = (count) => Math.log(1 + (records - count + 0.5) / (count + 0.5));
    const all = rarity(new Set(lists.flatMap(({ list }) => list.map(([number]) => number))).size);
    const best = new Map();
    for (const { term, fit, list } of lists) {
      stems.add(term);
      const weight = fit === 1 ? rarity(list.length) : fit * all;
      for (const [number, score] of list) best.set(number, Math.max(best.get(number) || 0, weight * score));
    }
    for (const [number, score] of best) scores.set(number, (scores.get(number) || 0) + score);
  }

  /** What results show of some records. */
  async shown(numbers) {
    const { docs } = await this.manifest();
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
