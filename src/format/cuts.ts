import type { Cut, Finding } from "../model/report.js";
import { ranges } from "./ranges.js";
import type { Reach } from "./reach.js";
import { visible } from "./visible.js";
import { hang } from "./width.js";

function prose(text: string): string {
  return visible(text.trim().replace(/\s+/g, " "));
}

/** Where it is, which of the judged frames it covers, and how many paths of the report. */
function placeText({ at, covers }: Cut, { rule }: Finding, reach: Reach): string {
  const covered = ranges(covers, "#").join(", ");
  return [
    at === null ? "not on this stack" : `at #${at.level}`,
    covered === "" ? "" : `covers ${covered}`,
    at === null ? "" : reach.text(rule, at.function),
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Where a fix can go, the best first: what to do, what speaks for it (`+`) and against it (`-`), and where. */
export function cutLines(finding: Finding, reach: Reach, columns: number): string[] {
  return finding.cuts.flatMap((cut, index) => {
    const number = `  ${index + 1}. `;
    const indent = " ".repeat(number.length);
    return [
      ...hang(number, `${prose(cut.text)} (${placeText(cut, finding, reach)})`, columns),
      ...cut.for.flatMap((reason) => hang(`${indent}+ `, prose(reason), columns)),
      ...cut.against.flatMap((reason) => hang(`${indent}- `, prose(reason), columns)),
    ];
  });
}

/** The advice that is more than a place for a fix. */
export function otherAdvice({ advice, cuts }: Finding): string[] {
  const told = new Set(cuts.map(({ text }) => text));
  return advice.filter((text) => !told.has(text));
}
