import type { Detector } from "./detector.js";
import { guardPage } from "./guard-page.js";
import { lockConvoy } from "./lock-convoy.js";
import { lockCycle } from "./lock-cycle.js";
import { lockQueue } from "./lock-queue.js";
import { lockReentry } from "./lock-reentry.js";
import { lockSelf } from "./lock-self.js";
import { mainThread } from "./main-thread.js";
import { nullAccess } from "./null-access.js";
import { nullArgument } from "./null-argument.js";
import { nullCall } from "./null-call.js";
import { nullMember } from "./null-member.js";
import { poisonedPointer } from "./poisoned-pointer.js";
import { recursion } from "./recursion.js";
import { wildPointer } from "./wild-pointer.js";

/** Every detector, by the order of the alphabet: packs name them, the order decides nothing. */
export const detectors: readonly Detector[] = [
  guardPage,
  lockConvoy,
  lockCycle,
  lockQueue,
  lockReentry,
  lockSelf,
  mainThread,
  nullAccess,
  nullArgument,
  nullCall,
  nullMember,
  poisonedPointer,
  recursion,
  wildPointer,
];
