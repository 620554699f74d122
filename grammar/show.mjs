// Prints the node that a grammar makes of one line: `npm run grammar -- Frame '#0  main () at a.c:3'`.
import { readdirSync } from "node:fs";

const generated = new URL("../src/generated/", import.meta.url);
const grammars = readdirSync(new URL("./", import.meta.url)).filter((file) => file.endsWith(".peggy"));
const [rule, line] = process.argv.slice(2);

const parsers = new Map();
for (const file of grammars) {
  const parser = await import(new URL(file.replace(".peggy", ".js"), generated));
  for (const startRule of parser.StartRules) parsers.set(startRule, parser);
}

const parser = parsers.get(rule);
if (parser === undefined || line === undefined) {
  process.stderr.write(
    `usage: npm run grammar -- RULE LINE, where RULE is one of ${[...parsers.keys()].join(", ")}\n`,
  );
  process.exitCode = 2;
} else {
  try {
    const node = parser.parse(line, { startRule: rule, grammarSource: rule });
    process.stdout.write(`${JSON.stringify(node, null, 2)}\n`);
  } catch (error) {
    if (!(error instanceof parser.SyntaxError)) throw error;
    process.stderr.write(`${error.format([{ source: rule, text: line }])}\n`);
    process.exitCode = 1;
  }
}
