// A long table of which only the rows in sight are in the document: two empty rows stand for those above and
// below. All rows have the same height, set by the style sheet and measured here.

import { make } from "../cite/dom.js";

const BEYOND = 12; // Rows kept above and below the window, so that scrolling and the Tab key find them.

export class VirtualRows {
  #body;
  #make;
  #rows = [];
  #shown = new Map();
  #above = spacer();
  #below = spacer();
  #height = 0;
  #asked = 0;

  /** Fill a `tbody`; `make(row, index)` makes the `tr` of one row. */
  constructor(body, make) {
    this.#body = body;
    this.#make = make;
    body.append(this.#above, this.#below);
    const ask = () => (this.#asked ||= requestAnimationFrame(() => this.#draw()));
    addEventListener("scroll", ask, { passive: true });
    addEventListener("resize", () => {
      this.#height = 0;
      ask();
    });
    // All rows are printed, which takes a while where they are 20,000.
    addEventListener("beforeprint", () => this.#draw(true));
    addEventListener("afterprint", () => this.#draw());
  }

  /** Show other rows. */
  set rows(rows) {
    this.#rows = rows;
    for (const element of this.#shown.values()) element.remove();
    this.#shown.clear();
    this.#draw();
  }

  #draw(all) {
    this.#asked = 0;
    this.#height ||= this.#measure();
    const top = this.#body.getBoundingClientRect().top;
    const first = all ? 0 : Math.max(0, Math.min(this.#rows.length, Math.floor(-top / this.#height)) - BEYOND);
    const last = all ? this.#rows.length : Math.min(this.#rows.length, first + Math.ceil(innerHeight / this.#height) + 2 * BEYOND);
    for (const [index, element] of this.#shown) {
      if (index < first || index >= last) {
        element.remove();
        this.#shown.delete(index);
      }
    }
    let next = this.#below;
    for (let index = last - 1; index >= first; index--) {
      let element = this.#shown.get(index);
      if (!element) {
        element = this.#make(this.#rows[index], index);
        this.#shown.set(index, element);
        next.before(element);
      }
      next = element;
    }
    setHeight(this.#above, first * this.#height);
    setHeight(this.#below, (this.#rows.length - last) * this.#height);
  }

  /** Return the height of a row in pixels. */
  #measure() {
    if (!this.#rows.length) return 1;
    const present = this.#shown.values().next().value;
    const element = present ?? this.#make(this.#rows[0], 0);
    if (!present) this.#below.before(element);
    const { height } = element.getBoundingClientRect();
    if (!present) element.remove();
    return height || 1;
  }
}

function spacer() {
  return make("tr", { class: "gl-browse-space", "aria-hidden": "true" }, make("td"));
}

function setHeight(row, pixels) {
  row.hidden = pixels <= 0;
  row.firstChild.style.height = `${pixels}px`;
}
