/*
 * Loading and saving. WRAP_LOAD puts the load into a memory transaction, WRAP_LOAD_MAIN its loop, which the postcopy
 * thread runs as well; a released QEMU has neither.
 */
#include <stdlib.h>
#include <string.h>
#include "devices.h"

static MigrationIncomingState incoming = {"tcp:0:4444", false};
static QEMUFile migration_file = {"tcp:0:4444", 0};

/* Between two sections the stream may have no bytes yet. */
static int wait_for_bytes(QEMUFile *f, void *opaque, int version_id)
{
    is_migration_thread = false;
    qemu_coroutine_yield();
    is_migration_thread = true;
    return f->position + version_id + (opaque != NULL);
}

static const VMStateDescription vmstate_waiting = {"serial", wait_for_bytes, NULL};
SaveStateEntry waiting_section = {"serial", &vmstate_waiting, NULL};

/* A block of guest memory: without a host address the first byte of it ends the process. */
typedef struct RAMBlock { const char *idstr; uint8_t *host; size_t used_length; } RAMBlock;
static RAMBlock ram_block = {"pc.ram", NULL, 4096};

static int ram_load_precopy(QEMUFile *f, RAMBlock *block)
{
    uint8_t buf[64];
    memset(buf, f->position, sizeof(buf));
    for (size_t at = 0; at < block->used_length; at += sizeof(buf))
        memcpy(block->host + at, buf, sizeof(buf));
    return 0;
}

static int ram_load(QEMUFile *f, void *opaque, int version_id)
{
    RCU_READ_LOCK_GUARD();
    if (version_id > 1)
        memory_region_clear_dirty_bitmap(address_space_memory.root, 0, 4096);
    return ram_load_precopy(f, opaque);
}

static const VMStateDescription vmstate_ram = {"ram", ram_load, NULL};
SaveStateEntry ram_section = {"ram", &vmstate_ram, &ram_block};

static int vmstate_load_state(QEMUFile *f, const VMStateDescription *vmsd, void *opaque, int version_id)
{
    int ret = vmsd->get ? vmsd->get(f, opaque, version_id) : 0;
    if (ret >= 0 && vmsd->post_load)
        ret = vmsd->post_load(opaque, version_id);
    return ret;
}

static int vmstate_load(QEMUFile *f, SaveStateEntry *se)
{
    int ret = se->vmsd == &vmstate_ram ? se->vmsd->get(f, se->opaque, 2)
                                       : vmstate_load_state(f, se->vmsd, se->opaque, 3);
    return ret + f->position;
}

static int qemu_loadvm_section_start_full(QEMUFile *f, SaveStateEntry *se)
{
    char idstr[64];
    strncpy(idstr, se->idstr, sizeof(idstr) - 1);
    int ret = vmstate_load(f, se);
    return ret < 0 || idstr[0] == 0 ? -1 : 0;
}

static int qemu_loadvm_state_main(QEMUFile *f, SaveStateEntry *section)
{
#if defined WRAP_LOAD_MAIN
    memory_region_transaction_begin();
#endif
    int ret = section ? qemu_loadvm_section_start_full(f, section) : 0;
    f->position++;
#if defined WRAP_LOAD_MAIN
    memory_region_transaction_commit();
#endif
    return ret;
}

static int qemu_loadvm_state(QEMUFile *f, SaveStateEntry *section)
{
#if defined WRAP_LOAD
    start_pack_mr_change = incoming.start_pack_mr_change = true;
    memory_region_transaction_begin();
#endif
    int ret = qemu_loadvm_state_main(f, section);
#if defined WRAP_LOAD
    memory_region_transaction_commit();
    start_pack_mr_change = incoming.start_pack_mr_change = false;
#endif
    return ret;
}

static void process_incoming_migration_co(void *opaque)
{
    current_incoming = &incoming;
    is_migration_thread = true;
    if (qemu_loadvm_state(&migration_file, opaque) < 0)
        exit(1);
    is_migration_thread = false;
}

void migration_incoming_start(SaveStateEntry *section)
{
    qemu_coroutine_enter(process_incoming_migration_co, section);
}

void *postcopy_ram_listen_thread(void *opaque)
{
    QEMUFile f = {"postcopy", 0};
    if (qemu_loadvm_state_main(&f, opaque) < 0)
        exit(1);
    return NULL;
}

void *multifd_recv_thread(void *opaque)
{
    qemu_event_wait(opaque);
    return NULL;
}

/* The source: set-up takes the big lock around the first synchronisation, the rounds go without it. */
static void memory_global_dirty_log_sync(void)
{
    memory_region_sync_dirty_bitmap(address_space_memory.root);
    migration_file.position++;
}

static void migration_bitmap_sync(void)
{
    RCU_READ_LOCK_GUARD();
    memory_global_dirty_log_sync();
}

static void ram_init_bitmaps(void)
{
    qemu_mutex_lock_iothread();
    migration_bitmap_sync();
    qemu_mutex_unlock_iothread();
}

static int ram_save_setup(QEMUFile *f, void *opaque)
{
    if (opaque)
        ram_init_bitmaps();
    return f->position;
}

static void qemu_savevm_state_setup(QEMUFile *f, void *opaque)
{
    f->position += ram_save_setup(f, opaque);
}

static void migration_clear_memory_region_dirty_bitmap(RAMBlock *rb, unsigned long page)
{
    memory_region_clear_dirty_bitmap(address_space_memory.root, page << 12, rb->used_length);
}

static bool migration_bitmap_clear_dirty(RAMBlock *rb, unsigned long page)
{
    migration_clear_memory_region_dirty_bitmap(rb, page);
    return rb->host != NULL;
}

static int ram_save_host_page(RAMBlock *rb)
{
    return migration_bitmap_clear_dirty(rb, 7);
}

static int ram_find_and_save_block(void)
{
    int pages = ram_save_host_page(&ram_block);
    return pages + migration_file.position;
}

static int ram_save_iterate(QEMUFile *f, void *opaque)
{
    RCU_READ_LOCK_GUARD();
    f->position += ram_find_and_save_block();
    return opaque == NULL;
}

static int qemu_savevm_state_iterate(QEMUFile *f)
{
    int ret = ram_save_iterate(f, &ram_block);
    return ret + f->position;
}

static int migration_iteration_run(QEMUFile *f)
{
    return qemu_savevm_state_iterate(f) ? 0 : 1;
}

/* With `opaque` the set-up already finds something to synchronise. */
void *migration_thread(void *opaque)
{
    qemu_savevm_state_setup(&migration_file, opaque);
    while (migration_iteration_run(&migration_file))
        ;
    return NULL;
}
