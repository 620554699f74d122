import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, it } from "vitest";

/** What becomes of tests that need programs of this machine. */
export type Plan =
  | { readonly kind: "run" }
  | { readonly kind: "skip"; readonly why: string }
  | { readonly kind: "fail"; readonly why: string };

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether a program of that name can be started: some folder of `PATH` holds it. */
function isThere(tool: string, env: Environment): boolean {
  return (env.PATH ?? "").split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Tests whose tools are missing are skipped, so that the suite passes on a machine with Node alone; but where
 * `BACKTRIAGE_REQUIRE` names a missing one (`gdb,gcc`), they fail, so that a machine that is meant to run them does.
 */
export function planFor(tools: readonly string[], env: Environment): Plan {
  const missing = tools.filter((tool) => !isThere(tool, env));
  const required = (env.BACKTRIAGE_REQUIRE ?? "").split(",").map((tool) => tool.trim());
  const unmet = missing.filter((tool) => required.includes(tool));
  if (unmet.length > 0) {
    return { kind: "fail", why: `BACKTRIAGE_REQUIRE names ${unmet.join(", ")}: not found in PATH` };
  }
  if (missing.length > 0) return { kind: "skip", why: `${missing.join(", ")} not found in PATH` };
  return { kind: "run" };
}

/** `describe`, for tests that start `tools`. Where one is missing, a single line on stderr says what was skipped and why. */
export function describeWith(tools: readonly string[], title: string, tests: () => void): void {
  const plan = planFor(tools, process.env);
  if (plan.kind === "run") {
    describe(title, tests);
    return;
  }
  if (plan.kind === "skip") {
    process.stderr.write(`skipped: ${title} (${plan.why})\n`);
    describe.skip(`${title} (${plan.why})`, tests);
    return;
  }
  it(title, () => {
    throw new Error(plan.why);
  });
}
