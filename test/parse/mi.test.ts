import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reportOfText } from "../samples/samples.js";
import { expectedOf, type PrintedFrame, readOf } from "./printed-traces.js";
import { diagnosedOf, namesOf, readingOf, threadOf, traceOf, wordsOf } from "./reading.js";

const stack =
  '^done,stack=[frame={level="0",addr="0x01",func="raise",from="/lib/libc.so.6"},frame={level="1",addr="0x02",func="check",file="a.c",fullname="/s/a.c",line="7",arch="i386:x86-64"},frame={level="2",addr="0x03",func="main",file="a.c",fullname="/s/a.c",line="9"}]\n';
const stackArguments =
  '^done,stack-args=[frame={level="0",args=[{name="sig",value="6"},{name="sig@entry",value="6"}]},frame={level="1",args=[{name="n@entry",value="1"},{name="s",value="0x5 \\"a \\\\\\"b\\\\\\" caf\\303\\251\\\\n\\""}]},frame={level="2",args=[]}]\n';
const stopped =
  '*stopped,reason="signal-received",signal-name="SIGABRT",signal-meaning="Aborted",frame={addr="0x01",func="raise",args=[],from="/lib/libc.so.6"},thread-id="2",stopped-threads="all",core="0"\n';

function argumentsOf(text: string) {
  return threadOf(text).frames.map((frame) =>
    frame.arguments.map(({ name, value, entryValue }) => [name, value, entryValue]),
  );
}

