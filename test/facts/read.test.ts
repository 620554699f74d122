import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printed } from "../../src/facts/print.js";
import { readCondition } from "../../src/facts/read.js";
import { sexpression } from "./sexpression.js";

const read = (condition: string) => {
  const expression = readCondition(condition);
  return expression === null ? null : sexpression(expression);
};

describe("the grammar of conditions", () => {
  it.each([
    ["Condition", " \t a == 0\n", "(== a 0)"],
    ["GlibComparison", "g_assert_cmpint(ret, ==, 0)", "(== ret 0)"],
    ["GlibComparison", "g_assert_cmpuint (a, <=, b + 1)", "(<= a (+ b 1))"],
    ["GlibComparison", 'g_assert_cmpstr(name, !=, "x")', '(!= (call g_strcmp0 name "x") 0)'],
    ["GlibComparison", "g_assert_cmpmem(a, 1, b, 1)", "(call g_assert_cmpmem a 1 b 1)"],
    ["Expression", "a ? b : c ? d : e", "(?: a b (?: c d e))"],
    ["Expression", "a ? b ? c : d : e", "(?: a (?: b c d) e)"],
    ["Or", "a || b && c || d", "(|| (|| a (&& b c)) d)"],
    ["And", "a && b | c && d", "(&& (&& a (| b c)) d)"],
    ["BitOr", "a | b ^ c | d", "(| (| a (^ b c)) d)"],
    ["BitXor", "a ^ b & c", "(^ a (& b c))"],
    ["BitAnd", "a & b == c && d", "(&& (& a (== b c)) d)"],
    ["BitAnd", "a & &b && &c", "(&& (& a (& b)) (& c))"],
    ["Equality", "a == b != c < d", "(!= (== a b) (< c d))"],
    ["Relational", "a < b << 1", "(< a (<< b 1))"],
    ["Relational", "1 <= a >= b", "(>= (<= 1 a) b)"],
    ["Relational", "a > b >> 1", "(> a (>> b 1))"],
    ["Shift", "1 << a + b", "(<< 1 (+ a b))"],
    ["Additive", "a - b + c * d", "(+ (- a b) (* c d))"],
    ["Additive", "a - -b + +c", "(+ (- a (- b)) (+ c))"],
    ["Multiplicative", "a * b / c % d", "(% (/ (* a b) c) d)"],
    ["Multiplicative", "a / *p * *q", "(* (/ a (* p)) (* q))"],
    ["Unary", "!~-+*&x", "(! (~ (- (+ (* (& x))))))"],
    ["Prefix", "--x == ++y", "(== (--_ x) (++_ y))"],
    ["Cast", "(int)x + 1", "(+ (cast<int> x) 1)"],
    ["Cast", "(size_t) -1", "(cast<size_t> (- 1))"],
    ["Cast", "(hwaddr)x", "(cast<hwaddr> x)"],
    ["Cast", "(hwaddr)(x + 1)", "(cast<hwaddr> (+ x 1))"],
    ["Cast", "(hwaddr)!x", "(cast<hwaddr> (! x))"],
    ["Cast", "(int)(unsigned)*p", "(cast<int> (cast<unsigned> (* p)))"],
    ["Cast", "!(bool)x", "(! (cast<bool> x))"],
    ["Cast", "(x) - 1", "(- x 1)"],
    ["Cast", "(x) * y & (z)", "(& (* x y) z)"],
    ["Cast", "(x) != (y)", "(!= x y)"],
    ["Cast", "(x)[0]", "([] x 0)"],
    ["Type", "(const  char*const * )p", "(cast<const char *const *> p)"],
    ["Type", "(struct foo **)p", "(cast<struct foo **> p)"],
    ["Type", "(unsigned long long)-x", "(cast<unsigned long long> (- x))"],
    ["Type", "(Foo &)x", "(cast<Foo &> x)"],
    ["TypeName", "(std::vector<int>)x", "(cast<std::vector<int>> x)"],
    ["TemplateArguments", "cast<A, std::map<int, B *>>(x)", "(call cast<A, std::map<int, B *>> x)"],
    ["TemplateArguments", "a < b && c > (d)", "(&& (< a b) (> c d))"],
    ["TemplateArguments", "a < b", "(< a b)"],
    ["TemplateArgument", "fits<3, T>(x)", "(call fits<3, T> x)"],
    ["Postfix", "a.b->c[d](e)++", "(_++ (call ([] (->c (.b a)) d) e))"],
    ["Call", "f()", "(call f)"],
    ["Call", "f(a, b ? c : d)(e)", "(call (call f a (?: b c d)) e)"],
    ["Index", "a[b[c]]", "([] a ([] b c))"],
    ["Member", "s -> x . y", "(.y (->x s))"],
    ["Member", "this->get<int>()", "(call (->get<int> this))"],
    ["Step", "x-- > 0", "(> (_-- x) 0)"],
    ["Primary", "((a) == (b))", "(== a b)"],
    ["Primary", "p == NULL", "(== p NULL)"],
    ["Number", "0x1FuL", "0x1FuL"],
    ["Number", "1.5e-3f", "1.5e-3f"],
    ["Number", ".5 + 0b101 + 017", "(+ (+ .5 0b101) 017)"],
    ["Character", "'\\'' == L'x'", "(== '\\'' L'x')"],
    ["String", '"a\\"" u8"b"', '"a\\"" u8"b"'],
    ["SizeOf", "sizeof(struct foo) * 2", '(* (sizeof "struct foo") 2)'],
    ["SizeOf", "sizeof *p > alignof(x)", '(> (sizeof "*p") (alignof "x"))'],
    ["SizeOf", "sizeof (x)->y + 1", '(+ (sizeof "(x)->y") 1)'],
    ["Balanced", "sizeof(char[(1 + 2)  * n[0]])", '(sizeof "char[(1 + 2) * n[0]]")'],
    ["FunctionalCast", "bool(a || b)", "(cast<bool> (|| a b))"],
    ["QualifiedName", "::a::b == C<T>::d", "(== ::a::b C<T>::d)"],
    ["QualifiedName", "x->~Foo()", "(call (->~Foo x))"],
    ["Segment", "newest == new_block", "(== newest new_block)"],
  ])("%s reads %s", (_production, condition, expected) => {
    expect(read(condition)).toBe(expected);
  });

  it("reads the condition that stands over each of its rules", async () => {
    const grammar = await readFile(new URL("../../grammar/condition.peggy", import.meta.url), "utf8");
    const headings = [...grammar.matchAll(/^\/\/ `(.+)`$/gm)].map(([, condition = ""]) => condition);
    expect(headings.length).toBeGreaterThan(25);
    expect(headings.filter((condition) => readCondition(condition) === null)).toEqual([]);
  });

  it.each([
    ["nothing", ""],
    ["a statement expression", "({ int x = f(); x; })"],
    ["a compound literal", "(struct foo){ 0 }.x"],
    ["a lambda", "[&] { return true; }()"],
    ["a type as an argument", "offsetof(struct foo, bar) == 8"],
    ["decltype", "decltype(x)(1)"],
    ["an assignment", "(x = f()) != 0"],
    ["an assignment by an operator", "(x += 1) >= (y <<= 2)"],
    ["a comma", "(a, b)"],
    ["a three-way comparison", "(a <=> b) == 0"],
    ["a pointer to a member", "x->*y"],
    ["two words", "a b"],
    ["a missing operand", "a =="],
    ["a missing bracket", "f(a"],
    ["a bracket too many", "a)"],
    ["an open string", '!"abc'],
    ["a number with letters", "12ab == 0"],
    ["a call in brackets around its name, with two arguments", "(std::min)(a, b)"],
  ])("gives up on %s", (_what, condition) => {
    expect(readCondition(condition)).toBeNull();
  });

  it.each([
    ["parentheses", "(".repeat(100_000)],
    ["closed parentheses", `${"(".repeat(1500)}x${")".repeat(1500)}`],
    ["parentheses after brackets in sizeof", `${`${"(".repeat(90)}sizeof(${"]".repeat(90)})+`.repeat(15)}x`],
    ["parentheses behind a quoted bracket", `${'(")))))" + '.repeat(300)}x${")".repeat(300)}`],
    ["calls", `${"f(".repeat(1000)}x${")".repeat(1000)}`],
    ["negations", `${"!".repeat(4000)}x`],
    ["casts", `${"(int)".repeat(800)}x`],
    ["sums", `${"x+".repeat(2000)}x`],
    ["conditionals", `${"a?".repeat(1000)}b${":c".repeat(1000)}`],
    ["conditionals one behind the other", `${"a?b:".repeat(1000)}c`],
    ["templates", `${"a<".repeat(1000)}b`],
    ["sizeof", `${"sizeof ".repeat(580)}(${"x".repeat(4000)})`],
  ])("gives up on %s nested too deeply, and does not overflow", (_what, condition) => {
    expect(readCondition(condition)).toBeNull();
  });

  it("reads what is nested as deeply as people may write", () => {
    expect(read(`${"(".repeat(100)}x${")".repeat(100)}`)).toBe("x");
    expect(read(Array.from({ length: 250 }, () => "x").join(" + "))).not.toBeNull();
  });
});

