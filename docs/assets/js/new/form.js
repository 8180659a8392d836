// The form that starts a record: writes its YAML as one types, checks it with the schema that editors use, looks
// for the paper among those that are here, and opens GitHub's page for a new file filled in.

import { Validator } from "../../vendor/json-schema/index.js";
import { copying, make, working } from "../cite/dom.js";
import { bare } from "../cite/lookup.js";
import { recallList, remember } from "../cite/store.js";
import { doubles } from "./doubles.js";
import { strayLatex } from "./latex.js";
import { dump } from "./yaml.js";

const ADDRESS_LIMIT = 7500; // GitHub refuses longer addresses with 414
const ARXIV = /(?<!\d)\d{4}\.\d{4,5}(?!\d)|[a-z-]+(\.[A-Z]{2})?\/\d{7}(?!\d)/;
/** As the check of names has it. */
const SEVERAL = /^[^{]*( and | & |;|,(?! *(.r|[IVX]+)\.?,).*,|\bet al)/i;
const PARTS = ["problem", "approach", "findings", "caveats"];

const form = document.querySelector("[data-new]");
const say = form.querySelector("[data-says]");
const open = Object.assign(form.querySelector("[data-open]"), { target: "_blank", rel: "noopener" });
const fields = [...form.querySelectorAll("[name]")];
const field = (name) => form.querySelector(`[name="${name}"]`);
const text = (name) => field(name).value.trim();
const texts = (...names) => filled(Object.fromEntries(names.map((name) => [name, text(name)])));
const stopWords = form.dataset.stopWords.split(" ");
const schema = fetch(form.dataset.schema).then((answer) => answer.json());

/** Return what is typed so far as a record; fields that are empty are left out. */
function record() {
  const today = new Date().toISOString().slice(0, 10);
  return filled({
    title: text("title"),
    authors: text("authors").split(/\n+/).map((name) => name.trim()).filter(Boolean),
    year: text("year") ? Number(text("year")) : "",
    ...texts("venue"),
    // Most are pasted, as addresses or citations and with a version.
    ...filled({ arxiv: text("arxiv").match(ARXIV)?.[0] ?? text("arxiv"), doi: text("doi").replace(/^.*?(?=10\.\d{4,9}\/)/, "") }),
    links: texts("paper", "code"),
    ...texts("system", "kind"),
    topics: [...field("topics").selectedOptions].map((option) => option.value),
    summary: text("summary"),
    annotation: texts(...PARTS),
    annotated: text("by") ? { by: text("by"), on: today, basis: text("basis") } : {},
    added: today,
  });
}

function filled(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => typeof value === "number" || Object.keys(value).length));
}

/** Return the id that the record's file is named by, as `gen/drafting/ids.py` forms it in most cases. */
function identifier({ title = "", authors = [""], year = "" }) {
  const family = authors[0].includes(",") ? authors[0].split(",")[0] : authors[0].split(" ").at(-1);
  const words = title.split(/[\s/:;,–—-]+/).map(ascii).filter(Boolean);
  return `${ascii(family)}${year}${words.find((word) => !stopWords.includes(word) && word.length > 1) ?? words[0] ?? ""}`;
}

const ascii = (word) => bare(word).replace(/[^a-z0-9]/g, "");

