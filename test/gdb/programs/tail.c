/* For -O2: a chain of tail calls. Nothing of them is on the stack; gdb finds them in what the compiler wrote of its calls. */
#include <stdlib.h>

static volatile int sink;

static __attribute__((noinline)) void last(int code, int *seen)
{
    sink = code + *seen;
    abort();
}

static __attribute__((noinline)) void middle(int code, int *seen)
{
    sink += code;
    last(code * 2, seen);
}

static __attribute__((noinline)) void first(int code, int *seen)
{
    sink -= code;
    middle(code + 1, seen);
}

int main(int argc, char **argv)
{
    int seen = argc;
    (void)argv;
    first(argc + 6, &seen);
    return sink + seen;
}
