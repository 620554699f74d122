import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ForeignPrint, frameWordsOf, nested, printOf, shapeOf, tracesOf } from "./foreign-reading.js";
import { diagnosedOf, readingOf, traceOf, wordsOf } from "./reading.js";

const verbose = `PID 25256 - core
TID 25256:
#0  0x00007ffff7e5feec     __pthread_kill_implementation - libc.so.6
    ./nptl/pthread_kill.c:44:76
#1  0x00005555555551e8 - 1 check - queue
    /home/ines/src/queue.c:6:45
#2  0x00005555555551e8 - 1 queue_push - queue
    /home/ines/src/queue.c:7:69
#3  0x00005555555550d1 - 1 _start - queue
TID 25259:
#0  0x00007ffff7ea8df2     __libc_pause - libc.so.6
    ../sysdeps/unix/sysv/linux/pause.c:29:10
`;

/** The frame that one or two lines below a heading give. */
function frameOf(lines: string): ForeignPrint | undefined {
  const [frame] = tracesOf(`TID 1:\n${lines}\n`, "elfutils").flatMap(({ threads }) =>
    threads.flatMap(({ frames }) => frames.map(printOf)),
  );
  return frame;
}

describe("what eu-stack prints of a core", () => {
  it("is one trace, whose first thread crashed", () => {
    const { dialect, signal, threads } = traceOf(verbose);
    expect([dialect, signal]).toEqual(["elfutils", null]);
    expect(threads.map(({ lwp, crashed, frames }) => [lwp, crashed, frames.length])).toEqual([
      [25256, true, 4],
      [25259, false, 1],
    ]);
  });

  it("tells by equal addresses which frames were inlined, where it shows such frames at all", () => {
    const inlined = (text: string) => traceOf(text).threads[0]?.frames.map((frame) => frame.inlined);
    expect(inlined(verbose)).toEqual([false, true, false, null]);
    expect(inlined(verbose.replace("51e8 - 1 check", "51e9 - 1 check"))).toEqual([null, null, null, null]);
  });

  it("has the source below a frame in that frame's span", () => {
    expect(frameWordsOf(verbose)[1]).toBe(
      "#1  0x00005555555551e8 - 1 check - queue\n    /home/ines/src/queue.c:6:45",
    );
    expect(frameWordsOf(verbose)[3]).toBe("#3  0x00005555555550d1 - 1 _start - queue");
    expect(nested(verbose)).toBe(true);
    expect(diagnosedOf(verbose)).toEqual([]);
  });

  it.each([
    ["quoted", verbose.replaceAll(/^/gm, "> ")],
    ["with line ends of Windows", verbose.replaceAll("\n", "\r\n")],
    ["indented", verbose.replaceAll(/^/gm, "    ")],
  ])("is read the same %s", (_, text) => {
    expect(traceOf(text).threads.map(({ frames }) => frames.map(printOf))).toEqual(
      traceOf(verbose).threads.map(({ frames }) => frames.map(printOf)),
    );
  });
});

describe("what eu-stack prints of a process", () => {
  const live = verbose.replace("core", "process");

  it("crashed nowhere", () => {
    expect(traceOf(live).threads.map(({ crashed }) => crashed)).toEqual([false, false]);
  });

  it("is a trace for every PID line", () => {
    expect(shapeOf(live + live.replaceAll("2525", "3030"))).toEqual(["elfutils 4+1", "elfutils 4+1"]);
  });

  it("begins at the stacks, where a list of modules stands above them", () => {
    const modules =
      "PID 7 - process module memory map\n0x0000557d64ef5000-0x0000557d64efa000 t\n  [10b683dc]\n  /opt/t\n  -\n";
    expect(shapeOf(modules + live)).toEqual(["elfutils 4+1"]);
  });

  it("may be one thread without a PID line (-1)", () => {
    expect(shapeOf("TID 7:\n#0  0x01 pause\n#1  0x02 main\n")).toEqual(["elfutils 2"]);
  });

  it("ends a thread where it was told to stop, and says where it could not go on", () => {
    const text = `TID 7:
#0  0x00007fab734f1df2 pause
eu-stack: tid 7: shown max number of frames (1, use -n 0 for unlimited)
TID 8:
#0  0x00007fab734f1df2 pause
eu-stack: dwfl_thread_getframes tid 8 at 0x7fab in <unknown>: no matching address range
`;
    const [first, second] = traceOf(text).threads;
    expect(first?.end?.reason).toBe("more-frames");
    expect(first === undefined ? "" : wordsOf(text, first.span)).toMatch(/for unlimited\)$/);
    expect(second?.end).toEqual({
      reason: "stopped",
      message: "dwfl_thread_getframes tid 8 at 0x7fab in <unknown>: no matching address range",
    });
  });

  it("stands beside gdb's traces, and each keeps its own frames", () => {
    const gdb = "#0  0x00007fab734f1df2 in pause () from /lib64/libc.so.6\n#1  main () at a.c:3\n";
    expect(shapeOf(`${live}\n${gdb}`)).toEqual(["elfutils 4+1", "gdb 2"]);
    expect(shapeOf(live + gdb)).toEqual(["elfutils 4+1", "gdb 2"]);
    expect(shapeOf(gdb + live)).toEqual(["gdb 2", "elfutils 4+1"]);
  });
});

