import { expect, test } from "vitest";
import { parseFrame } from "../../src/parse/gdb/gdb-line.js";
import type { FrameNode } from "../../src/parse/nodes.js";

type Expected = Partial<Omit<FrameNode, "items">> & { readonly items?: readonly (string | null)[][] };

/** The parsed frame, its items as `[name, value, entryValue]`. */
function read(line: string): Expected | null {
  const frame = parseFrame(line);
  if (frame === null) return null;
  return { ...frame, items: frame.items.map(({ name, value, entryValue }) => [name, value, entryValue]) };
}

function each(title: string, table: readonly (readonly [line: string, expected: Expected])[]): void {
  test.each(table)(`${title}: %s`, (line, expected) => {
    expect(read(line)).toMatchObject({ cut: false, ...expected });
  });
}

each("a frame with arguments and a location", [
  [
    "#7  0x000055a324e96474 in cache_init (cache=cache@entry=0x55a32a4fb000, as=<optimized out>) at ../mem/phys.c:3307",
    {
      level: 7,
      address: "0x000055a324e96474",
      function: "cache_init",
      kind: "normal",
      items: [
        ["cache", "0x55a32a4fb000", "0x55a32a4fb000"],
        ["as", "<optimized out>", null],
      ],
      file: "../mem/phys.c",
      line: 3307,
      library: null,
    },
  ],
  ["#6  middle (p=<synthetic pointer>) at inline.c:18", { address: null, function: "middle", line: 18 }],
  ["#303 0x0000555555555180 in main () at deep.c:9", { level: 303, items: [] }],
  ["#130916 0x005a71c4 in walk () at a.c:3", { level: 130916, address: "0x005a71c4" }],
  ["#0 swap (a=1) at swap.c:145", { level: 0, function: "swap" }],
  ["    #1  0x00007ffff7e0ffb2 in raise (sig=6) at raise.c:26", { start: 4, level: 1 }],
  ["#4\u00a0 0x00007ffff7e0ffb2 in raise (sig=6) at raise.c:26", { level: 4, function: "raise" }],
]);

each("a frame without a symbol or without a source", [
  [
    "#4  0x00007ffff7c9d919 in ?? () from /lib/libstdc++.so.6",
    { function: "??", library: "/lib/libstdc++.so.6" },
  ],
  ["#19 0x0000000000000000 in ?? ()", { address: "0x0000000000000000", function: "??" }],
  ["#0  0x0000555555555040 in lib_visible@plt ()", { function: "lib_visible@plt", items: [] }],
  ["#12 0x2be0861b51f72c00 in  ()", { function: "" }],
  ["#12 0x2be0861b51f72c00 in ()", { function: "" }],
  ["#3  0x00007f00 in  () at /lib64/libc.so.6", { function: "", file: null, library: "/lib64/libc.so.6" }],
  ["#2  caml_main.entry ()", { address: null, function: "caml_main.entry" }],
  ["#1 MAIN__ () at a.f90:3", { function: "MAIN__", file: "a.f90" }],
  ["#10 0x77a1c0e4 in kernel32!SomeExport ()", { function: "kernel32!SomeExport" }],
  ["#2  0x7f in wait@@GLIBC_2.3.2 () at /lib64/libpthread.so.0", { function: "wait@@GLIBC_2.3.2" }],
]);

each("a special frame", [
  ["#10 <signal handler called>", { kind: "signal-handler", function: null, address: null, end: 27 }],
  ["#1  <function called from gdb>", { kind: "inferior-call", function: null }],
  ["#1  <cross-architecture call>", { kind: "arch-call", function: null }],
  [
    "#5  0x00007ffff7e10050 in <signal handler called> () at /lib/x86_64-linux-gnu/libc.so.6",
    { kind: "signal-handler", function: null, library: "/lib/x86_64-linux-gnu/libc.so.6" },
  ],
  ["#5  <signal handler called> () at /lib/libc.so.6", { kind: "signal-handler", library: "/lib/libc.so.6" }],
]);

each("an address with marks, shortened or unavailable", [
  ["#1  0x0000aaaad4e41234 [PAC] in run (n=1) at x.c:3", { address: "0x0000aaaad4e41234", function: "run" }],
  ["#1  <unavailable> in run (n=1) at x.c:3", { address: "<unavailable>", function: "run" }],
  ["#1  0x... in run (n=1) at x.c:3", { address: "0x...", function: "run" }],
  ["#1  0x7FFE1234 in run (n=1) at x.c:3", { address: "0x7FFE1234", function: "run" }],
]);

