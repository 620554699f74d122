# A frame filter for deep.c: the calls of a recursion are indented below the outermost of them.
import gdb
from gdb.FrameDecorator import FrameDecorator


class Recursion(FrameDecorator):
    def __init__(self, outermost, others):
        super().__init__(outermost)
        self.others = others

    def elided(self):
        return iter(self.others)


class Fold:
    def __init__(self):
        self.name = "fold"
        self.priority = 1
        self.enabled = False
        gdb.frame_filters[self.name] = self

    def filter(self, frames):
        held = []
        for frame in frames:
            if held and frame.function() != held[-1].function():
                yield Recursion(held[-1], held[:-1])
                held = []
            held.append(frame)
        if held:
            yield Recursion(held[-1], held[:-1])


Fold()
