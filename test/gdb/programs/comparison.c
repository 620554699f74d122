/* A failed assertion whose text needs escaping, called with one argument of each plain kind. */
#include <assert.h>
#include <string.h>

struct point {
    int x, y;
};

enum color { RED, GREEN };

static void check(const char *name, struct point at, enum color color, double weight, char mark)
{
    assert(strcmp(name, "a, \"b\") at x.c:1") == 0 || (at.x > 1 && color == GREEN));
    (void)weight;
    (void)mark;
}

int main(int argc, char **argv)
{
    struct point at = {1, -2};
    (void)argv;
    check("some name, with (commas)", at, argc > 5 ? GREEN : RED, 1.5, '\n');
    return 0;
}
