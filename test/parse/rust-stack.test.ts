import { describe, expect, it } from "vitest";
import type { ReadThread } from "../../src/model/trace.js";
import { shapeOf } from "./foreign-reading.js";
import { diagnosedOf, namesOf, threadOf, wordsOf } from "./reading.js";

const panic = `thread 'main' panicked at lamp/src/board.rs:31:14:
slot 7 is empty
`;

/** RUST_BACKTRACE=full, as a mailer with a short margin breaks it. */
const wrapped = `${panic}stack backtrace:
   0:     0x55d0c84c7d31 -
std::backtrace_rs::backtrace::libunwind::trace::h0123456789abcdef
   1:     0x55d0c84c7d99 -
<std::sys::backtrace::DisplayBacktrace as core::fmt::Display>::fmt
             at /rustc/59807616e1fa/library/std/src/sys/backtrace.rs:44:26
   2:     0x55d0c84c0a10 - lamp::board::Board::slot::h00112233445566aa
   3:     0x55d0c84c0b20 -
main
   4:                0x0 - <unknown>
`;

function framesOf({ frames }: ReadThread): string[] {
  return frames.map(({ level, address, function: name, location }) =>
    [level, address ?? "-", name, ...(location === null ? [] : [`${location.file}:${location.line}`])].join(
      " ",
    ),
  );
}

describe("a frame broken behind its address", () => {
  it("goes on in the next line", () => {
    expect(framesOf(threadOf(wrapped))).toEqual([
      "0 0x55d0c84c7d31 std::backtrace_rs::backtrace::libunwind::trace::h0123456789abcdef",
      "1 0x55d0c84c7d99 <std::sys::backtrace::DisplayBacktrace as core::fmt::Display>::fmt /rustc/59807616e1fa/library/std/src/sys/backtrace.rs:44",
      "2 0x55d0c84c0a10 lamp::board::Board::slot::h00112233445566aa",
      "3 0x55d0c84c0b20 main",
      "4 0x0 ",
    ]);
    expect(diagnosedOf(wrapped)).toEqual([]);
  });

  it("never has the address for a name", () => {
    const text = `${panic}stack backtrace:
   0:     0x55d0c84c7d31 - std::sys::backtrace::print
   1:     0x55d0c84c7d99
   2:     0x55d0c84c0a10 - lamp::main
`;
    expect(framesOf(threadOf(text))[1]).toBe("1 0x55d0c84c7d99 ");
  });
});

describe("the lines of a Rust backtrace", () => {
  const plain = `${panic}stack backtrace:
   0: rust_begin_unwind
             at /rustc/59807616e1fa/library/std/src/panicking.rs:689:5
   1: lamp::board::Board::slot
             at ./src/board.rs:31:14
   2: lamp::main
             at ./src/main.rs:4:9
`;
  const expected = framesOf(threadOf(plain));

  it("may have lost their indentation", () => {
    expect(framesOf(threadOf(plain.replace(/^ +/gm, "")))).toEqual(expected);
  });

  it("may have empty lines between all of them", () => {
    const spaced = plain.replaceAll("\n", "\n\n");
    expect(framesOf(threadOf(spaced))).toEqual(expected);
    expect(threadOf(spaced)).toMatchObject({ name: "main", crashed: true });
  });

  it("may stand below the panic without their heading", () => {
    const text = plain.replace("stack backtrace:\n", "");
    expect(framesOf(threadOf(text))).toEqual(expected);
    expect(threadOf(text)).toMatchObject({ name: "main", crashed: true });
  });

  it("may have lost the first ones", () => {
    const text = `${panic}   1: lamp::board::Board::slot\n   2: lamp::main\n`;
    expect(namesOf(threadOf(text))).toEqual(["1 lamp::board::Board::slot", "2 lamp::main"]);
  });

  it("are no stack where they are the causes of an error", () => {
    const text = `${panic}\nCaused by:\n    0: cannot open the lamp\n    1: No such file or directory (os error 2)\n`;
    expect(shapeOf(text)).toEqual([]);
  });

  it("end where prose follows", () => {
    expect(namesOf(threadOf(`${plain}\n\nregards\n`))).toHaveLength(3);
  });
});

describe("a Rust backtrace that ends inside a frame", () => {
  const begin = `${panic}stack backtrace:\n   0:     0x55d0c84c7d31 - lamp::slot\n`;

  it.each([
    ["behind the address", "   1:     0x55d0c84c7d99", "1:     0x55d0c84c7d99"],
    ["behind the dash", "   1:     0x55d0c84c7d99 -", "1:     0x55d0c84c7d99 -"],
    ["inside the name", "   1:     0x55d0c84c7d99 - <std[e2829", "1:     0x55d0c84c7d99 - <std[e2829"],
    [
      "inside the place",
      "   1: lamp::main\n             at ./src/ma",
      "1: lamp::main\n             at ./src/ma",
    ],
  ])("%s says so", (_, line, words) => {
    const text = begin + line;
    expect(diagnosedOf(text)).toEqual([["cut-frame", words]]);
    const { end, frames } = threadOf(text);
    expect(end).toEqual({ reason: "cut", message: "frame #1 is cut" });
    expect(frames.map(({ span }) => wordsOf(text, span))[1]).toBe(words);
  });

  it("says nothing where the last frame is whole", () => {
    expect(diagnosedOf(begin)).toEqual([]);
    expect(threadOf(begin).end).toBeNull();
  });
});
