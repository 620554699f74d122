import type { Option } from "./command.js";

/** What tells a command which rules of the user's own to load. */
export const ruleOptions = {
  rules: {
    describe: "A rule pack of your own, or a folder of them (*.yaml, *.yml); may be given several times",
    many: true,
  },
  config: { describe: "This configuration, not the backtriage.yaml of the folder or one above it" },
  "no-config": { flag: true, describe: "No configuration" },
} as const satisfies Readonly<Record<string, Option>>;
