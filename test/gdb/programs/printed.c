/* Arguments and locals whose text comes from the pretty printers of printers.py; two of these fail. */
#include <stdlib.h>

struct money {
    long cents;
};

struct row {
    int length;
    int cells[4];
};

struct index {
    struct row rows[2];
};

struct broken {
    int why;
};

struct halfway {
    int first, second;
};

static void book(struct money price, struct row row, struct index index, int times)
{
    struct money total = {price.cents * times};
    if (total.cents > row.cells[0] + index.rows[1].length)
        abort();
}

static void fail(struct broken broken, struct money price, int after)
{
    struct row row = {3, {1, 2, 3}};
    struct index index = {{row, row}};
    book(price, row, index, after + broken.why);
}

static void interrupted(struct halfway halfway, int after)
{
    struct broken broken = {halfway.second};
    struct money price = {1250};
    fail(broken, price, after);
}

int main(void)
{
    struct halfway halfway = {1, 2};
    interrupted(halfway, 5);
    return 0;
}
