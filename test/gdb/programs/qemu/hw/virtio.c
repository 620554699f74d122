/* A virtio device: its rings' caches, its queue, what its state's load and its guest's features do. */
#include <stdlib.h>
#include "devices.h"

typedef struct VRingMemoryRegionCaches { MemoryRegionCache desc; } VRingMemoryRegionCaches;
typedef struct VirtIODevice {
    const char *name;
    AddressSpace *dma_as;
    uint64_t guest_features;
    int nvqs;
    VRingMemoryRegionCaches *caches;
} VirtIODevice;
typedef struct VirtQueue { VirtIODevice *vdev; hwaddr desc; uint16_t last_avail_idx; } VirtQueue;

static VirtIODevice virtio_scsi = {"virtio-scsi", &address_space_memory, 0, 1, NULL};
static VirtIODevice virtio_net = {"virtio-net", &address_space_memory, 0x4000000000000020, 1, NULL};
static VirtQueue virtio_blk_queue = {&virtio_scsi, 0x40000000, 0};

static void virtio_init_region_cache(VirtIODevice *vdev, int n)
{
    VRingMemoryRegionCaches *new = calloc(1, sizeof(*new));
    int64_t len = address_space_cache_init(&new->desc, vdev->dma_as, 0x40000000 + (hwaddr)n * 4096, 4096, false);
    if (len >= 4096)
        vdev->caches = new;
}

static void virtio_free_region_cache(void *opaque)
{
    VRingMemoryRegionCaches *caches = opaque;
    address_space_cache_destroy(&caches->desc);
    free(caches);
}

/* The old cache names a view that is gone. */
void virtio_replace_region_cache(void)
{
    VRingMemoryRegionCaches *old = calloc(1, sizeof(*old));
    old->desc.fv = (FlatView *)0x5a5a5a5a0000;
    call_rcu1(virtio_free_region_cache, old);
}

static void virtio_memory_listener_commit(MemoryListener *listener)
{
    VirtIODevice *vdev = listener->opaque;
    for (int i = 0; i < vdev->nvqs; i++)
        virtio_init_region_cache(vdev, i);
}

static MemoryListener virtio_listener = {.commit = virtio_memory_listener_commit, .opaque = &virtio_scsi};

void virtio_listeners_register(void)
{
    memory_listener_register(&virtio_listener);
}

/* A listener that begins again: it moves a region and looks for it before it commits. */
typedef struct VhostDev { MemoryRegion window; unsigned mem_changed; } VhostDev;
static VhostDev vhost = {{.name = "vhost-window", .enabled = true}, 0};

static void vhost_dev_move_window(VhostDev *dev)
{
    memory_region_transaction_begin();
    memory_region_add_subregion(address_space_memory.root, 0, &dev->window);
    dev->mem_changed += memory_region_find(&dev->window, 0x1000, 64);
    memory_region_transaction_commit();
}

static void vhost_commit(MemoryListener *listener)
{
    vhost_dev_move_window(listener->opaque);
}

static MemoryListener vhost_listener = {.commit = vhost_commit, .opaque = &vhost};

void vhost_dev_start(void *opaque)
{
    memory_listener_register(&vhost_listener);
    vhost.mem_changed = opaque != NULL;
}

static int virtio_load(VirtIODevice *vdev, QEMUFile *f, int version_id)
{
    for (int n = 0; n < vdev->nvqs && version_id; n++)
        virtio_init_region_cache(vdev, n);
    return f->position;
}

void virtio_scsi_forget_dma_as(void)
{
    virtio_scsi.dma_as = (AddressSpace *)0x10;
}

static int virtio_device_get(QEMUFile *f, void *opaque, int version_id)
{
    return virtio_load(opaque, f, version_id);
}

static const VMStateDescription vmstate_virtio_scsi = {"virtio-scsi", virtio_device_get, NULL};
SaveStateEntry virtio_scsi_section = {"0000:00:04.0/virtio-scsi", &vmstate_virtio_scsi, &virtio_scsi};

/* Failover plugs the primary device as soon as the guest has agreed to it. */
typedef struct PCIDevice { const char *name; AddressSpace bus_master_as; MemoryRegion bus_master_container_region; } PCIDevice;
static PCIDevice primary = {.name = "vfio-pci"};

static void do_pci_register_device(PCIDevice *pci_dev, int devfn)
{
    address_space_init(&pci_dev->bus_master_as, &pci_dev->bus_master_container_region, pci_dev->name);
    pci_dev->bus_master_container_region.enabled = devfn != 0;
}

static void pci_qdev_realize(PCIDevice *qdev)
{
    do_pci_register_device(qdev, 0x28);
}

static void failover_add_primary(VirtIODevice *n)
{
    pci_qdev_realize(&primary);
    n->nvqs++;
}

static void virtio_net_set_features(VirtIODevice *vdev, uint64_t features)
{
    if (features >> 62)
        failover_add_primary(vdev);
}

static int virtio_set_features_nocheck(VirtIODevice *vdev, uint64_t val)
{
    virtio_net_set_features(vdev, val);
    vdev->guest_features = val;
    return 0;
}

void virtio_set_features_nocheck_bh(void *opaque)
{
    VirtIODevice *vdev = opaque ? opaque : &virtio_net;
    virtio_set_features_nocheck(vdev, vdev->guest_features);
}

static int virtio_net_get(QEMUFile *f, void *opaque, int version_id)
{
    VirtIODevice *vdev = opaque;
    return virtio_set_features_nocheck(vdev, vdev->guest_features) + f->position * version_id;
}

static const VMStateDescription vmstate_virtio_net = {"virtio-net", virtio_net_get, NULL};
SaveStateEntry virtio_net_section = {"0000:00:05.0/virtio-net", &vmstate_virtio_net, &virtio_net};

static void *virtqueue_map_desc(VirtIODevice *vdev, hwaddr pa, hwaddr sz, bool is_write)
{
    void *host = dma_memory_map(vdev->dma_as, pa, &sz, is_write);
    return sz ? host : NULL;
}

static void *virtqueue_split_pop(VirtQueue *vq, size_t sz)
{
    RCU_READ_LOCK_GUARD();
    void *elem = virtqueue_map_desc(vq->vdev, vq->desc, sz, false);
    vq->last_avail_idx++;
    return elem;
}

static void *virtqueue_pop(VirtQueue *vq, size_t sz)
{
    return vq->vdev ? virtqueue_split_pop(vq, sz) : NULL;
}

static bool virtio_blk_handle_vq(VirtIODevice *s, VirtQueue *vq)
{
    void *req = virtqueue_pop(vq, 192);
    return req && s;
}

static void virtio_queue_notify_vq(VirtQueue *vq)
{
    if (virtio_blk_handle_vq(vq->vdev, vq))
        vq->last_avail_idx++;
}

void virtio_queue_host_notifier_read(void *opaque)
{
    if (opaque)
        virtio_queue_notify_vq(&virtio_blk_queue);
}

/* A device that forgets the RCU read lock: nothing is taken on the way to the view. */
static void virtio_blk_data_plane_flush(VirtIODevice *s)
{
    hwaddr xlat;
    MemoryRegion *mr = address_space_translate(s->dma_as, 0x40000000, &xlat, false);
    s->nvqs += mr->enabled;
}

void virtio_queue_host_notifier_read_unprotected(void *opaque)
{
    if (opaque)
        virtio_blk_data_plane_flush(&virtio_scsi);
}
