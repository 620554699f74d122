import { describe, expect, it } from "vitest";
import type { Document } from "../../src/model/report.js";
import { reportOfText } from "../samples/samples.js";
import { runtime } from "./small-pack.js";

/** Numbers frames from 0; one that begins with `<` or an address stands as it is. */
function stack(frames: readonly string[]): string {
  return frames
    .map((frame, level) => {
      const address = /^(?:<|0x)/.test(frame) ? "" : `0x00007f3a1c2d${String(4100 + level)} in `;
      return `#${String(level).padEnd(2)} ${address}${frame}\n`;
    })
    .join("");
}

function documentOf(text: string): Document {
  const [document] = reportOfText(text, [runtime]).documents;
  if (document === undefined) throw new Error("no document");
  return document;
}

/** The frame where it crashed, and the rule that spoke. */
function crashOf(text: string) {
  const { traces, findings } = documentOf(text);
  const crash = traces[0]?.crashFrame;
  return [crash?.level, crash?.function, findings.map(({ rule }) => rule).join()];
}

const program = ["pop (queue=0x0) at queue.c:41", "serve (n=3) at serve.c:76", "main () at main.c:9"];
const stripped = ["pop ()", "serve ()", "main ()"];

/** Title, the rule that speaks, and the machinery above the program's `pop`, innermost first. */
const deaths: readonly (readonly [string, "abort" | "assertion" | "signal", readonly string[]])[] = [
  [
    "glibc 2.36",
    "assertion",
    [
      "__pthread_kill_implementation (threadid=<optimized out>, signo=signo@entry=6, no_tid=no_tid@entry=0) at ./nptl/pthread_kill.c:44",
      "__pthread_kill_internal (signo=6, threadid=<optimized out>) at ./nptl/pthread_kill.c:78",
      "__GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26",
      "__GI_abort () at ./stdlib/abort.c:79",
      '__assert_fail_base (fmt=0x7f1 "%s", assertion=0x55 "n > 0", file=0x56 "queue.c", line=41, function=0x57 "pop") at ./assert/assert.c:92',
      '__GI___assert_fail (assertion=0x55 "n > 0", file=0x56 "queue.c", line=41, function=0x57 "pop") at ./assert/assert.c:101',
    ],
  ],
  [
    "glibc 2.35 with __GI___pthread_kill",
    "abort",
    [
      "__pthread_kill_implementation (no_tid=0, signo=6, threadid=140737) at ./nptl/pthread_kill.c:44",
      "__pthread_kill_internal (signo=6, threadid=140737) at ./nptl/pthread_kill.c:78",
      "__GI___pthread_kill (threadid=140737, signo=signo@entry=6) at ./nptl/pthread_kill.c:89",
      "__GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26",
      "__GI_abort () at ./stdlib/abort.c:79",
    ],
  ],
  [
    "glibc 2.27, whose signal mask is restored in an inlined function",
    "abort",
    [
      "__libc_signal_restore_set (set=0x7ffc) at ../sysdeps/unix/sysv/linux/internal-signals.h:84",
      "__GI_raise (sig=sig@entry=6) at ../sysdeps/unix/sysv/linux/raise.c:48",
      "__GI_abort () at abort.c:79",
    ],
  ],
  [
    "glibc 2.12, with an asterisk",
    "abort",
    ["*__GI_raise (sig=6) at raise.c:64", "*__GI_abort () at abort.c:92"],
  ],
  [
    "glibc without debug information",
    "abort",
    ["gsignal () from /lib64/libc.so.6", "abort () from /lib64/libc.so.6"],
  ],
  [
    "a C library without names",
    "abort",
    ["?? () from /lib64/libc.so.6", "raise () from /lib64/libc.so.6", "abort () from /lib64/libc.so.6"],
  ],
  [
    "names with versions, copies and a jump table",
    "abort",
    ["raise@@GLIBC_2.2.5 ()", "abort.cold ()", "abort@plt ()"],
  ],
  ["i386", "abort", ["__kernel_vsyscall ()", "raise () from /lib/libc.so.6", "abort () from /lib/libc.so.6"]],
  [
    "i386 of old",
    "abort",
    [
      "_dl_sysinfo_int80 () from /lib/ld-linux.so.2",
      "raise () from /lib/tls/libc.so.6",
      "abort () from /lib/tls/libc.so.6",
    ],
  ],
  [
    "fortified functions",
    "abort",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "__libc_message (action=do_abort, fmt=0x7f) at ../sysdeps/posix/libc_fatal.c:155",
      "__GI___fortify_fail (msg=0x7f) at fortify_fail.c:26",
      "__GI___chk_fail () at chk_fail.c:28",
      "__strcpy_chk (dest=0x1, src=0x2, destlen=8) at strcpy_chk.c:30",
      "strcpy (__src=0x2, __dest=0x1) at /usr/include/x86_64-linux-gnu/bits/string_fortified.h:79",
    ],
  ],
  [
    "the stack protector",
    "abort",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      '__libc_message_impl (fmt=0x7f "*** %s ***") at ../sysdeps/posix/libc_fatal.c:132',
      "__GI___fortify_fail (msg=0x7f) at fortify_fail.c:24",
      "__stack_chk_fail () at stack_chk_fail.c:24",
    ],
  ],
  [
    "a damaged heap",
    "abort",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "__libc_message () from /lib64/libc.so.6",
      "malloc_printerr (str=0x7f) at ./malloc/malloc.c:5664",
      "_int_free (av=0x7f, p=0x55, have_lock=0) at ./malloc/malloc.c:4591",
      "__GI___libc_free (mem=0x55) at ./malloc/malloc.c:3391",
      "g_free () from /lib64/libglib-2.0.so.0",
    ],
  ],
  [
    "malloc's own assertion",
    "assertion",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      '__malloc_assert (assertion=0x7f "old_top", file=0x7f "malloc.c", line=2379, function=0x7f "sysmalloc") at malloc.c:298',
      "sysmalloc (nb=48, av=0x7f) at malloc.c:2379",
      "_int_malloc (av=0x7f, bytes=40) at malloc.c:4141",
      "__GI___libc_malloc (bytes=40) at malloc.c:3066",
    ],
  ],
  [
    "C++ terminate inside a stripped libstdc++",
    "abort",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "?? () from /lib64/libstdc++.so.6",
      "?? () from /lib64/libstdc++.so.6",
      "std::terminate() () from /lib64/libstdc++.so.6",
      "__cxa_throw () from /lib64/libstdc++.so.6",
      "std::__throw_out_of_range_fmt(char const*, ...) () from /lib64/libstdc++.so.6",
    ],
  ],
  [
    "C++ terminate without libraries or names",
    "abort",
    ["raise ()", "abort ()", "?? ()", "?? ()", "std::terminate() ()", "__cxa_rethrow ()"],
  ],
  [
    "C++ terminate with names",
    "abort",
    [
      "abort () from /lib64/libc.so.6",
      "__gnu_cxx::__verbose_terminate_handler() ()",
      "__cxxabiv1::__terminate(void (*)()) ()",
      "std::terminate() ()",
      "__cxa_pure_virtual ()",
    ],
  ],
  [
    "names as the linker knows them",
    "abort",
    ["abort ()", "_ZN10__cxxabiv111__terminateEPFvvE ()", "_ZSt9terminatev ()"],
  ],
  [
    "an assertion of libstdc++",
    "assertion",
    ["abort ()", "std::__glibcxx_assert_fail(char const*, int, char const*, char const*) ()"],
  ],
  [
    "libc++",
    "abort",
    [
      "abort ()",
      "std::__1::__libcpp_verbose_abort(char const*, ...) ()",
      "std::__1::__throw_length_error(char const*) ()",
    ],
  ],
  [
    "libc++abi",
    "abort",
    [
      "abort ()",
      "abort_message ()",
      "demangling_terminate_handler() ()",
      "std::__terminate(void (*)()) ()",
      "__cxa_throw ()",
    ],
  ],
  [
    "a Rust panic with debug information",
    "abort",
    [
      "__pthread_kill_implementation () from /lib64/libc.so.6",
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "std::sys::pal::unix::abort_internal () at library/std/src/sys/pal/unix/mod.rs:366",
      "std::panicking::rust_panic_with_hook () at library/std/src/panicking.rs:790",
      "std::panicking::begin_panic_handler::{closure#0} () at library/std/src/panicking.rs:658",
      "std::sys::backtrace::__rust_end_short_backtrace<std::panicking::begin_panic_handler::{closure_env#0}, !> () at library/std/src/sys/backtrace.rs:171",
      "std::panicking::begin_panic_handler () at library/std/src/panicking.rs:645",
      "core::panicking::panic_fmt () at library/core/src/panicking.rs:72",
      "core::option::unwrap_failed () at library/core/src/option.rs:1980",
      "core::option::Option<i32>::unwrap<i32> (self=...) at library/core/src/option.rs:980",
    ],
  ],
  [
    "a Rust panic with version 0 of the mangling",
    "abort",
    [
      "rust_panic ()",
      "std[52e075f1bb4e3548]::panicking::rust_panic_with_hook ()",
      "__rustc[52e075f1bb4e3548]::rust_begin_unwind ()",
      "core[846817f741e54dfd]::panicking::panic_fmt ()",
      "core[846817f741e54dfd]::panicking::panic ()",
    ],
  ],
  [
    "a Rust panic with hashes",
    "abort",
    [
      "std::process::abort::h0123456789abcdef ()",
      "rust_begin_unwind ()",
      "core::panicking::panic_bounds_check::h0123456789abcdef ()",
    ],
  ],
  [
    "GLib",
    "assertion",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "?? () from /lib64/libglib-2.0.so.0",
      'g_assertion_message_expr (domain=0x0, file=0x1 "queue.c", line=41, func=0x2 "pop", expr=0x3 "n > 0") from /lib64/libglib-2.0.so.0',
    ],
  ],
  [
    "an error of QEMU's that nobody may see",
    "abort",
    [
      "raise () from /lib64/libc.so.6",
      "abort () from /lib64/libc.so.6",
      "error_handle (errp=0x1, err=0x2) at ../util/error.c:38",
      "error_setv (errp=0x1) at ../util/error.c:77",
      "error_setg_internal (errp=0x1) at ../util/error.c:105",
    ],
  ],
  [
    "musl",
    "assertion",
    [
      "__restore_sigs (set=0x7ff) at src/signal/block.c:43",
      "raise (sig=sig@entry=6) at src/signal/raise.c:11",
      "abort () at src/exit/abort.c:11",
      '__assert_fail (expr=0x55 "n > 0", file=0x56 "queue.c", line=41, func=0x57 "pop") at src/exit/assert.c:7',
    ],
  ],
  [
    "musl's malloc",
    "signal",
    ["a_crash () at ./arch/x86_64/atomic_arch.h:108", "__libc_free () from /lib/ld-musl-x86_64.so.1"],
  ],
  [
    "FreeBSD",
    "assertion",
    [
      "thr_kill () at thr_kill.S:4",
      "__raise (s=s@entry=6) at /usr/src/lib/libc/gen/raise.c:52",
      "abort () at /usr/src/lib/libc/stdlib/abort.c:67",
      '__assert (func=0x57 "pop", file=0x56 "queue.c", line=41, failedexpr=0x55 "n > 0") at /usr/src/lib/libc/gen/assert.c:51',
    ],
  ],
  [
    "OpenBSD",
    "assertion",
    [
      "thrkill () at /tmp/-:3",
      "_libc_abort () at /usr/src/lib/libc/stdlib/abort.c:51",
      '_libc___assert2 (file=0x56 "queue.c", line=41, func=0x57 "pop", failedexpr=0x55 "n > 0") at /usr/src/lib/libc/gen/assert.c:52',
    ],
  ],
  [
    "NetBSD",
    "assertion",
    [
      "_lwp_kill () from /usr/lib/libc.so.12",
      "abort () from /usr/lib/libc.so.12",
      '__assert13 (file=0x56 "queue.c", line=41, function=0x57 "pop", failedexpr=0x55 "n > 0") from /usr/lib/libc.so.12',
    ],
  ],
  [
    "macOS",
    "assertion",
    [
      "__pthread_kill () from /usr/lib/system/libsystem_kernel.dylib",
      "pthread_kill () from /usr/lib/system/libsystem_pthread.dylib",
      "abort () from /usr/lib/system/libsystem_c.dylib",
      '__assert_rtn (func=0x57 "pop", file=0x56 "queue.c", line=41, expr=0x55 "n > 0") from /usr/lib/system/libsystem_c.dylib',
    ],
  ],
  [
    "macOS' malloc",
    "abort",
    ["__pthread_kill ()", "pthread_kill ()", "abort ()", "malloc_vreport ()", "malloc_report ()", "free ()"],
  ],
  [
    "bionic",
    "assertion",
    [
      "abort () from /apex/com.android.runtime/lib64/bionic/libc.so",
      '__assert2 (file=0x56 "queue.c", line=41, function=0x57 "pop", failed_expression=0x55 "n > 0") from /apex/com.android.runtime/lib64/bionic/libc.so',
    ],
  ],
  [
    "bionic's hardened malloc",
    "abort",
    ["abort ()", "scudo::die() ()", "scudo::reportInvalidChunkState() ()", "free ()"],
  ],
  [
    "MinGW",
    "assertion",
    [
      "ucrtbase!raise () from C:\\Windows\\System32\\ucrtbase.dll",
      "ucrtbase!abort () from C:\\Windows\\System32\\ucrtbase.dll",
      '_assert (_Message=0x55 "n > 0", _File=0x56 "queue.c", _Line=41) from C:\\Windows\\System32\\msvcrt.dll',
    ],
  ],
  [
    "names with their modules",
    "abort",
    ["KERNELBASE!RaiseException ()", "msvcrt!raise ()", "msvcrt!abort ()"],
  ],
  [
    "a wrong argument on Windows",
    "abort",
    ["ucrtbase!_invoke_watson ()", "ucrtbase!_invalid_parameter_noinfo_noreturn ()"],
  ],
  [
    "a sanitizer under gdb",
    "abort",
    [
      "abort ()",
      "__sanitizer::Abort() ()",
      "__sanitizer::Die() ()",
      "__asan::ScopedInErrorReport::~ScopedInErrorReport() ()",
      "__asan::ReportGenericError(unsigned long, unsigned long) ()",
      "__interceptor_memcpy ()",
    ],
  ],
  [
    "signed overflow that traps",
    "abort",
    ["raise ()", "abort ()", "__addvsi3.cold () from /usr/lib/libqueue.so.1"],
  ],
];

