import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/report.js";
import { reportOfText } from "../../samples/samples.js";

const died = "Program received signal SIGSEGV, Segmentation fault.\n";

/** Frames of one thread, innermost first; `lead` stands before those that have an address. */
function stack(...frames: readonly string[]): string {
  return frames
    .map((frame, level) =>
      frame.startsWith("0x") || frame.startsWith("<")
        ? `#${level}  ${frame}\n`
        : `#${level}  0x00005555555551${level}8 in ${frame} at list.c:${level + 1}\n`,
    )
    .join("");
}

function asked(command: string, answer: string): string {
  return `(gdb) ${command}\n$1 = ${answer}\n`;
}

const address = "p $_siginfo._sifields._sigfault.si_addr";

function findingsIn(text: string): readonly Finding[] {
  return reportOfText(text).documents[0]?.findings ?? [];
}

/** What the rules say of a text: rule, confidence, message. */
function saidOf(text: string): string[] {
  return findingsIn(text).map(({ rule, confidence, message }) => `${rule} ${confidence}: ${message}`);
}

function session(frames: string, ...prints: readonly string[]): string {
  return `${died}(gdb) bt\n${frames}${prints.join("")}`;
}

describe("a null pointer", () => {
  it.each<[string, string, string]>([
    [
      "alone among the arguments is likely",
      session(stack("walk (node=0x0, depth=3)", "main ()")),
      "null-dereference/null-argument likely: null pointer in walk: `node` of #0 walk is null",
    ],
    [
      "is certain where the access went to a member of it",
      session(stack("walk (node=0x0, depth=3)", "main ()"), asked(address, "(void *) 0x8")),
      "null-dereference/null-argument certain: null pointer in walk: `node` of #0 walk is null",
    ],
    [
      "is certain by the whole of $_siginfo",
      session(
        stack("walk (node=0x0)", "main ()"),
        asked(
          "p $_siginfo",
          "{si_signo = 11, si_errno = 0, si_code = 1, _sifields = {_sigfault = {si_addr = 0x8, _addr_lsb = 0}}}",
        ),
      ),
      "null-dereference/null-argument certain: null pointer in walk: `node` of #0 walk is null",
    ],
    [
      "is followed to where it came from, by its name and by its place",
      session(
        stack("leaf (a=5, text=0x0)", "load (text=0x0)", "parse (conf=0x0)", "start (conf=0x5555555592a0)"),
      ),
      "null-dereference/null-argument likely: null pointer in leaf: `text` of #0 leaf is null and comes from #2 parse (`conf`) through #1 load",
    ],
    [
      "is one of several",
      session(stack("copy (from=0x0, to=0x0)", "main ()"), asked(address, "(void *) 0x0")),
      "null-dereference/null-argument possible: null pointer in copy: `from`, `to` of #0 copy are null; which of them was followed is not shown",
    ],
    [
      "beside one that may be null on purpose",
      session(stack("visit (node=0x0, opaque=0x0, errp=0x0)", "main ()")),
      "null-dereference/null-argument likely: null pointer in visit: `node` of #0 visit is null",
    ],
    [
      "that may be null on purpose is no more than possible",
      session(stack("visit (node=0x5555555592a0, opaque=0x0)", "main ()"), asked(address, "(void *) 0x10")),
      "null-dereference/null-argument possible: null pointer in visit: `opaque` of #0 visit is null; by its name it may be null on purpose",
    ],
    [
      "was given to a string function",
      session(stack("__strlen_avx2 (s=0x0)", "width (text=<optimized out>)", "main ()")),
      "null-dereference/null-argument likely: null pointer in width: `s` of #0 __strlen_avx2 is null",
    ],
    [
      "was given to a string function that shows no arguments",
      session(stack("__strlen_avx2 ()", "width (text=0x0)", "main ()")),
      "null-dereference/null-argument likely: null pointer in width: `text` of #1 width is null",
    ],
    [
      "at the caller of another library function is less sure",
      session(stack("fclose ()", "finish (log=0x0)", "main ()")),
      "null-dereference/null-argument possible: null pointer in finish: `log` of #1 finish is null",
    ],
    [
      "of C++",
      session(stack("Device::irq (this=0x0)", "raise_irq (device=0x0, level=1)", "main ()")),
      "null-dereference/null-argument likely: null pointer in Device::irq: `this` of #0 Device::irq is null and comes from #1 raise_irq (`device`)",
    ],
    [
      "was one at the call already, as far as it is known",
      session(stack("walk (node@entry=0x0)", "main ()")),
      "null-dereference/null-argument likely: null pointer in walk: `node` of #0 walk was, when it was called, null",
    ],
    [
      "has become one since the call",
      session(stack("walk (node=0x0, node@entry=0x5555555592a0)", "main (node=0x0)")),
      "null-dereference/null-argument likely: null pointer in walk: `node` of #0 walk is null and was not when the function was called",
    ],
    [
      "is a local",
      session(
        `${stack("walk (list=0x5555555592a0)")}        node = 0x0\n        n = 0\n`,
        asked(address, "(void *) 0x0"),
      ),
      "null-dereference/null-argument likely: null pointer in walk: `node` of #0 walk is null; a local may not have been in use yet",
    ],
    [
      "is shown by nothing but the access",
      session(
        stack("walk (list=0x5555555592a0)", "main ()"),
        asked(address, "(void *) 0x0"),
        asked("p $_siginfo.si_code", "1"),
      ),
      "null-dereference/null-access certain: null pointer in walk: the access went to 0x0; no frame shows the pointer",
    ],
    [
      "is what lldb tells",
      "* thread #1, name = 'a.out', stop reason = signal SIGSEGV: invalid address (fault address: 0x18)\n  * frame #0: 0x0000555555555131 a.out`walk(node=0x0000000000000000) at list.c:3:5\n    frame #1: 0x0000555555555160 a.out`main at list.c:9:3\n",
      "null-dereference/null-argument certain: null pointer in walk: `node` of #0 walk is null",
    ],
  ])("%s", (_, text, said) => {
    expect(saidOf(text)).toEqual([said]);
  });

  it.each<[string, string]>([
    [
      "that may be null on purpose, alone, tells nothing",
      session(stack("visit (opaque=0x0, err=0x0)", "main ()")),
    ],
    [
      "is another's: the access went elsewhere",
      session(stack("copy (from=0x0)", "main ()"), asked(address, "(void *) 0x7ffff7fbd008")),
    ],
    [
      "is another's: the processor refused the address",
      session(stack("copy (from=0x0)", "main ()"), asked("p $_siginfo.si_code", "128")),
    ],
    [
      "is another's: the signal was sent",
      session(stack("copy (from=0x0)", "main ()"), asked("p $_siginfo.si_code", "0")),
    ],
    ["in callers alone tells nothing", session(stack("walk (node=0x5555555592a0)", "main (list=0x0)"))],
    ["is no number", session(stack("walk (index=0, node=0x5555555592a0)", "main ()"))],
    [
      "of a thread that did not crash tells nothing",
      session(stack("raise (sig=11)", "walk (node=0x0)", "main ()")),
    ],
    [
      "of two locals is not told from the other",
      session(`${stack("walk (list=0x5555555592a0)")}        node = 0x0\n        last = 0x0\n`),
    ],
    [
      "is a division",
      `Program received signal SIGFPE, Arithmetic exception.\n${stack("divide (by=0x0)", "main ()")}`,
    ],
  ])("%s", (_, text) => {
    expect(findingsIn(text).map(({ rule }) => rule)).toEqual(["crash/signal"]);
  });
});

