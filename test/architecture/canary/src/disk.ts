// Breaks only-the-edge-knows-node.
export { readFileSync } from "node:fs";
