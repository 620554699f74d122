import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import type { Frame } from "../../src/model/trace.js";
import { readingOf } from "../parse/reading.js";
import { cleaned, doubtsOf } from "./cleaned.js";
import { quoted } from "./mangle/quotes.js";
import { mailed, onTerminal } from "./mangle/wraps.js";

const mail = readFileSync(
  new URL("../../samples/qemu-memory/virtio-load-mail/input.txt", import.meta.url),
  "utf8",
);

/** What a test compares of every frame of a text, but for the blanks in its values where `loose` asks for that. */
function framesOf(text: string, loose = false): unknown[] {
  const told = ({ level, address, function: name, arguments: items, location, library }: Frame) => [
    level,
    address,
    name,
    ...(loose ? [] : [items.map((item) => [item.name, item.value, item.entryValue]), location, library]),
  ];
  return readingOf(text).traces.flatMap(({ threads }) => threads.flatMap(({ frames }) => frames.map(told)));
}

describe("a mail of twenty frames at every width from 40 to 200", () => {
  const logical = clean(mail).view.text;

  it.each<[string, (width: number) => string]>([
    ["broken by a terminal", (width) => onTerminal(logical, width)],
    ["broken by a terminal, then quoted", (width) => quoted(onTerminal(logical, width), "> ")],
    ["quoted, then broken by a terminal", (width) => onTerminal(quoted(logical, "> "), width)],
    [
      "wrapped by a mailer, quoted, wrapped again",
      (width) => mailed(quoted(mailed(logical, width), "> "), width),
    ],
    ["wrapped by a mailer, then broken by a terminal", (width) => onTerminal(mailed(logical, 78), width)],
    ["as it came, then broken by a terminal", (width) => onTerminal(mail, width)],
  ])("has the same frames with the same arguments: %s", (_, mangled) => {
    const whole = framesOf(logical);
    for (let width = 40; width <= 200; width++)
      expect(framesOf(mangled(width)), `width ${width}`).toEqual(whole);
  });

  it.each<[string, (width: number) => string]>([
    [
      "broken by a terminal, quoted, wrapped by a mailer",
      (width) => mailed(quoted(onTerminal(logical, width), "> "), width),
    ],
    [
      "wrapped by a mailer, quoted, broken by a terminal",
      (width) => onTerminal(quoted(mailed(logical, width), "> "), width - 10),
    ],
    [
      "broken by a terminal, quoted, broken again",
      (width) => onTerminal(quoted(onTerminal(logical, width), "> "), width),
    ],
  ])("has the same levels, addresses and functions: %s", (_, mangled) => {
    const whole = framesOf(logical, true);
    for (let width = 40; width <= 200; width++)
      expect(framesOf(mangled(width), true), `width ${width}`).toEqual(whole);
  });
});

describe("a break inside a frame", () => {
  it.each([
    ["the level", "#1", "3  0x000055a324cda138 in vmstate_load (f=0x1) at a.c:3"],
    ["the address", "#13 0x000055a3", "24cda138 in vmstate_load (f=0x1) at a.c:3"],
    ["`in`", "#13 0x000055a324cda138 i", "n vmstate_load (f=0x1) at a.c:3"],
    ["the name", "#13 0x000055a324cda138 in vmst", "ate_load (f=0x1) at a.c:3"],
    ["the name of an inlined function", "#13 vmst", "ate_load (f=0x1) at a.c:3"],
    ["an argument's name", "#13 vmstate_load (opa", "que=0x1) at a.c:3"],
    ["a number", "#13 vmstate_load (f=0x55a3", "2985d9a0) at a.c:3"],
    ["a marker", "#13 vmstate_load (f=<optim", "ized out>) at a.c:3"],
    ["`@entry`", "#13 vmstate_load (f=f@en", "try=0x1) at a.c:3"],
    ["a symbol", "#13 vmstate_load (f=0x1 <vmstate_vir", "tio_scsi>) at a.c:3"],
    ["a path in a string", '#13 f (file=0x1 "/usr/include/ex', 'ec/memory.h") at a.c:3'],
    ["a condition in a string", '#13 f (assertion=0x1 "depth_of_tra', 'nsaction == 0") at a.c:3'],
    ["`at`", "#13 vmstate_load (f=0x1) a", "t a.c:3"],
    ["the path", "#13 vmstate_load (f=0x1) at ../hw/vir", "tio/virtio.c:3"],
    ["a library", "#13 0x000055a324cda138 in ?? () from /usr/lib/libglib-2.0.s", "o.0"],
  ])("is closed without a blank, whatever the width, where it stands in %s", (_, head, tail) => {
    expect(cleaned(`${head}\n${tail}\n#14 main () at m.c:1`)).toBe(`${head}${tail}\n#14 main () at m.c:1`);
    expect(doubtsOf(`${head}\n${tail}\n`)).toEqual([]);
  });

  it("closes a name that ends in an operator with a blank", () => {
    expect(cleaned("#2  ns::Box<int,\nlong>::operator=\n(this=0x1) at b.h:1")).toBe(
      "#2  ns::Box<int, long>::operator= (this=0x1) at b.h:1",
    );
  });

  it("goes by the width where both readings make sense: a string on a terminal's margin", () => {
    const frame =
      '#0  0x0000000000001000 in say (text=0x555555556004 "no time like now", count=count@entry=6) at ./a.c:44';
    for (let width = 40; width < 75; width++) {
      const text = `${onTerminal(frame, width)}\n${onTerminal(frame.replace("#0", "#1"), width)}`;
      expect(framesOf(text), `width ${width}`).toHaveLength(2);
    }
  });

  it("is a doubt where nothing shows how the lines were broken", () => {
    expect(doubtsOf('#0  f (s=0x1 "no time\nless") at x.c:1\n')).toEqual([["joined-lines", "\n"]]);
    expect(doubtsOf('#0  f (s=0x1 "no time\nless",\nn=1) at x.c:1\n')).toEqual([]);
  });

  it("is a doubt where digits stand below a whole line number", () => {
    expect(doubtsOf("#0  f () at x.c:1\n23\n#1  g () at x.c:2\n")).toEqual([["maybe-joined", ""]]);
    expect(cleaned("#0  f () at x.c:1\n23\n")).toBe("#0  f () at x.c:1\n23\n");
  });
});