describe("gdb/MI", () => {
  it("gives a trace of the same model as gdb's command line", () => {
    const trace = traceOf(stack);
    expect(trace).toMatchObject({ dialect: "gdb-mi", signal: null, command: null });
    expect(threadOf(stack).frames).toMatchObject([
      { level: 0, address: "0x01", function: "raise", library: "/lib/libc.so.6", location: null },
      { level: 1, address: "0x02", function: "check", location: { file: "a.c", line: 7 }, library: null },
      { level: 2, address: "0x03", function: "main", location: { file: "a.c", line: 9 } },
    ]);
  });

  it.each([
    ["behind", stack + stackArguments],
    ["in front of", stackArguments + stack],
    ["with prompts and other records between", `${stack}(gdb) \n=library-loaded,id="x"\n${stackArguments}`],
  ])("joins the arguments that stand %s the frames", (_, text) => {
    expect(argumentsOf(text)).toEqual([
      [["sig", "6", "6"]],
      [
        ["n", null, "1"],
        ["s", '0x5 "a \\"b\\" café\\n"', null],
      ],
      [],
    ]);
  });

  it("keeps the words of frames and arguments", () => {
    const text = `x\n${stack}${stackArguments}`;
    const frame = threadOf(text).frames[0];
    expect(frame && wordsOf(text, frame.span)).toBe(
      'frame={level="0",addr="0x01",func="raise",from="/lib/libc.so.6"}',
    );
    const [sig] = frame?.arguments ?? [];
    expect(sig && wordsOf(text, sig.span)).toBe('{name="sig",value="6"},{name="sig@entry",value="6"}');
  });

  it("knows no function by `??`, and a signal handler by its name", () => {
    const text =
      '^done,stack=[frame={level="0",addr="0x01",func="??"},frame={level="1",addr="0x02",func="<signal handler called>"}]';
    expect(threadOf(text).frames).toMatchObject([
      { function: null, kind: "normal" },
      { function: null, kind: "signal-handler", address: "0x02" },
    ]);
  });

  it("takes neighbours of one address for inlined, but for a function that calls itself", () => {
    const frame = (level: number, address: string, name: string): string =>
      `frame={level="${level}",addr="${address}",func="${name}",file="a.c",line="${name.length}"}`;
    const text = `^done,stack=[${[frame(0, "0x1", "f"), frame(1, "0x1", "ff"), frame(2, "0x2", "g"), frame(3, "0x2", "g")].join(",")}]`;
    expect(threadOf(text).frames.map(({ inlined }) => inlined)).toEqual([true, false, false, null]);
  });

  it("has no value for what gdb was told to leave out", () => {
    const values =
      '^done,stack-args=[frame={level="0",args=[{name="a",type="struct s"},{name="b",value="1"}]}]\n';
    expect(argumentsOf(stack + values)[0]).toEqual([
      ["a", null, null],
      ["b", "1", null],
    ]);
    const names = '^done,stack-args=[frame={level="0",args=[name="a",name="b"]}]\n';
    expect(argumentsOf(stack + names)[0]).toEqual([
      ["a", null, null],
      ["b", null, null],
    ]);
  });

  it("puts a value that gdb printed on several lines on one", () => {
    const values =
      '^done,stack-args=[frame={level="0",args=[{name="a",value="{\\n  x = 1,\\n  y = 2\\n}"}]}]\n';
    expect(argumentsOf(stack + values)[0]).toEqual([["a", "{ x = 1, y = 2 }", null]]);
  });

  it("reads the frames that frame filters hide in others, in the order in which they are printed", () => {
    const text =
      '^done,stack=[frame={level="0",addr="0x1",func="a",children=[frame={level="1",addr="0x2",func="b"}]},frame={level="2",addr="0x3",func="c"}]';
    expect(namesOf(threadOf(text))).toEqual(["0 a", "1 b", "2 c"]);
  });

  it("takes the stop for the place where the signal came, and no trace of its own", () => {
    const trace = traceOf(stopped + stack);
    expect(trace.signal).toEqual({ name: "SIGABRT", description: "Aborted" });
    expect(trace.threads).toMatchObject([{ number: "2", crashed: true }]);
    expect(namesOf(threadOf(stopped + stack))).toHaveLength(3);
  });

  it("shows the frame of a stop where nothing else is there", () => {
    expect(traceOf(stopped)).toMatchObject({
      signal: { name: "SIGABRT" },
      threads: [{ number: "2", crashed: true, frames: [{ level: 0, function: "raise" }] }],
    });
  });

  it("takes the answer to -stack-info-frame for no trace beside one", () => {
    const frame = '^done,frame={level="1",addr="0x02",func="check",file="a.c",line="7"}\n';
    expect(namesOf(threadOf(frame + stack))).toHaveLength(3);
    expect(namesOf(threadOf(frame))).toEqual(["1 check"]);
  });

  it("gives the stacks of one stop the names that -thread-info tells, in one trace", () => {
    const info =
      '^done,threads=[{id="2",target-id="Thread 0x7f (LWP 12)",name="a \\"b\\"",frame={level="0",args=[]},state="stopped"},{id="1",target-id="Thread 0x7e (LWP 11)",name="main",state="stopped"}],current-thread-id="2"\n';
    const other = '^done,stack=[frame={level="0",addr="0x09",func="poll"}]\n';
    const text = `${stopped}-stack-list-frames --thread 1\n${other}5-stack-list-frames\n5${stack}${info}`;
    expect(traceOf(text).threads).toMatchObject([
      { number: "1", target: "Thread 0x7e (LWP 11)", lwp: 11, name: "main", crashed: false },
      { number: "2", target: "Thread 0x7f (LWP 12)", lwp: 12, name: 'a "b"', crashed: true },
    ]);
  });

  it("joins answers with commands by their tokens", () => {
    const text = `${stopped}7-stack-list-frames --thread 2\n8-stack-list-frames --thread 3\n9-stack-list-arguments --thread 2 1\n8^done,stack=[frame={level="0",addr="0x01",func="g"}]\n9${stackArguments}7${stack}`;
    const threads = traceOf(text).threads.map((thread) => [
      thread.number,
      thread.frames[0]?.function,
      thread.frames[0]?.arguments.length,
    ]);
    expect(threads).toEqual([
      ["3", "g", 0],
      ["2", "raise", 1],
    ]);
  });

  it("keeps stacks apart where nothing tells of which threads they are", () => {
    const both = readingOf(stack + stackArguments + stack).traces;
    expect(both.map(({ threads }) => threads.length)).toEqual([1, 1]);
    expect(both.map(({ threads }) => threads[0]?.frames[0]?.arguments.length)).toEqual([1, 0]);
  });

  it("takes a stack that a front end asks for again, or in parts, for one", () => {
    const part = (levels: string, frames: string): string =>
      `-stack-list-frames --thread 2 ${levels}\n^done,stack=[${frames}]\n`;
    const top = 'frame={level="0",addr="0x1",func="a"}';
    const next = 'frame={level="1",addr="0x2",func="b"}';
    const text =
      stopped +
      part("0 0", top) +
      part("0 1", `${top},${next}`) +
      part("2 2", 'frame={level="2",addr="0x3",func="c"}');
    expect(namesOf(threadOf(text))).toEqual(["0 a", "1 b", "2 c"]);
  });

  it("begins a new trace with every stop", () => {
    const text = `${stopped}${stack}*running,thread-id="all"\n*stopped,reason="breakpoint-hit",thread-id="1",stopped-threads="all"\n${stack}`;
    expect(
      readingOf(text).traces.map(({ signal, threads }) => [signal?.name ?? null, threads[0]?.number]),
    ).toEqual([
      ["SIGABRT", "2"],
      [null, "1"],
    ]);
  });

  it("gives a frame the variables that -stack-list-variables tells of it", () => {
    const variables =
      '-stack-list-variables --thread 2 --frame 1 1\n^done,variables=[{name="n",arg="1",value="3"},{name="i",value="4"},{name="big"}]\n';
    const [, check] = threadOf(stopped + stack + variables).frames;
    expect(check?.arguments).toMatchObject([{ name: "n", value: "3" }]);
    expect(check?.locals).toMatchObject([
      { name: "i", value: "4" },
      { name: "big", value: "..." },
    ]);
    const selected = `-stack-select-frame 2\n^done\n^done,locals=[{name="x",value="1"}]\n`;
    expect(threadOf(stack + selected).frames.map(({ locals }) => locals?.length ?? null)).toEqual([
      null,
      null,
      1,
    ]);
  });

  it("keeps the values that were asked for at the stop", () => {
    const value = '-data-evaluate-expression "a->depth"\n^done,value="1"\n';
    expect(traceOf(stopped + value + stack).prints).toMatchObject([{ name: "a->depth", value: "1" }]);
  });

  it.each([
    ["the log of a debug adapter", (text: string) => text.replace(/^/gm, "1: (959) ->1018")],
    ["an arrow", (text: string) => text.replace(/^/gm, "-> 29")],
    ["quote marks", (text: string) => text.replace(/^/gm, "> ")],
    ["JSON", (text: string) => JSON.stringify({ output: text })],
    ["JSON in JSON", (text: string) => JSON.stringify({ body: JSON.stringify({ output: text }) })],
    ["line ends of Windows", (text: string) => text.replaceAll("\n", "\r\n")],
  ])("is read through %s", (_, treat) => {
    const text = treat(stack.trimEnd());
    expect(namesOf(threadOf(text))).toEqual(["0 raise", "1 check", "2 main"]);
    expect(threadOf(text).frames[1]?.location).toEqual({ file: "a.c", line: 7 });
  });

  it("leaves a record alone that is a value in a frame of gdb's own", () => {
    const text =
      '#0  f (s=0x1 "^done,stack=[frame={level=\\"0\\",func=\\"x\\"}]") at a.c:1\n#1  main () at a.c:2\n';
    const { traces } = readingOf(text);
    expect(traces.flatMap(({ threads }) => threads.flatMap(namesOf))).toEqual(["0 f", "1 main"]);
  });

  it("says what is cut, and keeps the frames that are whole", () => {
    const text = stack.slice(0, stack.indexOf(',file="a.c",fullname="/s/a.c",line="9"'));
    expect(namesOf(threadOf(text))).toEqual(["0 raise", "1 check"]);
    expect(threadOf(text).end).toEqual({ reason: "cut", message: "frame #2 is cut" });
    expect(diagnosedOf(text)).toEqual([["cut-frame", 'frame={level="2",addr="0x03",func="main"']]);
  });

  it("finds a failed assertion in the arguments of the C library, and the rules judge it", () => {
    const frames =
      '^done,stack=[frame={level="0",addr="0x01",func="__GI___assert_fail"},frame={level="1",addr="0x2",func="f",file="a.c",line="3"}]\n';
    const values =
      '^done,stack-args=[frame={level="0",args=[{name="assertion",value="0x5 \\"n == 0\\""},{name="line",value="3"}]},frame={level="1",args=[]}]\n';
    expect(traceOf(frames + values).assertion).toMatchObject({ expression: "n == 0", origin: "frame" });
    const [document] = reportOfText(stopped + frames + values).documents;
    expect(document?.findings.map(({ rule }) => rule)).toEqual(["crash/assertion"]);
  });

  it.each([
    "frame={",
    "[[[[{{{{",
    "^done,stack=[",
    'frame={level="0",',
    'frame={level="1"}\n',
    '^done,stack=[frame={level="0",addr="0x1"},',
    '-stack-list-frames\n^done,stack=[frame={level="1"}]\n',
    "*stopped,",
  ])("takes time in proportion to the text: `%s`", (piece) => {
    expect(() => readingOf(`^done,${piece.repeat(300_000 / piece.length)}`)).not.toThrow();
  });
});

