// The papers of the table as the text of a file.

import { ROOT, siteFile, together } from "../cite/files.js";

const FEW = 12; // Up to here each entry is fetched by itself; beyond, the whole bibliography is fetched and cut.
const FORMULA = /^[=+\-@\t\r]/;
const COLUMNS = ["id", "title", "authors", "year", "venue", "kind", "topics", "system", "arxiv", "doi", "code", "added", "page", "notice"];

/** Return the entries of papers, in the order given, as one .bib file; `suffix` says in which dialect. */
export async function bibtex(ids, suffix) {
  if (ids.length <= FEW) return together(ids, suffix);
  const whole = await siteFile(`bibliography.${suffix}`);
  if (whole === null) throw new Error("there is no bibliography");
  const entries = split(whole);
  return ids.map((id) => entries.get(id)).filter(Boolean).join("\n");
}

/** Return the entries of a .bib file of this site by key. They are apart by an empty line, and in a value of ours
    no line begins with an @: each field is one indented line. */
export function split(file) {
  const entries = new Map();
  for (const entry of file.split(/^(?=@)/m)) {
    const key = /^@\w+\{([^,\s]+),/.exec(entry)?.[1];
    if (key) entries.set(key, `${entry.trimEnd()}\n`);
  }
  return entries;
}

/** Return papers as a CSV file (RFC 4180); a spreadsheet takes no cell for a formula. */
export function csv(papers) {
  const lines = papers.map((paper) =>
    [
      paper.id,
      paper.title,
      paper.authors.join("; "),
      paper.year,
      paper.venue?.[1] ?? "",
      paper.kind?.[1] ?? "",
      paper.topics.map(([, title]) => title).join("; "),
      paper.system,
      paper.arxiv,
      paper.doi,
      paper.code,
      paper.added,
      new URL(`papers/${paper.id}/`, ROOT).href,
      paper.notice,
    ].map(cell),
  );
  return [COLUMNS, ...lines].map((line) => `${line.join(",")}\r\n`).join("");
}

function cell(value) {
  const safe = String(value).replace(FORMULA, "'$&");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
