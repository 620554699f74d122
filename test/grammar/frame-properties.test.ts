import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";
import type { FrameNode, ItemNode } from "../../src/parse/nodes.js";

type Place = Pick<FrameNode, "file" | "line" | "library">;
interface Item {
  readonly name: string;
  readonly value: string | null;
  readonly entryValue: string | null;
  readonly text: string;
}

const word = fc.stringMatching(/^[a-z_][a-z0-9_]{0,11}$/);
const address = fc.stringMatching(/^0x[0-9a-f]{1,16}$/);

const type: fc.Arbitrary<string> = fc.letrec<{ type: string }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    word,
    fc.tuple(word, tie("type")).map(([name, inner]) => `${name}<${inner}>`),
    fc
      .tuple(word, tie("type"), tie("type"))
      .map(([name, one, other]) => `${name}<${one} (${other}), ${one} const&>`),
    fc.tuple(word, tie("type")).map(([name, inner]) => `${name}<fn() -> ${inner}>`),
  ),
})).type;

const operators = ["", "operator<", "operator<<", "operator->", "operator()", "operator[]", "operator int"];
const name = fc
  .tuple(fc.array(type, { minLength: 1, maxLength: 3 }), fc.constantFrom(...operators))
  .map(([scopes, operator]) => [...scopes, ...(operator === "" ? [] : [operator])].join("::"));

/** A C string as gdb prints it. */
const quoted = fc
  .string({ unit: "grapheme", maxLength: 30 })
  .map((raw) => `"${raw.replace(/["\\]/g, "\\$&").replace(/[\r\n]/g, "\\n")}"`);

const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.integer().map(String),
    fc.constantFrom(
      "<optimized out>",
      "<synthetic pointer>",
      "...",
      "40 '('",
      "39 '\\''",
      "(F_A | F_B)",
      "true",
    ),
    address,
    fc.tuple(address, type).map(([at, symbol]) => `${at} <${symbol}+16>`),
    fc.tuple(address, quoted).map(([at, string]) => `${at} ${string}`),
    fc
      .array(fc.tuple(word, tie("value")), { minLength: 1, maxLength: 3 })
      .map((fields) => `{${fields.map(([key, inner]) => `${key} = ${inner}`).join(", ")}}`),
    fc
      .array(tie("value"), { minLength: 1, maxLength: 3 })
      .map((items) => `std::vector of length 1, capacity 1 = {${items.join(", ")}}`),
  ),
})).value;

const item: fc.Arbitrary<Item> = fc
  .tuple(word, value, value, fc.constantFrom("plain", "equal", "entry", "both"))
  .map(([argument, own, entry, form]) => {
    if (form === "plain") return { name: argument, value: own, entryValue: null, text: `${argument}=${own}` };
    if (form === "equal")
      return { name: argument, value: own, entryValue: own, text: `${argument}=${argument}@entry=${own}` };
    if (form === "entry")
      return { name: argument, value: null, entryValue: entry, text: `${argument}@entry=${entry}` };
    return {
      name: argument,
      value: own,
      entryValue: entry,
      text: `${argument}=${own}, ${argument}@entry=${entry}`,
    };
  });
const items = fc.uniqueArray(item, { selector: (one) => one.name, maxLength: 5 });

const path = fc.stringMatching(/^(?:\.\.?\/)?[a-z]{1,8}(?:\/[a-z][a-z +-]{0,6}[a-z]){0,3}\.[a-z]{1,3}$/);
const place: fc.Arbitrary<Place> = fc.oneof(
  fc.record({ file: path, line: fc.nat(99_999), library: fc.constant(null) }),
  fc.record({
    file: fc.constant(null),
    line: fc.constant(null),
    library: path.map((file) => `/${file}.so.6`),
  }),
  fc.constant({ file: null, line: null, library: null }),
);

/** The line that gdb prints for a frame (`print_frame` in gdb's stack.c), and the node that should come back. */
function printed(
  level: number,
  at: string | null,
  called: string,
  given: readonly Item[],
  where: Place,
): { line: string; node: FrameNode } {
  let line = `#${String(level).padEnd(2)} ${at === null ? "" : `${at} in `}${called} (`;
  const nodes: ItemNode[] = [];
  for (const { text, ...rest } of given) {
    if (nodes.length > 0) line += ", ";
    nodes.push({ ...rest, start: line.length, end: line.length + text.length });
    line += text;
  }
  line += ")";
  if (where.file !== null) line += ` at ${where.file}:${where.line}`;
  if (where.library !== null) line += ` from ${where.library}`;
  const node: FrameNode = {
    start: 0,
    end: line.length,
    level,
    address: at,
    function: called,
    kind: "normal",
    items: nodes,
    ...where,
    cut: false,
  };
  return { line, node };
}

test("a frame that is printed as gdb prints it is read back the same", () => {
  fc.assert(
    fc.property(fc.nat(99_999), fc.option(address), name, items, place, (level, at, called, given, where) => {
      const { line, node } = printed(level, at, called, given, where);
      expect(parseFrame(line)).toEqual(node);
    }),
    { numRuns: 1000 },
  );
});

test("a frame that is cut anywhere keeps what is there, and nothing that is not", () => {
  fc.assert(
    fc.property(
      address,
      name,
      items,
      place,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (at, called, given, where, share) => {
        const { line, node } = printed(7, at, called, given, where);
        const start = line.indexOf(" in ") + " in ".length;
        const cut = line.slice(0, start + Math.round((line.length - start) * share));
        const frame = parseFrame(cut);
        expect(frame).toMatchObject({ level: 7, address: at });
        expect(called.startsWith(frame?.function ?? "")).toBe(true);
        expect(frame?.end).toBeLessThanOrEqual(cut.length);
        for (const [index, part] of (frame?.items ?? []).slice(0, -1).entries())
          expect(part).toEqual(node.items[index]);
      },
    ),
    { numRuns: 500 },
  );
});
