import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import type { Expression } from "../../src/facts/expression.js";
import { readCondition } from "../../src/facts/read.js";

/** An expression as nested brackets, operator first, as far as a table can show it. */
function shape(expression: Expression): string {
  switch (expression.kind) {
    case "number":
    case "string":
      return expression.text;
    case "name":
      return expression.name;
    case "not":
      return `[! ${shape(expression.operand)}]`;
    case "unary":
      return `[${expression.operator} ${shape(expression.operand)}]`;
    case "step":
      return `[${expression.prefix ? expression.operator : `_${expression.operator}`} ${shape(expression.operand)}]`;
    case "cast":
      return `[(${expression.type}) ${shape(expression.operand)}]`;
    case "arithmetic":
    case "comparison":
    case "logical":
      return `[${expression.operator} ${shape(expression.left)} ${shape(expression.right)}]`;
    case "conditional":
      return `[?: ${[expression.test, expression.consequent, expression.alternative].map(shape).join(" ")}]`;
    case "call":
      return `[call ${[expression.callee, ...expression.arguments].map(shape).join(" ")}]`;
    case "index":
      return `[at ${shape(expression.object)} ${shape(expression.index)}]`;
    case "member":
      return `[${expression.operator} ${shape(expression.object)} ${expression.name}]`;
    case "sizeof":
      return `[${expression.operator} ${expression.inside}]`;
  }
}

function read(condition: string): string | null {
  const expression = readCondition(condition);
  return expression === null ? null : shape(expression);
}

