/*
 * qemu-system-x86_64 -name SCENARIO: a machine of stubs that is driven into the state of that name. Each scenario runs in
 * qemu_init with the big lock held; what it schedules happens in the main loop.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include "devices.h"

static void start_iothread(void (*handler)(void *opaque))
{
    qemu_thread_create("IO iothread1", iothread_run, (void *)handler);
}

/* An access to that address, or to a port; the guest is entered with the big lock given up. */
static void enter_guest(hwaddr mmio_addr)
{
    qemu_thread_create("CPU 0/KVM", kvm_vcpu_thread_fn, (void *)(uintptr_t)mmio_addr);
    qemu_mutex_unlock_iothread();
    qemu_event_wait(&guest_entered);
    qemu_mutex_lock_iothread();
}

static void leave_guest(void)
{
    qemu_event_set(&guest_leaves);
}

static void start_rcu(void)
{
    qemu_thread_create("call_rcu", call_rcu_thread, NULL);
}

/* Where the load is wrapped, its coroutine yields with the transaction open. */
static void load_yields(void)
{
    migration_incoming_start(&waiting_section);
}

/* The first begin inside a transaction starts a bystander and waits for the accelerator's ring to be flushed. */
static void (*bystander)(void);
static QemuEvent ring_flushed;

static void kvm_flush_coalesced_mmio_buffer(void)
{
    if (memory_region_transaction_depth == 0 || !bystander)
        return;
    bystander();
    bystander = NULL;
    qemu_event_wait(&ring_flushed);
}

static void bridge_meets(void (*whom)(void))
{
    bystander = whom;
    coalesced_mmio_flush = kvm_flush_coalesced_mmio_buffer;
    aio_bh_schedule_oneshot(pci_bridge_update_mappings, NULL);
}

static void iothread_pops(void) { start_iothread(virtio_queue_host_notifier_read); }
static void iothread_flushes(void) { start_iothread(virtio_queue_host_notifier_read_unprotected); }
static void source_migrates(void) { qemu_thread_create("live_migration", migration_thread, NULL); }

static void vcpu_mmio(void)
{
    sdhci_init();
    load_yields();
    enter_guest(0xfebf1000);
    leave_guest();
}

static void vcpu_mmio_tcg(void)
{
    sdhci_init();
    load_yields();
    qemu_thread_create("CPU 0/TCG", mttcg_cpu_thread_fn, NULL);
}

static void vcpu_hvf(void)
{
    load_yields();
    qemu_thread_create("CPU 0/HVF", hvf_cpu_thread_fn, NULL);
}

static void vcpu_port(void) { enter_guest(0); bridge_meets(leave_guest); }
static void vcpu_port_load(void) { load_yields(); enter_guest(0); leave_guest(); }
static void iothread_pop(void) { bridge_meets(iothread_pops); }

/* Neither begin nor commit is on the holder's stack: it drops an owner that has something to wait for. */
static void vfio_instance_finalize(Object *obj)
{
    obj->ref = 0;
    iothread_pops();
    qemu_event_wait(&ring_flushed);
}

static void iothread_between(void)
{
    static Object owner = {1, vfio_instance_finalize};
    pci_bridge_set_owner(&owner);
    aio_bh_schedule_oneshot(pci_bridge_update_mappings, NULL);
}

static void iothread_flush(void) { iothread_flushes(); }
static void migration_iterate(void) { bridge_meets(source_migrates); }

static void iothread_past_decrement(void)
{
    kvm_memory_listener_register();
    memory_region_update_pending = true;
    iothread_pop();
}

static void migration_setup(void)
{
    load_yields();
    qemu_thread_create("live_migration", migration_thread, &ring_flushed);
}

static void rcu_finalize(void) { start_rcu(); edu_drop_view(true); }
static void rcu_left_open(void) { start_rcu(); load_yields(); edu_drop_view(false); }
static void rcu_stale_cache(void) { start_rcu(); virtio_replace_region_cache(); }

static void rcu_still_referenced(void)
{
    FlatView *view = generate_memory_topology(address_space_memory.root);
    start_rcu();
    flatview_unref(view);
    flatview_ref(view);
}

static void enable_region(void *opaque)
{
    memory_region_set_enabled(opaque, false);
    memory_region_update_pending = false;
}

static MemoryRegion pam_region = {.name = "pam-rom", .enabled = true};

static void commit_begins_again(void)
{
    vhost_dev_start(NULL);
    aio_bh_schedule_oneshot(enable_region, &pam_region);
}

