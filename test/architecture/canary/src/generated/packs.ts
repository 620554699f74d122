// Breaks generated-imports, core-does-not-know-the-edge.
export { defaultFile } from "../cli/options.js";
