import type { Report } from "../model/report.js";
import type { Palette } from "./palette.js";

/** What a format may know of where it is shown. */
export interface RenderOptions {
  readonly palette: Palette;
  /** The columns into which prose is wrapped. */
  readonly columns: number;
  /** Only what a script or a person in a hurry wants: the verdicts. */
  readonly brief: boolean;
}

/** One output, loaded when it is asked for. */
interface Format {
  readonly name: string;
  readonly load: () => Promise<(report: Report, options: RenderOptions) => string>;
}

/** Every format, the default first. */
export const formats: readonly Format[] = [
  { name: "text", load: async () => (await import("./text.js")).formatText },
  { name: "json", load: async () => (await import("./json.js")).formatJson },
];
