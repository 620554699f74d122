import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { between, callsAround, readC } from "../../src/source/c-source.js";
import { tokensOf } from "../../src/source/tokens.js";
import { marks } from "./verdicts.js";

/** Everything that is asked of a C text, at some of its lines. */
function askAll(text: string, line: number): void {
  const source = readC(text);
  callsAround(source, line, "f");
  between(source, { line, function: "f", calling: false }, marks);
}

const pieces = [
  ...["{", "}", "(", ")", "[", "]", ";", ":", ",", "?", "&&", "=", "*", "#", "\\", "\n", " ", '"', "'"],
  ...[
    "/*",
    "*/",
    "//",
    "\n#if 0\n",
    "\n#if A\n",
    "\n#elif B\n",
    "\n#else\n",
    "\n#endif\n",
    "\n#define X {\n",
  ],
  ...[
    "void f(int n)\n{",
    "f",
    "int",
    "if (a)",
    "else",
    "while (1)",
    "for (;;)",
    "do",
    "switch (a)",
    "case 1:",
  ],
  ...["default:", "break;", "continue;", "goto out;", "out:", "return;", "x();", "open_it();", "close_it();"],
  ...["GUARD();", "WITH_GUARD() {", "M(x)", "M(out);", "1", "extern", '"C"', "namespace n"],
];

describe("whatever a C text holds", () => {
  it("it is read without an exception", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 80 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 60 }), (body, line) => {
        askAll(body, line);
        askAll(`void f(int n)\n{\n${body}\n}\n`, line);
      }),
      { numRuns: 1500 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (body) => askAll(body, 1)));
  });

  it("its tokens ascend, lie in it and have its lines", () => {
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(text, (body) => {
        let end = 0;
        for (const token of tokensOf({ text: body, start: 0, end: body.length, line: 1 })) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(token.end).toBeGreaterThan(token.start);
          expect(token.line).toBe(body.slice(0, token.start).split("\n").length);
          end = token.end;
        }
        expect(end).toBeLessThanOrEqual(body.length);
      }),
    );
  });

  it.each(["{", "(", "/*", "f(){"])("a megabyte of %j takes little time", (piece) => {
    const text = piece.repeat(1_000_000 / piece.length);
    const started = performance.now();
    askAll(text, 1);
    askAll(`void f(int n) {${text}}`, 1);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each([
    "}",
    "/* ",
    "//",
    "#",
    "#if A\n",
    "#if 0\n",
    "#else\n",
    "\\\n",
    '"',
    "'",
    '"\\\n',
    "f(",
    "f(){",
    "1'",
    "a",
    "1",
    ";",
    "if(a)",
    "if(a);else ",
    "case 1:",
    "x:",
    "M(x) ",
    "do ",
    "switch(a){",
    "open_it();",
    "if(a){open_it();}",
    "while(a){open_it();}",
    "goto out;",
    "M(out);out:;",
    "GUARD();",
    "WITH_GUARD(){",
    "a?b:c,",
    "(a)",
  ])("much of %j takes time in proportion to it", (piece) => {
    const text = piece.repeat(50_000 / piece.length);
    const started = performance.now();
    askAll(text, 1);
    askAll(`void f(int n) {${text}}`, 1);
    askAll(`void f(int n) {\n switch (n) {\n${text}\n}\n out: x();\n}`, 6);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
