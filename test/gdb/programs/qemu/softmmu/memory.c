/* Transactions, views and the operations on regions that open a transaction of their own. */
#include <stdlib.h>
#include "exec/memory.h"

static MemoryRegion system_memory = {.name = "system", .enabled = true}, system_io = {.name = "io", .enabled = true};
static FlatView initial_view = {.ref = 1, .nr = 4, .root = &system_memory};
AddressSpace address_space_memory = {"memory", &system_memory, &initial_view};
AddressSpace address_space_io = {"I/O", &system_io, &initial_view};

unsigned memory_region_transaction_depth;
bool memory_region_update_pending;
MigrationIncomingState *current_incoming;
bool start_pack_mr_change;
__thread bool is_migration_thread;
void (*coalesced_mmio_flush)(void);

static MemoryListener *memory_listeners[4];
static int memory_listener_count;

unsigned memory_region_transaction_get_depth(void)
{
    return memory_region_transaction_depth;
}

bool memory_region_transaction_in_progress(void)
{
    return memory_region_transaction_depth != 0;
}

static void flatview_destroy(void *opaque)
{
    FlatView *view = opaque;
    assert(view->ref == 0);
    memory_region_unref(view->root);
    free(view);
}

bool flatview_ref(FlatView *view)
{
    return __atomic_fetch_add(&view->ref, 1, __ATOMIC_SEQ_CST) > 0;
}

void flatview_unref(FlatView *view)
{
    if (__atomic_fetch_sub(&view->ref, 1, __ATOMIC_SEQ_CST) == 1)
        call_rcu1(flatview_destroy, view);
}

static FlatView *flatview_new(MemoryRegion *mr_root)
{
    FlatView *view = calloc(1, sizeof(*view));
    view->ref = 1;
    view->root = mr_root;
    return view;
}

static void render_memory_region(FlatView *view, MemoryRegion *mr)
{
    for (; mr; mr = mr->subregion)
        view->nr += mr->enabled;
}

FlatView *generate_memory_topology(MemoryRegion *mr)
{
    FlatView *view = flatview_new(mr);
    render_memory_region(view, mr);
    return view;
}

FlatView *address_space_get_flatview(AddressSpace *as)
{
    RCU_READ_LOCK_GUARD();
    FlatView *view;
    do {
        view = address_space_to_flatview(as);
    } while (!flatview_ref(view));
    return view;
}

static void address_space_update_topology_pass(AddressSpace *as, const FlatView *new_view)
{
    for (int i = 0; i < memory_listener_count; i++) {
        MemoryListener *listener = memory_listeners[i];
        if (listener->region_add && new_view->nr)
            listener->region_add(listener, as->root);
    }
}

static void address_space_set_flatview(AddressSpace *as)
{
    FlatView *old_view = address_space_to_flatview(as);
    FlatView *new_view = generate_memory_topology(as->root);
    address_space_update_topology_pass(as, new_view);
    __atomic_store_n(&as->current_map, new_view, __ATOMIC_RELEASE);
    if (old_view && old_view != &initial_view)
        flatview_unref(old_view);
}

void address_space_update_topology(AddressSpace *as)
{
    address_space_set_flatview(as);
}

void address_space_init(AddressSpace *as, MemoryRegion *root, const char *name)
{
    as->root = root;
    as->name = name;
    as->current_map = NULL;
    address_space_update_topology(as);
}


void memory_region_transaction_begin(void)
{
    qemu_flush_coalesced_mmio_buffer();
    ++memory_region_transaction_depth;
}

/* The proposal that has the reader bring the views up to date: the depth stays what it is. */
void memory_region_transaction_do_commit(void)
{
    if (memory_region_update_pending) {
        for (int i = 0; i < memory_listener_count; i++)
            if (memory_listeners[i]->commit)
                memory_listeners[i]->commit(memory_listeners[i]);
        memory_region_update_pending = false;
    }
}

