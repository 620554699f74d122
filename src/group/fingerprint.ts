import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Finding } from "../model/report.js";
import type { Frame, Thread } from "../model/trace.js";
import { functionPath } from "../text/function-path.js";
import { folded } from "./fold.js";
import { pathNames } from "./path-names.js";

/** Says how fingerprints are made; raised whenever the same input would get another one. */
const version = "bt2";

/** Stacks that agree in so many functions of the program are taken for one. */
const deepest = 24;

/**
 * The fingerprint of a stack: the paths of its functions (src/text/function-path.ts) from the crash outwards, without
 * machinery, unknown functions, addresses, lines, file paths and values; neighbours of one name, and cycles that repeat, count
 * once. Where no function has a name, the names of the libraries. Frames that gdb took from beyond the end of the
 * stack have no name, so that they do not count.
 * @param level that of the crash frame; null where there is none: from the first frame on
 */
export function traceFingerprint(thread: Thread | undefined, level: number | null = null): string {
  const frames = thread?.frames ?? [];
  const crash = frames.findIndex((frame) => frame.level === level);
  const own = frames.filter((_, index) => index >= crash && !isMachinery(thread, index));
  const names = namesOf(own, ({ function: name }) => (name === null ? null : functionPath(name)));
  return hash(
    names.length > 0
      ? names
      : namesOf(own, ({ library }) => (library === null ? null : `?? ${libraryName(library)}`)),
  );
}

function namesOf(frames: readonly Frame[], nameOf: (frame: Frame) => string | null): string[] {
  const names = frames.flatMap((frame) => nameOf(frame) ?? []);
  return folded(names).slice(0, deepest);
}

function isMachinery(thread: Thread | undefined, index: number): boolean {
  return thread?.classification[index]?.roles.includes("machinery") ?? false;
}

/** `libfoo.so` of `/usr/lib/libfoo.so.1.2`. */
function libraryName(library: string): string {
  const file = library.slice(Math.max(library.lastIndexOf("/"), library.lastIndexOf("\\")) + 1);
  return /^.{1,128}?\.(?:so|dll|dylib)\b/i.exec(file)?.[0].toLowerCase() ?? file;
}

/**
 * The fingerprint of a finding: its rule and its call path, or where there is none what its message is about and the
 * fingerprint of its trace (null without one).
 */
export function findingFingerprint(
  { rule, path, data }: Pick<Finding, "rule" | "path" | "data">,
  trace: string | null = null,
): string {
  const names = folded(pathNames(path));
  const about = [functionPath(data.crash ?? ""), data.expression ?? "", trace ?? ""];
  return hash([rule, ...(names.length > 0 ? names : about)]);
}

function hash(parts: readonly string[]): string {
  return `${version}:${bytesToHex(sha256(utf8ToBytes(parts.join("\n")))).slice(0, 16)}`;
}
