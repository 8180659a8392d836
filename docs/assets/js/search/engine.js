// Looks words up in the index that gen/search.py writes, and adds up what the records score.
import { stemmer } from "../../vendor/stemmer.js";
import { fold } from "../text.js";

export { fold };

function words(text) {
  return fold(text).match(/[\p{L}\p{N}]+/gu) || [];
}

/** The DOI or arXiv id in a query, such as an address of the paper; a DOI that arXiv gave holds the id. */
const IDENTIFIER = /10\.(?!48550\/)\d{4,9}\/[^\s?#]+|\d{4}\.\d{4,5}|[a-z-]+(\.[a-z]{2})?\/\d{7}/i;

export function stem(word) {
  return /^[\x00-\x7f]*$/.test(word) ? stemmer(word) || word : word;
}

/** A word as it is written on the other side of the Atlantic, if there otherwise: `optimiser` and `optimizer`. */
function overseas(word) {
  return word
    .replace(/(?<=[iy])[sz](?=(e([ds]|rs?)?|ing|ations?|able)$)/, (letter) => letter === "s" ? "z" : "s")
    .replace(/(?<=^(?:behavi|col|fav|flav|harb|hon|hum|lab|neighb|rum|tum|vap))ou?r/, (end) => end === "or" ? "our" : "or");
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

/** What stemming takes off. */
const ENDINGS = "able ability al ally ance ant ate ated ates ating ation ations ator e ed ence ent er ers es ic ical ies ing ings ion ions ity ive ization ize ized izing le ly ment ments ness ous s y".split(" ");

/** Whether a word is a stem with an ending, but for one slip: `genration` of `gener`. */
function inflects(term, word) {
  const base = term.replace(/e$/, "");
  return ENDINGS.some((ending) => near(base + ending, word, 1));
}

/** Of [start, ...] in ascending order, those from the one that holds `first` to the one that holds `last`. */
function between(ranges, first, last) {
  const from = ranges.findLastIndex(([start]) => start <= first);
  return ranges.slice(Math.max(from, 0), ranges.findLastIndex(([start]) => start <= last) + 1);
}

/** The index, as it was when it was first asked. After a failure all is asked for anew: the site may have been updated. */
export class Index {
  constructor(root) {
    this.root = root;
    this.files = new Map();
  }

  /** The file that leads to all others; asked for anew with each page, since an update of the site changes it. */
  manifest() {
    return this.file("index", "no-cache");
  }

  /** One file of the index, loaded once; all but the manifest are named by their content. */
  file(path, cache = "default") {
    if (!this.files.has(path)) this.files.set(path, this.fetch(`search/${path}.json`, cache));
    return this.files.get(path);
  }

  async fetch(path, cache) {
    try {
      const answer = await fetch(new URL(path, this.root), { cache });
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return await answer.json();
    } catch (error) {
      this.files.clear();
      throw error;
    }
  }

  async facets() {
    return this.file(`facets/${(await this.manifest()).facets}`);
  }

  /** The pieces of a table that hold the keys from `first` to `last`, as [start, path]. */
  async pieces(table, first, last = first) {
    const branches = between((await this.manifest())[table], first, last);
    const named = await Promise.all(branches.map(([, name]) => this.file(`${table}/${name}`)));
    return between(named.flat(), first, last).map(([start, name]) => [start, `${table}/${name}`]);
  }

  /** What a table holds for a key, if anything. */
  async value(table, key) {
    const [piece] = await this.pieces(table, key);
    const values = piece ? await this.file(piece[1]) : {};
    return Object.hasOwn(values, key) ? values[key] : undefined;
  }

  /** A row of postings as [record, score], as gen/postings.py writes it. */
  async decode(row) {
    const { digits } = await this.manifest();
    this.digits ||= new Map([...digits].map((digit, value) => [digit, value]));
    const list = [];
    let number = 0, step = 0, score = false;
    for (const letter of row) {
      const digit = this.digits.get(letter);
      if (score) list.push([number, digit]);
      else step = step * 32 + (digit & 31);
      score = !score && digit < 32;
      if (score) [number, step] = [number + step, 0];
    }
    return list;
  }

  /** Terms that begin with `start` as { term, postings }, from at most `limit` pieces, those nearest to `term`. */
  async beginning(start, limit, term = start) {
    const pieces = await this.pieces("terms", start, `${start}\uffff`);
    const own = pieces.findLastIndex(([first]) => first <= term);
    const from = Math.max(0, Math.min(own - (limit >> 1), pieces.length - limit));
    const loaded = await Promise.all(pieces.slice(from, from + limit).map(([, path]) => this.file(path)));
    const rows = loaded.flatMap(Object.entries).filter(([other]) => other.startsWith(start));
    return Promise.all(rows.map(async ([other, row]) => ({ term: other, postings: await this.decode(row) })));
  }

  /**
   * Records that answer a query, best first: [{ number, score, stems }].
   * Every word counts for itself by its rarity, so a question finds its paper though some of its words stand nowhere.
   * The last one may be half a word: while it is being typed, or if it stands nowhere as a whole.
   */
  async search(query, typing) {
    const { records, stop } = await this.manifest();
    const identifier = IDENTIFIER.exec(query)?.[0];
    const asked = identifier ? [] : words(query); // numbers that are like an identifier's tell nothing
    const list = asked.filter((word) => !stop.includes(word));
    const name = words(identifier ?? query).join("");
    const last = /[\p{L}\p{N}]$/u.test(query) && asked.at(-1);
    const [found, exact] = await Promise.all([
      Promise.all([
        ...list.map((word) => this.match(word, word === last, typing)),
        // `flash attention` for FlashAttention
        ...asked.slice(1).map((word, position) => [asked[position], word]).filter((pair) => !pair.some((word) => stop.includes(word)))
          .map((pair) => this.itself(stem(pair.join("")))),
      ]),
      // Records whose system, title or identifier is the whole query.
      name.length > 1 ? this.itself(`=${name}`) : [],
    ]);
    const scores = new Map(), stems = new Set();
    for (const matches of found) this.add(scores, stems, matches, records);
    for (const { postings } of exact) for (const [number] of postings) scores.set(number, (scores.get(number) || 0) + 1000);
    return [...scores].map(([number, score]) => ({ number, score, stems })).sort((a, b) => b.score - a.score || a.number - b.number);
  }

  /** Whether a query has no word that tells one paper from another. */
  async common(query) {
    const { stop } = await this.manifest();
    return words(query).every((word) => stop.includes(word));
  }

  /** Terms of the index that a word means, each with how well it fits: itself in both spellings, longer words, near misses. */
  async match(word, last, typing) {
    const wanted = stem(word);
    const spellings = new Set([wanted, stem(overseas(word))]);
    const same = (await Promise.all([...spellings].map((term) => this.itself(term)))).flat();
    if (last && word.length > 2 && (typing || !same.length)) {
      const longer = (await this.beginning(word, 3)).filter(({ term }) => !spellings.has(term));
      same.push(...longer.map((found) => ({ ...found, fit: 0.7 })));
    }
    return same.length ? same : this.nearest(wanted, word);
  }

  /** Terms that a word which stands nowhere may be meant for: a slip or two away, or the beginning of it or it of them,
      since an ending with a slip is not taken off, nor a right one behind a slip. */
  async nearest(wanted, word) {
    if (wanted.length < 4) wanted = word;
    if (wanted.length < 4) return [];
    const [one, two, three] = wanted;
    const entries = await Promise.all([
      this.beginning(one + two, 6, wanted),
      this.beginning(two + one, 2, two + one + wanted.slice(2)),
      this.beginning(two + three, 2, wanted.slice(1)),
    ]);
    const limit = wanted.length > 7 ? 2 : 1;
    const fits = (term) => near(term, wanted, 1) ? 0.6 : term.length > 3 && (inflects(term, word) || term.startsWith(wanted) || (wanted.startsWith(term) && wanted.length < 2 * term.length)) ? 0.5 : near(term, wanted, limit) ? 0.4 : 0;
    return entries.flat().map((found) => ({ ...found, fit: fits(found.term) })).filter(({ fit }) => fit);
  }

  /** A term as what a word means, if the index has it. */
  async itself(term) {
    const row = await this.value("terms", term);
    return row ? [{ term, postings: await this.decode(row), fit: 1 }] : [];
  }

  /** Add one word's matches: of several terms that it may mean, a record counts its best, and the word is as rare as all. */
  add(scores, stems, matches, records) {
    const rarity = (terms) => {
      const count = new Set(terms.flatMap(({ postings }) => postings.map(([number]) => number))).size;
      return Math.log(1 + (records - count + 0.5) / (count + 0.5));
    };
    const all = rarity(matches), own = rarity(matches.filter(({ fit }) => fit === 1));
    const best = new Map();
    for (const { term, postings, fit } of matches) {
      stems.add(term);
      const weight = fit === 1 ? own : fit * all;
      for (const [number, score] of postings) best.set(number, Math.max(best.get(number) || 0, weight * score));
    }
    for (const [number, score] of best) scores.set(number, (scores.get(number) || 0) + score);
  }

  /** What results show of some records. */
  shown(numbers) {
    return Promise.all(numbers.map(async (number) => {
      const [id, title, system, authors, venue, year, summary, code] = await this.value("docs", number);
      return { id, title, system, authors, venue, year, summary, code };
    }));
  }
}
