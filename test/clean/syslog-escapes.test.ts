import { expect, it } from "vitest";
import { outlineOf, readingOf, wordsOf } from "../parse/reading.js";

const message = [
  "May  1 10:00:00 host systemd-coredump[99]: Process 4711 (reader) of user 1000 dumped core.",
  "",
  "Stack trace of thread 4711:",
  "#0  0x00007f1c93a0d4e4 walk (reader + 0x1131)",
  "#1  0x00007f24072d4500 main (reader + 0x1160)",
].join("#012");

it("puts a message that rsyslog wrote on one line on lines of its own", () => {
  expect(outlineOf(`${message}\n`)).toEqual([[[null, null, "0 walk, 1 main"]]]);
});

it("keeps the way back", () => {
  const [frame] = readingOf(message).traces[0]?.threads[0]?.frames ?? [];
  expect(frame === undefined ? null : wordsOf(message, frame.span)).toBe(
    "#0  0x00007f1c93a0d4e4 walk (reader + 0x1131)",
  );
});

it("leaves a number of that kind alone", () => {
  expect(outlineOf("see #012 and nothing else\n")).toEqual([]);
});
