import type { ReadTrace } from "../model/trace.js";
import type { RawFinding } from "./findings.js";

/** Makes one finding of a stack that was printed twice (`bt`, then `bt full`): the first, with the others in `alsoIn`. */
export function mergeRepeats(findings: readonly RawFinding[], traces: readonly ReadTrace[]): RawFinding[] {
  const groups = new Map<string, RawFinding[]>();
  for (const finding of findings) {
    const key = `${finding.rule}\n${stackOf(finding, traces)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()].flatMap(([first, ...repeats]) => {
    const alsoIn = repeats.flatMap(({ trace }) => (trace === null ? [] : [trace]));
    return first === undefined ? [] : [{ ...first, alsoIn }];
  });
}

/** A stack by its functions and addresses: another run of the same program has other addresses. */
function stackOf({ trace, thread }: RawFinding, traces: readonly ReadTrace[]): string {
  const frames = traces[trace ?? -1]?.threads[thread ?? -1]?.frames ?? [];
  return frames.map(({ level, function: name, address }) => `${level} ${address} ${name}`).join("\n");
}
