import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible, visibleJson } from "../../src/format/visible.js";

const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]/u;

describe("visible", () => {
  test("shows what a terminal would obey", () => {
    expect(visible("a\u001b[31mb\u0007\u007f\u009b2J")).toBe("a\\x1b[31mb\\x07\\x7f\\x9b2J");
    expect(visible("a\tb\r\nc")).toBe("a\\tb\\r\\nc");
    expect(visible("x\u202ey\u2066z\u2028")).toBe("x\\u202ey\\u2066z\\u2028");
  });

  test("shows halves of surrogate pairs and keeps whole ones", () => {
    expect(visible("\ud83d\ude00")).toBe("\ud83d\ude00");
    expect(visible("a\ud83d")).toBe("a\\ud83d");
    expect(visible("\ude00a")).toBe("\\ude00a");
  });

  test("leaves ordinary text of any language alone", () => {
    expect(visible("std::vector<int> → übergröße 例")).toBe("std::vector<int> → übergröße 例");
  });

  test("lets nothing unsafe through", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => !unsafe.test(visible(text))));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 0xffff })),
        (units) => !unsafe.test(visible(String.fromCharCode(...units))),
      ),
    );
  });
});

describe("visibleJson", () => {
  test("keeps the value and the line ends of the JSON", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const json = visibleJson(JSON.stringify({ text }, null, 2));
        expect(json.split("\n")).toHaveLength(3);
        expect(unsafe.test(json.replaceAll("\n", ""))).toBe(false);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});
