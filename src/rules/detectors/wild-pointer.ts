import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detector } from "./detector.js";

/** A pointer whose value can be no address. */
export const wildPointer: Detector = {
  name: "wild-pointer",
  placeholders: accessPlaceholders,
  detect: (scene) => badAccesses(scene, "impossible"),
};
