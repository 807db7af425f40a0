"""How modules are read that not every command needs."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def reading() -> Iterator[None]:
    """Modules are read inside. What they define is no garbage: to look for some meanwhile, and again when the process
    ends, takes a quarter of a short command."""
    known = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if len(sys.modules) > known:
            gc.freeze()
