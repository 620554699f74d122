import { describe, expect, it } from "vitest";
import { examine } from "../../../src/examine.js";
import { packs } from "../../../src/generated/packs.js";
import { readText } from "../../../src/read/plain.js";
import type { Pack } from "../../../src/rules/language/pack.js";
import type { Account } from "../../../src/rules/why/account.js";
import type { Examination } from "../../../src/rules/why/examine.js";
import { exchanged, load, runtime, smallPack } from "../small-pack.js";

function examinedBy(id: string, text: string, judging: readonly Pack[]): readonly Examination[] {
  const input = readText(text, { path: null, member: null, messageId: null });
  return examine(id, [input], judging).flatMap(({ examinations }) => examinations);
}

/** The first thread of a text under the small pack. */
function examined(id: string, text: string, yaml = smallPack): Examination {
  const { pack, problems } = load(yaml);
  if (pack === null) throw new Error(problems.join("\n"));
  const [first] = examinedBy(id, text, [runtime, pack]);
  if (first === undefined) throw new Error("nothing was examined");
  return first;
}

/** The account as lines, with what holds and what does not. */
function lines({ text, holds, parts }: Account, depth = 0): string[] {
  return [
    `${"  ".repeat(depth)}${holds ? "yes" : "no"} ${text}`,
    ...parts.flatMap((part) => lines(part, depth + 1)),
  ];
}

/** The texts of the parts that fail, where no part of their own says why. */
function failures({ text, holds, parts }: Account): string[] {
  const inner = parts.flatMap(failures);
  return inner.length > 0 || holds ? inner : [text];
}

/** Numbers frames from 0 and gives each an address of its own. */
function stack(...frames: readonly string[]): string {
  return frames.map((frame, level) => `#${level} 0x0000000000001${level}00 in ${frame}\n`).join("");
}

const death = [
  "raise (sig=6) at raise.c:3",
  "abort () at abort.c:3",
  '__assert_fail (assertion=0x1 "depth == 0", file=0x2 "store.c", line=7, function=0x3 "read_it") at assert.c:3',
];
const reader = "read_it (s=0x1) at store.c:7";
const device = "cache_load () at cache.c:9";
const loading = "load_all () at load.c:3";

describe("a rule that spoke", () => {
  it("is told with every part of its condition, down to the words of the input", () => {
    const { fired, frame, account, silentBecause } = examined(
      "small/read-open",
      stack(...death, reader, device, loading),
    );
    expect({ fired, silentBecause, level: frame?.level }).toEqual({
      fired: true,
      silentBecause: null,
      level: 3,
    });
    expect(lines(account)).toEqual([
      "yes all of these",
      "  yes #3 read_it has the role reader (reads)",
      "  yes store is open: it is open",
      "    yes proved: open (it is open)",
      "      yes the assertion `depth == 0` failed, which proves depth != 0",
      "    yes lock is held: #5 load_all holds the lock",
      "      yes caller #5 load_all has the role loader (loads)",
    ]);
  });
});

