import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detector } from "./detector.js";

/** A call through a null function pointer: the innermost frame is in the first page, and its caller is known. */
export const nullCall: Detector = {
  name: "null-call",
  placeholders: accessPlaceholders,
  detect: (scene) => badAccesses(scene, "null-call"),
};