/** Return what the schema says of a record: where, what, and what the field is meant to hold. */
async function complaints(value) {
  const { properties } = await schema;
  const found = new Validator(await schema, "2020-12", false).validate(value).errors;
  const kept = found.filter(({ keyword }) => !["properties", "$ref", "items", "anyOf"].includes(keyword));
  const choices = found.filter(({ keyword }) => keyword === "anyOf").map(({ instanceLocation }) => instanceLocation);
  const said = kept
    .filter(({ instanceLocation, error }) => !choices.includes(instanceLocation) || !/Expected "null"/.test(error))
    .map(({ instanceLocation, error }) => {
      const place = instanceLocation.replace(/^#\/?/, "");
      const meant = properties[place.split("/")[0]]?.description.replace(/\s+/g, " ").replaceAll("`", "");
      const missing = error.match(/^Instance does not have required property "(.+)"/);
      if (missing) return (place && `${place}: `) + `${missing[1]} is missing`;
      const fault = error.replace(/^String does not match pattern.*/, `${JSON.stringify(at(value, place))} does not fit.`);
      return place ? `${place}: ${fault} ${meant ?? ""}` : error;
    });
  return [...new Set(said)];
}

/** Return what is to be said of the LaTeX in a record's texts: where, what, and how to mend it. */
function latex(value, place = "") {
  if (typeof value === "object") return Object.entries(value).flatMap(([name, part]) => latex(part, `${place}/${name}`));
  const [looked, name, prose] = /^.(?:title|(authors)|system|(summary|annotation))\b/.exec(place) ?? [];
  const read = prose ? value.replace(/\s+/g, " ") : value; // its YAML is folded
  return looked ? strayLatex(read, prose, name).map((what) => `${place.slice(1)}: ${what}`) : [];
}

/** Return what is to be said of the names in a record and of its id, which is made of one. */
function names({ authors = [] }, id) {
  const said = authors.filter((name) => SEVERAL.test(name)).map((name) => `authors: ${name} may be several; write one a line.`);
  return authors[0] && !/^[a-z]/.test(id) ? [...said, "Copy it, and name its file in Latin letters: lee2026chess."] : said;
}

/** Return what a record still lacks, of all that its pull request will be asked for, in one sentence; or nothing. */
function lacks({ kind, topics, summary = "", annotation = {}, annotated }) {
  const parts = Object.fromEntries(PARTS.map((name) => [name, annotation[name]]));
  const wanted = Object.entries({ kind, topics, summary, ...parts, "your handle": annotated });
  const said = wanted.filter(([, value]) => !value).map(([name]) => name);
  const words = Object.values(annotation).join(" ").split(/\s+/).length;
  if (summary && outside([...summary].length, form.dataset.characters))
    said.push(`a summary of ${form.dataset.characters.replace(" ", " to ")} characters (it has ${[...summary].length})`);
  if (Object.keys(annotation).length === 4 && outside(words, form.dataset.words))
    said.push(`${form.dataset.words.replace(" ", " to ")} words from problem to caveats (there are ${words})`);
  return said.length ? `Still to be written, here or in the pull request: ${said.join(", ")}.` : "";
}

function outside(number, range) {
  const [low, high] = range.split(" ").map(Number);
  return number < low || number > high;
}

const at = (value, place) => place.split("/").reduce((inner, name) => inner?.[name], value);

let round = 0;

async function update() {
  const mine = ++round;
  const value = record();
  const id = identifier(value);
  const path = `papers/${value.year ?? "YEAR"}/${id || "ID"}.yaml`;
  const yaml = form.dataset.firstLine + dump(value);
  form.querySelector("[data-yaml]").textContent = yaml;
  form.querySelector("[data-path]").textContent = path;
  for (const place of form.querySelectorAll("[data-id]")) place.textContent = id;
  form.querySelector("[data-lacks]").textContent = lacks(value);
  const wrong = [...(await complaints(value)), ...latex(value), ...names(value, id)];
  if (mine !== round) return; // something was typed since
  offer(path, yaml, wrong.length === 0);
  say.lastChild.replaceWith(list(wrong));
  const same = await doubles(value, id).then((ids) => ids.map(double), () => ["Whether it is here could not be looked up."]);
  if (mine === round) say.firstChild.replaceWith(list(same));
}

function double(id) {
  return make("span", {}, "This may be here already: ", make("a", { href: `${form.dataset.papers}${id}/` }, id));
}

function list(items) {
  return make("ul", {}, ...items.map((item) => make("li", {}, item)));
}

/** Let the button lead to GitHub: with the record in the address if that is short enough, else with its name only. */
function offer(path, yaml, good) {
  const name = `${form.dataset.create}?filename=${encodeURIComponent(path)}`;
  const whole = `${name}&value=${encodeURIComponent(yaml)}`;
  const fits = whole.length <= ADDRESS_LIMIT;
  open.hidden = !form.dataset.create;
  open.setAttribute("aria-disabled", !good);
  if (good) open.href = fits ? whole : name;
  else open.removeAttribute("href");
  open.textContent = fits ? "Open on GitHub" : "Open on GitHub, then paste";
}

/** Fill the fields in, or empty them: `kept` has the values of each by its name. */
function fill(kept) {
  for (const input of fields) {
    const values = kept.get(input.name) ?? [];
    if (input.options) for (const option of input.options) option.selected = values.includes(option.value);
    else input.value = values[0] ?? "";
  }
  return update();
}

function keep() {
  remember("draft", JSON.stringify(fields.map((input) => [input.name, [...(input.selectedOptions ?? [input])].map(({ value }) => value)])));
}

function clear() {
  if (!confirm("Empty all fields?")) return;
  fill(new Map());
  keep();
  field("title").focus();
}

const copyYaml = copying(form.querySelector("[data-yaml]"));
working(form.querySelector("[data-copy-yaml]"), copyYaml);
open.addEventListener("click", () => {
  if (!open.href.includes("&value=")) copyYaml();
});
form.querySelector("[data-clear]").addEventListener("click", clear);
say.append(list([]), list([]));
form.addEventListener("input", update);
form.addEventListener("input", keep);
fill(new Map(recallList("draft").filter(Array.isArray)));
