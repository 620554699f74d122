/** What gcc, clang and the linker put behind a function's name for a copy of it: it is the same function to a reader. */
const cloneSuffix =
  /(?:\s*\[clone [^\]\n]{1,64}\]|\.(?:part|isra|constprop|lto_priv|cold|localalias|llvm|clone|warm|hot)(?:\.\d+)*|@plt|@{1,2}[A-Z][\w.]*)$/;

/**
 * A function's name without the marks of copies of it (`.part.0`, `.constprop.0.isra.0`, `.cold`, `[clone .cold]`),
 * symbol versions (`@@GLIBC_2.34`), `@plt`, and glibc's `__GI_` in front of its own calls.
 */
export function canonicalName(name: string): string {
  let canonical = name;
  for (let before = ""; before !== canonical; ) {
    before = canonical;
    canonical = canonical.replace(cloneSuffix, "");
  }
  return canonical.replace(/^__GI_+/, (mark) => mark.slice("__GI_".length));
}
