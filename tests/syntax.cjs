// Print what programs have to do with the outside: for each file named, what it imports and exports, and the names of
// properties and the texts that stand in it, each once. Minifying may change neither.
const { readFileSync } = require("node:fs");
const ts = require(process.argv[2]);

function outside(file) {
  const tree = ts.createSourceFile("module.js", readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  if (tree.parseDiagnostics.length) throw new Error(`${file}: ${tree.parseDiagnostics[0].messageText}`);
  const found = new Set();
  (function look(node) {
    if (ts.isImportSpecifier(node)) found.add(`import ${(node.propertyName ?? node.name).text}`);
    else if (ts.isExportSpecifier(node)) found.add(`export ${node.name.text}`);
    else if (node.modifiers?.some((one) => one.kind === ts.SyntaxKind.ExportKeyword))
      for (const one of node.declarationList?.declarations ?? [node]) found.add(`export ${one.name.text}`);
    else if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.name)) found.add(`.${node.name.text}`);
    else if (ts.isRegularExpressionLiteral(node)) found.add(node.text);
    else if (ts.isStringLiteralLike(node) && node.text) found.add(`"${node.text}"`);
    ts.forEachChild(node, look);
  })(tree);
  return [...found].sort();
}

console.log(JSON.stringify(process.argv.slice(3).map(outside)));
