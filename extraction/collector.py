"""The garbage collector at rest while a report is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """Put Python's search for cyclic garbage off until the block is left.

    Reading a report makes some ten thousand small objects, none in a cycle, that all die when
    it is read; looking through them again and again took a twentieth of the time. Where the
    collector was off before, it stays off.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
