import type { Dialect } from "./dialect.js";
import { mi } from "./mi/mi.js";
import { abrt } from "./neighbours/abrt.js";
import { elfutils } from "./neighbours/elfutils.js";
import { glibcBacktrace } from "./neighbours/glibc-backtrace.js";
import { glog } from "./neighbours/glog.js";
import { lldb } from "./neighbours/lldb.js";
import { rustPanic } from "./neighbours/rust-panic.js";
import { sanitizer } from "./neighbours/sanitizer.js";
import { systemdCoredump } from "./neighbours/systemd-coredump.js";

/** No two of them take the same lines; gdb's own reader gets what they leave. */
export const dialects: readonly Dialect[] = [
  abrt,
  glibcBacktrace,
  glog,
  lldb,
  mi,
  elfutils,
  rustPanic,
  sanitizer,
  systemdCoredump,
];
