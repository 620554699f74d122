import { z } from "zod";
import * as report from "../model/report.js";
import * as span from "../model/span.js";
import * as trace from "../model/trace.js";

/** The parts of the report that the schema defines by name, as the contract names them. */
const named = {
  Document: report.documentSchema,
  Trace: trace.traceSchema,
  Thread: trace.threadSchema,
  Frame: trace.frameSchema,
  Argument: trace.argumentSchema,
  Variable: trace.variableSchema,
  Assertion: trace.assertionSchema,
  Fact: trace.factSchema,
  FrameClass: trace.frameClassSchema,
  Finding: report.findingSchema,
  PathStep: report.pathStepSchema,
  Evidence: report.evidenceSchema,
  Reasoning: report.reasoningSchema,
  RuleInfo: report.ruleInfoSchema,
  RulePaths: report.rulePathsSchema,
  PathNode: report.pathNodeSchema,
  Bucket: report.bucketSchema,
  Diagnostic: report.diagnosticSchema,
  Span: span.spanSchema,
  Position: span.positionSchema,
};

/** The JSON Schema (draft 2020-12) of what `--format json` prints. */
export function reportJsonSchema(): object {
  const registry = z.registry<{ id?: string; title?: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  registry.add(report.reportSchema, { title: "backtriage report, version 1" });
  return z.toJSONSchema(report.reportSchema, { metadata: registry, target: "draft-2020-12", io: "output" });
}
