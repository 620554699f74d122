/* A read through a null pointer, below a recursion. */
struct node {
    struct node *next;
    int value;
};

static int sum(const struct node *node, int depth)
{
    if (depth == 0)
        return node->next->value;
    return node->value + sum(node, depth - 1);
}

int main(void)
{
    struct node last = {0, 7};
    return sum(&last, 12);
}
