import { abrt } from "./abrt.js";
import type { Dialect } from "./dialect.js";
import { elfutils } from "./elfutils.js";
import { glibcBacktrace } from "./glibc-backtrace.js";
import { glog } from "./glog.js";
import { lldb } from "./lldb.js";
import { mi } from "./mi/mi.js";
import { rustPanic } from "./rust-panic.js";
import { sanitizer } from "./sanitizer.js";
import { systemdCoredump } from "./systemd-coredump.js";

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
