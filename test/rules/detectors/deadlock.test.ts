import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/model/report.js";
import { reportOfText } from "../../samples/samples.js";

/** One thread as gdb prints it: its stack is that of somebody who waits for a lock, or works. */
interface Told {
  readonly number: number;
  readonly waits?: string;
  readonly works?: string;
  /** Locals of the program's own frame. */
  readonly locals?: string;
}

function threadText({ number, waits, works = "work", locals }: Told): string {
  const below = locals === undefined ? "" : `\n        ${locals}`;
  const head = `\nThread ${number} (Thread 0x7ffff7a0${number}6c0 (LWP ${500 + number}) "t${number}"):\n`;
  if (waits === undefined) return `${head}#0  ${works} () at jar.c:30${below}\n`;
  return `${head}#0  0x00007ffff7a9452d in __lll_lock_wait () from /lib64/libc.so.6
#1  0x00007ffff7a94e49 in pthread_mutex_lock () from /lib64/libc.so.6
#2  0x0000555555555f9a in std::mutex::lock (this=${waits}) at std_mutex.h:100
#3  0x0000555555555f00 in ${works} () at jar.c:8${below}
`;
}

function sessionOf(threads: readonly Told[], ...after: string[]): string {
  return ["(gdb) thread apply all bt", ...threads.map(threadText), ...after, ""].join("\n");
}

/** What the pack says of a session. */
function said(text: string): Finding[] {
  const findings = reportOfText(text).documents.flatMap((document) => document.findings);
  return findings.filter(({ rule }) => rule.startsWith("deadlock/"));
}

function owned(expression: string, owner: number): string {
  return `(gdb) p ${expression}\n$1 = {__data = {__lock = 2, __count = 0, __owner = ${owner}, __nusers = 1}, __align = 2}`;
}

const crossed: Told[] = [
  { number: 2, waits: "0x5550 <jar>" },
  { number: 1, waits: "0x5590 <lid>" },
];