const word = fc.stringMatching(/^[a-z_][\w:<>~ ]{0,12}$/).map((text) => text.trim());
const values = fc
  .string({ unit: "grapheme", maxLength: 20 })
  .map((text) => text.replace(/[\p{C}\s\p{Z}]+/gu, " "));

const printedArguments = fc
  .uniqueArray(
    fc.record({
      name: fc.stringMatching(/^[a-z_]\w{0,6}$/),
      value: fc.option(values),
      entryValue: fc.option(values),
    }),
    { maxLength: 4, selector: ({ name }) => name },
  )
  .map((list) => list.filter(({ value, entryValue }) => value !== null || entryValue !== null));

const frames = fc
  .array(
    fc.record({
      address: fc.stringMatching(/^0x[\da-f]{8}$/),
      function: fc.oneof(word, fc.constant("??")),
      arguments: printedArguments,
      file: fc.option(values.filter((text) => text !== "")),
      line: fc.nat(),
      library: fc.option(fc.constant("/lib/x.so")),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) => list.map((frame, level): PrintedFrame => ({ ...frame, level })));

/** A C string as gdb/MI prints it: bytes beyond ASCII in octal. */
function cString(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte > 126 ? `\\${byte.toString(8).padStart(3, "0")}` : character;
  });
  return `"${bytes.join("")}"`;
}

