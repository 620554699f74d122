import type { Frame, ReadTrace } from "../model/trace.js";
import type { RawFinding } from "./findings.js";

/**
 * Makes one finding of a stack that was printed twice (`bt 5`, then `bt full`): that of the longest, with the others in
 * `alsoIn`. Another run of the same program has other addresses.
 */
export function mergeRepeats(findings: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  const groups: Group[] = [];
  const byPlace = new Map<string, Group[]>();
  for (const finding of findings) {
    const frames = framesOf(finding, traces);
    const key = `${finding.rule}\n${placeOf(finding, frames)}`;
    const near = byPlace.get(key) ?? [];
    const group = near.find((one) => agree(one.levels, frames));
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
