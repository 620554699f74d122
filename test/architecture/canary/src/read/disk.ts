// Breaks read-imports, core-does-not-know-the-edge.
export { bytesOf } from "./node/bytes.js";
