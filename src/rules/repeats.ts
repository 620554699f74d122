import { severities } from "../model/scales.js";
import type { Frame, ReadTrace } from "../model/trace.js";
import type { RawFinding } from "./scene.js";

/**
 * Makes one finding of a stack that was printed twice (`bt 5`, then `bt full`): that of the longest, with the others in
 * `alsoIn`. Another run of the same program has other addresses. Nor are there two crashes where two tools tell of one
 * place: a sanitizer ends the program that gdb then shows.
 */
export function mergeRepeats(findings: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  return acrossTools(withinTool(findings, traces), traces);
}

/** Of several tools' findings of one line of one function, the worst; rules that judge frames have their own say. */
function acrossTools(findings: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  const kept = new Map<string, RawFinding>();
  for (const [index, finding] of findings.entries()) {
    const key = lineOf(finding, traces) ?? `${index}`;
    const first = kept.get(key);
    const isOther = first !== undefined && dialectOf(first, traces) !== dialectOf(finding, traces);
    if (first === undefined) kept.set(key, finding);
    else if (isOther) kept.set(key, joined(first, finding));
    else kept.set(`${index}`, finding);
  }
  return [...kept.values()];
}

/** The first, unless the other is worse: one tool may show a value that the other does not. */
function joined(first: RawFinding, other: RawFinding): RawFinding {
  const isWorse = severities.indexOf(other.severity) < severities.indexOf(first.severity);
  const [said, also] = isWorse ? [other, first] : [first, other];
  return { ...said, alsoIn: [...said.alsoIn, ...placesOf(also)] };
}

function placesOf({ trace, alsoIn }: RawFinding): number[] {
  return trace === null ? alsoIn : [trace, ...alsoIn];
}

function dialectOf({ trace }: RawFinding, traces: readonly ReadTrace[]): string | undefined {
  return traces[trace ?? -1]?.dialect;
}

/** The function, file and line of a crash that no domain's rule judges; null where the text does not tell them. */
function lineOf(finding: RawFinding, traces: readonly ReadTrace[]): string | null {
  const shown = finding.evidence.find(({ kind, level }) => kind === "frame" && level !== null);
  const frame = framesOf(finding, traces).find(({ level }) => level === shown?.level);
  if (finding.verdict !== null || frame === undefined || frame.function === null) return null;
  const { file, line } = frame.location ?? { file: null, line: null };
  return file === null || line === null ? null : `${frame.function} ${file.replace(/^.*\//, "")}:${line}`;
}

function withinTool(findings: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  const groups: Group[] = [];
  const byPlace = new Map<string, Group[]>();
  for (const finding of findings) {
    const frames = framesOf(finding, traces);
    const key = `${finding.rule}\n${placeOf(finding, frames)}`;
    const near = byPlace.get(key) ?? [];
    const group = near.find((one) => agree(one.levels, frames) && !besides(one, finding));
    if (group !== undefined) {
      group.findings.push(finding);
      for (const frame of frames) group.levels.set(frame.level, frame);
      continue;
    }
    const begun = { findings: [finding], levels: new Map(frames.map((frame) => [frame.level, frame])) };
    groups.push(begun);
    byPlace.set(key, [...near.slice(-mostNear), begun]);
  }
  return groups.flatMap(({ findings: found }) => merged(found, traces));
}

interface Group {
  readonly findings: RawFinding[];
  /** The frames of all of its stacks. */
  readonly levels: Map<number, Frame>;
}

/** Two things that one trace tells, of threads with the same stack: a deadlock of two of them, and one of two others. */
function besides({ findings }: Group, { trace, message }: RawFinding): boolean {
  const last = findings.at(-1);
  return last !== undefined && last.trace === trace && last.message !== message;
}

/** Stacks that differ although they crash in one place: so many are compared with the next. */
const mostNear = 16;

function framesOf({ trace, thread }: RawFinding, traces: readonly ReadTrace[]): readonly Frame[] {
  return traces[trace ?? -1]?.threads[thread ?? -1]?.frames ?? [];
}

/** The innermost frame that a finding is about; where it is about none, the stack's own. */
function placeOf(finding: RawFinding, frames: readonly Frame[]): string {
  const level = finding.frames.length === 0 ? null : Math.min(...finding.frames);
  const frame = frames.find((one) => one.level === level) ?? frames[0];
  return frame === undefined ? "" : `${frame.level} ${frame.address} ${frame.function}`;
}

/** Where both show a frame of one level, it is the same. */
function agree(levels: ReadonlyMap<number, Frame>, frames: readonly Frame[]): boolean {
  return frames.every((frame) => {
    const known = levels.get(frame.level);
    return known === undefined || (known.function === frame.function && known.address === frame.address);
  });
}

function merged(found: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  const [first, ...others] = found.toSorted(
    (one, other) => framesOf(other, traces).length - framesOf(one, traces).length,
  );
  const alsoIn = others.flatMap(({ trace }) => (trace === null ? [] : [trace]));
  return first === undefined ? [] : [{ ...first, alsoIn }];
}
