// LaTeX that is not shown as it was meant, as the checks find it: their patterns and words are the page's.

const { around, before, outside, ...patterns } = JSON.parse(document.querySelector("[data-new]").dataset.latex);
const { code, inLine, inProse, math, open, setAsWords, swallowed } = Object.fromEntries(
  Object.entries(patterns).map(([name, pattern]) => [name, new RegExp(pattern, "gsu")]),
);

const say = (what, part, most) => what.replace("{}", () => [...part].slice(0, most).join(""));

/** Return what is to be said of the dollars in a text: a line, or Markdown. */
export function strayDollars(text, markdown) {
  const written = markdown ? text.replace(code, "") : text;
  const said = [...written.matchAll(math)]
    .filter(([, formula]) => formula.replace(setAsWords, "x").match(swallowed))
    .map(([, formula]) => say(around, formula, 40));
  const [stray] = written.replace(math, (formula) => "\0".repeat(formula.length)).matchAll(open);
  return stray ? [...said, say(before, written.slice(stray.index + stray[0].length), 20)] : said;
}

/** Return what is to be said of LaTeX outside math; nothing where dollars leave open what is math. */
export function latexOutsideMath(text, markdown) {
  if (strayDollars(text, markdown).length) return [];
  const [found] = (markdown ? text.replace(code, "") : text).replace(math, "").matchAll(markdown ? inProse : inLine);
  return found ? [say(outside, found[0], 30)] : [];
}
