import { describe, expect, it } from "vitest";
import { diagnosedOf, namesOf, readingOf, threadOf, traceOf } from "./reading.js";

const walk = "#0  0x01 in walk (node=0x0) at list.c:12\n#1  0x02 in main () at list.c:30\n";
const poll = "#0  0x03 in poll () from /lib/libc.so.6\n#1  0x04 in loop () at list.c:50\n";

describe("the commands of a session", () => {
  it("stand at the traces that they printed", () => {
    const text = `(gdb) bt\n${walk}(gdb) p x\n$1 = 3\n(gdb) thread apply all bt full\n\nThread 1 (LWP 7):\n${poll}(gdb) up\n`;
    expect(readingOf(text).traces.map(({ command }) => command)).toEqual(["bt", "thread apply all bt full"]);
  });

  it("are not known where gdb got them from elsewhere", () => {
    expect(traceOf(walk).command).toBeNull();
    expect(traceOf(`(gdb) ${walk}`).command).toBeNull();
  });

  it("tell that a trace of one frame was asked for", () => {
    const text = `(gdb) bt\n${walk}(gdb) bt 1\n#0  0x01 in walk (node=0x0) at list.c:12\n(More stack frames follow...)\n(gdb) bt -1\n#1  0x02 in main () at list.c:30\n`;
    expect(readingOf(text).traces.map(({ command }) => command)).toEqual(["bt", "bt 1", "bt -1"]);
  });

  it("tell that threads come without headers", () => {
    const text = `(gdb) thread apply all -q bt\n${walk}${poll}(gdb) bt\n${poll}`;
    expect(readingOf(text).traces.map(({ threads }) => threads.length)).toEqual([2, 1]);
    expect(readingOf(`${walk}${poll}`).traces.map(({ threads }) => threads.length)).toEqual([1, 1]);
  });
});

describe("the stacks of QEMU's coroutines", () => {
  it("are one trace, each linked with the one that it entered", () => {
    const text = `(gdb) qemu bt\n${walk}Coroutine at 0x55d0c8:\n${poll}Coroutine at 0x55d0d0:\n${walk}(gdb) bt\n${walk}`;
    const [trace, other] = readingOf(text).traces;
    expect(trace?.threads.map(({ coroutine }) => coroutine)).toEqual([
      null,
      { address: "0x55d0c8", entered: 0 },
      { address: "0x55d0d0", entered: 1 },
    ]);
    expect(other?.threads.map(({ coroutine }) => coroutine)).toEqual([null]);
  });

  it("may be asked for alone", () => {
    expect(threadOf(`(gdb) qemu coroutine 0x7f0001\n${walk}`).coroutine).toEqual({
      address: "0x7f0001",
      entered: null,
    });
  });
});

describe("the table of threads", () => {
  const table = `(gdb) info threads
  Id   Target Id                                  Frame 
  1    Thread 0x7ffff7dd1740 (LWP 31420) "prog"   0x03 in poll () from /lib/libc.so.6
* 2    Thread 0x7ffff7dd06c0 (LWP 31425) "worker" 0x01 in walk (node=0x0) at list.c:12
`;

  it("names threads whose headers do not", () => {
    const text = `${table}(gdb) thread apply all bt\n\nThread 2 (Thread 0x7ffff7dd06c0 (LWP 31425)):\n${walk}\nThread 1 (Thread 0x7ffff7dd1740 (LWP 31420)):\n${poll}`;
    expect(traceOf(text).threads.map(({ name }) => name)).toEqual(["worker", "prog"]);
  });

  it("tells which one got the signal where the report of the stop does not", () => {
    const stop = "Program received signal SIGSEGV, Segmentation fault.\n";
    const text = `${stop}${table}(gdb) thread apply all bt\n\nThread 2 (LWP 31425):\n${walk}\nThread 1 (LWP 31420):\n${poll}`;
    expect(traceOf(text).threads.map(({ crashed }) => crashed)).toEqual([true, false]);
  });

  it("is no table without its head", () => {
    const [, , ...rows] = table.split("\n");
    expect(threadOf(`${rows.join("\n")}${walk}`).number).toBeNull();
  });
});