describe("a deadlock", () => {
  it("is certain where each lock says who owns it, and is told once", () => {
    const [finding, ...others] = said(sessionOf(crossed, owned("jar", 501), owned("lid", 502)));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: "deadlock/cycle",
      severity: "error",
      confidence: "certain",
      message:
        "deadlock of 2 threads: Thread 2 (t2) waits for jar, held by Thread 1 (t1); Thread 1 (t1) waits for lid, held by Thread 2 (t2)",
      thread: 0,
      frames: [0, 1, 2],
      settle: [],
    });
    expect(finding?.evidence.map(({ kind, thread }) => [kind, thread])).toEqual([
      ["frame", 0],
      ["value", null],
      ["thread", 1],
      ["value", null],
    ]);
  });

  it("is told by the locks' addresses where they have no names", () => {
    const threads = [
      { number: 2, waits: "0x5550" },
      { number: 1, waits: "0x5590" },
    ];
    const text = sessionOf(
      threads,
      owned("*(pthread_mutex_t *) 0x5550", 501),
      "(gdb) p ((pthread_mutex_t *) 0x5590)->__data.__owner\n$2 = 502",
    );
    expect(said(text)).toMatchObject([{ rule: "deadlock/cycle", confidence: "certain" }]);
  });

  it("of three threads names them in the order of the circle, and counts who waits behind", () => {
    const threads = [
      { number: 4, waits: "0x5550 <jar>" },
      { number: 3, waits: "0x5550 <jar>" },
      { number: 2, waits: "0x5590 <lid>" },
      { number: 1, waits: "0x55d0 <key>" },
    ];
    const text = sessionOf(threads, owned("jar", 502), owned("lid", 501), owned("key", 503));
    expect(said(text)).toMatchObject([
      { rule: "deadlock/cycle", data: { count: "3", behind: "; one more thread waits behind them" } },
    ]);
    expect(said(text)[0]?.message).toContain(
      "Thread 3 (t3) waits for jar, held by Thread 2 (t2); Thread 2 (t2) waits for lid, held by Thread 1 (t1); Thread 1",
    );
  });

  it("is likely where guards on the stacks show the owners, and says what would settle it", () => {
    const threads = [
      { number: 2, waits: "0x5550", locals: "first = {_M_device = 0x5590, _M_owns = true}" },
      { number: 1, waits: "0x5590", locals: "first = {_M_device = 0x5550, _M_owns = true}" },
    ];
    const text = sessionOf(threads).replace("all bt", "all bt full");
    expect(said(text)).toMatchObject([
      {
        rule: "deadlock/cycle",
        confidence: "likely",
        settle: [{ command: "p ((pthread_mutex_t *) 0x5550)->__data.__owner" }],
      },
    ]);
  });

  it("is likely where the last lock is the only one left that somebody waits for", () => {
    const text = sessionOf(crossed, owned("jar", 501), owned("box->lid_lock", 502));
    expect(said(text)).toMatchObject([{ rule: "deadlock/cycle", confidence: "likely" }]);
  });

  it("of one thread is its own lock", () => {
    const text = sessionOf([{ number: 1, waits: "0x5550 <jar>" }], owned("jar", 501));
    expect(said(text)).toMatchObject([
      {
        rule: "deadlock/self",
        confidence: "certain",
        message: "deadlock: Thread 1 (t1) waits for jar, held by Thread 1 (t1)",
      },
    ]);
  });

  it("is told apart from another of the same stacks", () => {
    const threads = [4, 3, 2, 1].map((number) => ({ number, waits: `0x${number}000 <l${number}>` }));
    const prints = [
      [4, 503],
      [3, 504],
      [2, 501],
      [1, 502],
    ].map(([lock, owner]) => owned(`l${lock}`, owner ?? 0));
    expect(said(sessionOf(threads, ...prints)).map(({ thread, alsoIn }) => [thread, alsoIn])).toEqual([
      [0, []],
      [2, []],
    ]);
  });

  it("is one finding where the stacks were printed twice", () => {
    const prints = [owned("jar", 501), owned("lid", 502)];
    const text = sessionOf(crossed, ...prints) + sessionOf(crossed);
    expect(said(text)).toMatchObject([{ rule: "deadlock/cycle", alsoIn: [1] }]);
  });
});

describe("no deadlock", () => {
  it.each([
    ["of locks whose owners are not shown", sessionOf(crossed)],
    ["where one owner is not shown", sessionOf(crossed, owned("jar", 501))],
    ["where an owner works", sessionOf([...crossed, { number: 3 }], owned("jar", 501), owned("lid", 503))],
    ["where an owner is no thread of the text", sessionOf(crossed, owned("jar", 501), owned("lid", 999))],
    [
      "where a lock is free by now",
      sessionOf(crossed, owned("jar", 501), owned("lid", 502).replace("__lock = 2", "__lock = 0")),
    ],
    [
      "where two values of a lock disagree",
      sessionOf(crossed, owned("jar", 501), owned("lid", 502), owned("jar", 503)),
    ],
    [
      "of the guard that is just being made",
      sessionOf([{ number: 1, waits: "0x5550", locals: "guard = {_M_device = @0x5550}" }]).replace(
        "all bt",
        "all bt full",
      ),
    ],
    [
      "of guards that do not say whether they own, on both sides",
      sessionOf([
        { number: 2, waits: "0x5550", locals: "one = {_M_device = @0x5590}" },
        { number: 1, waits: "0x5590", locals: "one = {_M_device = @0x5550}" },
      ]).replace("all bt", "all bt full"),
    ],
    [
      "beside a crash, as long as it is only likely",
      `Thread 3 "t3" received signal SIGSEGV, Segmentation fault.\n${sessionOf(
        [{ number: 3, works: "crash" }, ...crossed],
        owned("jar", 501),
        owned("box->lid_lock", 502),
      )}`,
    ],
  ])("is told %s", (_, text) => {
    expect(said(text)).toEqual([]);
  });
});

