import { expect, test } from "vitest";
import type { FieldNode, ValueNode } from "../../src/parse/nodes.js";
import { cString, parseValue } from "../../src/parse/value.js";

const number = (text: string, character: string | null = null): ValueNode => ({
  kind: "number",
  text,
  character,
});
const pointer = (address: string, symbol: string | null = null, string: string | null = null): ValueNode => ({
  kind: "pointer",
  type: null,
  address,
  symbol,
  string,
});
const word = (text: string): ValueNode => ({ kind: "word", text });
const marker = (text: string): ValueNode => ({ kind: "marker", text });
const text = (unread: string): ValueNode => ({ kind: "text", text: unread });
const string = (quoted: string, cut = false): ValueNode => ({ kind: "string", text: quoted, cut });
const field = (name: string | null, value: ValueNode, repeats: number | null = null): FieldNode => ({
  name,
  value,
  repeats,
});
const list = (heading: string | null, fields: FieldNode[], cut = false): ValueNode => ({
  kind: "aggregate",
  heading,
  fields,
  cut,
});

test.each<[string, ValueNode]>([
  ["-3", number("-3")],
  ["120 'x'", number("120", "'x'")],
  ["39 '\\''", number("39", "'\\''")],
  ["1267650600228229401496703205376", number("1267650600228229401496703205376")],
  ["4.9406564584124654e-324", number("4.9406564584124654e-324")],
  ["-nan(0x8000000000000)", number("-nan(0x8000000000000)")],
  ["inf", number("inf")],
  ["1 + -2i", number("1 + -2i")],
  ["0x0", pointer("0x0")],
  ["0x555555558034 <table+4>", pointer("0x555555558034", "<table+4>")],
  ["0x5555 <main(int, char**)>", pointer("0x5555", "<main(int, char**)>")],
  ["0x5555 <vtable for ns::Box<int, 7>+16>", pointer("0x5555", "<vtable for ns::Box<int, 7>+16>")],
  ['0x5555 "plain"', pointer("0x5555", null, '"plain"')],
  ['0x5555 <name.0> "q\\"uote"', pointer("0x5555", "<name.0>", '"q\\"uote"')],
  [
    "0x8 <error: Cannot access memory at address 0x8>",
    pointer("0x8", "<error: Cannot access memory at address 0x8>"),
  ],
  [
    "(void (*)()) 0x7ffff7e0ffb2 <raise+18>",
    { kind: "pointer", type: "void (*)()", address: "0x7ffff7e0ffb2", symbol: "<raise+18>", string: null },
  ],
  ['L"wide"', string('L"wide"')],
  ['"abc"...', string('"abc"...', true)],
  ["'z' <repeats 40 times>, \"tail\"", string("'z' <repeats 40 times>, \"tail\"")],
  ["ONE", word("ONE")],
  ["Color::green", word("Color::green")],
  ["(ONE | TWO | unknown: 0x4)", word("(ONE | TWO | unknown: 0x4)")],
  ["std::optional<int> [no contained value]", word("std::optional<int> [no contained value]")],
  ["std::vector of length 0, capacity 0", word("std::vector of length 0, capacity 0")],
  ["<optimized out>", marker("<optimized out>")],
  [
    "<error reading variable v (Cannot access memory at address 0x0)>",
    marker("<error reading variable v (Cannot access memory at address 0x0)>"),
  ],
  ["...", { kind: "elided" }],
  ["{...}", { kind: "elided" }],
  ["@0x7ffe: 2", { kind: "reference", address: "0x7ffe", value: number("2") }],
  ["@0x7ffe", { kind: "reference", address: "0x7ffe", value: null }],
  ["{1, 2}", list(null, [field(null, number("1")), field(null, number("2"))])],
  [
    "{0, 9 <repeats 25 times>, 1...}",
    list(null, [field(null, number("0")), field(null, number("9"), 25), field(null, number("1"))], true),
  ],
  [
    "{x = 1, in = {s = ONE}, {l = 3}}",
    list(null, [
      field("x", number("1")),
      field("in", list(null, [field("s", word("ONE"))])),
      field(null, list(null, [field("l", number("3"))])),
    ]),
  ],
  ["{[0] = 1, [1] = 2}", list(null, [field("[0]", number("1")), field("[1]", number("2"))])],
  [
    "{<ns::Base> = {_vptr.Base = 0x5 <vtable for ns::Base+16>, static shared = 42}, item = 2}",
    list(null, [
      field(
        "<ns::Base>",
        list(null, [
          field("_vptr.Base", pointer("0x5", "<vtable for ns::Base+16>")),
          field("static shared", number("42")),
        ]),
      ),
      field("item", number("2")),
    ]),
  ],
  ["{<No data fields>}", list(null, [field(null, marker("<No data fields>"))])],
  [
    "std::vector of length 2, capacity 4 = {1, 2}",
    list("std::vector of length 2, capacity 4", [field(null, number("1")), field(null, number("2"))]),
  ],
  [
    'std::map with 1 element = {["k"] = std::unique_ptr<int> = {get() = 0x0}}',
    list("std::map with 1 element", [
      field('["k"]', list("std::unique_ptr<int>", [field("get()", pointer("0x0"))])),
    ]),
  ],
  [
    "std::shared_ptr<int> (use count 1, weak count 0) = {...}",
    list("std::shared_ptr<int> (use count 1, weak count 0)", [], true),
  ],
  ["&[i32](size=3) = {...}", list("&[i32](size=3)", [], true)],
  [
    "zoo::Square {side: 1.5, tag: zoo::Tag::None}",
    list("zoo::Square", [field("side", number("1.5")), field("tag", word("zoo::Tag::None"))]),
  ],
  [
    "zoo::Kind::Tuple(1, 122 'z')",
    list("zoo::Kind::Tuple", [field(null, number("1")), field(null, number("122", "'z'"))]),
  ],
  [
    "zoo::main::{closure_env#0} {_ref__sq: 0x7f}",
    list("zoo::main::{closure_env#0}", [field("_ref__sq", pointer("0x7f"))]),
  ],
  ["( x = 1, y = 2.5 )", list(null, [field("x", number("1")), field("y", number("2.5"))])],
  [
    "((4, 5) (6, 7))",
    list(null, [
      field(null, list(null, [field(null, number("4")), field(null, number("5"))])),
      field(null, list(null, [field(null, number("6")), field(null, number("7"))])),
    ]),
  ],
  ["(d => 3, x => 1)", list(null, [field("d", number("3")), field("x", number("1"))])],
])("the parts of a value are read: %s", (printed, expected) => {
  expect(parseValue(printed)).toEqual(expected);
});