describe("a call", () => {
  it("of a null function pointer is its caller's", () => {
    const text = session(
      stack(
        "0x0000000000000000 in ?? ()",
        "each (list=0x5555555592a0, visit=0x0, opaque=0x0)",
        "all (visit=0x0)",
      ),
    );
    expect(saidOf(text)).toEqual([
      "null-dereference/null-call certain: each called 0x0, where no code is: `visit` of #1 each is null and comes from #2 all (`visit`)",
    ]);
  });

  it("to what is no address is a wild one", () => {
    const text = session(stack("0x4847464544434241 in ?? ()", "each (list=0x5555555592a0)"));
    expect(saidOf(text)).toEqual([
      expect.stringContaining("the thread went on at 0x4847464544434241; its bytes are the text `ABCDEFGH`"),
    ]);
  });
});

describe("a pointer that is not null", () => {
  it.each<[string, string, string]>([
    [
      "and small is the place of a member",
      session(stack("to_view (as=0x10)", "main ()")),
      "null-dereference/null-member likely: bad pointer in to_view: `as` of #0 to_view is 0x10, a small number: 16 bytes behind a null pointer, or no pointer at all",
    ],
    [
      "and small, with an access behind it",
      session(stack("to_view (as=0x10)", "main ()"), asked(address, "(void *) 0x38")),
      "null-dereference/null-member certain: bad pointer in to_view: `as` of #0 to_view is 0x10, a small number: 16 bytes behind a null pointer, or no pointer at all",
    ],
    [
      "and odd is less likely that of a member",
      session(stack("destroy (pool=0x1c1)", "main ()")),
      "null-dereference/null-member possible: bad pointer in destroy: `pool` of #0 destroy is 0x1c1, a small number: 449 bytes behind a null pointer, or no pointer at all",
    ],
    [
      "but a pattern is what was freed",
      session(stack("walk (node=0x5a5a5a5a5a5a5a5a)", "main ()")),
      "null-dereference/poisoned-pointer likely: walk followed a pointer that leads nowhere: `node` of #0 walk is 0x5a5a5a5a5a5a5a5a; 0x5a5a5a5a5a5a5a5a is the value that jemalloc leaves in freed memory",
    ],
    [
      "but no address is wild, whatever the address of the access says",
      session(stack("walk (node=0x4847464544434241)", "main ()"), asked(address, "(void *) 0x0")),
      "null-dereference/wild-pointer likely: walk followed a pointer that leads nowhere: `node` of #0 walk is 0x4847464544434241; its bytes are the text `ABCDEFGH`",
    ],
  ])("%s", (_, text, said) => {
    expect(saidOf(text)).toEqual([said]);
  });

  it.each(["count=0x10", "opaque=0x10", "handle=0x4", "node=0x7ffff7fbd000", "node=0x10000"])(
    "%s tells nothing",
    (argument) => {
      expect(findingsIn(session(stack(`walk (${argument})`, "main ()"))).map(({ rule }) => rule)).toEqual([
        "crash/signal",
      ]);
    },
  );
});

