import { packs } from "../../src/generated/packs.js";
import { type LoadedPack, loadPack } from "../../src/rules/language/load.js";
import type { Pack } from "../../src/rules/language/pack.js";

/** A pack without fault that uses every part of the language once. */
export const smallPack = `pack: small
version: 1
title: A small pack
types:
  unsigned: [depth]
roles:
  reader:
    title: reads
    functions: [read_it, "read_*"]
  writer:
    title: writes
    functions: [write_it]
    files: [store.c]
  loader:
    title: loads
    functions: [load_all]
  core:
    title: the core
    includes: [reader, writer]
  glue:
    title: glue
    functions: [glue]
  start:
    title: where it starts
    functions: [trampoline]
bottom: start
facts:
  open:
    title: it is open
    conditions: [depth != 0]
    aborting-in: reader
  locked:
    title: it is locked
    conditions: [locked() != 0]
    refuted-by: { lock: free }
  free:
    title: it is free
    conditions: [locked() == 0]
    refuted-by: { lock: held }
states:
  lock:
    title: the lock
    values: { held: it is held, free: it is free, unknown: nobody knows }
    decide:
      - { is: free, when: { fact: free } }
      - { is: held, when: { fact: locked } }
      - is: held
        when: { within: loader }
        because: "{frame} holds the lock"
        confidence: likely
      - { is: unknown }
  store:
    title: the store
    values: { open: it is open, elsewhere: somebody has it open, unknown: nobody knows }
    decide:
      - { is: open, when: { fact: open, state: { lock: held } } }
      - { is: elsewhere, when: { fact: open } }
      - { is: unknown }
verdicts:
  bad:
    says: reads an open store
    when: { role: reader, state: { store: open } }
  odd:
    says: reads a store that somebody has open
    when: { role: reader, state: { store: elsewhere } }
path:
  core: core
  generic: [glue, loader]
  hidden: start
  boundary: loader
rules:
  read-open:
    title: An open store is read
    severity: error
    grade:
      - { when: { within: glue }, severity: warning }
    on: { verdict: bad }
    message: "{site} calls {touch} under {blame}: {store}"
    remarks:
      - { when: { within: loader }, text: "While {candidate} loads." }
    doubts:
      - { when: { state: { lock: free } }, text: nobody has the lock }
    holders:
      - { in: own-thread, when: { role: writer }, known: true, message: "{frame} holds it open" }
      - { in: other-threads, when: { role: writer, calls: reader }, known: true, message: "{frame} has it open" }
      - { in: own-thread, when: { role: loader }, message: "{frame} may hold it open" }
      - { in: coroutines, when: { role: writer }, message: "{frame} may have left it open" }
    absent:
      - { no: { role: writer }, message: no writer is shown }
    settle:
      - { command: p depth, tells: whether it is open, unless: { fact: open } }
      - { command: bt full, tells: more }
    advice: ["let {blame} wait"]
    cuts:
      - kind: wait
        at: blame
        text: "{blame} waits"
        for: [{ text: it is simple }]
        against: [{ when: { within: loader }, text: it is late }]
      - { kind: other, text: somebody else waits }
    why: a reader sees half of what was written
    exceptions: [none]
    help: https://example.org/read-open
    examples:
      match: [{ title: one, input: text }]
      differ: [{ title: other, input: text }]
  checked:
    title: A check of the store failed
    severity: note
    confidence: possible
    on: { fact: open }
    verdict: odd
    yields: true
    message: a check failed
    why: nobody knows who opened it
    examples:
      match: [{ title: one, input: text }]
      differ: [{ title: other, input: text }]
`;

/** The pack that every other may refer to. */
export const runtime: Pack = runtimeOf(packs);

function runtimeOf([first]: readonly Pack[]): Pack {
  if (first === undefined) throw new Error("no pack was built");
  return first;
}

export function load(yaml: string): LoadedPack {
  return loadPack(yaml, "pack.yaml", runtime);
}

/** A text with one part of it exchanged, which must be there once. */
export function exchanged(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`not there once: ${from}`);
  return text.replace(from, () => to);
}

/** Where in a pack's text a fragment begins, as problems say it; the last `^` in it, if any, marks the place instead. */
export function placeOf(text: string, marked: string): string {
  const mark = marked.lastIndexOf("^");
  const fragment = marked.replace("^", "");
  const found = text.indexOf(fragment);
  if (found === -1) throw new Error(`not there: ${fragment}`);
  const before = text.slice(0, found + Math.max(0, mark)).split("\n");
  return `pack.yaml:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
