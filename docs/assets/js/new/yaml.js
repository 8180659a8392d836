// A record as YAML in the form that gen/dump.py writes: every text between double quotes unless it is prose.

const WIDTH = 96;
const PLAIN = /^[A-Za-z][A-Za-z0-9 ._/-]*[A-Za-z0-9]$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const WORDS = /^(y|n|yes|no|on|off|true|false|null|nan|inf)$/i;

/** Return a text as a scalar on one line; JSON's quotes are YAML's. */
export function scalar(value) {
  if (typeof value === "number") return String(value);
  if (DAY.test(value)) return value;
  if (PLAIN.test(value) && !WORDS.test(value) && !/[-.]{2}/.test(value)) return value;
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escape);
}

function escape(character) {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Return prose as a folded block, or between quotes where a block could not hold it. */
function prose(text, pad) {
  const words = text.split(/\s+/).filter(Boolean);
  if (!/^[^\p{C}]*$/u.test(words.join(" "))) return ` ${scalar(words.join(" "))}\n`;
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && pad.length + last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] += ` ${word}`;
    else lines.push(word);
  }
  return ` >-\n${lines.map((line) => `${pad}${line}\n`).join("")}`;
}

const PROSE = new Set(["summary", "problem", "approach", "findings", "caveats"]);
const QUOTED = new Set(["title", "arxiv", "doi"]);

/** Return an object of texts, numbers, lists of texts and objects as YAML. */
export function dump(value, pad = "") {
  return Object.entries(value).map(([key, item]) => `${pad}${key}:${entry(key, item, pad)}`).join("");
}

function entry(key, item, pad) {
  if (PROSE.has(key)) return prose(item, `${pad}  `);
  if (Array.isArray(item)) return `\n${item.map((one) => `${pad}  - ${scalar(one)}\n`).join("")}`;
  if (typeof item === "object") return `\n${dump(item, `${pad}  `)}`;
  return ` ${QUOTED.has(key) ? JSON.stringify(item).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, escape) : scalar(item)}\n`;
}