test("a field that is not understood stays text and does not lose its neighbours", () => {
  expect(parseValue("{a = 1, b = #?(2, {3}), c = 4}")).toEqual(
    list(null, [field("a", number("1")), field("b", text("#?(2, {3})")), field("c", number("4"))]),
  );
});

test.each([
  "",
  "{a = 1",
  "std::vector of length 9 = {<error reading variable v (Cannot access memory)>",
  '"open',
  "1, 2",
  "{a} b",
])("a value that is not understood is text: %s", (printed) => {
  expect(parseValue(printed)).toEqual(text(printed));
});

test("brackets are followed to a depth and are text below it", () => {
  const nested = (depth: number): string => `${"{a = ".repeat(depth)}1${"}".repeat(depth)}`;
  expect(JSON.stringify(parseValue(nested(20)))).not.toContain('"kind":"text"');
  expect(JSON.stringify(parseValue(nested(50)))).toContain('"kind":"text"');
});

test.each<[string, string, boolean]>([
  ['"plain"', "plain", false],
  ['0x55a3 <name.0> "n > 0"', "n > 0", false],
  ['0x55a3 L"wide"', "wide", false],
  ['"a \\"b\\" \\\\ \\t\\n\\033[31m"', 'a "b" \\ \t\n\u001b[31m', false],
  ['"caf\\303\\251 café"', "café café", false],
  ['"abc"...', "abc", true],
  ['"ab", \'x\' <repeats 12 times>, "c"', "abxxxxxxxxxxxxc", false],
  ["'\\000' <repeats 3 times>, \"a\"...", "\0\0\0a", true],
  ['address@hidden "n"', "n", false],
  ['"open', "open", true],
  ['""', "", false],
])("the C string of a value is read without its escapes: %s", (printed, expected, cut) => {
  expect(cString(printed)).toEqual({ text: expected, cut });
});

test.each(["0x0", "120 'x'", "<optimized out>", "", "..."])(
  "a value without a C string has none: %s",
  (printed) => {
    expect(cString(printed)).toBeNull();
  },
);
