// Breaks rules-imports. (a package that is not the rules')
import type { Argv } from "yargs";

export type Finding = Argv;
