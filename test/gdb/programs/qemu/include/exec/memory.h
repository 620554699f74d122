/* Regions, address spaces and their views, under QEMU's names. CHECK_… chooses which check the reader of a view makes. */
#pragma once
#include "qemu/main-loop.h"

typedef uint64_t hwaddr;
typedef struct MemoryRegion MemoryRegion;
typedef struct MemoryListener MemoryListener;

typedef struct MemoryRegionOps {
    uint64_t (*read)(void *opaque, hwaddr addr, unsigned size);
    void (*write)(void *opaque, hwaddr addr, uint64_t data, unsigned size);
} MemoryRegionOps;

/* Counted: what is unreferenced for the last time is finalized at once. */
typedef struct Object Object;
struct Object { unsigned ref; void (*instance_finalize)(Object *obj); };
void object_unref(Object *obj);

struct MemoryRegion {
    Object parent_obj;
    Object *owner;
    const char *name;
    const MemoryRegionOps *ops;
    void *opaque;
    bool enabled;
    MemoryRegion *subregion;
};

typedef struct FlatView { unsigned ref, nr; MemoryRegion *root; } FlatView;
typedef struct AddressSpace { const char *name; MemoryRegion *root; FlatView *current_map; } AddressSpace;
typedef struct MemoryRegionCache { FlatView *fv; hwaddr xlat, len; } MemoryRegionCache;

struct MemoryListener {
    void (*begin)(MemoryListener *listener);
    void (*region_add)(MemoryListener *listener, MemoryRegion *section);
    void (*commit)(MemoryListener *listener);
    void *opaque;
};

extern AddressSpace address_space_memory, address_space_io;

extern unsigned memory_region_transaction_depth;
extern bool memory_region_update_pending;
unsigned memory_region_transaction_get_depth(void);
bool memory_region_transaction_in_progress(void);
void memory_region_transaction_begin(void);
void memory_region_transaction_commit(void);
void memory_region_transaction_do_commit(void);

/* The form that poisons the reader while a load packs its changes. */
typedef struct MigrationIncomingState { const char *uri; bool start_pack_mr_change; } MigrationIncomingState;
extern MigrationIncomingState *current_incoming;
extern bool start_pack_mr_change;
extern __thread bool is_migration_thread;

#if defined CHECK_G_ASSERT
void g_assertion_message_expr(const char *domain, const char *file, int line, const char *func, const char *expr);
#endif
#if defined CHECK_ABORT
void abort(void);
#endif

static inline FlatView *address_space_to_flatview(AddressSpace *as)
{
#if defined CHECK_DEPTH
    assert(memory_region_transaction_depth == 0);
#elif defined CHECK_DEPTH_OR_RCU
    assert(memory_region_transaction_depth == 0 || rcu_read_is_locked());
#elif defined CHECK_GET_DEPTH
    assert(memory_region_transaction_get_depth() == 0 || rcu_read_locked());
#elif defined CHECK_IN_PROGRESS
    assert(!memory_region_transaction_in_progress());
#elif defined CHECK_IOTHREAD_LOCKED
    assert(!qemu_mutex_iothread_locked() || memory_region_transaction_depth == 0);
#elif defined CHECK_BQL_LOCKED
    assert(!bql_locked() || memory_region_transaction_depth == 0);
#elif defined CHECK_COMPOUND
    assert((!memory_region_transaction_in_progress() && qemu_mutex_iothread_locked()) || rcu_read_is_locked());
#elif defined CHECK_POISON
    if (current_incoming && !is_migration_thread)
        assert(!current_incoming->start_pack_mr_change);
#elif defined CHECK_THREAD_LOCAL
    assert(!start_pack_mr_change || is_migration_thread);
#elif defined CHECK_COMMITS
    if (qemu_mutex_iothread_locked()) {
        if (memory_region_transaction_in_progress())
            memory_region_transaction_do_commit();
    } else {
        assert(rcu_read_is_locked());
    }
#elif defined CHECK_ABORT
    if (memory_region_transaction_depth)
        abort();
#elif defined CHECK_G_ASSERT
    if (memory_region_transaction_depth)
        g_assertion_message_expr(NULL, __FILE__, __LINE__, __func__, "memory_region_transaction_depth == 0");
#endif
    return __atomic_load_n(&as->current_map, __ATOMIC_CONSUME);
}

FlatView *address_space_get_flatview(AddressSpace *as);
bool flatview_ref(FlatView *view);
void flatview_unref(FlatView *view);
FlatView *generate_memory_topology(MemoryRegion *mr);

MemoryRegion *flatview_translate(FlatView *fv, hwaddr addr, hwaddr *xlat, bool is_write);
static inline MemoryRegion *address_space_translate(AddressSpace *as, hwaddr addr, hwaddr *xlat, bool is_write)
{
    return flatview_translate(address_space_to_flatview(as), addr, xlat, is_write);
}

void address_space_init(AddressSpace *as, MemoryRegion *root, const char *name);
void address_space_update_topology(AddressSpace *as);
int address_space_read_full(AddressSpace *as, hwaddr addr, void *buf, hwaddr len);
int address_space_write(AddressSpace *as, hwaddr addr, const void *buf, hwaddr len);
int address_space_rw(AddressSpace *as, hwaddr addr, void *buf, hwaddr len, bool is_write);
void address_space_stl_le(AddressSpace *as, hwaddr addr, uint32_t val, int *result);
void *address_space_map(AddressSpace *as, hwaddr addr, hwaddr *plen, bool is_write);
void *dma_memory_map(AddressSpace *as, hwaddr addr, hwaddr *len, bool is_write);
int dma_memory_rw(AddressSpace *as, hwaddr addr, void *buf, hwaddr len, bool is_write);
void cpu_physical_memory_rw(hwaddr addr, void *buf, hwaddr len, bool is_write);
int64_t address_space_cache_init(MemoryRegionCache *cache, AddressSpace *as, hwaddr addr, hwaddr len, bool is_write);
void address_space_cache_destroy(MemoryRegionCache *cache);

int memory_region_dispatch_write(MemoryRegion *mr, hwaddr addr, uint64_t data, unsigned size);
bool memory_region_find(MemoryRegion *mr, hwaddr addr, uint64_t size);
void memory_region_sync_dirty_bitmap(MemoryRegion *mr);
void memory_region_clear_dirty_bitmap(MemoryRegion *mr, hwaddr start, hwaddr len);
void memory_region_add_subregion(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion);
void memory_region_del_subregion(MemoryRegion *mr, MemoryRegion *subregion);
void memory_region_set_enabled(MemoryRegion *mr, bool enabled);
void memory_region_finalize(Object *obj);
void memory_region_unref(MemoryRegion *mr);
void memory_listener_register(MemoryListener *listener);
void qemu_flush_coalesced_mmio_buffer(void);

/* What a scenario has happen while the lock's holder is in begin, and the listener of the accelerator. */
extern void (*coalesced_mmio_flush)(void);
void tcg_commit(MemoryListener *listener);
