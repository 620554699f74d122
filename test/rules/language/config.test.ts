import { describe, expect, it } from "vitest";
import { packs } from "../../../src/generated/packs.js";
import { configProblems, loadConfig } from "../../../src/rules/language/load-config.js";
import { withSettings } from "../../../src/rules/language/settings.js";

const load = (text: string) => loadConfig(text, "backtriage.yaml");

/** Everything that is wrong with a configuration beside the built-in packs. */
function problemsOf(text: string): readonly string[] {
  const loaded = load(text);
  return loaded.config === null ? loaded.problems : configProblems(loaded.config, packs, loaded.placeOf);
}

const whole = `rules: [packs, more/own.yaml]
packs: { disable: [deadlock] }
overrides:
  crash/signal: { severity: warning, reason: we look at each }
  crash/abort: { off: true, reason: wanted }
suppress:
  - { rule: crash/assertion, function: "net_*", reason: known, until: 2027-03-01 }
  - { fingerprint: "bt2:0123456789abcdef", reason: known, until: 2027-03-01 }
`;

describe("a configuration", () => {
  it("is taken where all of it is right", () => {
    expect(problemsOf(whole)).toEqual([]);
    expect(load(whole).config?.suppress?.[0]).toEqual({
      rule: "crash/assertion",
      function: "net_*",
      reason: "known",
      until: "2027-03-01",
    });
  });

  it.each([[""], ["# nothing yet\n"], ["{}\n"]])("may say nothing: %j", (text) => {
    expect(load(text)).toMatchObject({ config: {}, problems: [] });
  });

  it.each([
    [
      "an unknown key",
      "rulse: [a]\n",
      "1:1: unknown key `rulse` in the configuration; did you mean `rules`?",
    ],
    [
      "an unknown pack",
      "packs: { disable: [qemu-memroy] }\n",
      "1:20: there is no pack `qemu-memroy`; did you mean `qemu-memory`?",
    ],
    [
      "the pack that all need",
      "packs: { disable: [runtime] }\n",
      "1:20: every pack refers to `runtime`: turn off its rules instead (overrides)",
    ],
    [
      "an unknown rule",
      "overrides:\n  crash/singal: { severity: note }\n",
      "2:3: there is no rule `crash/singal`; did you mean `crash/signal`?",
    ],
    [
      "a rule that is off without a reason",
      "overrides:\n  crash/signal: { off: true }\n",
      "2:3: overrides.crash/signal.reason is missing",
    ],
    ["an unknown severity", "overrides:\n  crash/signal: { severity: warn }\n", "did you mean `warning`?"],
    [
      "a suppression without a reason",
      "suppress:\n  - { rule: crash/signal, until: 2027-03-01 }\n",
      "2:5: suppress.0.reason is missing",
    ],
    [
      "a suppression without an end",
      "suppress:\n  - { rule: crash/signal, reason: x }\n",
      "2:5: suppress.0.until is missing",
    ],
    [
      "a day that is none",
      "suppress:\n  - { rule: crash/signal, reason: x, until: 2027-02-30 }\n",
      "a day is YYYY-MM-DD",
    ],
    [
      "a suppression of everything",
      "suppress:\n  - { reason: x, until: 2027-03-01 }\n",
      "this would suppress everything",
    ],
    [
      "a pattern of everything",
      'suppress:\n  - { function: "*", reason: x, until: 2027-03-01 }\n',
      "the pattern matches everything",
    ],
    [
      "an unknown rule that is suppressed",
      "suppress:\n  - { rule: crash/x, reason: x, until: 2027-03-01 }\n",
      "2:7: there is no rule `crash/x`",
    ],
    ["a word", "rules\n", "the configuration: "],
    ["what is no YAML", "[", ""],
  ])("is told of %s", (_, text, problem) => {
    const problems = problemsOf(text);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^backtriage\.yaml:\d+:\d+: \S/);
    expect(problems[0]).toContain(problem);
  });

  it("is told of all at once", () => {
    expect(problemsOf("rulse: []\npacks: { disable: 5 }\nsuppress: [{}]\n")).toHaveLength(4);
  });
});

describe("the packs as a configuration wants them", () => {
  const config = load(whole).config ?? {};
  const wanted = withSettings(packs, config);
  const runtime = wanted.find(({ pack }) => pack === "runtime");

  it("lack those that it disables", () => {
    expect(wanted.map(({ pack }) => pack)).toEqual(
      packs.map(({ pack }) => pack).filter((pack) => pack !== "deadlock"),
    );
  });

  it("lack the rules that are off, and have the others graded anew", () => {
    expect(runtime?.rules).not.toHaveProperty("abort");
    expect(runtime?.rules.signal?.severity).toBe("warning");
    expect(runtime?.rules.assertion?.severity).toBe("note");
  });

  it("grade a rule in every case where its grade is overridden", () => {
    const graded = packs.flatMap(({ pack, prefix, rules }) =>
      Object.entries(rules).flatMap(([name, { grade }]) =>
        grade === undefined ? [] : [{ id: `${prefix ?? pack}/${name}`, name, pack }],
      ),
    )[0];
    if (graded === undefined) throw new Error("no rule has grades");
    const [pack] = withSettings(
      packs.filter((one) => one.pack === graded.pack),
      { overrides: { [graded.id]: { severity: "note" } } },
    );
    expect(pack?.rules[graded.name]).toMatchObject({ severity: "note" });
    expect(pack?.rules[graded.name]).not.toHaveProperty("grade");
  });
});
