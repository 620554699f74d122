/* vCPU threads, of KVM, HVF and TCG: guest code runs without the big lock, a device is reached with it. */
#include "devices.h"
#include "exec/memory.h"

typedef struct CPUState { int cpu_index; bool stop; hwaddr mmio_addr; uint8_t mmio_data[8]; } CPUState;
static CPUState cpu0;

void code_gen_buffer(void *env);

static void kvm_handle_io(uint16_t port, void *data, int direction, int size, uint32_t count)
{
    uint8_t *ptr = data;
    for (uint32_t i = 0; i < count; i++)
        address_space_rw(&address_space_io, port, ptr + i * (uint32_t)size, (hwaddr)size, direction == 1);
}

/* The guest runs until a scenario has it leave. */
QemuEvent guest_entered, guest_leaves;

static void kvm_vcpu_ioctl(CPUState *cpu)
{
    qemu_event_set(&guest_entered);
    qemu_event_wait(&guest_leaves);
    cpu->stop = false;
}

static int kvm_cpu_exec(CPUState *cpu)
{
    qemu_mutex_unlock_iothread();
    kvm_vcpu_ioctl(cpu);
    if (cpu->mmio_addr)
        address_space_rw(&address_space_memory, cpu->mmio_addr, cpu->mmio_data, 4, true);
    else
        kvm_handle_io(0x70, cpu->mmio_data, 1, 1, 1);
    qemu_mutex_lock_iothread();
    return cpu->stop;
}

void *kvm_vcpu_thread_fn(void *arg)
{
    CPUState *cpu = &cpu0;
    cpu->mmio_addr = (hwaddr)(uintptr_t)arg;
    qemu_mutex_lock_iothread();
    while (!kvm_cpu_exec(cpu))
        ;
    return NULL;
}

/* HVF takes the big lock as soon as the guest has left, whatever it left for. */
static void hv_vcpu_run(CPUState *cpu)
{
    cpu->mmio_addr = 0x2000;
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static int hvf_vcpu_exec(CPUState *cpu)
{
    qemu_mutex_unlock_iothread();
    hv_vcpu_run(cpu);
    qemu_mutex_lock_iothread();
    address_space_rw(&address_space_memory, cpu->mmio_addr, cpu->mmio_data, 4, true);
    return cpu->stop;
}

void *hvf_cpu_thread_fn(void *arg)
{
    CPUState *cpu = &cpu0;
    qemu_mutex_lock_iothread();
    while (!hvf_vcpu_exec(cpu))
        ;
    return arg;
}

static void io_writex(CPUState *env, MemoryRegion *mr, hwaddr addr, uint64_t val)
{
    qemu_mutex_lock_iothread();
    env->stop = memory_region_dispatch_write(mr, addr, val, 4) != 0;
    qemu_mutex_unlock_iothread();
}

void helper_le_stl_mmu(void *env, unsigned long addr, unsigned val)
{
    io_writex(env, address_space_memory.root->subregion, addr & 0xfff, val);
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static int cpu_tb_exec(CPUState *cpu, const void *itb)
{
    code_gen_buffer(cpu);
    return itb != NULL;
}

static void cpu_loop_exec_tb(CPUState *cpu, const void *tb, int *tb_exit)
{
    *tb_exit = cpu_tb_exec(cpu, tb);
}

static int cpu_exec(CPUState *cpu)
{
    RCU_READ_LOCK_GUARD();
    int tb_exit = 0;
    while (!tb_exit)
        cpu_loop_exec_tb(cpu, &code_gen_buffer, &tb_exit);
    return tb_exit;
}

static int tcg_cpus_exec(CPUState *cpu)
{
    int ret = cpu_exec(cpu);
    return ret + cpu->cpu_index;
}

void *mttcg_cpu_thread_fn(void *arg)
{
    while (tcg_cpus_exec(&cpu0))
        cpu0.cpu_index++;
    return arg;
}

/* The accelerator's listener, which waits for what never comes. */
static QemuEvent slots_flushed;

static void kvm_region_commit(MemoryListener *listener)
{
    int *generation = listener->opaque;
    ++*generation;
    qemu_event_wait(&slots_flushed);
}

static int kvm_generation;
static MemoryListener kvm_memory_listener = {.commit = kvm_region_commit, .opaque = &kvm_generation};

void kvm_memory_listener_register(void)
{
    memory_listener_register(&kvm_memory_listener);
}