static void commit_reads(void)
{
    virtio_listeners_register();
    aio_bh_schedule_oneshot(enable_region, &pam_region);
}

static void bottom_half(void) { load_yields(); aio_bh_schedule_oneshot(virtio_set_features_nocheck_bh, NULL); }
/* The same with more than one thread, so that the main one has to be told from the others. */
static void bottom_half_beside_rcu(void)
{
    start_rcu();
    bottom_half();
}

static void timer(void) { load_yields(); timer_mod(hpet_timer, NULL); }
static void hmp(void) { load_yields(); aio_set_event_notifier(monitor_read_hmp, NULL); }
static void qmp(void) { load_yields(); monitor_qmp_dispatcher(NULL); }
static void load_scsi(void) { migration_incoming_start(&virtio_scsi_section); }
static void load_net(void) { migration_incoming_start(&virtio_net_section); }
static void load_ahci(void) { migration_incoming_start(&ahci_section); }
static void load_ram(void) { migration_incoming_start(&ram_section); }
static void bridge(void) { aio_bh_schedule_oneshot(pci_bridge_update_mappings, NULL); }
static void unbalanced(void) { aio_bh_schedule_oneshot(pm_io_space_update_bh, NULL); }
static void postcopy(void) { qemu_thread_create("postcopy/listen", postcopy_ram_listen_thread, NULL); }
static void build_machine(void) { pc_init1(NULL); }

/* The proposal that commits in the reader, with a listener that reads, or one that crashes. */
static void reader_commits(void)
{
    virtio_listeners_register();
    memory_region_update_pending = true;
    load_scsi();
}

static void reader_commits_badly(void)
{
    vfio_listener_register();
    memory_region_update_pending = true;
    load_scsi();
}

/* The device's address space is no address space: a small number in place of its address. */
static void wild_pointer(void)
{
    virtio_scsi_forget_dma_as();
    load_scsi();
}

static void sixty_threads(void)
{
    static QemuEvent channel;
    struct timespec moment = {0, 200000000};
    sdhci_init();
    load_yields();
    start_rcu();
    for (int i = 0; i < 9; i++)
        qemu_thread_create("multifdrecv", multifd_recv_thread, &channel);
    for (int i = 0; i < 48; i++)
        qemu_thread_create("worker", worker_thread, NULL);
    enter_guest(0xfebf1000);
    nanosleep(&moment, NULL);
    leave_guest();
}

static const struct { const char *name; void (*run)(void); } scenarios[] = {
    {"vcpu-mmio", vcpu_mmio}, {"vcpu-mmio-tcg", vcpu_mmio_tcg}, {"vcpu-port", vcpu_port}, {"vcpu-hvf", vcpu_hvf},
    {"vcpu-port-load", vcpu_port_load}, {"iothread-pop", iothread_pop}, {"iothread-between", iothread_between}, {"iothread-flush", iothread_flush},
    {"iothread-past-decrement", iothread_past_decrement}, {"migration-setup", migration_setup},
    {"migration-iterate", migration_iterate}, {"rcu-finalize", rcu_finalize}, {"rcu-left-open", rcu_left_open},
    {"rcu-stale-cache", rcu_stale_cache}, {"rcu-still-referenced", rcu_still_referenced},
    {"commit-begins-again", commit_begins_again}, {"commit-reads", commit_reads}, {"bottom-half", bottom_half},
    {"bottom-half-beside-rcu", bottom_half_beside_rcu}, {"timer", timer}, {"hmp", hmp}, {"qmp", qmp}, {"load-scsi", load_scsi}, {"load-net", load_net},
    {"load-ahci", load_ahci}, {"load-ram", load_ram}, {"bridge", bridge}, {"unbalanced", unbalanced},
    {"postcopy", postcopy}, {"build-machine", build_machine}, {"reader-commits", reader_commits},
    {"reader-commits-badly", reader_commits_badly}, {"wild-pointer", wild_pointer}, {"sixty-threads", sixty_threads},
};

static void qemu_init(int argc, char **argv)
{
    qemu_mutex_lock_iothread();
    for (size_t i = 0; i < sizeof(scenarios) / sizeof(scenarios[0]); i++)
        if (strcmp(scenarios[i].name, argv[argc - 1]) == 0)
            scenarios[i].run();
}

static int qemu_default_main(void)
{
    qemu_main_loop();
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s -name SCENARIO\n", argv[0]);
        return 2;
    }
    qemu_init(argc, argv);
    return qemu_default_main();
}
