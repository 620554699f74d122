/* A caller's frame that lies further in than its callee's: gdb gives up there. */
#include <stdlib.h>

static __attribute__((noinline)) void spoil(long distance)
{
    void **frame = __builtin_frame_address(0);
    frame[0] = (char *)frame - distance;
    abort();
}

static __attribute__((noinline)) void between(long distance)
{
    spoil(distance);
}

int main(int argc, char **argv)
{
    (void)argv;
    between(argc + 4095);
    return 0;
}
