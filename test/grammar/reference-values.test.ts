import { expect, test } from "vitest";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";
import type { FieldNode, ValueNode } from "../../src/parse/nodes.js";
import { parseValue } from "../../src/parse/value.js";

/** A value by its parts, short enough for a table: `[…]` for an aggregate, with its heading and its fields by name. */
function parts(value: ValueNode): unknown {
  switch (value.kind) {
    case "number":
      return value.character === null
        ? { number: value.text }
        : { number: value.text, character: value.character };
    case "pointer": {
      const { kind: _, address, ...rest } = value;
      return {
        pointer: address,
        ...Object.fromEntries(Object.entries(rest).filter(([, part]) => part !== null)),
      };
    }
    case "string":
      return value.cut ? { string: value.text, cut: true } : { string: value.text };
    case "reference":
      return { reference: value.address, value: value.value === null ? null : parts(value.value) };
    case "aggregate":
      return { heading: value.heading, fields: value.fields.map(field), ...(value.cut ? { cut: true } : {}) };
    case "elided":
      return "elided";
    case "marker":
      return { marker: value.text };
    case "word":
      return { word: value.text };
    case "text":
      return { text: value.text };
  }
}

function field({ name, value, repeats }: FieldNode): unknown {
  const shown = repeats === null ? parts(value) : { times: repeats, of: parts(value) };
  return name === null ? shown : [name, shown];
}

const number = (text: string, character?: string): unknown =>
  character === undefined ? { number: text } : { number: text, character };
const pointer = (address: string, more: object = {}): unknown => ({ pointer: address, ...more });
const string = (text: string): unknown => ({ string: text });
const word = (text: string): unknown => ({ word: text });
const marker = (text: string): unknown => ({ marker: text });
const list = (heading: string | null, ...fields: unknown[]): unknown => ({ heading, fields });
const cut = (heading: string | null, ...fields: unknown[]): unknown => ({ heading, fields, cut: true });