describe("many threads at one lock", () => {
  const three = [4, 3, 2].map((number) => ({ number, waits: "0x5550 <jar>" }));

  it("wait for what its owner does", () => {
    const text = sessionOf([...three, { number: 1, works: "bake" }], owned("jar", 501));
    expect(said(text)).toMatchObject([
      {
        rule: "deadlock/convoy",
        severity: "note",
        confidence: "certain",
        message: "3 threads wait for jar, held by Thread 1 (t1) in bake",
      },
    ]);
  });

  it("wait for what somebody does for whom its owner waits", () => {
    const text = sessionOf(
      [...three, { number: 1, waits: "0x5590 <lid>" }, { number: 5, works: "bake" }],
      owned("jar", 501),
      owned("lid", 505),
    );
    expect(said(text).map(({ message }) => message)).toEqual([
      "3 threads wait for jar, held by Thread 1 (t1); that waits for Thread 5 (t5) in bake",
    ]);
  });

  it("are told with the circle that they wait for, and not once more", () => {
    const text = sessionOf(
      [...three, { number: 1, waits: "0x5590 <lid>" }],
      owned("jar", 501),
      owned("lid", 502),
    );
    expect(said(text).map(({ rule }) => rule)).toEqual(["deadlock/cycle"]);
  });

  it("are told with what to ask where the owner is not shown", () => {
    expect(said(sessionOf([...three, { number: 1 }]))).toMatchObject([
      {
        rule: "deadlock/queue",
        severity: "note",
        confidence: "possible",
        settle: [{ command: "p ((pthread_mutex_t *) 0x5550)->__data.__owner" }],
      },
    ]);
  });

  it.each([
    ["there are two", sessionOf(three.slice(1), owned("jar", 501))],
    [
      "they wait for different locks",
      sessionOf([4, 3, 2].map((number) => ({ number, waits: `0x${number}550` }))),
    ],
    [
      "something crashed",
      `Thread 1 "t1" received signal SIGSEGV, Segmentation fault.\n${sessionOf([...three, { number: 1, works: "crash" }], owned("jar", 501))}`,
    ],
  ])("are nothing to speak of where %s", (_, text) => {
    expect(said(text)).toEqual([]);
  });
});

describe("a function that comes back to itself", () => {
  const stack = (outer: string) => `(gdb) bt
#0  0x00007ffff7a9452d in __lll_lock_wait () from /lib64/libc.so.6
#1  0x00007ffff7a94e49 in pthread_mutex_lock () from /lib64/libc.so.6
#2  0x0000555555555f9a in std::mutex::lock (this=0x5558) at std_mutex.h:100
#3  0x0000555555555f00 in Horn::blow (this=0x5550, tone=2) at horn.cpp:8
#4  0x0000555555555f80 in on_echo (horn=0x5550) at echo.cpp:3
#5  0x0000555555555fa0 in ${outer}
`;

  it("may wait for itself where its outer call is past the lock", () => {
    expect(said(stack("Horn::blow (this=0x5550, tone=1) at horn.cpp:14"))).toMatchObject([
      { rule: "deadlock/reentry", severity: "note", confidence: "possible" },
    ]);
  });

  it.each([
    ["before the lock", "Horn::blow (this=0x5550, tone=1) at horn.cpp:6"],
    ["at the same line, as in a loop", "Horn::blow (this=0x5550, tone=1) at horn.cpp:8"],
    ["of another object", "Horn::blow (this=0x5650, tone=1) at horn.cpp:14"],
    ["of another function", "Horn::mute (this=0x5550) at horn.cpp:14"],
    ["in another file", "Horn::blow (this=0x5550, tone=1) at trumpet.cpp:14"],
  ])("does not where its outer call is %s", (_, outer) => {
    expect(said(stack(outer))).toEqual([]);
  });
});
