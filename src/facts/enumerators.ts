/** Names that stand for another enumerator, or for how many there are. */
const alias = /(?:^|_)(?:MAX|MIN|LAST|FIRST|COUNT|NUM|END|BEGIN|START|DEFAULT|ALIAS)$/i;

/**
 * Whether two enumerators are the same; null where their names do not tell.
 * Two enumerators of one type are the same where their names are, however qualified. Other names are others where they
 * look like those of one type (`RUN_STATE_PAUSED` and `RUN_STATE_RUNNING`, `Kind::A` and `Kind::B`): anything else may be
 * a variable, or a macro. gdb shows one name for one number; where one of them was written, it may be another's alias.
 */
export function sameEnumerator(one: string, other: string, bothShown: boolean): boolean | null {
  const [a, b] = [one.split("::"), other.split("::")];
  if (a.at(-1) === b.at(-1)) return true;
  if (!bothShown && (alias.test(one) || alias.test(other))) return null;
  const [family, related] = [a.at(-2) ?? familyOf(one), b.at(-2) ?? familyOf(other)];
  return family !== null && family === related ? false : null;
}

function familyOf(name: string): string | null {
  return /^([A-Z][A-Z0-9]*)_[A-Z0-9_]+$/.exec(name)?.[1] ?? null;
}
