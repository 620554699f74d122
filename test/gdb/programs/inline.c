/* For -O2: two functions inlined into a third, arguments that live in registers, and one that was optimized out. */
#include <stdlib.h>

struct pair {
    long left, right;
};

static volatile int sink;

static __attribute__((noinline)) void stop(int code)
{
    sink = code;
    abort();
}

static inline __attribute__((always_inline)) void inner(const struct pair *pair, int code)
{
    if (pair->left != pair->right)
        stop(code + (int)pair->left);
}

static inline __attribute__((always_inline)) void middle(const struct pair *pair, int code)
{
    inner(pair, code * 3);
    sink = code;
}

static __attribute__((noinline)) int outer(struct pair *pair, int code, int unused)
{
    (void)unused;
    middle(pair, code);
    return sink;
}

int main(int argc, char **argv)
{
    struct pair pair = {argc, argc + 1};
    (void)argv;
    return outer(&pair, argc + 4, 9) + sink;
}
