/** What gcc, clang and the linker put behind a function's name for a copy of it: it is the same function to a reader. */
const cloneSuffix =
  /(?: ?\[clone [^\]\n]{1,64}\]|\.(?:part|isra|constprop|lto_priv|cold|localalias|llvm|clone|warm|hot)(?:\.\d+)*|@plt|@{1,2}[A-Z][\w.]*)$/;

/** No mark is longer, and no function carries more of them: names in a log may be made to be slow. */
const longestMark = 96;
const mostMarks = 8;

/**
 * A function's name without the marks of copies of it (`.part.0`, `.constprop.0.isra.0`, `.cold`, `[clone .cold]`),
 * symbol versions (`@@GLIBC_2.34`), `@plt`, glibc's `__GI_` in front of its own calls, and the parameter list that gdb shows
 * where it has no debug information (`f(int) const`).
 */
export function canonicalName(name: string): string {
  let canonical = name;
  for (let marks = 0; marks < mostMarks; marks++) {
    const mark = cloneSuffix.exec(canonical.slice(-longestMark))?.[0];
    if (mark === undefined) break;
    canonical = canonical.slice(0, -mark.length);
  }
  return withoutParameters(canonical.replace(/^__GI_+/, (mark) => mark.slice("__GI_".length)));
}

function withoutParameters(name: string): string {
  const end = name.endsWith(" const") ? name.length - " const".length : name.length;
  if (name[end - 1] !== ")") return name;
  let depth = 0;
  for (let at = end - 1; at >= 0; at--) {
    if (name[at] === ")") depth++;
    else if (name[at] === "(" && --depth === 0)
      return at === 0 || name.endsWith("operator", at) ? name : name.slice(0, at);
  }
  return name;
}
