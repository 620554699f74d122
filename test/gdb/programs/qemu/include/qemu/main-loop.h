/* Threads, locks and things to run later, under QEMU's names: what each of them is for, and nothing of QEMU's code. */
#pragma once
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The big lock, in both its names. */
void qemu_mutex_lock_iothread(void);
void qemu_mutex_unlock_iothread(void);
bool qemu_mutex_iothread_locked(void);
bool bql_locked(void);

void rcu_read_lock(void);
void rcu_read_unlock(void);
bool rcu_read_is_locked(void);
bool rcu_read_locked(void);

/* Its variable is what `bt full` shows of a lock that a block holds. */
static inline void *rcu_read_auto_lock(void)
{
    rcu_read_lock();
    return (void *)(uintptr_t)0x1;
}

static inline void rcu_read_auto_unlock(void **guard)
{
    if (*guard)
        rcu_read_unlock();
}

#define RCU_READ_LOCK_GUARD() \
    void *_rcu_read_auto __attribute__((cleanup(rcu_read_auto_unlock), unused)) = rcu_read_auto_lock()

typedef void RCUCBFunc(void *opaque);
void call_rcu1(RCUCBFunc *func, void *opaque);
void *call_rcu_thread(void *opaque);

typedef struct QemuEvent { int value; } QemuEvent;
void qemu_event_set(QemuEvent *ev);
void qemu_event_wait(QemuEvent *ev);

/* The name is what the kernel, and so gdb, calls the thread. */
void qemu_thread_create(const char *name, void *(*start_routine)(void *), void *arg);

typedef void CoroutineEntry(void *opaque);
void qemu_coroutine_enter(CoroutineEntry *entry, void *opaque);
void qemu_coroutine_yield(void);
bool qemu_in_coroutine(void);

typedef void QEMUBHFunc(void *opaque);
typedef void QEMUTimerCB(void *opaque);
void aio_bh_schedule_oneshot(QEMUBHFunc *cb, void *opaque);
void timer_mod(QEMUTimerCB *cb, void *opaque);
void aio_set_event_notifier(QEMUBHFunc *io_read, void *opaque);

void *iothread_run(void *opaque);
void *worker_thread(void *opaque);
void qemu_main_loop(void);
