import type { ReadAssertion } from "../model/trace.js";
import { byPlace } from "../text/span.js";
import { merged, sameFailure } from "./assertion.js";

/** Assertions that do not say all of themselves are compared with so many of the latest others, so that time stays linear. */
const mostCompared = 256;

/** Every failure once, with what any of its sightings knows. */
export class Failures<T extends ReadAssertion> {
  private readonly kept: T[] = [];
  /** The places in `kept` of those that say all of themselves, by what they say. */
  private readonly exact = new Map<string, number>();
  /** The places of the others. */
  private readonly vague: number[] = [];

  constructor(assertions: readonly T[]) {
    for (const assertion of assertions) this.add(assertion);
  }

  /** In the order of the text. */
  get all(): readonly T[] {
    return this.kept.toSorted(byPlace);
  }

  /** The failure that an assertion tells of as well. */
  find(assertion: ReadAssertion): T | undefined {
    return this.kept[this.placeOf(assertion)];
  }

  private add(assertion: T): void {
    const place = this.placeOf(assertion);
    const known = this.kept[place];
    if (known === undefined) this.keep(assertion, this.kept.length);
    else this.keep(merged(known, assertion), place);
  }

  private keep(assertion: T, place: number): void {
    this.kept[place] = assertion;
    const key = keyOf(assertion);
    if (key !== null) this.exact.set(key, place);
    else if (!this.vague.includes(place, -mostCompared)) this.vague.push(place);
  }

  private placeOf(assertion: ReadAssertion): number {
    const key = keyOf(assertion);
    const same = key === null ? undefined : this.exact.get(key);
    if (same !== undefined) return same;
    const others = key === null ? latest(this.kept.length) : this.vague.slice(-mostCompared);
    return others.find((place) => isSame(this.kept[place], assertion)) ?? -1;
  }
}

function isSame(kept: ReadAssertion | undefined, assertion: ReadAssertion): boolean {
  return kept !== undefined && sameFailure(kept, assertion);
}

function latest(length: number): number[] {
  const first = Math.max(0, length - mostCompared);
  return Array.from({ length: length - first }, (_, index) => first + index);
}

/** What tells a failure from all others; null where a part of it is missing or cut. */
function keyOf({ expression, line, function: name }: ReadAssertion): string | null {
  if (expression === null || line === null || name === null || expression.endsWith("...")) return null;
  return `${line} ${name} ${expression.replace(/\s+/g, "")}`;
}
