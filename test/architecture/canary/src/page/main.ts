// Breaks page-imports.
export { defaultFile } from "../cli/options.js";
