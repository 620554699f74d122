// Builds what is not committed:
//   generate   grammar/*.peggy → src/generated/NAME.js and .d.ts; the rule packs → src/generated/packs.js and .d.ts;
//              name and version of package.json → src/generated/tool.js and .d.ts
//   bundle     src/ → dist/; tsc adds the declarations (tsconfig.build.json)
// `node build.config.mjs` does both, `node build.config.mjs generate` only the first.
import { chmod, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import peggy from "peggy";
import { fast, withReader } from "./grammar/fast.mjs";

const generated = new URL("src/generated/", import.meta.url);

/** Every grammar, its start rules and the type (seen from src/generated/) that each returns. */
const grammars = {
  gdb: {
    Frame: 'import("../parse/nodes.js").FrameNode',
    ThreadHeader: 'import("../parse/nodes.js").ThreadHeaderNode',
    Notice: 'import("../parse/nodes.js").NoticeNode',
  },
  mi: { Record: 'import("../parse/mi/mi-nodes.js").MiRecordNode' },
  lldb: {
    LldbFrame: 'import("../parse/neighbours/lldb-nodes.js").LldbFrameNode',
    LldbThread: 'import("../parse/neighbours/lldb-nodes.js").LldbThreadNode',
  },
  "backtrace-symbols": { SymbolLine: 'import("../parse/neighbours/glibc-nodes.js").SymbolNode' },
  "rust-panic": {
    Panic: 'import("../parse/neighbours/rust-nodes.js").PanicNode',
    RustFrame: 'import("../parse/neighbours/rust-nodes.js").RustFrameNode',
    RustPlace: 'import("../parse/neighbours/rust-nodes.js").RustPlaceNode',
    RustAssertion: "{ readonly expression: string }",
  },
  coredump: { Frame: 'import("../parse/neighbours/foreign-nodes.js").ForeignFrameNode' },
  elfutils: {
    Frame: 'import("../parse/neighbours/foreign-nodes.js").ForeignFrameNode',
    Detail: 'import("../parse/neighbours/foreign-nodes.js").FrameDetailNode',
  },
  sanitizer: { Frame: 'import("../parse/neighbours/foreign-nodes.js").ForeignFrameNode' },
  value: { Value: 'import("../parse/nodes.js").ValueNode' },
  assertion: { Message: 'import("../parse/nodes.js").AssertionNode' },
  death: { Death: 'import("../parse/death-nodes.js").DeathNode' },
  condition: { Condition: 'import("../facts/expression.js").Expression' },
};

async function generateParser(name, startRules) {
  const file = new URL(`grammar/${name}.peggy`, import.meta.url);
  const grammar = await readFile(file, "utf8");
  const code = peggy.generate(grammar, {
    allowedStartRules: Object.keys(startRules),
    format: "es",
    grammarSource: `grammar/${name}.peggy`,
    output: "source",
    plugins: [fast],
  });
  const overloads = Object.entries(startRules).map(
    ([rule, type]) =>
      `/** Throws {@link SyntaxError} where \`input\` is no ${rule}. */\n` +
      `export declare function parse(input: string, options: { readonly startRule: "${rule}" }): ${type};\n` +
      `/** A function that gives null where \`input\` is no ${rule}. Make it once: it keeps the parser. */\n` +
      `export declare function reader(options: { readonly startRule: "${rule}" }): (input: string) => (${type}) | null;\n`,
  );
  const error =
    "export declare class SyntaxError extends globalThis.SyntaxError {\n" +
    "  readonly location: { readonly start: { readonly offset: number } };\n}\n";
  await writeFile(new URL(`${name}.js`, generated), withReader(code));
  await writeFile(new URL(`${name}.d.ts`, generated), overloads.join("") + error);
}

/** Runs the packs' own loader (src/rules/language/load.ts) at build time, so that a broken pack breaks the build. */
async function generatePacks() {
  const loader = new URL("pack-loader.js", generated);
  await build({
    stdin: {
      contents:
        'export * from "./src/rules/language/load.ts"; export * from "./src/rules/language/pack-order.ts";',
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
    },
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outfile: fileURLToPath(loader),
  });
  const { loadPack, packOrder } = await import(loader);
  const packs = [];
  for (const name of packOrder) {
    const file = `src/rules/packs/${name}.yaml`;
    const loaded = loadPack(await readFile(new URL(file, import.meta.url), "utf8"), file, packs[0] ?? null);
    if (loaded.problems.length > 0) throw new Error(loaded.problems.join("\n"));
    packs.push(loaded.pack);
  }
  await writeFile(new URL("packs.js", generated), `export const packs = ${JSON.stringify(packs)};\n`);
  await writeFile(
    new URL("packs.d.ts", generated),
    'export declare const packs: readonly import("../rules/language/pack.js").Pack[];\n',
  );
}

/** What the report says of the tool: package.json stays the only place with a version. */
async function generateTool() {
  const { name, version } = JSON.parse(await readFile("package.json", "utf8"));
  await writeFile(
    new URL("tool.js", generated),
    `export const tool = ${JSON.stringify({ name, version })};\n`,
  );
  await writeFile(
    new URL("tool.d.ts", generated),
    "export declare const tool: { readonly name: string; readonly version: string };\n",
  );
}

async function bundle() {
  const dist = new URL("dist/", import.meta.url);
  await rm(dist, { recursive: true, force: true });
  await build({
    entryPoints: { index: "src/index.ts", cli: "src/cli/main.ts" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20.19",
    packages: "external",
    outdir: "dist",
  });
  await chmod(new URL("cli.js", dist), 0o755);
  // tsc copies no declarations that it did not make; those of src/index.ts name these.
  await cp(generated, new URL("generated/", dist), {
    recursive: true,
    filter: (name) => !name.endsWith(".js"),
  });
}

await mkdir(generated, { recursive: true });
await generateTool();
await Promise.all(Object.entries(grammars).map(([name, startRules]) => generateParser(name, startRules)));
await generatePacks();
if (process.argv[2] !== "generate") await bundle();
