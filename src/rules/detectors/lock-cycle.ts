import { deadlockPlaceholders, deadlocksOf } from "./deadlocks.js";
import type { Detector } from "./detector.js";

/** Threads that wait for each other in a circle: one detection for each circle. */
export const lockCycle: Detector = {
  name: "lock-cycle",
  placeholders: deadlockPlaceholders,
  detect: (scene) => deadlocksOf(scene, ({ edges }) => edges.length > 1),
};
