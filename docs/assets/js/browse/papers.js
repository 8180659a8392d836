// The collection as columns (gen/browse_data.py says what they are), and one paper of it as an object.

import { fold } from "../text.js";

/** Load the columns from an address. */
export async function loadPapers(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers ${response.status}`);
  return new Papers(await response.json());
}

export class Papers {
  #orders = new Map();
  #texts = [];

  constructor({ rows, columns, dictionaries }) {
    this.size = rows;
    this.columns = columns;
    this.dictionaries = dictionaries;
  }

  /** Return one paper; its `venue`, `kind` and `topics` are `[key, name]` pairs. */
  paper(row) {
    const { columns, dictionaries } = this;
    const entry = (name) => dictionaries[name][columns[name][row]] ?? null;
    return {
      id: columns.id[row],
      title: columns.title[row],
      system: columns.system[row] ?? "",
      year: columns.year[row],
      authors: columns.authors[row].map((place) => dictionaries.authors[place] ?? "others"),
      venue: entry("venue"),
      kind: entry("kind"),
      topics: columns.topics[row].map((place) => dictionaries.topics[place]),
      added: entry("added")?.[0] ?? "",
      notice: columns.notice[row] ?? "",
      code: columns.code[row] ?? "",
      arxiv: columns.arxiv[row] ?? "",
      doi: columns.doi[row] ?? "",
    };
  }

  /** Return what the text filter looks in, folded. */
  text(row) {
    const { columns, dictionaries } = this;
    return (this.#texts[row] ??= fold(
      [columns.title[row], columns.system[row] ?? "", columns.id[row], columns.notice[row] ?? "", ...columns.authors[row].map((place) => dictionaries.authors[place] ?? "")].join("\n"),
    ));
  }

  /** Return where an entry of a dictionary stands; -1 for none, which no row has as an entry. */
  place(name, key) {
    return this.dictionaries[name].findIndex(([other]) => other === key);
  }

  /** Return all rows in an order such as `title` or `-year`; computed once. Rows without a value stand last. */
  order(sort) {
    if (!this.#orders.has(sort)) this.#orders.set(sort, this.#sorted(sort));
    return this.#orders.get(sort);
  }

  #sorted(sort) {
    const sign = sort.startsWith("-") ? -1 : 1;
    const ranks = this.#ranks(sort.replace("-", ""));
    const { year } = this.columns;
    return Uint32Array.from({ length: this.size }, (_, row) => row).sort(
      (a, b) => (ranks[a] < 0) - (ranks[b] < 0) || sign * (ranks[a] - ranks[b]) || year[b] - year[a] || a - b,
    );
  }

  /** Return a number for each row by which rows are put in order; below 0 for rows without a value. */
  #ranks(name) {
    const collator = new Intl.Collator("en", { numeric: true });
    const column = this.columns[name];
    if (name === "year") return column;
    const texts = name === "title" ? column : this.dictionaries[name].map(([, shown]) => shown);
    const places = [...texts.keys()].sort((a, b) => collator.compare(texts[a], texts[b]));
    const rank = new Uint32Array(texts.length);
    places.forEach((place, index) => (rank[place] = index));
    return name === "title" ? rank : column.map((place) => (place < 0 ? -1 : rank[place]));
  }
}
