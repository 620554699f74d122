import { describe, expect, it } from "vitest";
import { frameWordsOf, nested, shapeOf } from "./foreign-reading.js";
import { diagnosedOf, namesOf, threadOf, traceOf, wordsOf } from "./reading.js";

const glog = `*** Aborted at 1700000000 (unix time) try "date -d @1700000000" if you are using GNU date ***
PC: @     0x557b9a2e2f16 lamp::Board::slot()
*** SIGSEGV (@0x0) received by PID 4711 (TID 0x7f1f10f0e740) from PID 0; stack trace: ***
    @     0x7f1f0f25a050 (unknown)
    @     0x557b9a2e2f16 lamp::Board::slot()
    @     0x557b9a2e3001 lamp_once + 0x12
    @     0x7f1f0f0bd09b __libc_start_main
    @                0x0 (unknown)
`;

const abseil = `*** SIGABRT received at time=1700000000 on cpu 3 ***
PC: @     0x7f1f0f2a9e2c  (unknown)  pthread_kill
    @     0x557b9a2e2f16         64  lamp::Board::slot()
    @     0x557b9a2e3001  (unknown)  main
    @     0x557b9a2e3044  (unknown)  (unknown)
`;

describe("a stack of glog", () => {
  it("is one of glibc's dialect, of the thread that crashed", () => {
    expect(traceOf(glog)).toMatchObject({
      dialect: "glibc",
      signal: { name: "SIGSEGV" },
      threads: [{ lwp: null, crashed: true, end: null }],
    });
    expect(diagnosedOf(glog)).toEqual([]);
  });

  it("has frames with addresses and names, and shows where the signal was delivered", () => {
    const { frames } = threadOf(glog);
    expect(frames.map(({ level, address, function: name, kind }) => [level, address, name, kind])).toEqual([
      [0, "0x7f1f0f25a050", null, "signal-handler"],
      [1, "0x557b9a2e2f16", "lamp::Board::slot()", "normal"],
      [2, "0x557b9a2e3001", "lamp_once", "normal"],
      [3, "0x7f1f0f0bd09b", "__libc_start_main", "normal"],
      [4, "0x0", null, "normal"],
    ]);
  });

  it("has spans from the at-sign on", () => {
    expect(frameWordsOf(glog)[2]).toBe("@     0x557b9a2e3001 lamp_once + 0x12");
    expect(wordsOf(glog, traceOf(glog).span)).toMatch(/^@ {5}0x7f1f0f25a050 .*0x0 \(unknown\)$/s);
    expect(nested(glog)).toBe(true);
  });

  it("tells the kernel's number of the thread where it is one", () => {
    expect(threadOf(glog.replace("0x7f1f10f0e740", "4713")).lwp).toBe(4713);
  });

  it("ends a failed check with SIGABRT", () => {
    const text = `*** Check failure stack trace: ***\n    @     0x557b9a2e2f16  google::LogMessage::Fail()\n    @     0x557b9a2e3001  main\n`;
    expect(traceOf(text)).toMatchObject({ signal: { name: "SIGABRT" }, threads: [{ crashed: true }] });
  });

  it.each([
    ["with a log's prefix", glog.replaceAll(/^/gm, "[host] (pid=4711) ")],
    ["quoted", glog.replaceAll(/^/gm, "> ")],
    ["with empty lines between", glog.replaceAll("\n", "\n\n")],
  ])("is read %s", (_, text) => {
    expect(namesOf(threadOf(text))).toEqual(namesOf(threadOf(glog)));
    expect(traceOf(text).signal?.name).toBe("SIGSEGV");
  });
});

describe("a stack of Abseil", () => {
  it("tells sizes of frames, which are no names", () => {
    expect(namesOf(threadOf(abseil))).toEqual(["0 lamp::Board::slot()", "1 main", "2 null"]);
    expect(traceOf(abseil)).toMatchObject({ signal: { name: "SIGABRT" }, threads: [{ crashed: true }] });
  });
});

describe("lines with an at-sign and an address", () => {
  it("are a stack without a heading where there are two with names", () => {
    const lines = glog.split("\n").slice(4, 7).join("\n");
    expect(shapeOf(lines)).toEqual(["glibc 3"]);
    expect(threadOf(lines).crashed).toBe(false);
  });

  it.each([
    ["one", "    @     0x557b9a2e2f16 main\n"],
    ["addresses alone", "    @     0x557b9a2e2f16\n    @     0x557b9a2e2f17\n"],
    ["a log's words in front", "BAR 0 @ 0xfe000000 window\nBAR 1 @ 0xfe100000 window\n"],
  ])("are nothing: %s", (_, text) => {
    expect(shapeOf(text)).toEqual([]);
  });
});
