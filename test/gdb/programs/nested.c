/* Signals inside handlers: three stacks in one. */
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

static int *nowhere;

static void third(int number, siginfo_t *info, void *context)
{
    if (number == SIGSEGV && info != NULL && context != NULL)
        abort();
}

static void second(int number)
{
    *nowhere = number;
}

static void first(int number)
{
    if (number == SIGUSR1)
        raise(SIGUSR2);
}

int main(void)
{
    struct sigaction action = {0};
    action.sa_sigaction = third;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGSEGV, &action, NULL);
    signal(SIGUSR1, first);
    signal(SIGUSR2, second);
    raise(SIGUSR1);
    return 0;
}
