export const defaultFile = "crash.log";
