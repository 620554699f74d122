/* A child that aborts while its parent waits for it. */
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void child(int depth)
{
    if (depth == 0)
        abort();
    child(depth - 1);
}

int main(void)
{
    pid_t pid = fork();
    if (pid == 0)
        child(3);
    waitpid(pid, NULL, 0);
    return 0;
}
