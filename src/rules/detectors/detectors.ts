import type { Detector } from "./detector.js";
import { lockConvoy } from "./lock-convoy.js";
import { lockCycle } from "./lock-cycle.js";
import { lockQueue } from "./lock-queue.js";
import { lockReentry } from "./lock-reentry.js";
import { lockSelf } from "./lock-self.js";
import { mainThread } from "./main-thread.js";

/** Every detector, by the order of the alphabet: packs name them, the order decides nothing. */
export const detectors: readonly Detector[] = [
  lockConvoy,
  lockCycle,
  lockQueue,
  lockReentry,
  lockSelf,
  mainThread,
];
