/* Stands for code that was generated at run time: compiled without debugging information, so that gdb shows a bare name. */
void helper_le_stl_mmu(void *env, unsigned long addr, unsigned val);

void code_gen_buffer(void *env)
{
    helper_le_stl_mmu(env, 0xfebf1004, 1);
    __asm__ volatile("");
}
