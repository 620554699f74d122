/**
 * The library. Bytes become an {@link Input}, inputs a {@link Report}, a report text:
 *
 *     const input = readPlain(bytes, { path: "crash.log", member: null, messageId: null });
 *     const report = analyze([input], packs, tool);
 *     formatText(report, { palette: plain, columns: 80, brief: false });
 */
export { analyze } from "./analyze.js";
export { formatJson } from "./format/json.js";
export type { RenderOptions } from "./format/options.js";
export { type Palette, plain } from "./format/palette.js";
export { reportJsonSchema } from "./format/schema.js";
export { formatText } from "./format/text.js";
export { packs } from "./generated/packs.js";
export { tool } from "./generated/tool.js";
export type { Confidence, Severity } from "./model/report.js";
export {
  type Diagnostic,
  type Document,
  type Evidence,
  type Finding,
  type PathStep,
  type Report,
  type RuleInfo,
  reportSchema,
  type Source,
} from "./model/report.js";
export type { Argument, Assertion, Fact, Frame, FrameClass, Thread, Trace, Variable } from "./model/trace.js";
export type { FieldNode, ValueNode } from "./parse/nodes.js";
export { parseValue } from "./parse/value.js";
export type { Input } from "./read/input.js";
export { readPlain, readText } from "./read/plain.js";
export type { Pack, Rule } from "./rules/language/pack.js";
export { wantedFiles } from "./rules/wanted-files.js";
export { type SourceFiles, sourceFiles } from "./source/tree.js";
export type { Position, Span } from "./text/span.js";
export type { Window } from "./text/window.js";
