# Pretty printers for printed.c: one of each kind, and two that fail.
import gdb


class Money:
    """Text with blanks, a comma, parentheses and an equals sign."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        cents = int(self.value["cents"])
        return "EUR %d.%02d (net, vat = 19%%)" % (cents // 100, cents % 100)


class Row:
    """A heading and its children."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "row of length %d" % int(self.value["length"])

    def children(self):
        for at in range(int(self.value["length"])):
            yield "cell", self.value["cells"][at]

    def display_hint(self):
        return "array"


class Index:
    """Pairs of keys and values, printed by other printers."""

    def __init__(self, value):
        self.value = value

    def children(self):
        for at in range(2):
            yield "key", 'row "%d"' % at
            yield "value", self.value["rows"][at]

    def display_hint(self):
        return "map"


class Broken:
    """Fails before it has said anything."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        raise ValueError("no text, (for) a reason")


class Halfway:
    """Fails between its children."""

    def __init__(self, value):
        self.value = value

    def to_string(self):
        return "halfway"

    def children(self):
        yield "first", self.value["first"]
        raise gdb.MemoryError("Cannot access memory at address 0x8")


def printer_for(value):
    printers = {"money": Money, "row": Row, "index": Index, "broken": Broken, "halfway": Halfway}
    kind = printers.get(value.type.strip_typedefs().tag)
    return None if kind is None else kind(value)


gdb.pretty_printers.append(printer_for)
