import { demangled } from "./mangled.js";

/** What gcc, clang and the linker put behind a function's name for a copy of it: it is the same function to a reader. */
const cloneSuffix =
  /(?: ?\[clone [^\]\n]{1,64}\]|\.(?:part|isra|constprop|lto_priv|cold|localalias|llvm|__uniq|clone|warm|hot|unlikely|resume|destroy|cleanup|actor)(?:\.\d+)*|@plt|@{1,2}[A-Z][\w.]*|@\d{1,3}|::h[0-9a-f]{16})$/;

/** No mark is longer, and no function carries more of them: names in a log may be made to be slow. */
const longestMark = 96;
const mostMarks = 8;

/** Windows' `msvcrt!abort`; behind D's `foo!(int)` stands a bracket. */
const moduleName = /^[\w.+-]{1,96}!(?=[\w?@$~])/;

/**
 * How glibc names its own calls of itself (with an asterisk before 2.14), and old releases of GLib theirs: `__GI_raise`,
 * `*__GI_raise`, `IA__g_log`.
 */
const internalAlias = /^(?:\*?__(?:GI|EI)_|IA__)/;

/** What tells two builds of one Rust crate apart: `core[846817f741e54dfd]::panicking::panic`. */
const crateHash = /(?<=\w)\[[0-9a-f]{8,16}\]/g;

/**
 * A function's name without the marks of copies of it (`.part.0`, `.constprop.0.isra.0`, `.cold`, `[clone .cold]`),
 * symbol versions (`@@GLIBC_2.34`), `@plt`, Rust's hashes (`::h0123456789abcdef`, `[846817f741e54dfd]`), the module that
 * Windows names in front (`msvcrt!abort`), glibc's `__GI_` in front of its own calls, mangling of plain names
 * (`_ZSt9terminatev`), and the parameter list that gdb shows where it has no debug information (`f(int) const`).
 */
export function canonicalName(name: string): string {
  return withoutParameters(demangled(withoutMarks(name)));
}

/** Like {@link canonicalName}, but mangled or with a parameter list where it was printed so. */
export function withoutMarks(name: string): string {
  let plain = name;
  for (let marks = 0; marks < mostMarks; marks++) {
    const mark = cloneSuffix.exec(plain.slice(-longestMark))?.[0];
    if (mark === undefined) break;
    plain = plain.slice(0, -mark.length);
  }
  return plain.replace(moduleName, "").replace(internalAlias, "").replace(crateHash, "");
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
