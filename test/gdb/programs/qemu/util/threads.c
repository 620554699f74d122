/* The lock, RCU, threads, coroutines, bottom halves, timers and loops. */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>
#include "qemu/main-loop.h"

static pthread_mutex_t qemu_global_mutex = PTHREAD_MUTEX_INITIALIZER;
static __thread bool iothread_locked;
static __thread unsigned rcu_depth;

void qemu_mutex_lock_iothread(void)
{
    pthread_mutex_lock(&qemu_global_mutex);
    iothread_locked = true;
}

void qemu_mutex_unlock_iothread(void)
{
    iothread_locked = false;
    pthread_mutex_unlock(&qemu_global_mutex);
}

bool qemu_mutex_iothread_locked(void)
{
    return iothread_locked;
}

bool bql_locked(void)
{
    return iothread_locked;
}

void rcu_read_lock(void)
{
    rcu_depth++;
}

void rcu_read_unlock(void)
{
    rcu_depth--;
}

bool rcu_read_is_locked(void)
{
    return rcu_depth != 0;
}

bool rcu_read_locked(void)
{
    return rcu_depth != 0;
}

static void qemu_futex_wait(void *f, int val)
{
    syscall(SYS_futex, f, FUTEX_WAIT, val, NULL, NULL, 0);
}

void qemu_event_set(QemuEvent *ev)
{
    __atomic_store_n(&ev->value, 1, __ATOMIC_SEQ_CST);
    syscall(SYS_futex, &ev->value, FUTEX_WAKE, 64, NULL, NULL, 0);
}

void qemu_event_wait(QemuEvent *ev)
{
    while (!__atomic_load_n(&ev->value, __ATOMIC_SEQ_CST))
        qemu_futex_wait(&ev->value, 0);
}

typedef struct QemuThreadArgs { const char *name; void *(*start_routine)(void *); void *arg; } QemuThreadArgs;

static void *qemu_thread_start(void *args)
{
    QemuThreadArgs *qemu_thread_args = args;
    void *(*start_routine)(void *) = qemu_thread_args->start_routine;
    pthread_setname_np(pthread_self(), qemu_thread_args->name);
    void *r = start_routine(qemu_thread_args->arg);
    free(qemu_thread_args);
    return r;
}

void qemu_thread_create(const char *name, void *(*start_routine)(void *), void *arg)
{
    pthread_t thread;
    QemuThreadArgs *args = malloc(sizeof(*args));
    *args = (QemuThreadArgs){name, start_routine, arg};
    pthread_create(&thread, NULL, qemu_thread_start, args);
}

static RCUCBFunc *rcu_call_func;
static void *rcu_call_opaque;
static QemuEvent rcu_call_ready_event;

void call_rcu1(RCUCBFunc *func, void *opaque)
{
    rcu_call_opaque = opaque;
    rcu_call_func = func;
    qemu_event_set(&rcu_call_ready_event);
}

void *call_rcu_thread(void *opaque)
{
    for (;;) {
        qemu_event_wait(&rcu_call_ready_event);
        rcu_call_ready_event.value = 0;
        qemu_mutex_lock_iothread();
        rcu_call_func(rcu_call_opaque);
        qemu_mutex_unlock_iothread();
    }
    return opaque;
}

/* A coroutine runs on a stack of its own, behind a page that ends an overflow. */
typedef struct CoroutineUContext { ucontext_t own, caller; CoroutineEntry *entry; void *opaque; } CoroutineUContext;
static __thread CoroutineUContext *current;
enum { coroutine_stack_size = 256 * 1024, guard_page = 4096 };

static void coroutine_trampoline(int i0, int i1)
{
    union { CoroutineUContext *self; int i[2]; } arg = {.i = {i0, i1}};
    arg.self->entry(arg.self->opaque);
    current = NULL;
    swapcontext(&arg.self->own, &arg.self->caller);
}