describe("a rule that did not speak", () => {
  it("is told with what failed, at the frame that comes nearest", () => {
    const { fired, frame, account } = examined("small/read-open", stack(device, reader, loading));
    expect({ fired, level: frame?.level }).toEqual({ fired: false, level: 1 });
    expect(lines(account)).toEqual([
      "no all of these",
      "  yes #1 read_it has the role reader (reads)",
      "  no store is not open",
      "    yes store is unknown: nothing tells more",
      "    no it would be open with all of these",
      "      no nothing proves open (it is open)",
      "      yes lock is held: #2 load_all holds the lock",
      "        yes caller #2 load_all has the role loader (loads)",
    ]);
  });

  it("says of a fact what would prove it", () => {
    const { account } = examined("small/checked", stack(reader));
    expect(account).toMatchObject({
      text: "nothing proves open (it is open)",
      holds: false,
      would: [
        "a failed check, or a printed value, that shows `depth != 0`",
        "an abort without a readable check, right in a function of role reader (reads)",
      ],
    });
  });

  it("says that no frame has anything of what it takes", () => {
    const { account, frame } = examined("small/read-open", stack("main () at main.c:3"));
    expect(frame).toBeNull();
    expect(account.text).toBe(
      "no frame has anything of what it takes: it has the role reader (reads) and store is open",
    );
  });

  it("says that a clause before decides", () => {
    const text = stack(
      ...death.slice(0, 2),
      death[2]?.replace("depth == 0", "locked()") ?? "",
      reader,
      loading,
    );
    expect(lines(examined("small/read-open", text).account).join("\n")).toContain(
      "no lock is not held\n        yes lock is free",
    );
  });

  it("says that only a printed value shows its fact", () => {
    const text = `(gdb) p depth\n$1 = 1\n(gdb) bt\n${stack("poll_it () at poll.c:3", "main () at main.c:3")}`;
    const { fired, account } = examined("small/checked", text);
    expect(fired).toBe(false);
    expect(account.holds).toBe(false);
    expect(lines(account).join("\n")).toContain("nothing but a printed value shows it");
  });

  it("says to whom it yields", () => {
    const { fired, account, silentBecause } = examined(
      "small/checked",
      stack(...death, reader, device, loading),
    );
    expect({ fired, holds: account.holds }).toEqual({ fired: false, holds: true });
    expect(silentBecause).toBe("it yields to small/read-open, which speaks of this crash");
  });

  it("says that another thread crashed", () => {
    const { pack } = load(smallPack);
    const text = `Thread 2 (LWP 7):\n${stack(reader, loading)}\nThread 1 (LWP 6):\n${stack(...death, reader, loading)}`;
    const found = pack === null ? [] : examinedBy("small/read-open", text, [runtime, pack]);
    expect(found.map(({ fired, silentBecause }) => [fired, silentBecause])).toEqual([
      [false, "this thread is not the one that crashed"],
      [true, null],
    ]);
  });

  it("says that there is no stack", () => {
    const { trace, account } = examined(
      "small/read-open",
      "store: store.c:7: read_it: Assertion `depth == 0' failed.\n",
    );
    expect(trace).toBeNull();
    expect(account.text).toMatch(/^there is no stack/);
  });

  it("says how the program ended instead", () => {
    const { fired, account } = examined("crash/signal", stack(...death, device));
    expect(fired).toBe(false);
    expect(account.text).toBe(
      "it takes that a signal ended the program; here a failed assertion ended the program",
    );
  });

  it("says that another verdict was given before", () => {
    const both = exchanged(
      smallPack,
      "    when: { role: reader, state: { store: elsewhere } }\n",
      "    when: { role: reader, state: { store: elsewhere } }\n  late:\n    says: reads late\n    when: { role: reader }\n",
    );
    const late = exchanged(both, "    verdict: odd\n", "    verdict: odd\n").replace(
      "on: { verdict: bad }",
      "on: { verdict: late }",
    );
    const { fired, account } = examined("small/read-open", stack(...death, reader, loading), late);
    expect(fired).toBe(false);
    expect(lines(account).join("\n")).toContain(
      "the verdict bad, which the pack asks for before late, holds here",
    );
  });
});

describe("a rule that nobody has", () => {
  it("gives nothing", () => {
    expect(examinedBy("small/none", stack(reader), packs)).toEqual([]);
  });
});

const rules = packs.flatMap((pack) =>
  Object.entries(pack.rules).map(([name, rule]) => ({
    id: `${pack.prefix ?? pack.pack}/${name}`,
    examples: rule.examples,
  })),
);

describe("the rules' own examples", () => {
  it.each(
    rules.flatMap(({ id, examples }) =>
      examples.match.map(({ title, input }) => [id, title, input] as const),
    ),
  )("%s is explained as fired on: %s", (id, _, input) => {
    const spoke = examinedBy(id, input, packs).filter(({ fired }) => fired);
    expect(spoke.length).toBeGreaterThan(0);
    for (const { account } of spoke) expect(account.holds).toBe(true);
  });

  it.each(
    rules.flatMap(({ id, examples }) =>
      examples.differ.map(({ title, input }) => [id, title, input] as const),
    ),
  )("%s is explained as silent, and why, on: %s", (id, _, input) => {
    for (const { fired, account, silentBecause } of examinedBy(id, input, packs)) {
      expect(fired).toBe(false);
      if (silentBecause === null) expect(account.holds).toBe(false);
      if (!account.holds) expect(failures(account)).not.toEqual([]);
      expect(silentBecause).not.toBe("nothing in the text is left to show for it");
    }
  });
});
