"""Who works on a batch: a name that tells, on the same machine, whether its process still lives."""

from __future__ import annotations

import hashlib
import os
import socket
import uuid
from pathlib import Path


def worker_name() -> str:
    """A name for a worker of this process: machine, process, its start, and a number of its own."""
    return f"{_machine()}|{os.getpid()}|{_started(os.getpid())}|{uuid.uuid4().hex[:8]}"


def _machine() -> str:
    """A name for what gives process numbers here: containers with one name count each their own."""
    marks = []
    for mark in ("/proc/sys/kernel/random/boot_id", "/proc/self/ns/pid"):
        try:
            path = Path(mark)
            marks.append(str(path.readlink()) if path.is_symlink() else path.read_text())
        except OSError:
            marks.append("")  # not Linux, or not told: the host's name has to do
    told = hashlib.sha256("".join(marks).encode()).hexdigest()[:8]
    return f"{socket.gethostname()}#{told}"


def alive(name: str) -> bool | None:
    """Whether the process of a worker lives; None where it is on another machine."""
    host, pid, started, _ = name.split("|")
    if host != _machine():
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