describe("a sanitizer", () => {
  const heading = (words: string): string =>
    `==4711==ERROR: AddressSanitizer: ${words} (pc 0x5567890121ed bp 0x7ffc00000020 sp 0x7ffc00000018 T0)\n    #0 0x5567890121ec in peek /src/list.c:7\n    #1 0x556789012285 in main /src/list.c:12\n`;

  it.each<[string, string]>([
    ["SEGV on unknown address 0x000000000000", "null-dereference/null-access likely"],
    ["SEGV on unknown address 0x000000000018", "null-dereference/null-member likely"],
    ["SEGV on unknown address 0x000000008000", "null-dereference/null-member possible"],
    ["SEGV on unknown address 0x62500000b3a7", "crash/signal certain"],
    ["stack-overflow on address 0x7ffbffffeff8", "stack-overflow/guard-page certain"],
    ["SEGV on unknown address 0x7ffc00000010", "stack-overflow/guard-page likely"],
  ])("that says `%s` is read as %s", (words, said) => {
    expect(saidOf(heading(words))).toEqual([expect.stringMatching(`^${said}: `)]);
  });
});

describe("a crash that two tools show", () => {
  it("is told by the one that shows more", () => {
    const report = `==4711==ERROR: AddressSanitizer: SEGV on unknown address 0x62500000b3a7 (pc 0x5567890121ed bp 0x7ffc00000020 sp 0x7ffc00000018 T0)
    #0 0x5567890121ec in walk /src/list.c:1
    #1 0x556789012285 in main /src/list.c:2

`;
    const [finding, ...others] = findingsIn(report + session(stack("walk (node=0x0)", "main ()")));
    expect(finding).toMatchObject({ rule: "null-dereference/null-argument", trace: 1, alsoIn: [0] });
    expect(others).toEqual([]);
  });
});

describe("whatever frames show", () => {
  const value = fc.constantFrom(
    "0x0",
    "0x10",
    "0",
    "<optimized out>",
    "0x5a5a5a5a5a5a5a5a",
    "@0x0: <error>",
    "...",
    "(T *) 0x0",
    "0x4847464544434241",
  );
  const frame = fc
    .tuple(
      fc.constantFrom("walk", "__strlen_avx2", "raise", "abort", "main"),
      fc.array(fc.tuple(fc.constantFrom("node", "opaque", "len", "this"), value), { maxLength: 3 }),
    )
    .map(([name, items]) => `${name} (${items.map(([key, shown]) => `${key}=${shown}`).join(", ")})`);
  const special = fc.constantFrom(
    "<signal handler called>",
    "0x0000000000000000 in ?? ()",
    "0x5a5a5a5a5a5a5a5a in ?? ()",
  );
  const frames = fc.array(fc.oneof(frame, frame, special), { minLength: 1, maxLength: 9 });

  it("a finding names frames that are there, and no two speak of one crash", () => {
    fc.assert(
      fc.property(frames, fc.option(value), (shown, at) => {
        const text = session(stack(...shown), at === null ? "" : asked(address, at));
        const own = findingsIn(text).filter(({ rule }) =>
          /^(?:null-dereference|stack-overflow)\//.test(rule),
        );
        expect(own.length).toBeLessThanOrEqual(1);
        for (const { frames: levels, message } of own) {
          for (const level of levels) expect(level).toBeLessThan(shown.length);
          expect(message).not.toMatch(/undefined|unknown/);
        }
      }),
    );
  });
});
