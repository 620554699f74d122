import type { Frame, ReadThread } from "../../model/trace.js";
import type { Span } from "../../text/span.js";
import type { CompiledRule } from "../compile.js";
import { compileCondition, listOf } from "../condition.js";
import { findingsOf } from "../findings.js";
import type { Condition } from "../language/when.js";
import type { Scene } from "../scene.js";
import { type Account, accountOf, leaf } from "./account.js";
import { nearestFrame } from "./nearest-frame.js";
import { requirementText } from "./requirement.js";

/** Whether a rule speaks of one thread, and why. */
export interface Examination {
  /** The index of its trace; null for a message without a trace. */
  readonly trace: number | null;
  readonly thread: ReadThread;
  /** Where the thread, or the message, stands. */
  readonly span: Span;
  readonly fired: boolean;
  /** The frame of which the account speaks: the one that the rule speaks of, or comes nearest to. */
  readonly frame: Frame | null;
  /** What the rule asks for, and what of it holds. */
  readonly account: Account;
  /** Why the rule is silent although what it asks for may be there; null where that is all. */
  readonly silentBecause: string | null;
}

/** What a rule asks for, at the frame where it is nearest. */
interface Asked {
  readonly index: number | null;
  readonly account: Account;
}

/**
 * Examines one rule over the scenes of one thread, one for each pack in their order. Null where no pack has the rule.
 * Throws nothing.
 */
export function examineRule(id: string, scenes: readonly Scene[]): Examination | null {
  for (const scene of scenes) {
    const rule = scene.judgement.pack.rules.find((one) => one.id === id);
    if (rule !== undefined) return examined(rule, scene, scenes);
  }
  return null;
}

function examined(rule: CompiledRule, scene: Scene, scenes: readonly Scene[]): Examination {
  const { index, account } = askedBy(rule, scene);
  const says = findingsOf(rule, scene).length > 0;
  const before = says && rule.rule.yields === true ? spokeBefore(rule, scenes) : null;
  return {
    trace: scene.place.trace,
    thread: scene.thread,
    span: scene.thread.span,
    fired: says && before === null,
    frame: scene.judgement.stack.frames[index ?? -1] ?? null,
    account,
    silentBecause:
      before === null
        ? reasonToBeSilent(rule, scene, account, says)
        : `it yields to ${before}, which speaks of this crash`,
  };
}

function reasonToBeSilent(
  { rule }: CompiledRule,
  { suspect }: Scene,
  { holds }: Account,
  says: boolean,
): string | null {
  if (says) return null;
  if (!suspect && !("detected" in rule.on)) return "this thread is not the one that crashed";
  return holds ? "nothing in the text is left to show for it" : null;
}

/** The rule before this one that spoke of the same crash. */
function spokeBefore(rule: CompiledRule, scenes: readonly Scene[]): string | null {
  for (const scene of scenes) {
    for (const one of scene.judgement.pack.rules) {
      if (one === rule) return null;
      if (findingsOf(one, scene).length > 0) return one.id;
    }
  }
  return null;
}

function askedBy({ rule: { on } }: CompiledRule, scene: Scene): Asked {
  if ("verdict" in on) return verdictAsked(on.verdict, scene);
  if ("frames" in on) return framesAsked(on.frames, scene);
  if ("fact" in on)
    return { index: scene.crash?.frame ?? null, account: factAccount(listOf(on.fact), scene) };
  if ("crash" in on) return { index: scene.crash?.frame ?? null, account: crashAccount(on.crash, scene) };
  return detectionAsked(on.detected, scene);
}

function verdictAsked(verdict: string, scene: Scene): Asked {
  const { judgement, place } = scene;
  const when = judgement.pack.pack.verdicts?.[verdict]?.when ?? {};
  const given = judgement.verdicts.indexOf(verdict);
  if (given !== -1) return { index: given, account: accountOf(when, judgement, given, place) };
  const asked = framesAsked(when, scene);
  const other = judgement.verdicts[asked.index ?? -1] ?? null;
  if (!asked.account.holds || other === null) return asked;
  const taken = leaf(`the verdict ${other}, which the pack asks for before ${verdict}, holds here`, false);
  return { ...asked, account: { ...asked.account, holds: false, parts: [...asked.account.parts, taken] } };
}

function framesAsked(condition: Condition, { judgement, place }: Scene): Asked {
  const { stack } = judgement;
  if (stack.length === 0) {
    const text = "there is no stack: it takes frames, and the text holds nothing but a message";
    return { index: null, account: leaf(text, false) };
  }
  const met = compileCondition(condition).holds(stack).indexOf(1);
  const index = met === -1 ? nearestFrame(condition, stack, [0, stack.length]) : met;
  if (index === null) {
    const text = `no frame has anything of what it takes: ${requirementText(condition, judgement.pack.pack)}`;
    return { index, account: leaf(text, false) };
  }
  return { index, account: accountOf(condition, judgement, index, place) };
}

/** A rule that speaks of a fact wants a failure of the program: a value that somebody printed is none. */
function factAccount(facts: readonly string[], { judgement, place, crash }: Scene): Account {
  const account = accountOf({ fact: [...facts] }, judgement, crash?.frame ?? 0, place);
  const proofs = facts.flatMap((name) => judgement.proofs.get(name) ?? []);
  if (proofs.length === 0 || proofs.some(({ printed }) => !printed)) return account;
  const only = leaf("nothing but a printed value shows it: the rule wants a check that failed", false);
  return { ...account, holds: false, parts: [...account.parts, only] };
}

const crashes: Readonly<Record<string, string>> = {
  assertion: "a failed assertion ended the program",
  signal: "a signal ended the program",
  abort: "the program ended itself (abort)",
  report: "a sanitizer ended the program",
};

function crashAccount(kind: string, { crash }: Scene): Account {
  const wanted = crashes[kind] ?? kind;
  if (crash?.kind === kind) return leaf(wanted, true);
  const instead = crash === null ? "this thread shows no crash" : `here ${crashes[crash.kind] ?? crash.kind}`;
  return leaf(`it takes that ${wanted}; ${instead}`, false);
}

function detectionAsked(name: string, { detections, thread }: Scene): Asked {
  const all = detections.get(name) ?? [];
  const found = all.find((detection) => detection.thread === thread.index);
  if (found === undefined) {
    const elsewhere = all.length === 0 ? "" : ", though in another thread";
    return { index: null, account: leaf(`the detector ${name} found nothing here${elsewhere}`, false) };
  }
  const parts = found.evidence.map((one) => leaf(one.message, true, [one]));
  const account = {
    text: `the detector ${name} found it`,
    holds: true,
    parts,
    evidence: found.evidence,
    would: [],
  };
  return { index: found.frames[0] ?? null, account };
}
