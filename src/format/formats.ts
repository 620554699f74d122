import type { Report } from "../model/report.js";
import type { RenderOptions } from "./options.js";

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
