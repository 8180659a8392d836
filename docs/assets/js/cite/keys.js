// Citation keys of what people cite with: LaTeX, its .aux and .bbl files, biber's .bcf, Markdown, a list.

const CITE = /\\(?:[A-Za-z]*cite[A-Za-z]*|citation|abx@aux@cite)\*?((?:\s*(?:\[[^\]]*\]|\([^)]*\))*\s*\{[^{}]*\})+)/g;

/** Return the keys in the order in which they first appear, each once; `*` of \nocite{*} is left out. */
export function citedKeys(text) {
  const keys = /<bcf:/.test(text) ? fromBcf(text) : fromText(text);
  return [...new Set(keys.map((key) => key.trim()))].filter((key) => key && key !== "*");
}

function fromBcf(text) {
  const tree = new DOMParser().parseFromString(text, "application/xml");
  return [...tree.getElementsByTagName("bcf:citekey")].map((element) => element.textContent);
}

/** Return what the first group of a pattern finds. */
function all(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1]);
}

function fromText(text) {
  const tex = text.replace(/(^|[^\\])%.*/g, "$1");
  if (/\\(?:[A-Za-z@]*cit[ae]|bibitem|documentclass|begin)/.test(tex)) {
    return [...[...tex.matchAll(CITE)].flatMap(groups), ...all(tex, /\\bibitem(?:\[[^\]]*\])?\s*\{([^{}]*)\}/g)];
  }
  const entries = all(text, /^\s*@(?!string|comment|preamble)\w+\s*[{(]\s*([^\s,]+)\s*,/gim);
  if (entries.length) return entries;
  const markdown = all(text, /(?:^|[\s[;(-])@\{?([\w][\w:.#$%&+?<>~/-]*)/g);
  if (markdown.length) return markdown.map((key) => key.replace(/[:.#$%&+?<>~/-]+$/, ""));
  return text.split(/[\s,;]+/).map((key) => key.replace(/^["']+|["']+$/g, ""));
}

/** Return the keys of one command; \abx@aux@cite{0}{key} has a number first. */
function groups([command, rest]) {
  const found = all(rest.replace(/\[[^\]]*\]/g, ""), /\{([^{}]*)\}/g);
  if (command.startsWith("\\abx@aux@cite")) return found.slice(-1);
  const several = /^\\[A-Za-z]*cites\b/.test(command);
  return (several ? found : found.slice(0, 1)).flatMap((keys) => keys.split(","));
}
