import { describe, expect, it } from "vitest";
import { clean } from "../../src/clean/clean.js";
import { reportOfText } from "../samples/samples.js";

describe("the message of a failed assertion that breaks off twice", () => {
  it.each([
    [
      "GLib's",
      "t:ERROR:a.c:57:f: assertion failed\nt:ERROR:a.c:57:f: assertion failed\nt:ERROR:a.c:57:f: assertion failed (n == 3): (2 == 3)\n",
    ],
    ["glibc's", "x: a.c:1: f: Assertion `a &&\nx: a.c:2: g: Assertion `b &&\nc' failed.\n"],
  ])("gives a report: %s", (_, text) => {
    expect(() => clean(text)).not.toThrow();
    expect(reportOfText(text).documents[0]?.assertions.length).toBeGreaterThan(0);
  });
});
