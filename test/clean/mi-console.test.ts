import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { namesOf, readingOf, threadOf, traceOf, wordsOf } from "../parse/reading.js";
import { reportOfText } from "../samples/samples.js";

const cleaned = (raw: string): string => clean(raw).view.text;

describe("what gdb's command line printed inside gdb/MI", () => {
  it("becomes the lines that it printed", () => {
    expect(cleaned('~"#0  main (s=0x1 \\"a\\\\n\\") at x.c:3\\n"\n~"3\\t  f ();\\n"\n')).toBe(
      '#0  main (s=0x1 "a\\n") at x.c:3\n3\t  f ();\n',
    );
  });

  it("is joined where a string does not end its line", () => {
    expect(cleaned('~"#0  main () at "\n~"x.c:3\\n"\n')).toBe("#0  main () at x.c:3\n");
  });

  it("is joined over records that came in between, and over complaints", () => {
    expect(
      cleaned(
        '~"#0  main (a="\n=thread-created,id="2",group-id="i1"\n&"warning: no\\n"\n~"1) at x.c:3\\n"\n',
      ),
    ).toBe("#0  main (a=1) at x.c:3\n");
  });

  it("loses its colours, and the carriage returns of Windows", () => {
    expect(cleaned('~"#0  \\033[33mmain\\033[m () at x.c:3\\r\\n"\n~"#1  \\303\\251 () at x.c:3\\n"\n')).toBe(
      "#0  main () at x.c:3\n#1  é () at x.c:3\n",
    );
  });

  it("keeps the lines of one string apart", () => {
    expect(cleaned('~"#0  f () at x.c:3\\n#1  main () at x.c:4\\n"\n')).toBe(
      "#0  f () at x.c:3\n#1  main () at x.c:4\n",
    );
  });

  it("stands behind the command that gdb echoes", () => {
    expect(cleaned('(gdb) \n&"bt\\n"\n~"#0  main () at x.c:3\\n"\n^done\n(gdb) \n')).toBe(
      "(gdb) bt\n#0  main () at x.c:3\n\n(gdb) \n",
    );
  });

  it.each(['~"a" is no record\n', 'let s = &"x";\n', '&"x"\n@"y"\n', '~"a"b"\n'])("is not `%s`", (text) => {
    expect(cleaned(text)).toBe(text);
  });

  it("is read like any other trace, up to the signal, and its words are those of the record", () => {
    const text =
      '~"\\nProgram"\n~" received signal SIGSEGV, Segmentation fault.\\n"\n(gdb) \n&"bt\\n"\n~"#0  0x01 in f (s=0x2 \\"a\\") "\n~"at x.c:3\\n"\n~"#1  0x02 in main () at x.c:9\\n"\n^done\n';
    expect(traceOf(text)).toMatchObject({ dialect: "gdb", signal: { name: "SIGSEGV" } });
    expect(namesOf(threadOf(text))).toEqual(["0 f", "1 main"]);
    const [frame] = threadOf(text).frames;
    const [argument] = frame?.arguments ?? [];
    expect(frame && wordsOf(text, frame.span)).toBe('#0  0x01 in f (s=0x2 \\"a\\") "\n~"at x.c:3');
    expect(argument && wordsOf(text, argument.span)).toBe('s=0x2 \\"a\\"');
  });

  it("keeps a value that was printed before a trace", () => {
    const text =
      '(gdb) \n&"p depth\\n"\n~"$1 = 1\\n"\n^done\n(gdb) \n&"bt\\n"\n~"#0  f () at x.c:3\\n"\n~"#1  main () at x.c:9\\n"\n^done\n';
    expect(traceOf(text).prints).toMatchObject([{ name: "depth", value: "1" }]);
  });

  it("takes time in proportion to the text", () => {
    for (const piece of ['~"', '~"a"\n', '~"a\\n"\n', `~"${" ".repeat(99)}`, '~"a"\n=b,c\n', "-> "]) {
      expect(() => readingOf(piece.repeat(300_000 / piece.length))).not.toThrow();
    }
  });

  it("is found by the sieve", () => {
    const [document] = reportOfText(
      '~"#0  0x01 in f () at x.c:3\\n"\n~"#1  main () at x.c:9\\n"\n',
    ).documents;
    expect(document?.traces.map(({ threads }) => threads[0]?.frames.length)).toEqual([2]);
  });
});

it("leaves the strings that lldb escaped as they are", () => {
  const line = '    frame #0: 0x0000000000401136 a.out`walk(a="&\\"") at x.c:3';
  expect(cleaned(`${line}\n`)).toBe(`${line}\n`);
});
