"""Who works on a batch: a name that tells, on the same machine, whether its process still lives."""

from __future__ import annotations

import os
import socket
import uuid
from pathlib import Path


def worker_name() -> str:
    """A name for a worker of this process: machine, process, its start, and a number of its own."""
    return f"{socket.gethostname()}|{os.getpid()}|{_started(os.getpid())}|{uuid.uuid4().hex[:8]}"


def alive(name: str) -> bool | None:
    """Whether the process of a worker lives; None where it is on another machine."""
    host, pid, started, _ = name.split("|")
    if host != socket.gethostname():
        return None
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it lives, as another user
    # The same number may have been given to another process since.
    return _started(int(pid)) == started


def _started(pid: int) -> str:
    """When a process started, in the kernel's ticks; "" where nobody tells, or it is dead."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    rest = fields.rpartition(")")[2].split()
    return "" if rest[0] in "ZX" else rest[19]  # a killed process whose parent has not looked yet
