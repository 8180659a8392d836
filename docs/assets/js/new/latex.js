// LaTeX that is not shown as it was meant, as the checks find it: their patterns and words are the page's.

const rules = JSON.parse(document.querySelector("[data-new]").dataset.latex);
const pattern = (name) => new RegExp(rules[name], "gsu");
const say = (what, part) => rules[what].replace("{}", () => [...part].slice(0, 30).join(""));

/** Return what is to be said of a text's dollars, or of LaTeX outside math: of a line, Markdown, or a name. */
export function strayLatex(text, markdown, name) {
  const written = markdown ? text.replace(pattern("code"), "") : text;
  const said = [...written.matchAll(pattern("math"))]
    .filter(([, formula]) => formula.replace(pattern("words"), "x").match(pattern("money")))
    .map(([, formula]) => say("around", formula));
  const rest = written.replace(pattern("math"), (formula) => "\0".repeat(formula.length));
  const [stray] = rest.matchAll(pattern("open"));
  if (stray) said.push(say("before", written.slice(stray.index + stray[0].length)));
  if (name || said.length) return said; // in a name, braces enclose an organization
  const [found] = rest.matchAll(pattern(markdown ? "inProse" : "inLine"));
  if (found) said.push(say("outside", found[0]));
  return said;
}
