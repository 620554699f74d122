import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readText } from "../../src/read/plain.js";
import { type ReadDocument, readDocument } from "../../src/read-document.js";
import type { Engine } from "../../src/rules/engine.js";
import { CodeReader } from "../../src/source/code.js";
import { sourceFiles } from "../../src/source/tree.js";

/** The source that held texts speak of. */
export const heldCode = new CodeReader(
  sourceFiles(
    new Map([
      [
        "hw/misc/frob.c",
        `static void frob_remap(FrobState *s)
{
    memory_region_transaction_begin();
    frob_lookup(s);
    memory_region_transaction_commit();
}

static void frob_with_lock(FrobState *s)
{
    bql_lock();
    frob_lookup(s);
    bql_unlock();
}

static void frob_with_rcu(FrobState *s)
{
    RCU_READ_LOCK_GUARD();
    frob_lookup(s);
}

static void frob_without_lock(FrobState *s)
{
    bql_unlock();
    frob_lookup(s);
    bql_lock();
}
`,
      ],
    ]),
  ),
);

const folder = fileURLToPath(new URL("held/", import.meta.url));

/** A short text of test/rules/held/PACK.txt that holds some rule or source of evidence of a pack. */
export interface HeldText {
  /** What was written, on one line. */
  readonly title: string;
  readonly text: string;
}

/** The packs that have a file of texts. */
export function packsWithTexts(): string[] {
  return readdirSync(folder).flatMap((name) => (name.endsWith(".txt") ? [name.slice(0, -4)] : []));
}

/**
 * The texts of a pack's file, which lines of `=====` part. A line `! CONDITION | FUNCTION CALLER CALLER …` stands for the
 * stack of a failed assertion, `> FUNCTION CALLER …` for one that just stands there, `~ FUNCTION CALLER …` for a death by abort,
 * `~ TEXT | FUNCTION CALLER …` for one whose first function was given a text.
 */
export function textsOf(pack: string): HeldText[] {
  return readFileSync(`${folder}${pack}.txt`, "utf8")
    .split(/^=====\n/m)
    .filter((block) => block.trim() !== "")
    .map((block) => ({
      title: block.trim().replace(/\s+/g, " "),
      text: block.replace(/^[!>~] .*$/gm, stackOf),
    }));
}

export function expectationPath(pack: string): string {
  return `${folder}${pack}.json`;
}

export function readHeld({ text }: HeldText): ReadDocument {
  return readDocument(readText(text, { path: null, member: null, messageId: null }));
}

/** What a test holds of a text: all that a finding says, but for its places in the text. */
export function outlineOf(engine: Engine, { traces, loose, excerpt, messages }: ReadDocument) {
  const judged = engine.judge(traces, loose, excerpt, messages);
  return {
    contexts: judged.traces.flatMap((trace) =>
      trace.threads.map(({ contexts }) => contexts.map(({ title }) => title).join(", in ")),
    ),
    verdicts: judged.traces.flatMap((trace) =>
      trace.threads.map(({ classification }) =>
        classification
          .flatMap(({ level, verdict }) => (verdict === null ? [] : `${level} ${verdict}`))
          .join(", "),
      ),
    ),
    findings: judged.findings.map((finding) => ({
      rule: finding.rule,
      verdict: finding.verdict,
      graded: `${finding.severity}, ${finding.confidence}`,
      message: finding.message,
      states: finding.states,
      blame: finding.blame?.function ?? null,
      site: finding.site?.function ?? null,
      candidates: finding.candidates.map(
        ({ function: name, known }) => `${name ?? "??"}${known ? " holds it" : ""}`,
      ),
      cuts: finding.cuts.map(
        ({ kind, for: pros, against: cons }) => `${kind} +${pros.length} -${cons.length}`,
      ),
      evidence: finding.evidence.map(({ weight, message }) => `${weight}: ${message}`),
    })),
  };
}

function stackOf(line: string): string {
  const rest = line.slice(2);
  const [said = "", calls = ""] = rest.includes(" | ") ? rest.split(" | ") : ["", rest];
  const names = calls.trim().split(/\s+/);
  const arguments_ = `assertion=0x1 "${said}", file=0x2 "f.c", line=7, function=0x3 "${names[0]}"`;
  const machinery = line.startsWith(">")
    ? []
    : ["abort ()", ...(line.startsWith("!") ? [`__assert_fail (${arguments_})`] : [])];
  const given = line.startsWith("~") && said !== "" ? `(text=0x4 "${said}")` : "(x=1)";
  return [...machinery, ...names.map((name, index) => `${name} ${index === 0 ? given : "(x=1)"}`)]
    .map(
      (frame, level) =>
        `#${level} 0x00005555${(0x4000 + level * 16).toString(16)} in ${frame} at f.c:${level + 3}`,
    )
    .join("\n");
}