function miFrame({ level, address, function: name, file, line, library }: PrintedFrame): string {
  const place = file === null ? "" : `,file=${cString(file)},line="${line}"`;
  const from = library === null ? "" : `,from="${library}"`;
  return `frame={level="${level}",addr="${address}",func=${cString(name)}${place}${from}}`;
}

function miArguments({ level, arguments: list }: PrintedFrame): string {
  const items = list.flatMap(({ name, value, entryValue }) => [
    ...(value === null ? [] : [`{name="${name}",value=${cString(value)}}`]),
    ...(entryValue === null ? [] : [`{name="${name}@entry",value=${cString(entryValue)}}`]),
  ]);
  return `frame={level="${level}",args=[${items.join(",")}]}`;
}

const stackRecord = (list: readonly PrintedFrame[]): string =>
  `^done,stack=[${list.map(miFrame).join(",")}]\n`;
const argumentRecord = (list: readonly PrintedFrame[]): string =>
  `^done,stack-args=[${list.map(miArguments).join(",")}]\n`;

describe("a stack that is printed in gdb/MI", () => {
  it("is read back as it was", () => {
    fc.assert(
      fc.property(frames, fc.boolean(), (list, argumentsFirst) => {
        const records = [stackRecord(list), argumentRecord(list)];
        const text = (argumentsFirst ? records.reverse() : records).join("(gdb) \n");
        expect(readOf(threadOf(text))).toEqual(list.map(expectedOf));
      }),
    );
  });

  it("keeps every whole frame, and no other, wherever it is cut", () => {
    fc.assert(
      fc.property(frames, fc.nat(), (list, at) => {
        const whole = stackRecord(list);
        const text = whole.slice(0, at % whole.length);
        const kept = list.filter((_, index) => {
          const end = `^done,stack=[${list
            .slice(0, index + 1)
            .map(miFrame)
            .join(",")}`.length;
          return end <= text.length;
        });
        const read = readingOf(text).traces.flatMap(({ threads }) =>
          threads.flatMap((thread) => readOf(thread)),
        );
        expect(read).toEqual(kept.map((frame) => expectedOf({ ...frame, arguments: [] })));
      }),
    );
  });
});
