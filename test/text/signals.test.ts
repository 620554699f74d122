import { describe, expect, it } from "vitest";
import { isRoutineSignal, signalName } from "../../src/text/signals.js";

describe("the name of a signal", () => {
  it.each([
    ["1", "SIGHUP"],
    ["6", "SIGABRT"],
    ["11", "SIGSEGV"],
    ["31", "SIGSYS"],
    ["34", "SIG34"],
    ["64", "SIG64"],
  ])("of number %s is %s", (number, name) => {
    expect(signalName(number)).toBe(name);
  });

  it.each(["0", "65", "999", "", "SIGSEGV", "constructor", "011"])("is not known of %s", (number) => {
    expect(signalName(number)).toBeNull();
  });
});

describe("a signal of every day", () => {
  it.each(["SIGINT", "SIGTRAP", "SIGUSR1", "SIGCHLD", "SIG34", "0"])("is %s", (name) => {
    expect(isRoutineSignal(name)).toBe(true);
  });

  it.each(["SIGSEGV", "SIGABRT", "SIGSYS", "SIGQUIT", "EXC_BAD_ACCESS", ""])("is not %s", (name) => {
    expect(isRoutineSignal(name)).toBe(false);
  });
});