const values: readonly (readonly [form: string, printed: string, expected: unknown])[] = [
  ["char", "120 'x'", number("120", "'x'")],
  ["char: NUL", "0 '\\000'", number("0", "'\\000'")],
  ["char: negative", "-1 '\\377'", number("-1", "'\\377'")],
  ["char: an escape", "10 '\\n'", number("10", "'\\n'")],
  ["char: a quote", "39 '\\''", number("39", "'\\''")],
  ["char: a bracket", "41 ')'", number("41", "')'")],
  ["char: wide", "97 L'a'", number("97", "L'a'")],
  ["char: 16 bits", "97 u'a'", number("97", "u'a'")],
  ["_Bool", "true", word("true")],
  ["integer", "-3", number("-3")],
  ["integer: 128 bits", "1267650600228229401496703205376", number("1267650600228229401496703205376")],
  ["float", "0.10000000000000001", number("0.10000000000000001")],
  ["float: the smallest", "4.9406564584124654e-324", number("4.9406564584124654e-324")],
  ["float: nan", "nan(0x400000)", number("nan(0x400000)")],
  ["float: -nan", "-nan(0x8000000000000)", number("-nan(0x8000000000000)")],
  ["float: inf", "inf", number("inf")],
  ["float: -inf", "-inf", number("-inf")],
  ["float: whole", "100", number("100")],
  ["complex", "1 + 2i", number("1 + 2i")],
  ["complex: negative", "1 + -2i", number("1 + -2i")],
  ["complex: older gdb", "1 + 2 * I", number("1 + 2 * I")],
  ["complex: Fortran", "(1,2)", list(null, number("1"), number("2"))],
  ["enum", "ONE", word("ONE")],
  ["enum: C++", "Color::green", word("Color::green")],
  ["enum: unknown", "5", number("5")],
  ["enum: flags", "(A | B)", word("(A | B)")],
  ["enum: flags and a rest", "(ONE | TWO | unknown: 0x4)", word("(ONE | TWO | unknown: 0x4)")],
  ["enum: flags, older gdb", "(ONE | unknown: 4)", word("(ONE | unknown: 4)")],
  ["enum: no known flag", "(unknown: 0x8)", word("(unknown: 0x8)")],
  ["pointer: null", "0x0", pointer("0x0")],
  ["pointer: data", "0x555555558034 <table+4>", pointer("0x555555558034", { symbol: "<table+4>" })],
  ["pointer: function", "0x555555555169 <callback>", pointer("0x555555555169", { symbol: "<callback>" })],
  ["symbol: parameters", "0x55 <main(int, char**)>", pointer("0x55", { symbol: "<main(int, char**)>" })],
  [
    "symbol: brackets nest",
    "0x55 <vtable for ns::v2::Box<int, 7>+16>",
    pointer("0x55", { symbol: "<vtable for ns::v2::Box<int, 7>+16>" }),
  ],
  [
    "symbol: a static",
    "0x55 <__PRETTY_FUNCTION__.0>",
    pointer("0x55", { symbol: "<__PRETTY_FUNCTION__.0>" }),
  ],
  ["symbol: with its place", "0x55 <main at tc.c:6>", pointer("0x55", { symbol: "<main at tc.c:6>" })],
  [
    "typed pointer",
    "(void (*)()) 0x7ffff7e0ffb2 <__GI_raise+18>",
    pointer("0x7ffff7e0ffb2", { type: "void (*)()", symbol: "<__GI_raise+18>" }),
  ],
  ["string", '0x555555556027 "plain"', pointer("0x555555556027", { string: '"plain"' })],
  ["string: wide", '0x55 L"wideé"', pointer("0x55", { string: 'L"wideé"' })],
  [
    "string: unreadable",
    "0x8 <error: Cannot access memory at address 0x8>",
    pointer("0x8", { symbol: "<error: Cannot access memory at address 0x8>" }),
  ],
  [
    "string: escapes",
    '"q\\"uote\\\\ \\t\\n\\033[31m\\177 café"',
    string('"q\\"uote\\\\ \\t\\n\\033[31m\\177 café"'),
  ],
  ["string: cut", '"abc"...', { string: '"abc"...', cut: true }],
  [
    "string: chunks",
    "'z' <repeats 40 times>, \"tail\", '\\000' <repeats 19 times>",
    string("'z' <repeats 40 times>, \"tail\", '\\000' <repeats 19 times>"),
  ],
  [
    "string: no quote at all",
    "0x55 'x' <repeats 63 times>",
    pointer("0x55", { string: "'x' <repeats 63 times>" }),
  ],
  ["char array", '"abc\\000\\000"', string('"abc\\000\\000"')],
  ["array", "{1, 2}", list(null, number("1"), number("2"))],
  ["array: cut", "{0, 199...}", cut(null, number("0"), number("199"))],
  ["array: repeats", "{0, 9 <repeats 25 times>}", list(null, number("0"), { times: 25, of: number("9") })],
  [
    "array: repeated pointers",
    "{0x5 <a>, 0x0 <repeats 3 times>}",
    list(null, pointer("0x5", { symbol: "<a>" }), { times: 3, of: pointer("0x0") }),
  ],
  [
    "array: repeated chars",
    "{120 'x' <repeats 3 times>}",
    list(null, { times: 3, of: number("120", "'x'") }),
  ],
  [
    "array: repeated structs",
    "{{x = 0} <repeats 12 times>}",
    list(null, { times: 12, of: list(null, ["x", number("0")]) }),
  ],
  ["array: of strings", '{"ab", "cd"}', list(null, string('"ab"'), string('"cd"'))],
  [
    "array: of arrays",
    "{{1, 2}, {3}}",
    list(null, list(null, number("1"), number("2")), list(null, number("3"))),
  ],
  ["array: indexes", "{[0] = 1, [1] = 2}", list(null, ["[0]", number("1")], ["[1]", number("2")])],
  [
    "struct",
    "{x = 1, {l = 3, d = 1.5}, named = {s = 4}}",
    list(null, ["x", number("1")], list(null, ["l", number("3")], ["d", number("1.5")]), [
      "named",
      list(null, ["s", number("4")]),
    ]),
  ],
  [
    "struct: a string in chunks",
    "{s = \"ab\", '\\000' <repeats 20 times>, n = 1}",
    list(null, ["s", string("\"ab\", '\\000' <repeats 20 times>")], ["n", number("1")]),
  ],
  ["print union off, print max-depth", "{u = {...}}", list(null, ["u", "elided"])],
  ["print max-depth 0", "{...}", "elided"],
  [
    "flexible array",
    "{n = 0, flex = 0x7fffffffe330}",
    list(null, ["n", number("0")], ["flex", pointer("0x7fffffffe330")]),
  ],
  ["reference", "@0x7fffffffe2f0: 2", { reference: "0x7fffffffe2f0", value: number("2") }],
  ["reference: elided", "...", "elided"],
  [
    "class",
    "{<ns::v2::Base> = {_vptr.Base = 0x55 <vtable for ns::v2::Box<int, 7>+16>, base = 1, static shared = 42}, <ns::v2::Other> = {other = 2}, item = 2}",
    list(
      null,
      [
        "<ns::v2::Base>",
        list(
          null,
          ["_vptr.Base", pointer("0x55", { symbol: "<vtable for ns::v2::Box<int, 7>+16>" })],
          ["base", number("1")],
          ["static shared", number("42")],
        ),
      ],
      ["<ns::v2::Other>", list(null, ["other", number("2")])],
      ["item", number("2")],
    ),
  ],
  ["class: empty", "{<No data fields>}", list(null, marker("<No data fields>"))],
  ["member pointer: null", "NULL", word("NULL")],
  [
    "member pointer",
    "(int (Caller::*)(Caller * const, int)) 0x55 <Caller::f(int)>",
    pointer("0x55", { type: "int (Caller::*)(Caller * const, int)", symbol: "<Caller::f(int)>" }),
  ],
  [
    "vector",
    "std::vector of length 2, capacity 3 = {1, 2}",
    list("std::vector of length 2, capacity 3", number("1"), number("2")),
  ],
  ["vector: empty", "std::vector of length 0, capacity 0", word("std::vector of length 0, capacity 0")],
  [
    "map",
    'std::map with 1 element = {["k, l"] = 1}',
    list("std::map with 1 element", ['["k, l"]', number("1")]),
  ],
  [
    "set",
    "std::set with 2 elements = {[0] = 3, [1] = 4}",
    list("std::set with 2 elements", ["[0]", number("3")], ["[1]", number("4")]),
  ],
  [
    "unordered map",
    'std::unordered_map with 1 element = {[1] = "one"}',
    list("std::unordered_map with 1 element", ["[1]", string('"one"')]),
  ],
  [
    "unique pointer",
    "std::unique_ptr<int> = {get() = 0x55}",
    list("std::unique_ptr<int>", ["get()", pointer("0x55")]),
  ],
  [
    "shared pointer",
    "std::shared_ptr<std::string> (use count 1, weak count 0) = {get() = 0x55}",
    list("std::shared_ptr<std::string> (use count 1, weak count 0)", ["get()", pointer("0x55")]),
  ],
  [
    "tuple",
    "std::tuple containing = {[1] = 1, [2] = true}",
    list("std::tuple containing", ["[1]", number("1")], ["[2]", word("true")]),
  ],
  [
    "optional",
    "std::optional<int> = {[contained value] = 7}",
    list("std::optional<int>", ["[contained value]", number("7")]),
  ],
  [
    "optional: none",
    "std::optional<int> [no contained value]",
    word("std::optional<int> [no contained value]"),
  ],
  [
    "variant",
    'std::variant<int, std::string> [index 1] = {"v"}',
    list("std::variant<int, std::string> [index 1]", string('"v"')),
  ],
  [
    "a printer that fails",
    "std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory at address 0x0)>",
    {
      text: "std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory at address 0x0)>",
    },
  ],
  [
    "Rust: a struct",
    'zoo::Square {side: 1.5, tag: core::option::Option<alloc::string::String>::Some("t\\n")}',
    list(
      "zoo::Square",
      ["side", number("1.5")],
      ["tag", list("core::option::Option<alloc::string::String>::Some", string('"t\\n"'))],
    ),
  ],
  ["Rust: a unit", "core::option::Option<i32>::None", word("core::option::Option<i32>::None")],
  [
    "Rust: a tuple",
    "zoo::Kind::Tuple(1, 122 'z')",
    list("zoo::Kind::Tuple", number("1"), number("122", "'z'")),
  ],
  ["Rust: a slice", "&[i32](size=3) = {...}", cut("&[i32](size=3)")],
  ["Rust: a vector", "Vec(size=2) = {1, 2}", list("Vec(size=2)", number("1"), number("2"))],
  ["Rust: a map", 'HashMap(size=1) = {["k"] = 1}', list("HashMap(size=1)", ['["k"]', number("1")])],
  [
    "Rust: a trait object",
    "&dyn zoo::Shape {pointer: 0x5, vtable: 0x6}",
    list("&dyn zoo::Shape", ["pointer", pointer("0x5")], ["vtable", pointer("0x6")]),
  ],
  ["Fortran: a type", "( x = 1, y = 2.5 )", list(null, ["x", number("1")], ["y", number("2.5")])],
  ["Fortran: an array", "(1, 2, 3)", list(null, number("1"), number("2"), number("3"))],
  [
    "Fortran: two dimensions",
    "((4, 5) (6, 7))",
    list(null, list(null, number("4"), number("5")), list(null, number("6"), number("7"))),
  ],
  ["Fortran: a string", "'hi\\'there'", string("'hi\\'there'")],
  ["Fortran: logical", ".TRUE.", word(".TRUE.")],
  [
    "Fortran: no bounds",
    "<error reading variable: failed to get range bounds>",
    marker("<error reading variable: failed to get range bounds>"),
  ],
  ["Ada: a record", "(d => 3, y => 2.5)", list(null, ["d", number("3")], ["y", number("2.5")])],
  ["Ada: a string", '"st""r"', string('"st""r"')],
  [
    "Ada: a string in a record",
    '(s => "st""r", n => 1)',
    list(null, ["s", string('"st""r"')], ["n", number("1")]),
  ],
  ["Ada: repeats", "(0 <repeats 12 times>)", list(null, { times: 12, of: number("0") })],
  [
    "gccgo: a slice",
    "{__values = 0xc0000080b0, __count = 2, __capacity = 2}",
    list(null, ["__values", pointer("0xc0000080b0")], ["__count", number("2")], ["__capacity", number("2")]),
  ],
  ["gccgo: a string", '0x55555555b1a3 "s\\"q"', pointer("0x55555555b1a3", { string: '"s\\"q"' })],
  [
    "D: a struct",
    "@0x7fffffffe650: {x = 0}",
    { reference: "0x7fffffffe650", value: list(null, ["x", number("0")]) },
  ],
  ...[
    "<optimized out>",
    "<synthetic pointer>",
    "<unavailable>",
    "<incomplete type>",
    "<not saved>",
    "<error: value>",
    "<error reading variable v (Cannot access memory at address 0x0)>",
    "<descriptive text>",
  ].map((text): [string, string, unknown] => ["marker", text, marker(text)]),
];

test.each(values)("the parts of a value are read: %s: %s", (_, printed, expected) => {
  expect(parts(parseValue(printed))).toEqual(expected);
});

test.each(values)("a value among arguments is kept as it is: %s: %s", (_, printed) => {
  const line = `#3  0x01 in f (a=1, v=${printed}, z=2) at x.c:3`;
  const items = parseFrame(line)?.items.map(({ name, value }) => [name, value]);
  expect(items).toEqual([
    ["a", "1"],
    ["v", printed],
    ["z", "2"],
  ]);
});
