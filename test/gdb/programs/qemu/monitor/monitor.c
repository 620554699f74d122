/* A command of each monitor, as the main loop runs it. */
#include "devices.h"

typedef struct Monitor { const char *cmdline; } Monitor;
typedef struct QDict { hwaddr addr; int count; } QDict;

static void memory_dump(Monitor *mon, int count, hwaddr addr, bool is_physical)
{
    uint8_t buf[16];
    for (int line = 0; line < count; line++)
        if (is_physical)
            cpu_physical_memory_rw(addr + 16 * (hwaddr)line, buf, sizeof(buf), false);
    mon->cmdline = NULL;
}

static void hmp_physical_memory_dump(Monitor *mon, const QDict *qdict)
{
    memory_dump(mon, qdict->count, qdict->addr, true);
}

static void handle_hmp_command_exec(Monitor *mon, void (*cmd)(Monitor *mon, const QDict *qdict), QDict *qdict)
{
    cmd(mon, qdict);
    qdict->count = 0;
}

static void handle_hmp_command(Monitor *mon, const char *cmdline)
{
    QDict qdict = {0xfec00000, cmdline[0] == 'x'};
    handle_hmp_command_exec(mon, hmp_physical_memory_dump, &qdict);
}

static void monitor_command_cb(void *opaque, const char *cmdline)
{
    handle_hmp_command(opaque, cmdline);
}

static void readline_handle_byte(Monitor *mon, int ch)
{
    if (ch == '\n')
        monitor_command_cb(mon, mon->cmdline);
}

static void monitor_read(void *opaque, const char *buf, int size)
{
    Monitor *mon = opaque;
    for (int i = 0; i < size; i++)
        readline_handle_byte(mon, buf[i]);
}

static Monitor monitor = {"xp /1 0xfec00000"};

void monitor_read_hmp(void *opaque)
{
    monitor_read(opaque ? opaque : &monitor, "\n", 1);
}

static void qmp_pmemsave(int64_t addr, int64_t size, const char *filename)
{
    uint8_t buf[64];
    if (filename)
        for (; size > 0; size -= (int64_t)sizeof(buf))
            cpu_physical_memory_rw((hwaddr)addr, buf, sizeof(buf), false);
}

static void qmp_marshal_pmemsave(QDict *args)
{
    qmp_pmemsave((int64_t)args->addr, args->count, "dump");
    args->count = 0;
}

typedef struct QmpDispatchBH { void (*cmd)(QDict *args); QDict *args; } QmpDispatchBH;

static void do_qmp_dispatch_bh(void *opaque)
{
    QmpDispatchBH *data = opaque;
    data->cmd(data->args);
    data->args = NULL;
}

static void qmp_dispatch(QDict *args)
{
    QmpDispatchBH data = {qmp_marshal_pmemsave, args};
    aio_bh_schedule_oneshot(do_qmp_dispatch_bh, &data);
    qemu_coroutine_yield();
}

static void monitor_qmp_dispatcher_co(void *opaque)
{
    QDict args = {0x1000, 64};
    qmp_dispatch(opaque ? opaque : &args);
}

void monitor_qmp_dispatcher(void *opaque)
{
    qemu_coroutine_enter(monitor_qmp_dispatcher_co, opaque);
}
