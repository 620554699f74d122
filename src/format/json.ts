import type { Report } from "../model/report.js";
import { visibleJson } from "./visible.js";

/** Documents, traces, threads, frames: what is inside a frame is short and written in one piece. */
const deepest = 8;
/** Pieces are handed on when they have so many UTF-16 units: each costs its reader a call. */
const usualPiece = 1 << 16;

/** The report as JSON, indented by two blanks, with a line end; printable on a terminal, the same value as without. */
export function formatJson(report: Report): string {
  return [...jsonPieces(report)].join("");
}

/** The same in pieces: a report of a hundred megabytes of frames is longer than a string of V8 can be. */
export function* jsonPieces(report: Report): Generator<string> {
  let piece = "";
  for (const token of tokensOf(report, "", 0)) {
    piece += token;
    if (piece.length < usualPiece) continue;
    yield piece;
    piece = "";
  }
  yield `${piece}\n`;
}

/** The value as JSON.stringify would write it, a part at a time. */
function* tokensOf(value: unknown, indent: string, depth: number): Generator<string> {
  if (typeof value !== "object" || value === null || depth === deepest) {
    yield visibleJson(JSON.stringify(value, null, 2)).replaceAll("\n", `\n${indent}`);
    return;
  }
  const list = Array.isArray(value);
  const [open, close] = list ? ["[", "]"] : ["{", "}"];
  const inside = `${indent}  `;
  let before = `${open}\n`;
  for (const [key, item] of Object.entries(value)) {
    yield before + inside + (list ? "" : `${visibleJson(JSON.stringify(key))}: `);
    yield* tokensOf(item, inside, depth + 1);
    before = ",\n";
  }
  yield before === ",\n" ? `\n${indent}${close}` : open + close;
}
