"""Freed memory goes back to the system, so that a server stays as small as what it holds."""

from __future__ import annotations

import ctypes
import gc
from typing import Final

import pyarrow as pa

_M_MMAP_THRESHOLD: Final = -3
_M_ARENA_MAX: Final = -8
"""Names of settings in the GNU C library's <malloc.h>."""

_LARGE: Final = 1 << 20
_POOLS: Final = 2


def settle() -> None:
    """Let freed arrays go back at once, and threads share two pools: before a server's first work.

    By itself the GNU C library takes ever larger blocks into pools, one for each thread, where a
    freed array of megabytes stays as a hole. On other systems nothing is changed.
    """
    try:
        libc = ctypes.CDLL("libc.so.6")
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_M_ARENA_MAX, _POOLS)
    except (OSError, AttributeError):
        return


def give_back() -> None:
    """Give freed memory back; the allocators would keep it for later."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return  # not the GNU C library: it has its own ways
