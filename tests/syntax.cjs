// Print the parts of programs: for each file named, the nodes of its syntax with their texts.
const { readFileSync } = require("node:fs");
const ts = require(process.argv[2]);

function parts(file) {
  const tree = ts.createSourceFile("module.js", readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  if (tree.parseDiagnostics.length) throw new Error(`${file}: ${tree.parseDiagnostics[0].messageText}`);
  const found = [];
  (function look(node) {
    found.push([ts.SyntaxKind[node.kind], node.text, node.operator, node.flags & ts.NodeFlags.BlockScoped]);
    ts.forEachChild(node, look);
  })(tree);
  return found.slice(1); // the first is the file
}

console.log(JSON.stringify(process.argv.slice(3).map(parts)));