const tokens = fc.constantFrom(
  ..."a b f x_t int struct ( ) [ ] { } < > ? : ! ~ - + * & | ^ / % = == != && || << -> . :: , ; ' \" \\ 0 1u .5 'x'".split(
    " ",
  ),
  '"s"',
  "sizeof",
  "\n",
);
const noise = fc.array(tokens, { maxLength: 60 }).map((parts) => parts.join(" "));

describe("any text", () => {
  it("is read or given up, never an exception", () => {
    fc.assert(
      fc.property(fc.oneof(noise, fc.string({ unit: "binary" })), (text) => void readCondition(text)),
      { numRuns: 3000 },
    );
  });

  it("that is read prints as a text that reads the same", () => {
    fc.assert(
      fc.property(noise, (text) => {
        const expression = readCondition(text);
        if (expression !== null) expect(readCondition(printed(expression))).toEqual(expression);
      }),
      { numRuns: 3000 },
    );
  });
});

describe("printing", () => {
  it.each([
    ["((a)) == (((b) + c))", "a == b + c"],
    ["(a + b) * c - (d - e)", "(a + b) * c - (d - e)"],
    ["(a & 3) == 0", "(a & 3) == 0"],
    ["(a == b) == c", "(a == b) == c"],
    ["a == b == c", "(a == b) == c"],
    ["(a || b) && c", "(a || b) && c"],
    ["a || (b && c)", "a || b && c"],
    ["(*p).x + -(-y)", "(*p).x + -(-y)"],
    ["((Foo*)p)->x", "((Foo *)p)->x"],
    ["(hwaddr)(-x)", "(hwaddr)(-x)"],
    ["(a ? b : c) ? d : (e ? f : g)", "(a ? b : c) ? d : e ? f : g"],
    ["&(&x)[0]", "&(&x)[0]"],
    ["f( a,b )", "f(a, b)"],
    ["sizeof  x", "sizeof(x)"],
  ])("%s gives %s", (condition, text) => {
    const expression = readCondition(condition);
    expect(expression && printed(expression)).toBe(text);
  });
});
