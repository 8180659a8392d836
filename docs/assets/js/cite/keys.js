// Citation keys of what people cite with: LaTeX, its .aux and .bbl files, biber's .bcf, Markdown, a list.

const CITE = /\\([A-Za-z]*[Cc]ite[A-Za-z]*|citation|bibentry|abx@aux@cite)\*?((?:\s*(?:\[[^\]]*\]|\([^)]*\))*\s*\{[^{}]*\})+)/g;
const NO_CITE = /style|reset|setup|font|name|authoryear|^(?:Declare|newcites|At)/; // what looks like such a command
const ITEM = /\\(?:bibitem\s*(?:\[[^\]]*\])?|entry(?=(?:\{[^{}]*\}){3}))\s*\{([^{}]*)\}/g;

/** Return the keys in the order in which they first appear, each once; `*` stands for all, as in \nocite{*}. */
export function citedKeys(text) {
  const keys = /<bcf:/.test(text) ? all(text, /<bcf:citekey[^>]*>([^<]*)/g) : fromText(text);
  return [...new Set(keys.map((key) => key.trim()))].filter((key) => key && !/[\\#]/.test(key));
}

/** Return what the first group of a pattern finds. */
function all(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

function fromText(text) {
  const tex = text.replace(/((?:^|[^\\])(?:\\\\)*)%.*/g, "$1");
  if (/\\(?:[A-Za-z@]*[Cc]it[ae]|bibitem|bibentry|entry|documentclass|begin)/.test(tex)) {
    return [...[...tex.matchAll(CITE)].flatMap(groups), ...all(tex, ITEM)];
  }
  const entries = all(text, /^\s*@(?!string|comment|preamble)\w+\s*[{(]\s*([^\s,]+)\s*,/gim);
  if (entries.length) return entries;
  const markdown = all(text, /(?:^|[\s[;(-])@\{?([\w][\w:.#$%&+?<>~/-]*)/g);
  if (markdown.length) return markdown.map((key) => key.replace(/[:.#$%&+?<>~/-]+$/, ""));
  return text.replace(/^\s*(?:[-*+•]|\d+[.)])\s+/gm, "").split(/[\s,;]+/).map((key) => key.replace(/^["']+|["']+$/g, ""));
}

/** Return the keys of one command; \abx@aux@cite{0}{key} and \volcite{2}{key} have a number before each key. */
function groups([, command, rest]) {
  if (NO_CITE.test(command)) return [];
  const braced = all(rest.replace(/\[[^\]]*\]/g, ""), /\{([^{}]*)\}/g);
  if (command === "abx@aux@cite") return braced.slice(-1);
  const found = /volcite/i.test(command) ? braced.filter((_, index) => index % 2) : braced;
  return (/[Cc]ites$/.test(command) ? found : found.slice(0, 1)).flatMap((keys) => keys.split(","));
}
