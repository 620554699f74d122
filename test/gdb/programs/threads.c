/* Threads with names that are awkward to read; one of them aborts while the others wait. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>

static pthread_barrier_t all_started;
static pthread_mutex_t never_free = PTHREAD_MUTEX_INITIALIZER;

static const char *const names[] = {"CPU 0/KVM", "a \"b\" (c)", "#1  f () at x"};

static void *wait_for_ever(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_barrier_wait(&all_started);
    pthread_mutex_lock(&never_free);
    return NULL;
}

static void *fail(void *name)
{
    pthread_setname_np(pthread_self(), name);
    pthread_barrier_wait(&all_started);
    abort();
}

int main(void)
{
    pthread_t threads[4];
    pthread_mutex_lock(&never_free);
    pthread_barrier_init(&all_started, NULL, 5);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, wait_for_ever, (void *)names[i]);
    pthread_create(&threads[3], NULL, fail, "worker");
    pthread_barrier_wait(&all_started);
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
