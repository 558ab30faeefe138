"""Freed memory goes back to the system, so that a server stays as small as what it holds."""

from __future__ import annotations

import ctypes
import gc

import pyarrow as pa


def give_back() -> None:
    """Give freed memory back; the allocators would keep it for later."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return  # not the GNU C library: it has its own ways
