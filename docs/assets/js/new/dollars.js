// Dollars that open no math, or make math out of words, as the check finds them: its patterns and words are the page's.

const { around, before, ...patterns } = JSON.parse(document.querySelector("[data-new]").dataset.dollars);
const [code, math, open, setAsWords, swallowed] = Object.values(patterns).map((pattern) => new RegExp(pattern, "gsu"));

/** Return what is to be said of the dollars in a text: a line, or Markdown. */
export function strayDollars(text, markdown) {
  const written = markdown ? text.replace(code, "") : text;
  const say = (what, part, most) => what.replace("{}", () => [...part].slice(0, most).join(""));
  const said = [...written.matchAll(math)]
    .filter(([, formula]) => formula.replace(setAsWords, "x").match(swallowed))
    .map(([, formula]) => say(around, formula, 40));
  const [stray] = written.replace(math, (formula) => "\0".repeat(formula.length)).matchAll(open);
  return stray ? [...said, say(before, written.slice(stray.index + stray[0].length), 20)] : said;
}
