import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/cli/status.js";
import { todayOf } from "../../src/cli/today.js";

const clock = () => new Date("2026-11-24T23:59:59Z");

describe("the day of the run", () => {
  test.each<[string, Record<string, string>, string]>([
    ["the clock, in UTC", {}, "2026-11-24"],
    ["BACKTRIAGE_TODAY", { BACKTRIAGE_TODAY: "2027-02-28", SOURCE_DATE_EPOCH: "0" }, "2027-02-28"],
    ["SOURCE_DATE_EPOCH", { SOURCE_DATE_EPOCH: "86399" }, "1970-01-01"],
    ["the clock where both are empty", { BACKTRIAGE_TODAY: "", SOURCE_DATE_EPOCH: "" }, "2026-11-24"],
  ])("is that of %s", (_, env, day) => {
    expect(todayOf(env, clock)).toBe(day);
  });

  test.each([
    [{ BACKTRIAGE_TODAY: "2027-02-30" }],
    [{ BACKTRIAGE_TODAY: "tomorrow" }],
    [{ BACKTRIAGE_TODAY: "2027-2-3" }],
    [{ SOURCE_DATE_EPOCH: "1e3" }],
    [{ SOURCE_DATE_EPOCH: "99999999999999999999" }],
  ])("is refused where %j says none", (env) => {
    expect(() => todayOf(env, clock)).toThrow(UsageError);
  });
});
