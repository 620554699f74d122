import type { Command } from "../command.js";
import { UsageError } from "../status.js";
import { checkRules } from "./rules/check.js";
import { listRules } from "./rules/list.js";
import { newRules } from "./rules/new.js";
import { showRule } from "./rules/show.js";
import { testRules } from "./rules/test.js";

export const rules: Command = {
  name: "rules",
  describe: "List, show, check, test and begin rule packs",
  words: null,
  options: {},
  parts: [listRules, showRule, checkRules, testRules, newRules],
  run: () => Promise.reject(new UsageError("rules needs one of list, show, check, test, new")),
};
