import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Finding } from "../model/report.js";
import type { Thread } from "../model/trace.js";
import { canonicalName } from "../text/names.js";

/** Says how fingerprints are made; raised whenever the same input would get another one. */
const version = "bt1";

/** Stacks that agree in so many frames of the program are taken for one. */
const deepest = 24;

/**
 * The fingerprint of a stack: the names of its functions from the crash outwards, without machinery, unknown functions,
 * addresses, lines, paths and values. Frames that gdb took from beyond the end of the stack have no name, so that they
 * do not count.
 */
export function traceFingerprint(thread: Thread | undefined): string {
  const names = (thread?.frames ?? []).flatMap(({ function: name }, index) =>
    name === null || isMachinery(thread, index) ? [] : [canonicalName(name)],
  );
  return hash(names.slice(0, deepest));
}

function isMachinery(thread: Thread | undefined, index: number): boolean {
  return thread?.classification[index]?.roles.includes("machinery") ?? false;
}

/**
 * The fingerprint of a finding: its rule and its call path, or where there is none what its message is about and the
 * fingerprint of its trace (null without one).
 */
export function findingFingerprint(
  { rule, path, data }: Omit<Finding, "fingerprint">,
  trace: string | null = null,
): string {
  const names = path.map(({ function: name }) => (name === null ? "??" : canonicalName(name)));
  const about = [canonicalName(data.crash ?? ""), data.expression ?? "", trace ?? ""];
  return hash([rule, ...(names.length > 0 ? names : about)]);
}

function hash(parts: readonly string[]): string {
  return `${version}:${bytesToHex(sha256(utf8ToBytes(parts.join("\n")))).slice(0, 16)}`;
}
