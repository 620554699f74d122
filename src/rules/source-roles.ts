import type { Confidence, Evidence } from "../model/report.js";
import type { Frame } from "../model/trace.js";
import { type Between, between } from "../source/c-source.js";
import type { CodeReader } from "../source/code.js";
import type { Marks } from "../source/depths.js";
import { canonicalName } from "../text/names.js";
import { frameEvidence, type Place } from "./evidence.js";
import type { Pack } from "./language/pack.js";

/** Where a frame's line lies, and in which file of the source tree. */
interface Lying extends Between {
  readonly path: string;
}

/** The roles of a pack that a frame has by where its line lies in its function (`between`). Without sources no frame has any. */
export class SourceRoles {
  private readonly marks: ReadonlyMap<string, Marks>;
  private readonly answers = new Map<string, Lying | null>();

  constructor(
    private readonly roles: Pack["roles"],
    private readonly code: CodeReader | null,
  ) {
    this.marks = new Map(
      Object.entries(roles).flatMap(([name, { between: marks }]) =>
        marks === undefined ? [] : [[name, marksOf(marks)]],
      ),
    );
  }

  /**
   * Whether the frame's line lies between what the role names, however it was reached.
   * @param called the next frame inwards; a line from which the function does not call it, but from another, is a line of
   * another version of the file
   */
  has(role: string, frame: Frame, called: Frame | undefined): boolean {
    const lying = this.lying(role, frame);
    return lying !== null && !isOfAnotherVersion(lying, calleeOf(frame, called));
  }

  /**
   * Why the frame `index` of a stack, innermost first, has one of these roles, where sources decided it: evidence for each of
   * them, and for each role that they include. None, and `certain`, where it has them for other reasons. Else `certain` where
   * the line calls the next frame's function by its name, so that the tree fits the trace, and `likely` where that cannot be
   * seen (a call through a pointer, a macro).
   */
  reasons(
    frames: readonly Frame[],
    index: number,
    roles: readonly string[],
    place: Place,
  ): { evidence: readonly Evidence[]; confidence: Confidence } {
    const frame = frames[index];
    if (frame === undefined) return { evidence: [], confidence: "certain" };
    const callee = calleeOf(frame, frames[index - 1]);
    const found = this.rolesIn(roles)
      .flatMap((role) => this.lying(role, frame) ?? [])
      .filter((lying) => !isOfAnotherVersion(lying, callee));
    const fits = found.every(({ calls }) => calls.has(callee));
    const evidence = found.map(
      (lying): Evidence => ({
        ...frameEvidence(frame, "for", said(frame, lying), place),
        kind: "source",
      }),
    );
    return { evidence, confidence: fits ? "certain" : "likely" };
  }

  /** Those of the roles, and of the roles that they include, that sources decide. */
  private rolesIn(roles: readonly string[]): string[] {
    const found = new Set<string>();
    const waiting = [...roles];
    for (let role = waiting.pop(); role !== undefined; role = waiting.pop()) {
      if (found.has(role)) continue;
      found.add(role);
      waiting.push(...(this.roles[role]?.includes ?? []));
    }
    return Object.keys(this.roles).filter((role) => found.has(role) && this.marks.has(role));
  }

  private lying(role: string, frame: Frame): Lying | null {
    const { location, function: name, level } = frame;
    const marks = this.marks.get(role);
    if (this.code === null || marks === undefined || name === null || location === null) return null;
    if (location.line === null) return null;
    const spot = { line: location.line, function: name, calling: level > 0 };
    const key = `${role}\n${location.file}\n${spot.line}\n${name}\n${spot.calling}`;
    const known = this.answers.get(key);
    if (known !== undefined) return known;
    const code = this.code.of(location.file);
    const found = code === null ? null : between(code.source, spot, marks);
    const lying = code === null || found === null || !found.sure ? null : { ...found, path: code.path };
    this.answers.set(key, lying);
    return lying;
  }
}

/** The function that a frame calls; an empty name where it is not known. */
function calleeOf({ level }: Frame, called: Frame | undefined): string {
  return called?.level === level - 1 ? canonicalName(called.function ?? "") : "";
}

/** The function calls it, and not from here: the lines of the tree are not those of the program. */
function isOfAnotherVersion({ calls, elsewhere }: Lying, callee: string): boolean {
  return !calls.has(callee) && elsewhere.has(callee);
}

type NamedMarks = NonNullable<Pack["roles"][string]["between"]>;

function marksOf({ begin = [], end = [], guards = [] }: NamedMarks): Marks {
  return { begin: new Set(begin), end: new Set(end), guards: new Set(guards) };
}

function said({ location }: Frame, { path, began, ends, guarded }: Lying): string {
  const here = `${path}:${location?.line}`;
  const since = `${began.name} (line ${began.line})`;
  if (guarded) return `${here} lies in the scope of ${since}`;
  return ends === null
    ? `${here} lies behind ${since}, which nothing there ends`
    : `${here} lies between ${since} and ${ends.name} (line ${ends.line})`;
}
