import type { FrameReference, Holder, PathStep, Settling } from "../model/report.js";
import type { CompiledRemark, CompiledRule } from "./compile.js";
import type { Test } from "./condition.js";
import { contextsOf, contextText } from "./contexts.js";
import { cutsOf } from "./cuts.js";
import { distinct } from "./evidence.js";
import type { Found } from "./found.js";
import type { Holding } from "./holders.js";
import { fill, type MessageData } from "./message.js";
import { callPath, pathSteps, referenceTo } from "./path.js";
import { leastSure } from "./reasons.js";
import type { RawFinding, Scene } from "./scene.js";
import { reasoningOf } from "./why/reasoning.js";

/** What a message without a trace lacks. */
const getBacktrace: Settling = {
  where: "shell",
  command: "gdb -batch -ex 'thread apply all bt full' PROGRAM CORE",
  tells: "the stack of the failure, out of the core that the process left",
};

/** The command, filled from the finding; none where a placeholder leaves nothing to type. */
function gdbCommand({ command, tells }: CompiledRule["settlings"][number], data: MessageData): Settling[] {
  const filled = fill(command, data);
  return filled === "" ? [] : [{ where: "gdb", command: filled, tells }];
}

/** Puts what was found into the report's words; null where no evidence is left. */
export function findingInWords(compiled: CompiledRule, scene: Scene, found: Found): RawFinding | null {
  const { id, rule, grades, remarks, settlings, cuts } = compiled;
  const { judgement, place, thread, damaged } = scene;
  const { stack, pack } = judgement;
  const { at, frames, holdings, start } = found;
  const holder = holdings.find(({ known }) => known) ?? null;
  const holdsAt = (test: Test): boolean => test.holds(stack)[at] === 1;
  const applies = ({ test }: CompiledRemark): boolean => test === null || holdsAt(test);
  const [first, ...rest] = distinct(found.evidence);
  if (first === undefined) return null;
  const route =
    pack.path === null || frames.length === 0
      ? null
      : callPath(stack, pack.path, at, start?.index ?? null, found.bounded);
  const guilty = rule.blames === "crash" ? (scene.crash?.frame ?? null) : (route?.blame ?? null);
  const blame = rule.blames === false ? null : referenceTo(stack, guilty);
  const site = referenceTo(stack, route?.site ?? null);
  const states = Object.fromEntries(
    pack.states.map(({ name }) => [name, stack.stateAt(at, name) ?? "unknown"]),
  );
  const data = dataOf(scene, found, blame, site, route?.site ?? null);
  const phrases = Object.fromEntries(
    pack.states.map(({ name, phrases: said }) => [name, said[states[name] ?? ""] ?? ""]),
  );
  const sentences = [rule.message, ...remarks.filter(applies).map(({ text }) => text)];
  const places = { blame, site, holder: referenceTo(stack, holder?.own ?? null) };
  const ranked = cutsOf(cuts, places, frames, stack, holdsAt, data);
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
    holder: holder === null ? null : whereIs(holder),
    candidates: holdings.map((holding) => ({
      ...whereIs(holding),
      known: holding.known,
      evidence: holding.evidence,
    })),
    evidence: [first, ...rest],
    reasoning: reasoningOf(compiled, scene, found),
    settle:
      place.trace === null
        ? [getBacktrace]
        : settlings
            .filter(({ unless }) => unless === null || !holdsAt(unless))
            .flatMap((one) => gdbCommand(one, data)),
    advice: [...ranked.map(({ text }) => text), ...(rule.advice ?? []).map((one) => fill(one, data))],
    cuts: ranked,
  };
}

function whereIs({ trace, thread, level, function: name }: Holding): Holder {
  return { trace, thread, level, function: name };
}

function dataOf(
  { judgement, crash, assertion, thread }: Scene,
  { frames, holdings, start, data: detected }: Found,
  blame: FrameReference | null,
  site: FrameReference | null,
  siteIndex: number | null,
): MessageData {
  const { stack } = judgement;
  const holder = holdings.find(({ known }) => known);
  const functionAt = (index: number | null | undefined): string | null =>
    index === null || index === undefined ? null : (stack.frames[index]?.function ?? null);
  const data: Record<string, string | null | undefined> = {
    site: site?.function,
    blame: blame?.function,
    touch: functionAt(frames.findLast((index) => siteIndex === null || index < siteIndex)),
    crash: functionAt(crash?.frame) ?? assertion?.function,
    holder: holder?.function,
    candidate: holder === undefined ? (functionAt(start?.index) ?? holdings[0]?.function) : null,
    context: contextText(contextsOf(judgement)),
    expression: assertion?.expression,
    signal: crash?.signal?.name,
    thread: thread.number ?? thread.name,
    ...detected,
  };
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );
}
