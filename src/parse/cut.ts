import type { Diagnostic } from "../model/report.js";
import type { ThreadEnd } from "../model/trace.js";
import type { SourceMap } from "./source-map.js";

/** What to say of a frame that the text ends, or something else begins, inside of. */
export function cutMessage(level: number | null): string {
  return `frame #${level} is cut`;
}

/** How a thread ends whose last frame, or list of frames, is cut; `message` says which. */
export function cutEnd(message: string): ThreadEnd {
  return { reason: "cut", message };
}

/** The same as a diagnostic about a stretch of the view. */
export function cutDiagnostic(map: SourceMap, message: string, start: number, end: number): Diagnostic {
  return map.diagnostic("warning", "cut-frame", message, start, end);
}
