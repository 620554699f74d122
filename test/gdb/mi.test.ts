import { describe, expect, it } from "vitest";
import { miStack, miThreads } from "./mi.js";

const output = String.raw`(gdb) ^done,stack=[frame={level="0",addr="0x01",func="f",file="a \"b\".c",fullname="/x/a \"b\".c",line="3",arch="i386:x86-64"},frame={level="1",addr="0x02",func="??",from="/lib/l.so"}]
(gdb) ^done,stack-args=[frame={level="0",args=[{name="s",value="0x3 \"caf\303\251\\n\""},{name="v"},{name="n@entry",value="{1, [2]}"}]},frame={level="1",args=[]}]
(gdb) ^done,threads=[{id="1",target-id="Thread 0x1 (LWP 2)",name="a \"b\"",frame={level="0",args=[]},state="stopped"}],current-thread-id="1"
`;

describe("the reader of MI", () => {
  it("joins frames and their arguments, and undoes the escapes of C strings", () => {
    expect(miStack(output)).toEqual([
      {
        level: 0,
        address: "0x01",
        function: "f",
        file: 'a "b".c',
        fullname: '/x/a "b".c',
        line: 3,
        library: null,
        arguments: [
          { name: "s", value: '0x3 "café\\n"' },
          { name: "v", value: null },
          { name: "n@entry", value: "{1, [2]}" },
        ],
      },
      {
        level: 1,
        address: "0x02",
        function: "??",
        file: null,
        fullname: null,
        line: null,
        library: "/lib/l.so",
        arguments: [],
      },
    ]);
  });

  it("reads the list of threads", () => {
    expect(miThreads(output)).toEqual([{ number: "1", target: "Thread 0x1 (LWP 2)", name: 'a "b"' }]);
  });

  it("does not take an error for a stack", () => {
    expect(miStack('^error,msg="No stack."\n')).toEqual([]);
  });
});