describe("the crash frame stands behind the machinery of", () => {
  it.each(deaths)("%s, with all names", (_, rule, machinery) => {
    const report = rule === "signal" ? "Program received signal SIGSEGV, Segmentation fault.\n" : "";
    expect(crashOf(report + stack([...machinery, ...program]))).toEqual([
      machinery.length,
      "pop",
      `crash/${rule}`,
    ]);
  });

  it.each(deaths)("%s, in a program without debug information", (_, rule, machinery) => {
    const report = rule === "signal" ? "Program received signal SIGSEGV, Segmentation fault.\n" : "";
    expect(crashOf(report + stack([...machinery, ...stripped])).slice(0, 2)).toEqual([
      machinery.length,
      "pop",
    ]);
  });

  it.each(deaths)("%s, in a program without names: the function is not known", (_, rule, machinery) => {
    const report = rule === "signal" ? "Program received signal SIGSEGV, Segmentation fault.\n" : "";
    const text = report + stack([...machinery, "?? ()", "?? ()", "main ()"]);
    expect(crashOf(text).slice(0, 2)).toEqual([machinery.length, null]);
  });
});

describe("a signal of g_error", () => {
  const frames = [
    "g_logv () from /lib64/libglib-2.0.so.0",
    "g_log () from /lib64/libglib-2.0.so.0",
    ...program,
  ];

  it("is the end of the process", () => {
    const text = `Program received signal SIGTRAP, Trace/breakpoint trap.\n${stack(frames)}`;
    expect(crashOf(text)).toEqual([2, "pop", "crash/abort"]);
    expect(crashOf(stack(["_g_log_abort ()", ...frames]))).toEqual([3, "pop", "crash/abort"]);
  });

  it("is none where the debugger stopped in the log, or elsewhere by a trap", () => {
    expect(crashOf(stack(frames))).toEqual([undefined, undefined, ""]);
    const trap = `Program received signal SIGTRAP, Trace/breakpoint trap.\n${stack(program)}`;
    expect(crashOf(trap)).toEqual([undefined, undefined, ""]);
  });
});

