/* A recursion that is worth shortening. */
#include <stdlib.h>

static int descend(int depth, const char *path)
{
    int below = depth + 1;
    if (depth == 20)
        abort();
    return descend(below, path) + below;
}

int main(void)
{
    return descend(0, "/a/b (c)");
}