/** Conditions of assertions in real programs, by the production that they are there for. */
const table: readonly (readonly [production: string, condition: string, read: string])[] = [
  ["Condition", "memory_region_transaction_depth == 0", "[== memory_region_transaction_depth 0]"],
  ["Condition", "  errp != &error_abort  ", "[!= errp [& error_abort]]"],
  ["GlibComparison", "g_assert_cmpint(ret, ==, 0)", "[== ret 0]"],
  ["GlibComparison", "g_assert_cmpuint (queue->n, <=, limit + 1)", "[<= [-> queue n] [+ limit 1]]"],
  ["GlibComparison", "g_assert_cmphex(val, ==, 0xff)", "[== val 0xff]"],
  ["GlibComparison", 'g_assert_cmpstr(name, ==, "disk")', '[== [call g_strcmp0 name "disk"] 0]'],
  ["ComparisonOperator", "g_assert_cmpint(a, !=, b)", "[!= a b]"],
  ["ComparisonOperator", "g_assert_cmpint(a, >=, b)", "[>= a b]"],
  ["ComparisonOperator", "g_assert_cmpint(a, <, b)", "[< a b]"],
  [
    "Expression",
    "s->iothread ? ctx == s->ctx : ctx == qemu_get_aio_context()",
    "[?: [-> s iothread] [== ctx [-> s ctx]] [== ctx [call qemu_get_aio_context]]]",
  ],
  ["Expression", "a ? b : c ? d : e", "[?: a b [?: c d e]]"],
  [
    "Or",
    "p->stream || QTAILQ_FIRST(&ep->queue) == p",
    "[|| [-> p stream] [== [call QTAILQ_FIRST [& [-> ep queue]]] p]]",
  ],
  ["Or", "a || b && c || d", "[|| [|| a [&& b c]] d]"],
  [
    "And",
    "addr < cache->len && 2 <= cache->len - addr",
    "[&& [< addr [-> cache len]] [<= 2 [- [-> cache len] addr]]]",
  ],
  ["BitOr", "(bs->open_flags | flags) == flags", "[== [| [-> bs open_flags] flags] flags]"],
  ["BitOr", "a | b ^ c & d", "[| a [^ b [& c d]]]"],
  ["BitXor", "(a ^ b) == 0", "[== [^ a b] 0]"],
  ["BitAnd", "!(offset & 0xfff)", "[! [& offset 0xfff]]"],
  ["BitAnd", "flags & mask == 0", "[& flags [== mask 0]]"],
  [
    "Equality",
    "qemu_get_current_aio_context() == qemu_get_aio_context()",
    "[== [call qemu_get_current_aio_context] [call qemu_get_aio_context]]",
  ],
  ["Equality", "a == b != c", "[!= [== a b] c]"],
  [
    "Relational",
    "start >= 0 && length > 0 && length <= 32 - start",
    "[&& [&& [>= start 0] [> length 0]] [<= length [- 32 start]]]",
  ],
  ["Relational", "a < b == c > d", "[== [< a b] [> c d]]"],
  ["Shift", "size == 1 << shift", "[== size [<< 1 shift]]"],
  ["Shift", "x >> 3 < y", "[< [>> x 3] y]"],
  ["Additive", "offset + bytes <= INT64_MAX - align", "[<= [+ offset bytes] [- INT64_MAX align]]"],
  ["Additive", "a - b - c", "[- [- a b] c]"],
  ["Multiplicative", "len % BDRV_SECTOR_SIZE == 0", "[== [% len BDRV_SECTOR_SIZE] 0]"],
  ["Multiplicative", "a * b / c + d", "[+ [/ [* a b] c] d]"],
  ["Unary", "!*p", "[! [* p]]"],
  ["Unary", "-1 < ~x", "[< [- 1] [~ x]]"],
  ["Prefix", "!!x == -1", "[== [! [! x]] [- 1]]"],
  ["Prefix", "--refs == 0", "[== [-- refs] 0]"],
  ["Prefix", "++n < 3", "[< [++ n] 3]"],
  [
    "Cast",
    "(uint64_t)addr + (size_t) -1 > (ram_addr_t)size",
    "[> [+ [(uint64_t) addr] [(size_t) [- 1]]] [(ram_addr_t) size]]",
  ],
  ["Cast", "(a) - 1 == b", "[== [- a 1] b]"],
  ["Cast", "(void *)p == NULL", "[== [(void *) p] NULL]"],
  [
    "Type",
    "(const char *const *)argv != (struct foo **)NULL",
    "[!= [(const char *const *) argv] [(struct foo **) NULL]]",
  ],
  ["TypeName", "(std::vector<int>)v == w", "[== [(std::vector<int>) v] w]"],
  ["TypeName", "(unsigned long long)x > 0", "[> [(unsigned long long) x] 0]"],
  ["TypeSegment", "(ns::Box<int>)v == w", "[== [(ns::Box<int>) v] w]"],
  [
    "TemplateArguments",
    "std::is_same<A, const B *>::value && fits<3>(x)",
    "[&& std::is_same<A, const B *>::value [call fits<3> x]]",
  ],
  ["TemplateArgument", "std::is_convertible<int, 7>::value", "std::is_convertible<int, 7>::value"],
  [
    "Postfix",
    "bs->refcnt > 0 && items[i].count-- && done()",
    "[&& [&& [> [-> bs refcnt] 0] [_-- [. [at items i] count]]] [call done]]",
  ],
  ["Call", 'object_dynamic_cast(obj, "pci-device")', '[call object_dynamic_cast obj "pci-device"]'],
  ["Call", "s->ops->ready(s) (x)", "[call [call [-> [-> s ops] ready] s] x]"],
  ["Index", "bus->irq_count[i] == 0", "[== [at [-> bus irq_count] i] 0]"],
  ["Member", "mutex->__data.__owner == 0", "[== [. [-> mutex __data] __owner] 0]"],
  ["Step", "refs--", "[_-- refs]"],
  ["Step", "n++ < 3", "[< [_++ n] 3]"],
  ["Primary", "(x)", "x"],
  ["Primary", "NULL", "NULL"],
  [
    "Number",
    "x == 0x1fUL || y < 1.5e-3f || z == 0b101",
    "[|| [|| [== x 0x1fUL] [< y 1.5e-3f]] [== z 0b101]]",
  ],
  [
    "Number",
    "n == 017 && f > .5 && g < 2. && h == 10ull",
    "[&& [&& [&& [== n 017] [> f .5]] [< g 2.]] [== h 10ull]]",
  ],
  ["Exponent", "x < 1E+9", "[< x 1E+9]"],
  ["Character", "*p == '\\0' || *p == L'x'", "[|| [== [* p] '\\0'] [== [* p] L'x']]"],
  ["Character", "c == '\\''", "[== c '\\'']"],
  ["String", '!"reached" "here"', '[! "reached" "here"]'],
  ["String", 'strcmp(s, "a \\"b\\" (c)") == 0', '[== [call strcmp s "a \\"b\\" (c)"] 0]'],
  ["Encoding", 'wcscmp(s, L"wide") || u8"x"', '[|| [call wcscmp s L"wide"] u8"x"]'],
  ["Escape", "c == '\\x41' && d == '\\377'", "[&& [== c '\\x41'] [== d '\\377']]"],
  [
    "SizeOf",
    "len >= sizeof(struct virtio_blk_outhdr) && n == sizeof *p",
    "[&& [>= len [sizeof struct virtio_blk_outhdr]] [== n [sizeof *p]]]",
  ],
  ["SizedType", "_Alignof(max_align_t) == 16", "[== [_Alignof max_align_t] 16]"],
  ["Balanced", "sizeof(char[(1 + 2) * 3]) == 9", "[== [sizeof char[(1 + 2) * 3]] 9]"],
  ["FunctionalCast", "bool(next)", "[(bool) next]"],
  [
    "QualifiedName",
    "llvm::isa<Function>(v) && this->Base::ok && ::errno == 0",
    "[&& [&& [call llvm::isa<Function> v] [-> this Base::ok]] [== ::errno 0]]",
  ],
  ["Segment", "std::numeric_limits<int>::max() > n", "[> [call std::numeric_limits<int>::max] n]"],
  ["Segment", "a < b && c > d", "[&& [< a b] [> c d]]"],
  ["Word", "$rdi == __builtin_x", "[== $rdi __builtin_x]"],
  ["WordPart", "a1_$b2", "a1_$b2"],
];