test.each([
  "ns::v2::Box<int, 7>::run",
  "ns::Box<int>::operator<<",
  "ns::Box<int>::operator<",
  "ns::Box<int>::operator->*",
  "ns::Box<int>::operator>>",
  "ns::Box<int>::operator()",
  "ns::Box<int>::operator[]",
  "ns::Box<int>::operator int",
  "ns::Box<int>::operator std::vector<int, std::allocator<int> >",
  "Conv::operator std::map<int, char> const*",
  "operator new[](unsigned long)",
  'operator""_x',
  "operator<< <std::char_traits<char> >",
  "apply<&ns::operator<, std::function<void ()> >::run",
  "std::function<int (int)>::operator()(int) const",
  "(anonymous namespace)::deeper::anon",
  "server::(anonymous namespace)::loop(void*)",
  "ns::Box<int, 7>::~Box",
  "main::{lambda(auto:1, auto:2&&)#1}::operator()<int, long>",
  "call<weird<(char)41, true, &global>(int)::{lambda(int)#1}>(weird<(char)41, true, &global>, int)",
  "auto main::{lambda(auto:1, auto:2&&)#1}::operator()<int, long>(int, long&&) const",
  "main::$_0::operator()<int, long>",
  "tagged[abi:cxx99](int)",
  "start() [clone .cold]",
  "part(int*, int) [clone .constprop.0] [clone .cold]",
  "step.part.0.lto_priv.3",
  "weird<'\\)'>::f",
  "void (*pick<int>(int))(char)",
  "non-virtual thunk to Shape::area()",
  "vtable for Shape",
  "<lambda(Status<Message>)>::operator()",
  "std::__invoke_impl<long, long (*&)(Frame*, long), Frame*&, long&>",
  "zoo::{impl#0}::area",
  "zoo::apply<zoo::main::{closure_env#0}>",
  "core::ops::function::FnOnce::call_once<fn() -> i32, ()>",
  "std::panic::catch_unwind<&(dyn core::ops::function::Fn<(), Output=i32> + core::marker::Sync), i32>",
  "<zoo[52e075f1bb4e3548]::Square as zoo[52e075f1bb4e3548]::Shape>::area",
  "<T as zoo::Tr>::f",
  "zoo::main::{{closure}}",
  "<&'static str as zoo::Tr>::f::h0123456789abcdef",
  "_ZN4core3ptr13drop_in_place17h0123456789abcdefE",
  "main.(*T).M",
  "main.main.func1",
  "-[Foo barWith:and:]",
  "+[Foo(Cat) make:]",
  "weird.asm$label",
  ".L189",
  "app.deep.S!(int).S.opCall(int)",
  "m::deep",
])("the function is read whole, with an address and without: %s", (name) => {
  const tail = " (this=0x7ffe, n=<optimized out>) at src/a.cc:7";
  const expected = { function: name, file: "src/a.cc", line: 7, cut: false };
  expect(parseFrame(`#3  0x00005555555551b0 in ${name}${tail}`)).toMatchObject({
    ...expected,
    items: { length: 2 },
  });
  expect(parseFrame(`#3  ${name}${tail}`)).toMatchObject({ ...expected, items: { length: 2 } });
  expect(parseFrame(`#3  0x00005555555551b0 in ${name} ()`)).toMatchObject({ function: name, items: [] });
  expect(parseFrame(`#3  ${name} () at src/a.cc:7`)).toMatchObject({ function: name, items: [] });
});

test("a parenthesis behind a blank is part of the name where no arguments follow it", () => {
  const line = "#3  0x1 in decltype (f(1)) pick<int> (n=1) at a.cc:3";
  expect(parseFrame(line)).toMatchObject({ function: "decltype (f(1)) pick<int>", items: [{ name: "n" }] });
});

test("a template that somebody cut does not swallow the arguments", () => {
  expect(parseFrame("#3  0x1 in list<std::pair<int, (n=1) at a.cc:3")).toMatchObject({
    function: "list<std::pair<int,",
    items: [{ name: "n", value: "1" }],
    line: 3,
  });
});

