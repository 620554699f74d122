/*
 * The stack of a virtio device that maps its rings while a migration stream is loaded, with QEMU's function names and
 * nothing of QEMU's code: the transaction that the load loop has opened is still open when the view is read.
 */
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct FlatView { unsigned ranges; } FlatView;
typedef struct AddressSpace { const char *name; FlatView *current_map; } AddressSpace;
typedef struct MemoryRegionCache { FlatView *view; uint64_t addr, len; } MemoryRegionCache;
typedef struct VirtIODevice { const char *name; AddressSpace *dma_as; MemoryRegionCache cache; } VirtIODevice;
typedef struct QEMUFile { const char *channel; int position; } QEMUFile;
typedef struct VMStateDescription VMStateDescription;
struct VMStateDescription { const char *name; int version_id; int (*get)(QEMUFile *f, void *opaque, int version_id); };

static FlatView flat_view = {3};
static AddressSpace address_space_memory = {"memory", &flat_view};
static VirtIODevice virtio_scsi = {"virtio-scsi", &address_space_memory, {NULL, 0, 0}};
static unsigned memory_region_transaction_depth;

static void memory_region_transaction_begin(void)
{
    memory_region_transaction_depth++;
}

static void memory_region_transaction_commit(void)
{
    memory_region_transaction_depth--;
}

static inline FlatView *address_space_to_flatview(AddressSpace *as)
{
    assert(memory_region_transaction_depth == 0);
    return as->current_map;
}

static FlatView *address_space_get_flatview(AddressSpace *as)
{
    FlatView *view = address_space_to_flatview(as);
    view->ranges++;
    return view;
}

static int64_t address_space_cache_init(MemoryRegionCache *cache, AddressSpace *as, uint64_t addr, uint64_t len, bool is_write)
{
    cache->view = address_space_get_flatview(as);
    cache->addr = addr + is_write;
    cache->len = len;
    return (int64_t)len;
}

static void virtio_init_region_cache(VirtIODevice *vdev, int n)
{
    if (address_space_cache_init(&vdev->cache, vdev->dma_as, 0x40000000 + (uint64_t)n, 4096, false) < 4096)
        vdev->name = NULL;
}

static int virtio_load(QEMUFile *f, void *opaque, int version_id)
{
    VirtIODevice *vdev = opaque;
    for (int n = 0; n < version_id; n++)
        virtio_init_region_cache(vdev, n);
    return f->position;
}

static const VMStateDescription vmstate_virtio_scsi = {"virtio-scsi", 1, virtio_load};

static int vmstate_load_state(QEMUFile *f, const VMStateDescription *vmsd, void *opaque, int version_id)
{
    int result = vmsd->get(f, opaque, version_id);
    return result < 0 ? result : f->position;
}

static int qemu_loadvm_state_main(QEMUFile *f)
{
    memory_region_transaction_begin();
    int result = vmstate_load_state(f, &vmstate_virtio_scsi, &virtio_scsi, vmstate_virtio_scsi.version_id);
    memory_region_transaction_commit();
    return result;
}

static int qemu_loadvm_state(QEMUFile *f)
{
    int result = qemu_loadvm_state_main(f);
    return result + f->position;
}

static void process_incoming_migration_co(void *opaque)
{
    QEMUFile *f = opaque;
    f->position = qemu_loadvm_state(f);
}

static void qemu_main_loop(void)
{
    QEMUFile file = {"tcp:0:4444", 0};
    process_incoming_migration_co(&file);
    memory_region_transaction_depth = (unsigned)file.position;
}

int main(void)
{
    qemu_main_loop();
    return 0;
}
