import { describe, expect, it } from "vitest";
import { reader } from "../../src/generated/mi.js";
import type { MiResult } from "../../src/parse/mi/mi-nodes.js";

const record = reader({ startRule: "Record" });

/** A value without its places: a string, or the names and values of a group, and `?` behind what does not end. */
function shapeOf({ name, value }: MiResult): unknown {
  const shape = value.kind === "text" ? value.raw : value.items.map(shapeOf);
  const whole = value.closed ? shape : { cut: shape };
  return name === null ? whole : { [name]: whole };
}

function shapesOf(text: string): unknown {
  return record(text)?.results.map(shapeOf);
}

describe("a record of gdb/MI", () => {
  it("^done,stack=[frame={level=…", () => {
    const text =
      '^done,stack=[frame={level="0",addr="0x0000555555555151",func="add",file="b.c",line="5"},frame={level="1"}]';
    expect(record(text)).toMatchObject({ token: null, class: "^done", end: text.length });
    expect(shapesOf(text)).toEqual([
      {
        stack: [
          {
            frame: [
              { level: "0" },
              { addr: "0x0000555555555151" },
              { func: "add" },
              { file: "b.c" },
              { line: "5" },
            ],
          },
          { frame: [{ level: "1" }] },
        ],
      },
    ]);
  });

  it("1018^done,stack-args=[frame={level=…", () => {
    const text =
      '1018^done,stack-args=[frame={level="0",args=[{name="a",value="1"},{name="b"}]},frame={level="1",args=[]}]';
    expect(record(text)).toMatchObject({ token: "1018", class: "^done" });
    expect(shapesOf(text)).toEqual([
      {
        "stack-args": [
          { frame: [{ level: "0" }, { args: [[{ name: "a" }, { value: "1" }], [{ name: "b" }]] }] },
          { frame: [{ level: "1" }, { args: [] }] },
        ],
      },
    ]);
  });

  it('*stopped,reason="signal-received"', () => {
    const text =
      '*stopped,reason="signal-received",signal-name="SIGSEGV",thread-id="1",stopped-threads="all"';
    expect(record(text)?.class).toBe("*stopped");
    expect(shapesOf(text)).toEqual([
      { reason: "signal-received" },
      { "signal-name": "SIGSEGV" },
      { "thread-id": "1" },
      { "stopped-threads": "all" },
    ]);
  });

  it('frame={level="3"…}, where the beginning is lost', () => {
    expect(record('frame={level="3",func="f"},frame={level="4"}]')).toMatchObject({ class: null, end: 44 });
  });

  it.each([
    ["escaped quotes and backslashes", String.raw`^done,value="a \"b\", \\"`, String.raw`a \"b\", \\`],
    ["brackets in a string", '^done,value="}]{["', "}]{["],
    ["a line end in a string, which a mailer put there", '^done,value="a\n b"', "a\n b"],
  ])("keeps %s", (_, text, value) => {
    expect(shapesOf(text)).toEqual([{ value }]);
  });

  it("goes over the line ends that a mailer put between its parts", () => {
    expect(shapesOf('^done,\nstack=\n[frame={level="0",\n addr="0x1"},\nframe={level="1"}]')).toEqual([
      { stack: [{ frame: [{ level: "0" }, { addr: "0x1" }] }, { frame: [{ level: "1" }] }] },
    ]);
  });

  it.each([
    ["in a string", '^done,stack=[frame={level="0"},frame={level="1', [{ frame: [{ level: { cut: "1" } }] }]],
    ["behind a name", '^done,stack=[frame={level="0"},frame={lev', [{ frame: { cut: [] } }]],
    ["behind a comma", '^done,stack=[frame={level="0"},', []],
  ])("that is cut %s is read up to there, and says what does not end", (_, text, last) => {
    const [stack] = record(text)?.results ?? [];
    expect(stack?.value).toMatchObject({ kind: "group", closed: false });
    const [first, ...rest] = stack?.value.kind === "group" ? stack.value.items : [];
    expect(first && shapeOf(first)).toEqual({ frame: [{ level: "0" }] });
    expect(rest.map(({ name, value }) => ({ name, closed: value.closed }))).toEqual(
      last.map(() => ({ name: "frame", closed: false })),
    );
  });

  it.each(['(gdb)\n^done,a="', '1019^done,a="', '=thread-created,id="', '~"x', '*stopped,a="', "\nprose "])(
    "that is cut in a string does not go on with `%s`",
    (next) => {
      const text = '^done,stack=[frame={level="0",func="f';
      expect(record(`${text}\n${next}"`)?.end).toBe(text.length);
    },
  );

  it("ends where something stands that is no part of it", () => {
    expect(record('^done,a="b" and more')).toMatchObject({ end: 11 });
    expect(record('^done,a={b="c"]')?.results[0]?.value).toMatchObject({ closed: false });
  });

  it.each(["frame={", "[[[[{{{{", '{a="', "x=[", '"\\', "a=b,"])(
    "of a megabyte of `%s` is no matter",
    (piece) => {
      expect(record(`^done,${piece.repeat(1_000_000 / piece.length)}`)).not.toBeNull();
    },
  );
});
