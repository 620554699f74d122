/**
 * What gdb's Python and its symbol reader write to stderr, which lands in the midst of a value; the line end behind it is
 * theirs (seen with gdb 13.1 and pretty printers that fail).
 */
export const complaint = /Python Exception <(?:class|type) |warning: /;
