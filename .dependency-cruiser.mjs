// Who may import whom, and why. test/architecture/ runs it over src/, and over modules that break each rule on purpose.

/** For each folder of the core: the parts of src/ that it may import, the packages, and the reason. */
const folders = [
  {
    folder: "text",
    imports: [],
    packages: ["leven"],
    why: "text/ is the floor: places in text and words, nothing of ours below it; leven tells how far two words are apart.",
  },
  {
    folder: "model",
    imports: ["text/"],
    packages: ["zod"],
    why: "model/ only says what a report is; what it takes from others, every reader of a report would have to take.",
  },
  {
    folder: "clean",
    imports: ["text/"],
    why: "clean/ knows lines, not frames: an obstacle that knew the model would begin to interpret what it undoes.",
  },
  {
    folder: "parse",
    imports: [
      "text/",
      "model/",
      "generated/(gdb|mi|value|assertion|death|lldb|backtrace-symbols|rust-panic|coredump|elfutils|sanitizer)\\.",
    ],
    why: "parse/ turns text into the model and judges nothing, so it sees neither rules nor facts.",
  },
  {
    folder: "facts",
    imports: ["text/", "model/", "generated/(condition|value)\\."],
    why: "facts/ computes with conditions and printed values; where they stood in the text and what follows from them is for others.",
  },
  {
    folder: "source",
    imports: ["text/"],
    why: "source/ reads C and finds files of a tree; frames, roles and what follows from a line are the rules' business.",
  },
  {
    folder: "rules",
    imports: ["text/", "model/", "facts/", "source/"],
    packages: ["zod", "yaml"],
    why: "rules/ see the model, not the layout of gdb's output: the same rule must hold for every dialect.",
  },
  {
    folder: "format",
    imports: ["text/", "model/"],
    packages: ["zod", "string-width"],
    why: "format/ renders a report and decides nothing: all that it shows must stand in the report.",
  },
  {
    folder: "annotate",
    imports: ["text/", "model/"],
    packages: ["string-width"],
    why: "annotate/ renders a report into the original text and decides nothing.",
  },
  {
    folder: "group",
    imports: ["text/", "model/"],
    packages: ["@noble/hashes"],
    why: "group/ compares reports by what stands in them; it keeps no list of names of its own.",
  },
  {
    folder: "redact",
    imports: ["text/", "model/"],
    why: "redact/ is one step from report to report before every output, so it knows no output.",
  },
  {
    folder: "read",
    except: "read/node/",
    imports: ["text/", "model/"],
    why: "read/ makes text of bytes; what the text says is not its business, and files are read/node/'s.",
  },
  {
    folder: "generated",
    imports: ["parse/[a-z/-]*nodes\\.", "facts/expression\\.", "rules/language/pack\\."],
    why: "generated/ is data and parsers: it takes the types of its results from those who own them, and no code.",
  },
];

const escaped = (name) => name.replaceAll("-", "\\-");

function ruleFor({ folder, except, imports, packages = [], why }) {
  const own = `^src/${folder}/${except === undefined ? "" : `(?!${except.slice(folder.length + 1)})`}`;
  const ours = imports.map((part) => `^src/${part}`);
  const theirs = packages.map((name) => `(^|/)node_modules/${escaped(name)}/`);
  return {
    name: `${folder}-imports`,
    comment: why,
    severity: "error",
    from: { path: own },
    to: { pathNot: [own, ...ours, ...theirs] },
  };
}

const edge = "^src/(cli|scan|page|read/node)/";

// biome-ignore lint/style/noDefaultExport: dependency-cruiser reads its configuration from the default export
export default {
  forbidden: [
    ...folders.map(ruleFor),
    {
      name: "no-cycles",
      comment:
        "Modules that need each other are one module in two files: neither can be understood or tested alone.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "only-the-edge-knows-node",
      comment:
        "The core runs in a browser as well: only cli/, scan/ and read/node/ may import node: modules.",
      severity: "error",
      from: { pathNot: "^src/(cli|scan|read/node)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "core-does-not-know-the-edge",
      comment: "The pipeline and the library are called by the edge; they never call it.",
      severity: "error",
      from: { pathNot: edge },
      to: { path: edge },
    },
    {
      name: "read-node-imports",
      comment:
        "read/node/ gets bytes out of files and streams; commands and options are the callers' business.",
      severity: "error",
      from: { path: "^src/read/node/" },
      to: { path: "^src/", pathNot: "^src/(read|source|text|model)/" },
    },
    {
      name: "page-imports",
      comment:
        "The page runs in a browser: whatever belongs to the command line or to a disk cannot be in it.",
      severity: "error",
      from: { path: "^src/page/" },
      to: { path: "^src/(cli|scan|read/node)/" },
    },
    {
      name: "nobody-imports-the-page",
      comment: "The page is a program of its own; what others need of it belongs into the core.",
      severity: "error",
      from: { pathNot: "^src/page/" },
      to: { path: "^src/page/" },
    },
    {
      name: "everything-resolves",
      comment: "An import that is not found is not checked against any of these rules.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    // A tool of the build, bundled for the moment of building.
    exclude: { path: "^src/generated/pack-loader" },
    tsConfig: { fileName: "tsconfig.json" },
    // Types count: who needs another's types depends on it.
    tsPreCompilationDeps: true,
  },
};
