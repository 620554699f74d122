/* What main's scenarios start: threads of vCPUs, devices that are loaded, bottom halves, timers and commands. */
#pragma once
#include "exec/memory.h"

typedef struct QEMUFile { const char *channel; int position; } QEMUFile;
typedef struct VMStateDescription {
    const char *name;
    int (*get)(QEMUFile *f, void *opaque, int version_id);
    int (*post_load)(void *opaque, int version_id);
} VMStateDescription;

/* A section of the migration stream. */
typedef struct SaveStateEntry { const char *idstr; const VMStateDescription *vmsd; void *opaque; } SaveStateEntry;

extern QemuEvent guest_entered, guest_leaves;
void *kvm_vcpu_thread_fn(void *arg);
void *mttcg_cpu_thread_fn(void *arg);
void *hvf_cpu_thread_fn(void *arg);
void kvm_memory_listener_register(void);

extern SaveStateEntry virtio_scsi_section, virtio_net_section, ahci_section, ram_section, waiting_section;
void virtio_listeners_register(void);
void virtio_queue_host_notifier_read(void *opaque);
void virtio_queue_host_notifier_read_unprotected(void *opaque);
void virtio_set_features_nocheck_bh(void *opaque);
void virtio_replace_region_cache(void);
void virtio_scsi_forget_dma_as(void);

void sdhci_init(void);
void hpet_timer(void *opaque);
void pci_bridge_set_owner(Object *owner);
void pci_bridge_update_mappings(void *opaque);
void pm_io_space_update_bh(void *opaque);
void vfio_listener_register(void);
void edu_drop_view(bool with_container);
void vhost_dev_start(void *opaque);
void pc_init1(void *machine);

void migration_incoming_start(SaveStateEntry *section);
void *migration_thread(void *opaque);
void *postcopy_ram_listen_thread(void *opaque);
void *multifd_recv_thread(void *opaque);

void monitor_read_hmp(void *opaque);
void monitor_qmp_dispatcher(void *opaque);
