import { deadlockPlaceholders, deadlocksOf } from "./deadlocks.js";
import type { Detector } from "./detector.js";

/** A thread that waits for a lock which it owns itself. A recursive lock would have let it in. */
export const lockSelf: Detector = {
  name: "lock-self",
  placeholders: deadlockPlaceholders,
  detect: (scene) => deadlocksOf(scene, ({ edges }) => edges.length === 1),
};