describe("a call through a null pointer", () => {
  const report = "Program received signal SIGSEGV, Segmentation fault.\n";

  it("is the fault of the caller", () => {
    expect(crashOf(report + stack(["0x0000000000000000 in ?? ()", ...program]))).toEqual([
      1,
      "pop",
      "crash/signal",
    ]);
    expect(crashOf(report + stack(["0x00000018 in ?? ()", ...program]))).toEqual([1, "pop", "crash/signal"]);
  });

  it("shows the crash also without a report", () => {
    expect(crashOf(stack(["0x0000000000000000 in ?? ()", ...program]))).toEqual([1, "pop", "crash/signal"]);
  });

  it("is known where a handler was called for it", () => {
    const text = stack([
      "on_fault (sig=11)",
      "<signal handler called>",
      "0x0000000000000000 in ?? ()",
      ...program,
    ]);
    expect(crashOf(text)).toEqual([3, "pop", "crash/signal"]);
  });

  it("stands where it is if nobody is known to have made it", () => {
    expect(
      crashOf(`${report}#0  0x0000000000000000 in ?? ()\n#1  0x00007f3a1c2d4101 in start_thread ()\n`),
    ).toEqual([0, null, "crash/signal"]);
  });

  it("is no other function without a name", () => {
    expect(crashOf(report + stack(["?? ()", ...program]))).toEqual([0, null, "crash/signal"]);
  });
});
