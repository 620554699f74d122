/* Threads with names that are awkward to read; one of them aborts while the others wait. */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdlib.h>

static pthread_barrier_t all_started;
static pthread_mutex_t never_free = PTHREAD_MUTEX_INITIALIZER;

/* The kernel takes 15 bytes of each. */
static const char *const names[] = {
    "CPU 0/KVM", "a \"b\" (c)", "#1  f () at x", "(LWP 99) \"x\"):", "\\q\"\\ ", "gr\u00fcn \u00e9 \"",
};

enum { waiting = sizeof(names) / sizeof(names[0]) };

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
    pthread_t threads[waiting + 1];
    pthread_mutex_lock(&never_free);
    pthread_barrier_init(&all_started, NULL, waiting + 2);
    for (int i = 0; i < waiting; i++)
        pthread_create(&threads[i], NULL, wait_for_ever, (void *)names[i]);
    pthread_create(&threads[waiting], NULL, fail, "worker");
    pthread_barrier_wait(&all_started);
    for (int i = 0; i <= waiting; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
