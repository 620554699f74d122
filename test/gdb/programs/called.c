/* A function that is called from gdb while the program stands in another one. */
#include <stdio.h>

static int checked(int value, const char *why)
{
    return printf("%s", why) + value;
}

static int work(int amount)
{
    return amount * 2;
}

int main(int argc, char **argv)
{
    (void)argv;
    return work(argc) + checked(argc, "");
}
