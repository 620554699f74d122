import type { Report } from "../model/report.js";
import type { RenderOptions } from "./options.js";

/** One output, loaded when it is asked for. */
interface Format {
  readonly name: string;
  /** What makes the text of it, in pieces, for it may be longer than a string can be. */
  readonly load: () => Promise<(report: Report, options: RenderOptions) => Iterable<string>>;
}

/** Every format, the default first. */
export const formats: readonly Format[] = [
  { name: "text", load: async () => inOnePiece((await import("./text.js")).formatText) },
  { name: "json", load: async () => (await import("./json.js")).jsonPieces },
];

function inOnePiece(format: (report: Report, options: RenderOptions) => string) {
  return (report: Report, options: RenderOptions): string[] => [format(report, options)];
}
