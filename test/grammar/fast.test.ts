import { readFileSync } from "node:fs";
import fc from "fast-check";
import peggy from "peggy";
import { expect, test } from "vitest";
import * as assertion from "../../src/generated/assertion.js";
import * as gdb from "../../src/generated/gdb.js";
import * as value from "../../src/generated/value.js";

/** What peggy itself makes of a grammar, without grammar/fast.mjs. */
function plainReader(grammar: string, startRule: string): (line: string) => unknown {
  const source = readFileSync(new URL(`../../grammar/${grammar}.peggy`, import.meta.url), "utf8");
  const parser = peggy.generate(source, { allowedStartRules: [startRule] });
  return (line) => {
    try {
      return parser.parse(line);
    } catch (error) {
      if (error instanceof parser.SyntaxError) return null;
      throw error;
    }
  };
}

const lines = [
  "#7  0x000055a324e96474 in cache_init (cache=cache@entry=0x55a3, as=<optimized out>) at ../mem/phys.c:3307",
  '#6  ns::Box<int, 7>::operator<< (s=0x5 "a, b) c", v={x = 1}, p=0x5 <f(int)+4>) from /lib/libc.so.6',
  "#4  0x1 in f (v={<error reading variable v (Cannot access memory)>, n=1) at x.c:3 here",
  "#3  super_by_fd (fd=fd@entry=3,",
  "#0 0x40db77 in sort_keys /src/sort.c:20",
  'Thread 5 (Thread 0x7ffff35c76c0 (LWP 22740) "IO "iothread0"):',
  'Thread 5 "IO iothread0" received signal SIGSEGV, Segmentation fault.',
  "[Switching to thread 2 (Thread 0x7ffff7dd06c0 (LWP 9))]#0  run () at a.c:3",
  "sorter: src/queue.c:41: queue_pop: Assertion `q->depth == 'a'' failed.",
  'Bail out! Q:ERROR:queue.c:41:pop: assertion failed (a == "x"): ("a): (b" == "x")',
  "{x = 1, in = {s = ONE}, {l = 3}, c = 39 '\\'', 9 <repeats 25 times>...}",
  'std::map with 1 element = {["k"] = std::unique_ptr<int> = {get() = 0x0}}',
];
/** The lines, and lines with pieces of others in them. */
const line = fc
  .tuple(fc.constantFrom(...lines), fc.constantFrom(...lines), fc.nat(200), fc.nat(200))
  .map(([one, other, from, to]) => one.slice(0, from) + other.slice(to));

test.each([
  ["gdb", "Frame", gdb.reader({ startRule: "Frame" })],
  ["gdb", "ThreadHeader", gdb.reader({ startRule: "ThreadHeader" })],
  ["gdb", "Notice", gdb.reader({ startRule: "Notice" })],
  ["assertion", "Message", assertion.reader({ startRule: "Message" })],
  ["value", "Value", value.reader({ startRule: "Value" })],
] as const)("the parser of %s that is made fast reads %s as peggy's own does", (grammar, startRule, read) => {
  const plain = plainReader(grammar, startRule);
  for (const whole of lines) expect(read(whole)).toEqual(plain(whole));
  fc.assert(
    fc.property(line, (mixed) => {
      expect(read(mixed)).toEqual(plain(mixed));
    }),
    { numRuns: 500 },
  );
});
