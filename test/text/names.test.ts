import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalName } from "../../src/text/names.js";

describe("the canonical name of a function", () => {
  it.each([
    ["walk", "walk"],
    ["walk.part.0", "walk"],
    ["walk.constprop.0", "walk"],
    ["walk.constprop.0.isra.1", "walk"],
    ["walk.isra.0.cold", "walk"],
    ["walk.cold.5", "walk"],
    ["walk.lto_priv.3", "walk"],
    ["walk.lto_priv.0.lto_priv.1", "walk"],
    ["walk.localalias", "walk"],
    ["walk.llvm.1234567890123", "walk"],
    ["walk@plt", "walk"],
    ["wait@@GLIBC_2.34", "wait"],
    ["wait@GLIBC_2.3.2", "wait"],
    ["__GI_raise", "raise"],
    ["*__GI_raise", "raise"],
    ["IA__g_log", "g_log"],
    ["msvcrt!abort", "abort"],
    ["api-ms-win.dll!walk", "walk"],
    ["RaiseException@16", "RaiseException"],
    ["zoo::main::h0123456789abcdef", "zoo::main"],
    ["core[846817f741e54dfd]::panicking::panic", "core::panicking::panic"],
    ["_ZSt9terminatev", "std::terminate"],
    ["_ZN5queue3popEi", "queue::pop"],
    ["walk.resume", "walk"],
    ["__GI_abort", "abort"],
    ["__GI___assert_fail", "__assert_fail"],
    ["__GI___libc_free", "__libc_free"],
  ])("of %s is %s", (name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });

  it.each([
    ["n::T::f(int)", "n::T::f"],
    ["n::T::f(int) const", "n::T::f"],
    ["f(void (*)(int), char)", "f"],
    ["n::T::f(int) [clone .cold]", "n::T::f"],
    ["part(int*, int) [clone .constprop.0] [clone .cold]", "part"],
    ["operator new(unsigned long)", "operator new"],
    ["operator delete[](void*)", "operator delete[]"],
    ["ns::Box<int, 7>::operator()(int)", "ns::Box<int, 7>::operator()"],
    ["ns::Box<int, 7>::operator()(int) const", "ns::Box<int, 7>::operator()"],
    ["ns::Box<int, 7>::operator()", "ns::Box<int, 7>::operator()"],
    ["std::function<int (int)>::operator()(int) const", "std::function<int (int)>::operator()"],
    ["(anonymous namespace)::f(int)", "(anonymous namespace)::f"],
    ["f(int)::{lambda(char)#1}::operator()(char) const", "f(int)::{lambda(char)#1}::operator()"],
    ["std::__glibcxx_assert_fail(char const*, int, char const*, char const*)", "std::__glibcxx_assert_fail"],
  ])("of %s, as gdb shows it without debug information, is %s", (name, canonical) => {
    expect(canonicalName(name)).toBe(canonical);
  });

  it.each([
    "",
    "??",
    "main",
    "weird.asm$label",
    ".L189",
    "walk.partial",
    "walk.part.x",
    "cold",
    "my_part.0",
    "_GI_raise",
    "x__GI_raise",
    "(anonymous namespace)::f",
    "std::function<int (int)>::target",
    "zoo::main::{closure#0}",
    "<T as zoo::Tr>::f",
    "main.(*T).M",
    "-[Foo barWith:and:]",
    "app.deep.S",
    "(x)",
    "f)",
    "operator()",
    "user@example",
    "zoo::main::hello",
    "app.deep.S!(int).S.opCall",
    "_ZN5queueIiE3popEi",
    "_Z",
  ])("of %s is the name itself", (name) => {
    expect(canonicalName(name)).toBe(name);
  });

  it("is the same for every copy of a function", () => {
    const suffixes = fc.array(
      fc.constantFrom(
        ".part.0",
        ".isra.1",
        ".constprop.2",
        ".cold",
        ".lto_priv.0",
        " [clone .cold]",
        "@plt",
        "@@GLIBC_2.34",
      ),
      { maxLength: 5 },
    );
    const names = fc.constantFrom("walk", "ns::f", "ns::Box<int>::operator()", "operator new");
    fc.assert(
      fc.property(names, fc.constantFrom("", "(int)", "(int) const"), suffixes, (name, parameters, marks) => {
        expect(canonicalName(name + parameters + marks.join(""))).toBe(name);
      }),
    );
  });

  it("is a part of the name, whatever the name", () => {
    const pieces = fc.constantFrom(
      "a",
      ".part.0",
      ".cold",
      "(",
      ")",
      " const",
      "operator",
      "__GI_",
      "@plt",
      "@@A",
      " [clone .x]",
      "::",
      "<",
      ">",
      " ",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join("")),
        ),
        (name) => {
          expect(name).toContain(canonicalName(name));
        },
      ),
      { numRuns: 1000 },
    );
  });
});
