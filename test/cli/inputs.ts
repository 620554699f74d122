/**
 * What the end-to-end tests put in, and with it all that they assume of the analysis: the first holds an offender (an
 * error), the second a crash that no domain knows (a note), the third nothing.
 */
export const offenderLog = `The target process aborts:

#0  __GI_raise (sig=sig@entry=6) at ../sysdeps/unix/sysv/linux/raise.c:51
#1  0x00007ff2929d851a in __GI_abort () at abort.c:118
#2  0x00007ff2929cfe67 in __assert_fail_base (fmt=<optimized out>, assertion=assertion@entry=0x55a32578cdc0 "memory_region_transaction_depth == 0", file=file@entry=0x55a32575d9b0 "include/exec/memory.h", line=line@entry=766, function=function@entry=0x55a32578d6e0 "address_space_to_flatview") at assert.c:92
#3  0x00007ff2929cff12 in __GI___assert_fail (assertion=assertion@entry=0x55a32578cdc0 "memory_region_transaction_depth == 0", file=file@entry=0x55a32575d9b0 "include/exec/memory.h", line=line@entry=766, function=function@entry=0x55a32578d6e0 "address_space_to_flatview") at assert.c:101
#4  0x000055a324b2ed5e in address_space_to_flatview (as=0x55a326132580 <address_space_memory>) at include/exec/memory.h:766
#5  0x000055a324e96474 in address_space_cache_init (cache=0x55a32a4fb000, as=<optimized out>, addr=68404985856, len=4096, is_write=false) at ../softmmu/physmem.c:3307
#6  0x000055a324ea9cba in virtio_init_region_cache (vdev=0x55a32985d9a0, n=0) at ../hw/virtio/virtio.c:185
#7  0x000055a324eaa615 in virtio_load (vdev=0x55a32985d9a0, f=<optimized out>, version_id=<optimized out>) at ../hw/virtio/virtio.c:3203
#8  0x000055a324c6ab96 in vmstate_load_state (f=0x55a329dc0c00, vmsd=0x55a325fc1a60 <vmstate_virtio_scsi>, opaque=0x55a32985d9a0, version_id=1) at ../migration/vmstate.c:143
#9  0x000055a324cdda34 in qemu_loadvm_state_main (f=0x55a329dc0c00, mis=0x55a3284ef9e0) at ../migration/savevm.c:2939
#10 0x000055a324cdf66a in qemu_loadvm_state (f=0x55a329dc0c00) at ../migration/savevm.c:3021
`;

export const crashLog = `Program received signal SIGSEGV, Segmentation fault.
#0  0x0000555555555151 in parse_header (text=0x7ffff7fbd000) at src/parse.c:12
#1  0x0000555555555180 in main () at src/main.c:30
`;

export const noLog = "Remember to buy milk.\n#1 is the best.\n";
