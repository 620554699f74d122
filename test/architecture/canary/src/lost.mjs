// Breaks everything-resolves.
export * from "./nowhere.mjs";
