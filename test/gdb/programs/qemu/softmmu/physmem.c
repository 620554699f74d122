/* Translation and access: each function reads the view through the inline reader, as its namesake does. */
#include "exec/memory.h"

void qemu_flush_coalesced_mmio_buffer(void)
{
    if (coalesced_mmio_flush)
        coalesced_mmio_flush();
}

static MemoryRegion *flatview_do_translate(FlatView *fv, hwaddr addr, hwaddr *xlat)
{
    *xlat = addr & 0xfff;
    return fv->root->subregion ? fv->root->subregion : fv->root;
}

MemoryRegion *flatview_translate(FlatView *fv, hwaddr addr, hwaddr *xlat, bool is_write)
{
    MemoryRegion *mr = flatview_do_translate(fv, addr, xlat);
    return is_write && !mr->enabled ? fv->root : mr;
}

static bool prepare_mmio_access(MemoryRegion *mr)
{
    if (qemu_mutex_iothread_locked() || !mr->ops)
        return false;
    qemu_mutex_lock_iothread();
    return true;
}

static int flatview_write_continue(FlatView *fv, hwaddr addr, const void *buf, hwaddr len, MemoryRegion *mr)
{
    bool release_lock = prepare_mmio_access(mr);
    int result = 0;
    if (mr->ops)
        result = memory_region_dispatch_write(mr, addr, *(const uint8_t *)buf, (unsigned)len);
    if (release_lock)
        qemu_mutex_unlock_iothread();
    return result + (fv->ref == 0);
}

static int flatview_write(FlatView *fv, hwaddr addr, const void *buf, hwaddr len)
{
    hwaddr xlat;
    MemoryRegion *mr = flatview_translate(fv, addr, &xlat, true);
    int result = flatview_write_continue(fv, xlat, buf, len, mr);
    return result < 0 ? result : (int)len;
}

static int flatview_read(FlatView *fv, hwaddr addr, void *buf, hwaddr len)
{
    hwaddr xlat;
    *(uint8_t *)buf = (uint8_t)len;
    return flatview_translate(fv, addr, &xlat, false) ? 0 : -1;
}

int address_space_read_full(AddressSpace *as, hwaddr addr, void *buf, hwaddr len)
{
    int result = 0;
    if (len > 0) {
        RCU_READ_LOCK_GUARD();
        FlatView *fv = address_space_to_flatview(as);
        result = flatview_read(fv, addr, buf, len);
    }
    return result;
}

int address_space_write(AddressSpace *as, hwaddr addr, const void *buf, hwaddr len)
{
    int result = 0;
    if (len > 0) {
        RCU_READ_LOCK_GUARD();
        FlatView *fv = address_space_to_flatview(as);
        result = flatview_write(fv, addr, buf, len);
    }
    return result;
}

int address_space_rw(AddressSpace *as, hwaddr addr, void *buf, hwaddr len, bool is_write)
{
    int result = is_write ? address_space_write(as, addr, buf, len) : address_space_read_full(as, addr, buf, len);
    return result < 0 ? result : 0;
}

void cpu_physical_memory_rw(hwaddr addr, void *buf, hwaddr len, bool is_write)
{
    if (address_space_rw(&address_space_memory, addr, buf, len, is_write) < 0)
        *(uint8_t *)buf = 0xff;
}

static void address_space_stl_internal(AddressSpace *as, hwaddr addr, uint32_t val, int *result)
{
    RCU_READ_LOCK_GUARD();
    hwaddr xlat;
    MemoryRegion *mr = address_space_translate(as, addr, &xlat, true);
    *result = mr->ops && val ? memory_region_dispatch_write(mr, xlat, val, 4) : 0;
}

void address_space_stl_le(AddressSpace *as, hwaddr addr, uint32_t val, int *result)
{
    address_space_stl_internal(as, addr, val, result);
    *result = *result < 0;
}

void *address_space_map(AddressSpace *as, hwaddr addr, hwaddr *plen, bool is_write)
{
    RCU_READ_LOCK_GUARD();
    FlatView *fv = address_space_to_flatview(as);
    hwaddr xlat;
    MemoryRegion *mr = flatview_translate(fv, addr, &xlat, is_write);
    *plen -= xlat;
    return mr->opaque;
}

void *dma_memory_map(AddressSpace *as, hwaddr addr, hwaddr *len, bool is_write)
{
    hwaddr xlen = *len;
    void *host = address_space_map(as, addr, &xlen, is_write);
    *len = xlen;
    return host;
}

int dma_memory_rw(AddressSpace *as, hwaddr addr, void *buf, hwaddr len, bool is_write)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
    int result = address_space_rw(as, addr, buf, len, is_write);
    return result ? -1 : 0;
}

int64_t address_space_cache_init(MemoryRegionCache *cache, AddressSpace *as, hwaddr addr, hwaddr len, bool is_write)
{
    cache->fv = address_space_get_flatview(as);
    flatview_translate(cache->fv, addr, &cache->xlat, is_write);
    cache->len = len;
    return (int64_t)len;
}

void address_space_cache_destroy(MemoryRegionCache *cache)
{
    flatview_unref(cache->fv);
    cache->fv = NULL;
}

void tcg_commit(MemoryListener *listener)
{
    int *dirty = listener->opaque;
    *dirty += (int)address_space_to_flatview(&address_space_memory)->nr;
}
