import { wordsEvidence } from "../evidence.js";
import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detection, Detector, DetectorScene } from "./detector.js";
import { headingOf } from "./fault-address.js";

/** An access to address 0 with a pointer that no frame shows, and what UndefinedBehaviorSanitizer reports of null pointers. */
export const nullAccess: Detector = {
  name: "null-access",
  placeholders: accessPlaceholders,
  detect: (scene) => [...badAccesses(scene, "null-access"), ...reported(scene)],
};

/** `runtime error: member access within null pointer of type 'struct node'`, `… load of null pointer of type 'int'`. */
const nullReport = /^runtime error: (.*\bnull pointer\b.*)$/;

function reported({ trace, index, crashes, excerpt }: DetectorScene): Detection[] {
  if (trace.dialect !== "sanitizer") return [];
  return crashes.flatMap(({ kind, thread: at, frame }) => {
    const thread = trace.threads[at];
    const words = nullReport.exec(thread?.name ?? "")?.[1];
    if (kind !== "report" || thread === undefined || words === undefined) return [];
    const place = { trace: index, thread: at, excerpt };
    return [
      {
        thread: at,
        frames: [frame ?? 0],
        evidence: [wordsEvidence("value", `the sanitizer reported: ${words}`, headingOf(thread), place)],
        confidence: "certain",
        data: {
          pointer: words,
          passed: "",
          doubt: "",
          address: "0x0",
          offset: "0",
          meaning: "nothing is mapped so close to address 0",
        },
      },
    ];
  });
}
