import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detector } from "./detector.js";

/** A pointer whose value is a well-known pattern of memory that must not be used (poison.ts). */
export const poisonedPointer: Detector = {
  name: "poisoned-pointer",
  placeholders: accessPlaceholders,
  detect: (scene) => badAccesses(scene, "poisoned"),
};
