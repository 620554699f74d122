import fc from "fast-check";
import type { ReadThread } from "../../src/model/trace.js";

/** A frame as a test makes it up, and as gdb prints it. */
export interface PrintedFrame {
  readonly level: number;
  readonly address: string | null;
  readonly function: string;
  readonly arguments: readonly PrintedArgument[];
  readonly file: string | null;
  readonly line: number;
  readonly library: string | null;
}

interface PrintedArgument {
  readonly name: string;
  readonly value: string | null;
  readonly entryValue: string | null;
}

/** The line that gdb prints for a frame. */
export function lineOf(frame: PrintedFrame): string {
  const address = frame.address === null ? "" : `${frame.address} in `;
  const place = frame.file === null ? "" : ` at ${frame.file}:${frame.line}`;
  const library = frame.library === null ? "" : ` from ${frame.library}`;
  const level = `#${frame.level}`.padEnd(3);
  return `${level} ${address}${frame.function} (${frame.arguments.map(argumentText).join(", ")})${place}${library}`;
}

function argumentText({ name, value, entryValue }: PrintedArgument): string {
  if (entryValue === null) return `${name}=${value}`;
  return value === null ? `${name}@entry=${entryValue}` : `${name}=${name}@entry=${entryValue}`;
}

/** What must be read of a made-up frame. */
export function expectedOf(frame: PrintedFrame) {
  return {
    level: frame.level,
    address: frame.address,
    function: frame.function === "??" ? null : frame.function,
    kind: "normal",
    arguments: frame.arguments,
    location: frame.file === null ? null : { file: frame.file, line: frame.line },
    library: frame.library,
  };
}

/** What was read of the frames of a thread, in the form of {@link expectedOf}. */
export function readOf({ frames }: ReadThread) {
  return frames.map(({ level, address, function: name, kind, arguments: items, location, library }) => ({
    level,
    address,
    function: name,
    kind,
    arguments: items.map((item) => ({ name: item.name, value: item.value, entryValue: item.entryValue })),
    location,
    library,
  }));
}

const names = fc.constantFrom(
  "walk",
  "queue_pop",
  "_int_free",
  "__GI_raise",
  "step.part.0",
  "run.constprop.0.isra.1",
  "weird.asm$label",
  "ns::Box::run",
  "ns::Box<int>::run",
  "(anonymous namespace)::deeper::anon",
  "zoo::{impl#0}::area",
  "main::$_0::operator()",
  "core::panicking::panic_fmt",
  "??",
);

const values = fc.constantFrom(
  "0",
  "-3",
  "68404985856",
  "true",
  "120 'x'",
  "39 '\\''",
  "40 '('",
  "1.5",
  "0x0",
  "0x55a32a4fb000",
  "0x55a326132580 <address_space_memory>",
  "0x555555558034 <table+4>",
  '0x55a32575d9b0 "include/exec/memory.h"',
  '0x5555 "a, b) at x.c:3"',
  '0x5555 "q\\"uote\\\\ \\t\\n"',
  '"abc"...',
  "'z' <repeats 40 times>, \"tail\"",
  "<optimized out>",
  "<synthetic pointer>",
  "...",
  "{x = 1, y = {z = 2, w = 0x0}}",
  "std::vector of length 3, capacity 3 = {...}",
  "@0x7fffffffe2f0: 2",
  "(A | B)",
  "Color::green",
);

const argument = fc.oneof(
  { weight: 4, arbitrary: values.map((value) => ({ value, entryValue: null })) },
  { weight: 1, arbitrary: fc.constantFrom("6", "0x55a3").map((value) => ({ value, entryValue: value })) },
  { weight: 1, arbitrary: values.map((entryValue) => ({ value: null, entryValue })) },
);

const parameters = ["this", "opaque", "f", "vdev", "n", "addr", "is_write", "__args#0"];

const frame = fc.record({
  address: fc
    .integer({ min: 0x1000, max: 0xffff_ffff })
    .map((value) => `0x${value.toString(16).padStart(16, "0")}`),
  function: names,
  arguments: fc
    .array(argument, { maxLength: 5 })
    .map((items) => items.map((item, index) => ({ name: parameters[index] ?? "x", ...item }))),
  place: fc.oneof(
    fc.record({
      file: fc.constantFrom(
        "list.c",
        "../src/hw/virtio/virtio.c",
        "/build/qemu-5.2.0/include/exec/memory.h",
        "C:\\src\\a.cc",
      ),
      line: fc.integer({ min: 1, max: 99_999 }),
    }),
    fc
      .constantFrom("/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/libstdc++.so.6.0.30")
      .map((library) => ({ library })),
    fc.constant({}),
  ),
});

/** Made-up frames of one thread, innermost first; the first may lack its address. */
export const printedFrames: fc.Arbitrary<readonly PrintedFrame[]> = fc
  .tuple(fc.constantFrom(0, 0, 0, 3, 98), fc.array(frame, { minLength: 1, maxLength: 8 }))
  .map(([start, frames]) =>
    frames.map(({ place, ...one }, index): PrintedFrame => {
      // gdb knows no arguments of a function that it does not know, and no place but its library.
      const known = one.function !== "??";
      return {
        level: start + index,
        address: one.address,
        function: one.function,
        arguments: known ? one.arguments : [],
        file: known && "file" in place ? place.file : null,
        line: known && "line" in place ? place.line : 0,
        library: "library" in place ? place.library : null,
      };
    }),
  );
