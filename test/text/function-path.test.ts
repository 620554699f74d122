import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functionPath } from "../../src/text/function-path.js";

describe("the path of a function", () => {
  it.each<[string, readonly string[]]>([
    [
      "walk",
      [
        "walk.part.0",
        "walk.constprop.0.isra.1",
        "walk.cold",
        "walk [clone .cold]",
        "walk@plt",
        "walk@@V_1.0",
        "app!walk",
      ],
    ],
    ["nested", ["nested.0", "nested.20463", "nested.1.2"]],
    [
      "call",
      [
        "call<int>",
        "int call<int>(int)",
        "unsigned long call<A, B<C> >(A, B<C>)",
        "char const* call<1>()",
        "decltype (f(x)) call<int>(int)",
        "_Z4callIiEvT_",
        "call(int) requires C<int>",
      ],
    ],
    [
      "f",
      [
        "f[abi:cxx99](int)",
        "f[abi:cxx11][abi:v2]",
        "f(void (*)(int), char) const",
        "f() &&",
        "f(int) const [clone .isra.0] [clone .cold]",
      ],
    ],
    [
      "ns::T::f",
      [
        "ns::T<int, (char)41>::f(int)",
        "_ZN2ns1T1fEi",
        "_ZNK2ns1T1fB3abiEv",
        "non-virtual thunk to ns::T::f()",
        "virtual thunk to ns::T::f(int) const",
      ],
    ],
    [
      "std::string::at",
      ["std::__cxx11::string::at(unsigned long)", "std::__1::string::at", "std::__ndk1::string::at"],
    ],
    ["ns::T::T", ["ns::T::T(int)", "_ZN2ns1TC2Ei"]],
    ["ns::T::~T", ["ns::T<int>::~T()", "_ZN2ns1TD1Ev"]],
    [
      "(anonymous)::f",
      [
        "(anonymous namespace)::f",
        "int (anonymous namespace)::f<int>(int)",
        "{anonymous}::f()",
        "<unnamed>::f",
        "_ZN12_GLOBAL__N_11fEv",
      ],
    ],
    [
      "main::{closure}::operator()",
      [
        "main::{lambda(int)#1}::operator()(int) const",
        "auto main::{lambda(auto:1, auto:2&&)#2}::operator()<int, long>(int, long&&) const",
        "main::$_0::operator()",
        "main(int, char**)::<lambda(int)>::operator()(int) const",
        "main::'lambda0'(int)::operator()(int) const",
      ],
    ],
    [
      "zoo::main::{closure}",
      [
        "zoo::main::{closure#0}",
        "zoo::main::{{closure}}",
        "zoo::main::{{closure}}::h0123456789abcdef",
        "zoo[52e075f1bb4e3548]::main::{closure#3}",
        "_ZN3zoo4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
      ],
    ],
    [
      "<zoo::Square as zoo::Shape>::area",
      [
        "<zoo[52e075f1bb4e3548]::Square as zoo[52e075f1bb4e3548]::Shape>::area",
        "<zoo::Square<T> as zoo::Shape<u8>>::area::h0123456789abcdef",
        "_$LT$zoo..Square$u20$as$u20$zoo..Shape$GT$::area",
      ],
    ],
    ["zoo::Square::area", ["<zoo::Square>::area", "<zoo[52e075f1bb4e3548]::Square<f32>>::area"]],
    [
      "zoo::generic",
      [
        "zoo::generic<alloc::vec::Vec<i32>>",
        "zoo::generic::<core[846817f741e54dfd]::option::Option<i32>>",
        "zoo::generic<fn() -> i32, ()>",
      ],
    ],
    [
      "core::ops::function::FnOnce::call_once",
      [
        "core::ops::function::FnOnce::call_once{{vtable.shim}}",
        "core::ops::function::FnOnce::call_once::{shim:vtable#0}",
      ],
    ],
    ["main.T.M", ["main.(*T).M", "main.(*T[...]).M"]],
    ["-[Foo bar]", ["-[Foo(Cat) bar]"]],
    ["operator<<", ["std::ostream& operator<< <int>(std::ostream&, int)", "operator<<(std::ostream&, int)"]],
    ["ns::Box::operator()", ["ns::Box<int, 7>::operator()(int) const"]],
    ["ns::Box::operator->", ["ns::Box<int>::operator->() const"]],
    ["operator new[]", ["operator new[](unsigned long)"]],
    ["T::operator std::map const*", ["T::operator std::map<int, long> const*() const"]],
    ["std::function::operator()", ["std::function<int (int)>::operator()(int) const"]],
  ])("%s stands for all its spellings", (path, spellings) => {
    expect([path, ...spellings].map(functionPath)).toEqual([path, ...spellings].map(() => path));
  });

  it.each([
    ["walk", "walker"],
    ["ns::f", "f"],
    ["ns::f(int)", "other::f(int)"],
    ["operator<", "operator<<"],
    ["operator()", "operator[]"],
    ["T::operator int", "T::operator long"],
    ["T::T", "T::~T"],
    ["<A as Shape>::area", "<B as Shape>::area"],
    ["f::{lambda()#1}::operator()", "g::{lambda()#1}::operator()"],
    ["-[Foo bar]", "+[Foo bar]"],
    ["main.func1", "main.func2"],
  ])("tells %s from %s", (one, other) => {
    expect(functionPath(one)).not.toBe(functionPath(other));
  });

  const part = fc.stringMatching(/^[a-z]{1,6}_[a-z]{1,6}$/);
  const path = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("::"));
  const argument = fc.constantFrom(
    "int",
    "char const*",
    "std::vector<int, std::allocator<int> >",
    "(x)41",
    "void (*)(int)",
    "'<'",
  );
  const list = fc.array(argument, { maxLength: 3 }).map((items) => items.join(", "));
  const marks = fc.array(
    fc.constantFrom(".part.0", ".isra.1", ".constprop.2", ".cold", ".lto_priv.0", " [clone .cold]", "@plt"),
    { maxLength: 4 },
  );

  it("is left alone by every mark, arguments, parameters and return types", () => {
    const shape = fc.record({
      result: fc.constantFrom("", "int ", "char const* ", "std::pair<int, A<B> > "),
      tag: fc.constantFrom("", "[abi:cxx11]"),
      template: fc.option(list),
      parameters: fc.option(list),
      constant: fc.constantFrom("", " const", " const &", " volatile"),
      marks,
    });
    fc.assert(
      fc.property(path, shape, (name, { result, tag, template, parameters, constant, marks: copies }) => {
        const generic = template === null ? "" : `<${template}>`;
        const called = parameters === null ? "" : `(${parameters})${constant}`;
        const front = generic !== "" && called !== "" ? result : "";
        expect(functionPath(`${front}${name}${tag}${generic}${called}${copies.join("")}`)).toBe(name);
      }),
    );
  });

  it("tells plain names apart, and is its own path", () => {
    fc.assert(
      fc.property(path, path, (one, other) => {
        expect(functionPath(one) === functionPath(other)).toBe(one === other);
      }),
    );
  });

  it.each([
    "<",
    "(",
    "{",
    "[",
    "<(",
    "operator<",
    "f::<",
    "::<impl ",
    "a ",
    "'",
    "$LT$",
    "()",
    ".1",
    "( ",
    "_ZN1a",
    "const ",
  ])("takes time in proportion to a name made of very many `%s`", (piece) => {
    const name = (length: number): string => `f${piece.repeat(length / piece.length)}`;
    const time = (length: number): number => {
      const text = name(length);
      const start = performance.now();
      functionPath(text);
      return performance.now() - start;
    };
    time(50_000);
    expect(time(1_000_000)).toBeLessThan(3000);
  });

  it("is something for every name", () => {
    const pieces = fc.constantFrom(
      "a",
      "<",
      ">",
      "(",
      ")",
      "{",
      "}",
      "[",
      "]",
      "::",
      " ",
      "operator",
      "->",
      "'",
      "$_0",
      ".1",
      "const",
      "_ZN",
      "3abc",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((parts) => parts.join("")),
        ),
        (name) => {
          expect(functionPath(`f${name}`)).not.toBe("");
        },
      ),
      { numRuns: 1000 },
    );
  });
});