describe("a frame of eu-stack", () => {
  const frame = {
    level: 1,
    address: "0x0000557d64ef6248",
    function: "main",
    place: null,
    library: null,
    offset: null,
  };

  it.each<[string, string, Partial<ForeignPrint>]>([
    ["without options", "main", {}],
    ["that is raw (-r)", "_ZNK2ns3BoxIiE4waitEiPKc.isra.0", { function: "_ZNK2ns3BoxIiE4waitEiPKc.isra.0" }],
    ["that is not resolved (-q)", "", { function: null }],
    [
      "of a clone",
      "Box<int>::wait(int) const [clone .isra.0]",
      { function: "Box<int>::wait(int) const [clone .isra.0]" },
    ],
    ["with a version", "__libc_start_main@@GLIBC_2.34", { function: "__libc_start_main@@GLIBC_2.34" }],
    ["with its activation (-a)", "- 1 main", {}],
    ["that is active (-a)", "    main", {}],
    ["with its module (-m)", "main - /usr/lib/libc.so.6", { library: "/usr/lib/libc.so.6" }],
    ["of the vdso", "main - [vdso: 29375]", { library: "[vdso: 29375]" }],
    ["of a stripped module (-v)", "- 1 - /opt/bin/server", { function: null, library: "/opt/bin/server" }],
    ["with its source (-s)", "main\n    ../a/b c.c:3:5", { place: "../a/b c.c:3" }],
    [
      "with its source, without a column",
      "main\n    ./x86_64/clone3.S:81",
      { place: "./x86_64/clone3.S:81" },
    ],
    ["with its build-id (-b)", "main\n    [93ac61ec]@0x7fab7341e000+0xd3df2", { offset: "0xd3df2" }],
    [
      "with everything",
      "- 1 main - a.out\n    [93ac61ec]@0x7fab7341e000+0xd3df2\n    /a.c:3:5",
      { library: "a.out", offset: "0xd3df2", place: "/a.c:3" },
    ],
    ["whose name has a minus in it", "f<(A - B)>(int)", { function: "f<(A - B)>(int)" }],
  ])("%s is read", (_, words, expected) => {
    expect(frameOf(`#1  0x0000557d64ef6248 ${words}`.trimEnd())).toEqual({ ...frame, ...expected });
  });

  it.each(["#0  0x01 in f () at a.c:3", "#1 SMP Debian 6.1", "#13 3.101 Installing packages"])(
    "is not: %s",
    (line) => {
      expect(frameOf(line)).toBeUndefined();
    },
  );
});

const stack = fc.array(
  fc.record({
    address: fc
      .integer({ min: 1, max: 0xffff_ffff })
      .map((value) => `0x${value.toString(16).padStart(16, "0")}`),
    function: fc.option(
      fc.constantFrom("pause", "outer(int)", "std::function<int (int)>::operator()(int) const", "worker"),
    ),
    library: fc.option(fc.constantFrom("libc.so.6", "/usr/lib/x86_64-linux-gnu/libc.so.6", "[vdso: 3]")),
    place: fc.option(fc.constantFrom("./nptl/pthread_kill.c:44", "/home/me/my src/a.cc:3")),
  }),
  { minLength: 1, maxLength: 10 },
);
const stacks = fc.array(stack, { minLength: 1, maxLength: 4 });

type Stacks = typeof stacks extends fc.Arbitrary<infer T> ? T : never;

function printed(all: Stacks, activation: boolean): string {
  return all
    .flatMap((frames, thread) => [
      `TID ${100 + thread}:`,
      ...frames.flatMap(({ address, function: name, library, place }, level) => {
        const active = level === 0 ? "    " : " - 1";
        const parts = [
          activation ? active : "",
          name === null ? "" : ` ${name}`,
          library === null ? "" : ` - ${library}`,
        ];
        const line = `${`#${level}`.padEnd(3)} ${address}${parts.join("")}`;
        return place === null ? [line] : [line, `    ${place}:7`];
      }),
    ])
    .join("\n");
}

describe("any output of eu-stack", () => {
  it("is read as it was printed", () => {
    fc.assert(
      fc.property(stacks, fc.boolean(), (all, activation) => {
        const text = printed(all, activation);
        const expected = all.map((frames) =>
          frames.map((frame, level) => ({ ...frame, level, offset: null })),
        );
        expect(traceOf(text).threads.map((thread) => thread.frames.map(printOf))).toEqual(expected);
        expect(nested(text)).toBe(true);
      }),
    );
  });

  it("keeps every whole frame wherever it is cut", () => {
    fc.assert(
      fc.property(stacks, fc.boolean(), fc.nat({ max: 4000 }), (all, activation, cut) => {
        const text = printed(all, activation);
        const at = cut % (text.length + 1);
        const whole = traceOf(text)
          .threads.flatMap((thread) => thread.frames)
          .filter(({ span }) => span.end.offset <= at)
          .map(printOf);
        const read = readingOf(text.slice(0, at)).traces.flatMap(({ threads }) =>
          threads.flatMap((thread) => thread.frames.map(printOf)),
        );
        expect(read.slice(0, whole.length)).toEqual(whole);
        expect(read.length - whole.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
