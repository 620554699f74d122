import { accessPlaceholders, badAccesses } from "./bad-access.js";
import type { Detector } from "./detector.js";

/** An access a few bytes behind a null pointer: a member of a structure, or an element of an array, that is not there. */
export const nullMember: Detector = {
  name: "null-member",
  placeholders: accessPlaceholders,
  detect: (scene) => badAccesses(scene, "null-member"),
};
