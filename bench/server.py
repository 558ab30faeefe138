"""A dashboard (or another server) of its own for a benchmark, on a free port, with its memory."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError

ROOT = Path(__file__).parents[1]
START = 300  # seconds that a cold server may take until it answers
OURS = (sys.executable, "-m", "ui", "--server.headless", "true", "--server.port")


@dataclass(frozen=True)
class Server:
    """A running server: its address, its process, and how long it took to answer."""

    address: str
    process: subprocess.Popen[bytes]
    started: float

    def megabytes(self) -> float:
        """The memory that the process holds now (Linux; NaN elsewhere)."""
        try:
            lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        except OSError:
            return float("nan")
        return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024

    def processor(self) -> float:
        """Seconds of processor time that the process has used (Linux; NaN elsewhere): unlike the
        clock, they say the same on a busy machine."""
        try:
            fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return float("nan")
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def served(
    url: str, command: Sequence[str] = OURS, health: str = "/_stcore/health"
) -> Iterator[Server]:
    """Start `command` with a free port as its last argument, on the store at `url`; stop it after.

    Raises RuntimeError where it ends, or does not answer at `health` in time.
    """
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    environment = {**os.environ, "DATABASE_URL": url, "OMP_NUM_THREADS": "1"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address + health)
        yield Server(address, process, time.perf_counter() - begun)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server at {address} ended by itself: {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server did not answer at {address}")