test.each([
  "-3",
  "120 'x'",
  "39 '\\''",
  "40 '('",
  "1 + -2i",
  "(F_A | F_D | unknown: 0x4)",
  "0x555555558034 <table+4>",
  "0x555555555169 <main(int, char**)>",
  "0x5555 <operator<<(std::ostream&, int)+12>",
  "0x5555 <ns::Box<int, 7>::operator->() const>",
  "0x8 <error: Cannot access memory at address 0x8>",
  '0x5555 "a, b) c"',
  '0x5555 "q\\"uote\\\\ \\t\\n) at x.c:1, n=1"',
  '0x5555 L"wide"',
  '"abc"...',
  "0x5555 'z' <repeats 40 times>, \"tail\", '\\000' <repeats 19 times>",
  "<error reading variable: Cannot access memory at address 0x40fc>",
  "<error reading variable v (Cannot access memory at address 0x0)>",
  "@0x7fffffffe2f0: 2",
  "{x = 1, named = {s = 4}, {l = 3}}",
  "{<ns::Base> = {_vptr.Base = 0x5555 <vtable for ns::Box<int, 7>+16>}, item = 2}",
  "std::vector of length 3, capacity 3 = {...}",
  "std::tuple containing = {...}",
  "std::optional<int> [no contained value]",
  "std::shared_ptr<std::string> (use count 1, weak count 0) = {...}",
  "&[i32](size=3) = {...}",
  "alloc::boxed::Box<dyn core::ops::function::Fn<(), Output=i32>, alloc::alloc::Global> {pointer: 0x1}",
  "zoo::Kind::Tuple(1, 122 'z')",
  "( x = 1, y = 2.5 )",
  '"st""r"',
  "'static",
  "...",
  "",
  "address@hidden",
  "<value optimized out>",
  "<value temporarily unavailable, due to optimizations>",
])("a value is kept as it is, between others: %s", (value) => {
  const line = `#3  0x1 in f (a=1, v=${value}, z=2) at a.c:3`;
  expect(read(line)).toMatchObject({
    items: [
      ["a", "1", null],
      ["v", value, null],
      ["z", "2", null],
    ],
    file: "a.c",
    cut: false,
  });
  const item = parseFrame(line)?.items[1];
  expect(line.slice(item?.start, item?.end)).toBe(`v=${value}`);
});

each("entry values", [
  ["#3  f (x=x@entry=3) at a.c:3", { items: [["x", "3", "3"]] }],
  ["#3  f (x@entry=3) at a.c:3", { items: [["x", null, "3"]] }],
  ["#3  f (x=<optimized out>, x@entry=3) at a.c:3", { items: [["x", "<optimized out>", "3"]] }],
  [
    "#3  f (x=1, x@entry=2, y=y@entry=3) at a.c:3",
    {
      items: [
        ["x", "1", "2"],
        ["y", "3", "3"],
      ],
    },
  ],
  [
    "#3  f (a=2.5, a=2.5) at a.c:3",
    {
      items: [
        ["a", "2.5", null],
        ["a", "2.5", null],
      ],
    },
  ],
  [
    "#3  f (a=1, b@entry=2) at a.c:3",
    {
      items: [
        ["a", "1", null],
        ["b", null, "2"],
      ],
    },
  ],
  ["#3  f (x=y@entry=3) at a.c:3", { items: [["x", "y@entry=3", null]] }],
]);

test("the two items of one argument are one, which covers both", () => {
  const line = "#3  f (val=2, val@entry=1, n=0) at a.c:3";
  const [first] = parseFrame(line)?.items ?? [];
  expect(line.slice(first?.start, first?.end)).toBe("val=2, val@entry=1");
});

each("odd argument lists", [
  [
    "#3  pair (a=34 '\"', b=34 '\"') at a.c:3",
    {
      items: [
        ["a", "34 '\"'", null],
        ["b", "34 '\"'", null],
      ],
    },
  ],
  ["#3  trap (...)", { items: [[null, "...", null]] }],
  [
    "#3  0x1 in wait (address@hidden, n=1) at a.c:3",
    {
      items: [
        [null, "address@hidden", null],
        ["n", "1", null],
      ],
    },
  ],
  [
    "#3  f (__args#0=31, $ret0=1, ~r1=2, _s=3) at a.c:3",
    {
      items: [
        ["__args#0", "31", null],
        ["$ret0", "1", null],
        ["~r1", "2", null],
        ["_s", "3", null],
      ],
    },
  ],
  ["#3  0x000000000040118a in add (1, 2) at tiny.c:7", { function: "add", items: [[null, "1, 2", null]] }],
  ["#3  0x1 in iter<..> (self=..)", { function: "iter<..>", items: [["self", "..", null]] }],
]);

each("brackets that do not balance: the last place of the line ends the arguments", [
  [
    '#4  f (s=0x5 "a"b)c", n=1) at x.c:3',
    {
      items: [
        ["s", '0x5 "a"b)c"', null],
        ["n", "1", null],
      ],
      line: 3,
    },
  ],
  [
    "#4  fail (v=std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory)>, n=1) at x.c:3",
    {
      items: [
        [
          "v",
          "std::vector of length 9, capacity 9 = {<error reading variable v (Cannot access memory)>",
          null,
        ],
        ["n", "1", null],
      ],
      line: 3,
    },
  ],
  [
    '#4  0x1 in f (s=0x5 "open, n=1) at x.c:3',
    {
      items: [
        ["s", '0x5 "open', null],
        ["n", "1", null],
      ],
      line: 3,
    },
  ],
  [
    "#4  0x1 in f (s={(, n=1) from /lib/x.so",
    {
      items: [
        ["s", "{(", null],
        ["n", "1", null],
      ],
      library: "/lib/x.so",
    },
  ],
  [
    "#4  0x1 in f (s={(, n=1)",
    {
      items: [
        ["s", "{(", null],
        ["n", "1", null],
      ],
      file: null,
    },
  ],
]);

