import type { Detector } from "./detector.js";

/** Every detector, by the order of the alphabet: packs name them, the order decides nothing. */
export const detectors: readonly Detector[] = [];