describe("the condition of an assertion", () => {
  it.each(table)("%s reads %s", (_, condition, expected) => {
    expect(read(condition)).toBe(expected);
  });

  test("every production has its line", () => {
    const grammar = readFileSync(new URL("../../grammar/condition.peggy", import.meta.url), "utf8");
    const productions = Array.from(grammar.matchAll(/^([A-Z]\w*)\n {2}=/gm), ([, name]) => name);
    expect(productions.length).toBeGreaterThan(30);
    expect([...new Set(table.map(([production]) => production))].toSorted()).toEqual(productions.toSorted());
  });

  it.each([
    ["blanks of any kind", "a\t==\r\n  0", "[== a 0]"],
    ["no blanks", "a==0&&!b||c>=1", "[|| [&& [== a 0] [! b]] [>= c 1]]"],
    ["more parentheses than needed", "(((a))==((0)))", "[== a 0]"],
    ["a minus sign behind a name in parentheses", "(a)-(b)", "[- a b]"],
    ["an address behind a name in parentheses", "(a) & mask", "[& a mask]"],
    ["a product behind a name in parentheses", "(a) * b", "[* a b]"],
    ["a chain of pointers", "a->b->c.d[0](e)->f", "[-> [call [at [. [-> [-> a b] c] d] 0] e] f]"],
    ["a shift by a comparison's look", "a<<b<c", "[< [<< a b] c]"],
    ["a reason behind it", 'n > 0 && "n is too small"', '[&& [> n 0] "n is too small"]'],
  ])("is read with %s", (_, condition, expected) => {
    expect(read(condition)).toBe(expected);
  });

  it.each([
    ["nothing", ""],
    ["blanks", "   "],
    ["an assignment", "a = b"],
    ["an assignment with an operator", "a |= b"],
    ["a comma", "a, b"],
    ["a statement expression", "({ int x = f(); x; })"],
    ["a lambda", "[](int x) { return x; }(1)"],
    ["a compound literal", "eq((struct p){1, 2}, q)"],
    ["a type as an argument", "IS_TYPE(x, struct foo *)"],
    ["a parenthesis that is not closed", "f(a"],
    ["a parenthesis too many", "a)"],
    ["a string that is not closed", 'strcmp(a, "b'],
    ["an operator without its right side", "a &&"],
    ["an operator without its left side", "== 0"],
    ["half a conditional", "a ? b"],
    ["two names", "a b"],
    ["a number that goes on as a name", "0x1fg == a"],
    ["a number with two points", "1.2.3 == a"],
    ["a comparison of three ways", "a <=> b"],
    ["a pointer to a member", "a->*b"],
    ["a comment", "a /* b */ == c"],
    ["a reserved word", "return == 0"],
    ["a backslash", "a \\ b"],
  ])("is not read where it is %s", (_, condition) => {
    expect(read(condition)).toBeNull();
  });

  it.each([
    ["parentheses", `${"(".repeat(90)}a${")".repeat(90)}`],
    ["operators", Array.from({ length: 200 }, () => "a").join(" + ")],
    ["negations", `${"!".repeat(200)}a`],
  ])("is read with many %s", (_, condition) => {
    expect(read(condition)).not.toBeNull();
  });

  it.each([
    ["parentheses", `${"(".repeat(20_000)}a${")".repeat(20_000)}`],
    ["parentheses that are not closed", "(".repeat(4000)],
    ["conditionals", "a ? ".repeat(1000)],
    ["templates that are none", "a<".repeat(2000)],
    ["casts that are none", "(a)".repeat(1300)],
    ["types in parentheses", "(std::a<b".repeat(400)],
    ["sizes", "sizeof(".repeat(500)],
    ["operators", Array.from({ length: 1000 }, () => "a").join("+")],
    ["strings", `"${'a" "'.repeat(1000)}`],
  ])("is read or given up in little time with very many %s", (_, condition) => {
    const before = performance.now();
    read(condition);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