void qemu_coroutine_enter(CoroutineEntry *entry, void *opaque)
{
    union { CoroutineUContext *self; int i[2]; } arg = {.self = calloc(1, sizeof(CoroutineUContext))};
    char *stack = mmap(NULL, coroutine_stack_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    mprotect(stack, guard_page, PROT_NONE);
    *arg.self = (CoroutineUContext){.entry = entry, .opaque = opaque};
    getcontext(&arg.self->own);
    arg.self->own.uc_stack.ss_sp = stack;
    arg.self->own.uc_stack.ss_size = coroutine_stack_size;
    makecontext(&arg.self->own, (void (*)(void))coroutine_trampoline, 2, arg.i[0], arg.i[1]);
    current = arg.self;
    swapcontext(&arg.self->caller, &arg.self->own);
}

void qemu_coroutine_yield(void)
{
    CoroutineUContext *self = current;
    current = NULL;
    swapcontext(&self->own, &self->caller);
}

bool qemu_in_coroutine(void)
{
    return current != NULL;
}

/* What the main loop is to do, once each. */
static struct { QEMUBHFunc *cb; void *opaque; } pending_bh, pending_timer, pending_handler;

void aio_bh_schedule_oneshot(QEMUBHFunc *cb, void *opaque)
{
    pending_bh.opaque = opaque;
    pending_bh.cb = cb;
}

void timer_mod(QEMUTimerCB *cb, void *opaque)
{
    pending_timer.opaque = opaque;
    pending_timer.cb = cb;
}

void aio_set_event_notifier(QEMUBHFunc *io_read, void *opaque)
{
    pending_handler.opaque = opaque;
    pending_handler.cb = io_read;
}

static void aio_bh_call(QEMUBHFunc *cb, void *opaque)
{
    cb(opaque);
    pending_bh.cb = NULL;
}

static int aio_bh_poll(void)
{
    if (!pending_bh.cb)
        return 0;
    aio_bh_call(pending_bh.cb, pending_bh.opaque);
    return 1;
}

static bool aio_dispatch_handler(QEMUBHFunc *io_read, void *opaque)
{
    pending_handler.cb = NULL;
    io_read(opaque);
    return true;
}

static void aio_dispatch(void)
{
    aio_bh_poll();
    if (pending_handler.cb)
        aio_dispatch_handler(pending_handler.cb, pending_handler.opaque);
}

static bool aio_ctx_dispatch(void *source)
{
    aio_dispatch();
    return source == NULL;
}

static bool timerlist_run_timers(void)
{
    QEMUTimerCB *cb = pending_timer.cb;
    if (!cb)
        return false;
    pending_timer.cb = NULL;
    cb(pending_timer.opaque);
    return true;
}

static bool qemu_clock_run_timers(int type)
{
    bool progress = timerlist_run_timers();
    return progress && type;
}

static bool qemu_clock_run_all_timers(void)
{
    bool progress = false;
    for (int type = 0; type < 2; type++)
        progress |= qemu_clock_run_timers(type);
    return progress;
}

static int qemu_poll_ns(struct pollfd *fds, unsigned nfds, int64_t timeout)
{
    struct timespec ts = {0, 1000};
    return ppoll(fds, nfds, timeout < 0 ? NULL : &ts, NULL);
}

static void glib_pollfds_poll(void)
{
    if (!aio_ctx_dispatch(&pending_bh))
        pending_bh.cb = NULL;
}

static int os_host_main_loop_wait(int64_t timeout)
{
    qemu_mutex_unlock_iothread();
    int ret = qemu_poll_ns(NULL, 0, timeout);
    qemu_mutex_lock_iothread();
    glib_pollfds_poll();
    return ret;
}

static void main_loop_wait(int nonblocking)
{
    bool idle = !pending_bh.cb && !pending_timer.cb && !pending_handler.cb;
    os_host_main_loop_wait(idle && !nonblocking ? -1 : 0);
    qemu_clock_run_all_timers();
}

void qemu_main_loop(void)
{
    for (;;)
        main_loop_wait(false);
}

static bool aio_poll(QEMUBHFunc *io_read, bool blocking)
{
    return aio_dispatch_handler(io_read, blocking ? "notified" : NULL);
}

void *iothread_run(void *opaque)
{
    QEMUBHFunc *io_read = (QEMUBHFunc *)opaque;
    while (aio_poll(io_read, true))
        ;
    return NULL;
}

static void qemu_cond_wait_impl(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
    pthread_cond_wait(cond, mutex);
    pthread_mutex_unlock(mutex);
}

void *worker_thread(void *opaque)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t request_cond = PTHREAD_COND_INITIALIZER;
    pthread_mutex_lock(&lock);
    qemu_cond_wait_impl(&request_cond, &lock);
    return opaque;
}
