import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detector } from "./detector.js";

/** A null pointer that a crash frame shows, and the callers that handed it on. */
export const nullArgument: Detector = {
  name: "null-argument",
  placeholders: accessPlaceholders,
  detect: (scene) => badAccesses(scene, "null-argument"),
};
