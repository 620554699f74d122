import { describe, expect, test } from "vitest";
import { explained, refusal, UnreadableError } from "../../../src/read/node/unreadable.js";

describe("what the system refuses", () => {
  test("is said in words, with what to do", () => {
    expect(refusal("ENOENT")).toMatchObject({
      message: "no such file",
      hint: "check the path",
      code: "ENOENT",
    });
    expect(refusal("EWHATEVER")).toMatchObject({ message: "cannot be read (EWHATEVER)" });
  });

  test("is told from a fault of ours", () => {
    const theirs = Object.assign(new Error("x"), { code: "EIO", syscall: "read" });
    expect(explained(theirs)).toBeInstanceOf(UnreadableError);
    expect(explained(theirs)).toMatchObject({ code: "EIO", cause: theirs });
    for (const ours of [new TypeError("ours"), Object.assign(new Error("x"), { code: "ERR_X" }), "text"]) {
      expect(explained(ours)).toBe(ours);
    }
  });
});
