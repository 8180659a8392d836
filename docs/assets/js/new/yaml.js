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
  return quoted(value);
}

/** Return a text between double quotes, what can't be seen or is not allowed in YAML written by its code. */
function quoted(text) {
  return JSON.stringify(text).replace(/(?![\u200c\u200d])[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
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
  return [" >-", ...lines.map((line) => pad + line)].join("\n") + "\n";
}

const PROSE = new Set(["summary", "problem", "approach", "findings", "caveats"]);
const QUOTED = new Set(["title", "arxiv", "doi"]);

/** Return an object of texts, numbers, lists of texts and objects as YAML. */
export function dump(value, pad = "") {
  return Object.entries(value).map(([key, item]) => `${pad}${key}:${entry(key, item, pad)}`).join("");
}

function entry(key, item, pad) {
  const inner = `${pad}  `;
  if (PROSE.has(key)) return prose(item, inner);
  if (Array.isArray(item)) return ["", ...item.map((one) => `${inner}- ${scalar(one)}`)].join("\n") + "\n";
  if (typeof item === "object") return `\n${dump(item, inner)}`;
  return ` ${QUOTED.has(key) ? quoted(item) : scalar(item)}\n`;
}
