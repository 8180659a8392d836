// The exports of single papers, fetched when needed and kept; files made here.

export const ROOT = new URL("../../../", import.meta.url);

const AT_ONCE = 8;
const kept = new Map();

/** Return a file of the site as text, or null where there is none. Fails without a connection. */
export function siteFile(path) {
  if (!kept.has(path)) {
    const text = fetch(new URL(path, ROOT)).then((response) => {
      if (response.ok) return response.text();
      if (response.status === 404) return null;
      throw new Error(`${path}: ${response.status}`);
    });
    text.catch(() => kept.delete(path));
    kept.set(path, text);
  }
  return kept.get(path);
}

export function paperFile(id, suffix) {
  return siteFile(`papers/${encodeURIComponent(id)}.${suffix}`);
}

/** Return the same file of several papers, in order; null where there is none. */
export function paperFiles(ids, suffix) {
  return inParallel(ids, (id) => paperFile(id, suffix));
}

/** Return the CSL-JSON items of several papers, in order; null where there is none. */
export async function paperItems(ids) {
  const texts = await paperFiles(ids, "csl.json");
  return texts.map((text) => text && [JSON.parse(text)].flat()[0]);
}

/** Map with an asynchronous function, some at a time. */
export async function inParallel(values, work) {
  const results = [];
  let next = 0;
  const worker = async () => {
    while (next < values.length) {
      const index = next++;
      results[index] = await work(values[index]);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Return entries as one file, an empty line between two. */
export const joined = (texts) => texts.map((text) => `${text.trimEnd()}\n`).join("\n");

/** Return several papers as one file. */
export async function together(ids, suffix) {
  const texts = (await paperFiles(ids, suffix)).filter((text) => text !== null);
  if (suffix !== "csl.json") return joined(texts);
  return `${JSON.stringify(texts.flatMap((text) => JSON.parse(text)), null, 2)}\n`;
}

/** Hand a text over as a download. */
export function download(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text]));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