each("locations", [
  ["#0  f (a=1) at C:\\x y\\f.c:3", { file: "C:\\x y\\f.c", line: 3 }],
  ["#0  f (a=1) at ./a (copy).c:3", { file: "./a (copy).c", line: 3 }],
  ["#0  f (a=1) at <built-in>:0", { file: "<built-in>", line: 0 }],
  ["#0  f (a=1) at a:b.c:3", { file: "a:b.c", line: 3 }],
  ["#0  f (a=1)  at a.c:3", { file: "a.c", line: 3 }],
  ["#0  f (a=1) at a.c:99999999999999999999", { file: "a.c", line: null }],
  [
    "#0  0x1 in ?? () at ../clone.S:92 from /lib/libc.so.6",
    { file: "../clone.S", line: 92, library: "/lib/libc.so.6" },
  ],
  ["#0  0x1 in abort () at /usr/lib/libc.so.6", { file: null, line: null, library: "/usr/lib/libc.so.6" }],
  ["#0  0x1 in f () from C:\\Program Files\\x.dll", { library: "C:\\Program Files\\x.dll" }],
  ["#4  queue_push  at ../src/queue.c:76", { function: "queue_push", items: [], line: 76 }],
  ["#4  0x1 in queue_push at ../src/queue.c:76", { function: "queue_push", items: [], line: 76 }],
]);

test.each([
  ["#3  queue_push (q=0x0) at queue.c:41 is where it dies", " is where it dies"],
  ["#3  queue_push (q=0x0) at queue.c:41, see below", ", see below"],
  ["#3  queue_push (q=0x0) at queue.c:41)", ")"],
  ["#3  queue_push (q=0x0) <- dies here", " <- dies here"],
  ["#3  0x1 in queue_push () crashed", " crashed"],
  ["#3  0x1 in queue_push () from /lib/libq.so.1 (stripped)", " (stripped)"],
  ["#3  <signal handler called> (SIGSEGV)", " (SIGSEGV)"],
  ["#3  0x1 in queue_push ()   ", "   "],
])("what follows a whole frame is not part of it: %s", (line, rest) => {
  expect(parseFrame(line)).toMatchObject({ start: 0, end: line.length - rest.length, cut: false });
});

each("a line that ends inside a frame", [
  ["#3  super_by_fd (fd=fd@entry=3,", { cut: true, function: "super_by_fd", items: [["fd", "3", "3"]] }],
  [
    '#3  super_by_fd (fd=3, name=0x5 "/dev/md',
    {
      cut: true,
      items: [
        ["fd", "3", null],
        ["name", '0x5 "/dev/md', null],
      ],
    },
  ],
  ["#3  super_by_fd (fd={a = 1, b", { cut: true, items: [["fd", "{a = 1, b", null]] }],
  ["#3  super_by_fd (", { cut: true, function: "super_by_fd", items: [] }],
  ["#3  0x1 in super_by_fd (f", { cut: true, function: "super_by_fd" }],
  ["#3  0x1 in super_by_fd (fd=3) at", { cut: true, items: [["fd", "3", null]], file: null }],
  ["#3  0x1 in super_by_fd (fd=3) from", { cut: true, library: null }],
  ["#3  0x1 in super_by_fd (fd=3) at ../util/a.", { cut: true, file: "../util/a.", line: null }],
  ["#3  0x1 in super_by_fd (fd=3) at ../util/a.c:", { cut: true, file: "../util/a.c", line: null }],
  ["#3  0x1 in super_by", { cut: true, function: "super_by", items: [] }],
  ["#3  0x1 in std::list<std::pair<int, (", { cut: true, function: "std::list<std::pair<int," }],
  ["#3  0x1 in", { cut: true, function: null, address: "0x1" }],
  [
    "#3  main (argc=Cannot access memory at address 0x1e",
    { cut: true, items: [["argc", "Cannot access memory at address 0x1e", null]] },
  ],
]);

test("the items of a frame with a file name that holds arguments of its own stay apart", () => {
  const line = '#2  check (m="x=1, y=2", p=0x5 <f(int, char)>, q=3) at a.c:6';
  expect(parseFrame(line)?.items.map(({ start, end }) => line.slice(start, end))).toEqual([
    'm="x=1, y=2"',
    "p=0x5 <f(int, char)>",
    "q=3",
  ]);
});
