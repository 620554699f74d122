import { expect, it } from "vitest";
import { analyze } from "../src/analyze.js";
import { emptyReport } from "../src/empty-report.js";
import { packs } from "../src/generated/packs.js";
import { readText } from "../src/read/plain.js";

const tool = { name: "backtriage", version: "0.0.0" };
const input = (text: string) => readText(text, { path: "a.log", member: null, messageId: null });

it("is what the analysis makes of inputs in which nothing is to be looked at", () => {
  const inputs = [input("cc -c x.c\nall is well\n"), input("")];
  expect(emptyReport(inputs, tool)).toEqual(analyze(inputs, packs, tool));
});

it("is none where one of them has something", () => {
  expect(emptyReport([input(""), input("#0  f () at x.c:3\n#1  main () at x.c:9\n")], tool)).toBeNull();
});
