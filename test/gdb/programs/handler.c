/* An abort inside a signal handler: two stacks in one, with <signal handler called> between them. */
#include <signal.h>
#include <stdlib.h>

static void on_signal(int number)
{
    if (number == SIGUSR1)
        abort();
}

static void work(const char *what)
{
    if (what[0] == 'w')
        raise(SIGUSR1);
}

int main(void)
{
    signal(SIGUSR1, on_signal);
    work("work");
    return 0;
}
