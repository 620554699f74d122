/* Devices of a PC, each for one way to a view: a register, a timer, a bridge, a disk that is loaded, the board itself. */
#include "devices.h"

typedef struct SDHCIState { MemoryRegion iomem; uint32_t sdmasysad; uint8_t fifo[64]; } SDHCIState;
static SDHCIState sdhci;

static void sdhci_sdma_transfer_multi_blocks(SDHCIState *s)
{
    if (dma_memory_rw(&address_space_memory, s->sdmasysad, s->fifo, sizeof(s->fifo), false))
        s->sdmasysad = 0;
}

static void sdhci_data_transfer(SDHCIState *s)
{
    sdhci_sdma_transfer_multi_blocks(s);
    s->sdmasysad += 64;
}

static void sdhci_write(void *opaque, hwaddr offset, uint64_t val, unsigned size)
{
    SDHCIState *s = opaque;
    s->sdmasysad = (uint32_t)(0x1000 * val * size);
    sdhci_data_transfer(s);
    s->fifo[0] = (uint8_t)offset;
}

static const MemoryRegionOps sdhci_mmio_ops = {NULL, sdhci_write};

void sdhci_init(void)
{
    sdhci.iomem = (MemoryRegion){.name = "sdhci", .ops = &sdhci_mmio_ops, .opaque = &sdhci, .enabled = true};
    memory_region_add_subregion(address_space_memory.root, 0, &sdhci.iomem);
}

typedef struct HPETTimer { int tn; uint64_t cmp, fsb; } HPETTimer;
static HPETTimer hpet_timer0 = {0, 1000, 0xfee0100c};

static void update_irq(HPETTimer *timer, int set)
{
    int result;
    if (set)
        address_space_stl_le(&address_space_memory, timer->fsb, 0x4041, &result);
    timer->cmp = 0;
}

void hpet_timer(void *opaque)
{
    HPETTimer *t = opaque ? opaque : &hpet_timer0;
    update_irq(t, 1);
    t->cmp += 1000;
}

/* A bridge maps its windows anew: the old ones go and new ones come, within one transaction. */
typedef struct PCIBridge { MemoryRegion address_space_mem, alias_mem; unsigned window; } PCIBridge;
static PCIBridge bridge = {{.name = "pci_bridge_pci", .enabled = true}, {.name = "pci_bridge_mem", .enabled = true}, 0};

static void pci_bridge_region_cleanup(PCIBridge *br)
{
    memory_region_del_subregion(&br->address_space_mem, &br->alias_mem);
    br->window = 0;
}

static void pci_bridge_region_init(PCIBridge *br)
{
    br->window = 1;
    memory_region_add_subregion(&br->address_space_mem, 0, &br->alias_mem);
}

/* What becomes of the owner of the window's region when the region goes. */
void pci_bridge_set_owner(Object *owner)
{
    bridge.alias_mem.owner = owner;
}

void pci_bridge_update_mappings(void *opaque)
{
    PCIBridge *br = opaque ? opaque : &bridge;
    memory_region_transaction_begin();
    pci_bridge_region_cleanup(br);
    pci_bridge_region_init(br);
    memory_region_transaction_commit();
}

/* An error path that begins nothing and commits all the same. */
typedef struct PIIX4PMState { MemoryRegion io; bool smb_io_mapped; } PIIX4PMState;
static PIIX4PMState piix4 = {{.name = "piix4-pm", .enabled = true}, true};

static void pm_io_space_update(PIIX4PMState *s)
{
    if (!s->smb_io_mapped)
        memory_region_transaction_begin();
    s->io.enabled = !s->io.enabled;
    memory_region_transaction_commit();
}

void pm_io_space_update_bh(void *opaque)
{
    pm_io_space_update(opaque ? opaque : &piix4);
    piix4.smb_io_mapped = false;
}

typedef struct AHCIPortRegs { uint32_t lst_addr, fis_addr; } AHCIPortRegs;
typedef struct AHCIDevice { AHCIPortRegs port_regs; void *lst; } AHCIDevice;
static AHCIDevice ahci = {{0x1000, 0x2000}, NULL};

static void map_page(AddressSpace *as, void **ptr, hwaddr addr, uint32_t wanted)
{
    hwaddr len = wanted;
    *ptr = dma_memory_map(as, addr, &len, false);
}

static bool ahci_map_clb_address(AHCIDevice *ad)
{
    map_page(&address_space_memory, &ad->lst, ad->port_regs.lst_addr, 1024);
    return ad->lst != NULL;
}

static int ahci_state_post_load(void *opaque, int version_id)
{
    AHCIDevice *ad = opaque;
    if (!ahci_map_clb_address(ad))
        return -version_id;
    return 0;
}

static const VMStateDescription vmstate_ahci = {"ahci", NULL, ahci_state_post_load};
SaveStateEntry ahci_section = {"0000:00:1f.2/ich9_ahci", &vmstate_ahci, &ahci};

/* A device that writes its last words by DMA when its region's last reference goes. */
typedef struct EduState { Object parent_obj; MemoryRegion mmio; uint32_t dma_buf; } EduState;
static MemoryRegion edu_container = {.name = "edu-container"};
static EduState edu;

static void edu_finalize(Object *obj)
{
    EduState *s = (EduState *)obj;
    dma_memory_rw(&address_space_memory, 0x8000, &s->dma_buf, sizeof(s->dma_buf), true);
    s->dma_buf = 0;
}

/* The last reference to a view of the device: its region's own, or its container's, which the region is still in. */
void edu_drop_view(bool with_container)
{
    edu.parent_obj = (Object){1, edu_finalize};
    edu.mmio = (MemoryRegion){.name = "edu-mmio", .owner = &edu.parent_obj, .enabled = true};
    edu_container.parent_obj = (Object){1, memory_region_finalize};
    edu_container.owner = &edu_container.parent_obj;
    edu_container.subregion = &edu.mmio;
    flatview_unref(generate_memory_topology(with_container ? &edu_container : &edu.mmio));
}

/* A listener that has lost its container. */
typedef struct VFIOContainer { int fd; unsigned generation; } VFIOContainer;

static void vfio_listener_commit(MemoryListener *listener)
{
    VFIOContainer *container = listener->opaque;
    container->generation++;
}

static MemoryListener vfio_listener = {.commit = vfio_listener_commit};

void vfio_listener_register(void)
{
    memory_listener_register(&vfio_listener);
}

typedef struct PCIBus { AddressSpace bus_master_as; MemoryRegion root; } PCIBus;
static PCIBus pci_bus = {.root = {.name = "bus master container", .enabled = true}};

static void i440fx_init(PCIBus *b)
{
    address_space_init(&b->bus_master_as, &b->root, "i440FX");
    b->root.enabled = false;
}

void pc_init1(void *machine)
{
    i440fx_init(machine ? machine : &pci_bus);
    sdhci_init();
    hpet_timer0.tn++;
}
