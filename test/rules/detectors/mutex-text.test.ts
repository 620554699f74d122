import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { guardIn, locksIn, namingIn, pointerIn } from "../../../src/rules/detectors/mutex-text.js";

describe("a pointer in a value", () => {
  it.each([
    ["0x55d0", { address: "0x55d0", symbol: null }],
    ["0x000055D0", { address: "0x55d0", symbol: null }],
    ["0x55d0 <big_lock>", { address: "0x55d0", symbol: "big_lock" }],
    ["(QemuMutex *) 0x55d0 <pool+24>", { address: "0x55d0", symbol: "pool+24" }],
    ["@0x55d0: {__data = {__lock = 2}}", { address: "0x55d0", symbol: null }],
  ])("is read from %s", (value, pointer) => {
    expect(pointerIn(value)).toEqual(pointer);
  });

  it.each([
    "0x0",
    '0x55d0 "main.c"',
    '(const char *) 0x55d0 "main.c"',
    "<optimized out>",
    "2",
    "...",
    "",
    `0x${"f".repeat(17)}`,
  ])("is none in %s", (value) => {
    expect(pointerIn(value)).toBeNull();
  });
});

describe("the locks in a value", () => {
  const mutex =
    "{__data = {__lock = 2, __count = 0, __owner = 15251, __nusers = 1, __kind = 0}, __align = 2}";

  it("tells the owner of a mutex, which begins the value", () => {
    expect(locksIn(mutex)).toEqual([{ owner: 15251, first: true, address: null, contended: true }]);
  });

  it.each([
    ["a QemuMutex", `{lock = ${mutex}, initialized = true}`, true, null],
    [
      "a std::mutex with its address",
      `@0x55d0: {<std::__mutex_base> = {_M_mutex = ${mutex}}, <No data fields>}`,
      true,
      "0x55d0",
    ],
    ["a mutex that comes later", `@0x55d0: {id = 2, lock = ${mutex}}`, false, "0x55d0"],
    [
      "a structure over several lines",
      `{ __data = { __lock = 2, __count = 0, __owner = 15251, __nusers = 1 }}`,
      true,
      null,
    ],
  ])("tells the owner and the place of %s", (_, value, first, address) => {
    expect(locksIn(value)).toEqual([{ owner: 15251, first, address, contended: true }]);
  });

  it("tells both of two", () => {
    const other = mutex.replace("15251", "15260").replace("__lock = 2", "__lock = 1");
    expect(locksIn(`{a = ${mutex}, b = ${other}}`).map(({ owner, contended }) => [owner, contended])).toEqual(
      [
        [15251, true],
        [15260, false],
      ],
    );
  });

  it("has no owner for a mutex that is free, whatever its old owner", () => {
    expect(locksIn(mutex.replace("__lock = 2", "__lock = 0"))).toMatchObject([{ owner: 0 }]);
  });

  it("reads hexadecimal numbers", () => {
    expect(locksIn("{__data = {__lock = 0x2, __count = 0x0, __owner = 0x3b93}}")).toMatchObject([
      { owner: 15251, contended: true },
    ]);
  });

  it("takes the waiters' bit of a mutex that inherits priorities", () => {
    expect(locksIn("{__data = {__lock = 2147498899, __count = 0, __owner = 15251}}")).toMatchObject([
      { owner: 15251, contended: true },
    ]);
  });

  it("tells the writer of a reader-writer lock", () => {
    const value =
      "{__data = {__readers = 11, __writers = 1, __wrphase_futex = 3, __cur_writer = 15251, __shared = 0}}";
    expect(locksIn(value)).toMatchObject([{ owner: 15251, first: true }]);
  });

  it("takes any text, in time", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("__lock = ", "__owner = ", "2, ", "{", "@0x1: ", "__count = ") }),
        (value) => {
          expect(Array.isArray(locksIn(value))).toBe(true);
        },
      ),
    );
    expect(locksIn("__lock = 1, __count = 1, __owner = 7, ".repeat(20_000)).length).toBeLessThan(100);
  });
});

describe("a guard among the locals", () => {
  it.each([
    ["{_M_device = 0x55d0 <cache>, _M_owns = true}", { address: "0x55d0", owns: true }],
    ["{_M_device = @0x55d0}", { address: "0x55d0", owns: false }],
    ["{__m_ = 0x55d0, __owns_ = true}", { address: "0x55d0", owns: true }],
    ["{__m_ = @0x55d0}", { address: "0x55d0", owns: false }],
    ["{m = 0x55d0, is_locked = true}", { address: "0x55d0", owns: true }],
  ])("holds the lock: %s", (value, guard) => {
    expect(guardIn(value)).toEqual(guard);
  });

  it.each([
    "{_M_device = 0x55d0, _M_owns = false}",
    "{_M_device = 0x0, _M_owns = true}",
    "{m = 0x55d0}",
    "{x = 0x55d0, _M_owns = true}",
    "0x55d0",
  ])("holds none: %s", (value) => {
    expect(guardIn(value)).toBeNull();
  });
});

describe("the lock that an expression speaks of", () => {
  it.each([
    ["*(pthread_mutex_t *) 0x55d0", { kind: "address", address: "0x55d0" }],
    ["((pthread_mutex_t *) 0x55d0)->__data.__owner", { kind: "address", address: "0x55d0" }],
    ["(*(pthread_mutex_t*)0x55d0).__data", { kind: "address", address: "0x55d0" }],
    ["qemu_global_mutex", { kind: "variable", name: "qemu_global_mutex" }],
    ["qemu_global_mutex.lock.__data.__owner", { kind: "variable", name: "qemu_global_mutex" }],
    ["store::guard.m", { kind: "variable", name: "store::guard" }],
    ["*mutex", { kind: "pointer", name: "mutex" }],
    ["mutex->lock.__data.__owner", { kind: "pointer", name: "mutex" }],
  ])("is told by %s", (expression, naming) => {
    expect(namingIn(expression)).toEqual(naming);
  });

  it.each(["&big_lock", "pool->big_lock", "locks[2]", "a + b", "", `*${"(".repeat(300)}`])(
    "is not told by %s",
    (expression) => {
      expect(namingIn(expression)).toBeNull();
    },
  );
});