void memory_region_transaction_commit(void)
{
    assert(memory_region_transaction_depth);
    assert(qemu_mutex_iothread_locked());

    --memory_region_transaction_depth;
    if (!memory_region_transaction_depth && memory_region_update_pending) {
        address_space_set_flatview(&address_space_memory);
        memory_region_update_pending = false;
        for (int i = 0; i < memory_listener_count; i++)
            if (memory_listeners[i]->commit)
                memory_listeners[i]->commit(memory_listeners[i]);
    }
}

static void memory_region_update_container_subregions(MemoryRegion *mr, MemoryRegion *subregion)
{
    memory_region_transaction_begin();
    subregion->subregion = mr->subregion;
    mr->subregion = subregion;
    memory_region_update_pending |= mr->enabled && subregion->enabled;
    memory_region_transaction_commit();
}

void memory_region_add_subregion(MemoryRegion *mr, hwaddr offset, MemoryRegion *subregion)
{
    assert(offset % 4096 == 0);
    memory_region_update_container_subregions(mr, subregion);
}

void memory_region_del_subregion(MemoryRegion *mr, MemoryRegion *subregion)
{
    memory_region_transaction_begin();
    if (mr->subregion == subregion)
        mr->subregion = subregion->subregion;
    memory_region_unref(subregion);
    memory_region_update_pending |= mr->enabled && subregion->enabled;
    memory_region_transaction_commit();
}

void memory_region_set_enabled(MemoryRegion *mr, bool enabled)
{
    if (enabled == mr->enabled)
        return;
    memory_region_transaction_begin();
    mr->enabled = enabled;
    memory_region_update_pending = true;
    memory_region_transaction_commit();
}

static void object_finalize(Object *obj)
{
    if (obj->instance_finalize)
        obj->instance_finalize(obj);
    obj->instance_finalize = NULL;
}

void object_unref(Object *obj)
{
    if (obj->ref && --obj->ref == 0)
        object_finalize(obj);
}

void memory_region_unref(MemoryRegion *mr)
{
    if (mr && mr->owner)
        object_unref(mr->owner);
}

/* A region without a container: its own subregions go within one transaction, and with them perhaps their owners. */
void memory_region_finalize(Object *obj)
{
    MemoryRegion *mr = (MemoryRegion *)obj;
    memory_region_transaction_begin();
    while (mr->subregion)
        memory_region_del_subregion(mr, mr->subregion);
    memory_region_transaction_commit();
}

static void memory_region_write_accessor(MemoryRegion *mr, hwaddr addr, uint64_t *value, unsigned size)
{
    mr->ops->write(mr->opaque, addr, *value, size);
}

static int access_with_adjusted_size(hwaddr addr, uint64_t *value, unsigned size,
                                     void (*access_fn)(MemoryRegion *mr, hwaddr addr, uint64_t *value, unsigned size),
                                     MemoryRegion *mr)
{
    unsigned access_size = size > 8 ? 8 : size;
    access_fn(mr, addr, value, access_size);
    return access_size == size ? 0 : -1;
}

int memory_region_dispatch_write(MemoryRegion *mr, hwaddr addr, uint64_t data, unsigned size)
{
    int result = access_with_adjusted_size(addr, &data, size, memory_region_write_accessor, mr);
    return mr->enabled ? result : -1;
}

static bool memory_region_find_rcu(MemoryRegion *mr, hwaddr addr, uint64_t size)
{
    FlatView *view = address_space_to_flatview(&address_space_memory);
    return view->root == mr || addr + size > view->nr;
}

bool memory_region_find(MemoryRegion *mr, hwaddr addr, uint64_t size)
{
    RCU_READ_LOCK_GUARD();
    bool found = memory_region_find_rcu(mr, addr, size);
    return found && mr;
}

void memory_region_sync_dirty_bitmap(MemoryRegion *mr)
{
    FlatView *view = address_space_get_flatview(&address_space_memory);
    if (mr && view->nr)
        mr->enabled = true;
    flatview_unref(view);
}

void memory_region_clear_dirty_bitmap(MemoryRegion *mr, hwaddr start, hwaddr len)
{
    FlatView *view = address_space_get_flatview(&address_space_memory);
    if (mr && start < len)
        view->nr++;
    flatview_unref(view);
}

void memory_listener_register(MemoryListener *listener)
{
    memory_listeners[memory_listener_count++] = listener;
}