describe("the crashed thread", () => {
  const threads = `\nThread 2 (LWP 8):\n${poll}\nThread 1 (LWP 7):\n${walk}`;

  it("is the first one of a core, where the session says no more", () => {
    const text = `Program terminated with signal SIGSEGV, Segmentation fault.\n${threads}`;
    expect(traceOf(text).threads.map(({ crashed }) => crashed)).toEqual([false, true]);
  });

  it("is not told by a number where the program still runs", () => {
    const text = `Program received signal SIGSEGV, Segmentation fault.\n${threads}`;
    expect(traceOf(text).threads.map(({ crashed }) => crashed)).toEqual([false, false]);
  });

  it("has the name that the report of the stop gives", () => {
    const text = `Thread 2 "IO iothread0" received signal SIGSEGV, Segmentation fault.\n[Switching to Thread 0x7f (LWP 8)]\n${walk}`;
    expect(threadOf(text)).toMatchObject({ number: "2", name: "IO iothread0", lwp: 8, crashed: true });
  });
});

describe("a screen that was copied twice", () => {
  const frame = (level: number): string => `#${level}  0x0${level} in f${level} (x=1) at x.c:${level}\n`;
  const frames = (...levels: number[]): string => levels.map(frame).join("");

  it("gives its frames once", () => {
    const text = `${frames(0, 1, 2, 3)}${frames(2, 3, 4)}`;
    expect(namesOf(threadOf(text))).toEqual(["0 f0", "1 f1", "2 f2", "3 f3", "4 f4"]);
    expect(diagnosedOf(text)).toEqual([["repeated-frames", frames(2, 3).trimEnd()]]);
  });

  it("is another trace where something stands between, or its frames differ", () => {
    const all = (text: string): number => readingOf(text).traces.length;
    expect(all(`${frames(0, 1, 2, 3)}Then I tried:\n${frames(2, 3, 4)}`)).toBe(2);
    expect(all(`${frames(0, 1, 2, 3)}(gdb) bt\n${frames(2, 3, 4)}`)).toBe(2);
    expect(all(`${frames(0, 1, 2, 3)}${frames(2, 3, 4).replace("f2", "g2")}`)).toBe(2);
    expect(all(`${frames(0, 1, 2)}${frames(0, 1, 2)}`)).toBe(2);
  });
});

describe("what `print` and `display` show", () => {
  const prints = (text: string): string[][] => traceOf(text).prints.map(({ name, value }) => [name, value]);

  it("may take several lines", () => {
    const text = `(gdb) bt\n${walk}(gdb) p *mr\n$1 = {\n  name = 0x1 "a}",\n  size = {\n    low = 3\n  }\n}\n(gdb) p y\n$2 = 4\n`;
    expect(prints(text)).toEqual([
      ["*mr", '{ name = 0x1 "a}", size = { low = 3 } }'],
      ["y", "4"],
    ]);
  });

  it("ends where its lines do", () => {
    expect(prints(`(gdb) bt\n${walk}(gdb) p *mr\n$1 = {\nnothing\n  x = 1\n`)).toEqual([["*mr", "{"]]);
  });

  it("tells the expression itself in a display", () => {
    expect(
      prints(`(gdb) bt\n${walk}(gdb) display depth\n1: depth = 4\n(gdb) display/x $pc\n2: /x $pc = 0x1\n`),
    ).toEqual([
      ["depth", "4"],
      ["$pc", "0x1"],
    ]);
  });

  it("is no line of a listing", () => {
    expect(prints(`(gdb) bt\n${walk}$ grep -n depth x.c\n3: depth = 0;\n`)).toEqual([]);
  });
});

describe("the end of a list of frames", () => {
  it("may be a bare error", () => {
    expect(threadOf(`${walk}Cannot access memory at address 0x4141\n`).end).toEqual({
      reason: "stopped",
      message: "Cannot access memory at address 0x4141",
    });
  });

  it("is not told by the error of another command", () => {
    expect(threadOf(`${walk}(gdb) p *x\nCannot access memory at address 0x4141\n`).end).toBeNull();
  });
});
