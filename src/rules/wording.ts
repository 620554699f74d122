import type { FrameReference, PathStep, Settling } from "../model/report.js";
import type { CompiledRule } from "./compile.js";
import { distinct } from "./evidence.js";
import type { Found } from "./found.js";
import { fill, type MessageData } from "./message.js";
import { callPath, pathSteps, referenceTo } from "./path.js";
import { leastSure } from "./reasons.js";
import type { RawFinding, Scene } from "./scene.js";
import type { ThreadStack } from "./stack.js";

/** What a message without a trace lacks. */
const getBacktrace: Settling = {
  where: "shell",
  command: "gdb -batch -ex 'thread apply all bt full' PROGRAM CORE",
  tells: "the stack of the failure, out of the core that the process left",
};

function gdbCommand({ command, tells }: CompiledRule["settlings"][number]): Settling {
  return { where: "gdb", command, tells };
}

/** Puts what was found into the report's words; null where no evidence is left. */
export function findingInWords(
  { id, rule, grades, remarks, settlings }: CompiledRule,
  scene: Scene,
  found: Found,
): RawFinding | null {
  const { judgement, place, thread, damaged } = scene;
  const { stack, pack } = judgement;
  const { at, frames, holder, start } = found;
  const holdsAt = (test: { holds(of: ThreadStack): Uint8Array }): boolean => test.holds(stack)[at] === 1;
  const [first, ...rest] = distinct(found.evidence);
  if (first === undefined) return null;
  const route =
    pack.path === null || frames.length === 0
      ? null
      : callPath(stack, pack.path, at, start?.index ?? null, found.bounded);
  const blame = rule.blames === false ? null : referenceTo(stack, route?.blame ?? null);
  const site = referenceTo(stack, route?.site ?? null);
  const states = Object.fromEntries(
    pack.states.map(({ name }) => [name, stack.stateAt(at, name) ?? "unknown"]),
  );
  const data = dataOf(scene, found, blame, site, route?.site ?? null);
  const phrases = Object.fromEntries(
    pack.states.map(({ name, phrases: said }) => [name, said[states[name] ?? ""] ?? ""]),
  );
  const sentences = [rule.message, ...remarks.filter(({ test }) => holdsAt(test)).map(({ text }) => text)];
  const steps: PathStep[] =
    route === null ? [] : pathSteps(stack, blame === null ? { ...route, blame: null } : route, start);
  return {
    rule: id,
    verdict: "verdict" in rule.on ? rule.on.verdict : (rule.verdict ?? null),
    severity: grades.find(({ test }) => holdsAt(test))?.severity ?? rule.severity,
    confidence: leastSure([found.confidence, rule.confidence ?? "certain", damaged ? "likely" : "certain"]),
    message: sentences.map((sentence) => fill(sentence, { ...phrases, ...data })).join(" "),
    data,
    trace: place.trace,
    alsoIn: [],
    thread: place.trace === null ? null : thread.index,
    frames: frames.map((index) => stack.frames[index]?.level ?? 0),
    states,
    path: steps,
    blame,
    site,
    holder: holder?.holder ?? null,
    evidence: [first, ...rest],
    settle:
      place.trace === null
        ? [getBacktrace]
        : settlings.filter(({ unless }) => unless === null || !holdsAt(unless)).map(gdbCommand),
    advice: (rule.advice ?? []).map((one) => fill(one, data)),
  };
}

function dataOf(
  { judgement: { stack }, crash, assertion, thread }: Scene,
  { frames, holder, start, data: detected }: Found,
  blame: FrameReference | null,
  site: FrameReference | null,
  siteIndex: number | null,
): MessageData {
  const functionAt = (index: number | null | undefined): string | null =>
    index === null || index === undefined ? null : (stack.frames[index]?.function ?? null);
  const data: Record<string, string | null | undefined> = {
    site: site?.function,
    blame: blame?.function,
    touch: functionAt(frames.findLast((index) => siteIndex === null || index < siteIndex)),
    crash: functionAt(crash?.frame) ?? assertion?.function,
    holder: holder?.holder.function,
    candidate: holder === null ? functionAt(start?.index) : null,
    expression: assertion?.expression,
    signal: crash?.signal?.name,
    thread: thread.number ?? thread.name,
    ...detected,
  };
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
