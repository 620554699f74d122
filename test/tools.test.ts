import { describe, expect, it } from "vitest";
import { planFor } from "./tools.js";

const [path, missing] = [process.env.PATH, "no-such-program"];

describe("tests that need a tool", () => {
  it("run where it is there, required or not", () => {
    expect(planFor(["node"], { PATH: path })).toEqual({ kind: "run" });
    expect(planFor(["node"], { PATH: path, BACKTRIAGE_REQUIRE: "node" })).toEqual({ kind: "run" });
  });

  it("are skipped where it is missing, with the reason", () => {
    const plan = planFor(["node", missing], { PATH: path, BACKTRIAGE_REQUIRE: "node" });
    expect(plan).toEqual({ kind: "skip", why: "no-such-program not found in PATH" });
    expect(planFor([missing], {}).kind).toBe("skip");
  });

  it("fail where it is missing and BACKTRIAGE_REQUIRE names it", () => {
    const plan = planFor(["node", missing], { PATH: path, BACKTRIAGE_REQUIRE: `gdb, ${missing}` });
    expect(plan).toEqual({
      kind: "fail",
      why: "BACKTRIAGE_REQUIRE names no-such-program: not found in PATH",
    });
  });
});
