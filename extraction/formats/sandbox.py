"""Files read in a process of their own, which may be stopped: hostile ones harm only that.

The process (`child.py`) lives on from file to file; it is ended and started anew where a file
takes too long, needs too much memory or brings it down. Kinds that cannot are read here.
"""

from __future__ import annotations

import json
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from extraction.formats.kinds import NAMES, kind_of
from extraction.formats.piece import Piece, Refused
from extraction.formats.reader import SAFE, in_language, pieces_of
from extraction.reports import Report

SECONDS = 8.0  # for one file
START_SECONDS = 60.0  # for the process to come up, on a machine that is busy
MEGABYTES = 400  # of memory, for the process with one file
ROOT = Path(__file__).resolve().parents[2]


class Reader:
    """Reads files one after another. Use it as a context manager, or `close` it; not shared
    between threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: queue.Queue[bytes | None] = queue.Queue()

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def read(
        self, name: str, content: bytes, chosen: Mapping[str, str] | None = None
    ) -> list[Piece]:
        """The pieces of one file (see `reader.pieces_of`); whatever it holds, nothing is raised."""
        try:
            kind = kind_of(name, content)
        except Refused as refusal:
            return [Piece(name, refusal=str(refusal))]
        if kind in SAFE:
            return in_language(pieces_of(name, content, chosen))
        try:
            answer = self._asked(name, content, chosen or {})
        except queue.Empty:
            self.close()
            return [
                Piece(name, refusal=f"reading it took more than {self._seconds:g} seconds; stopped")
            ]
        except OSError as error:
            # A pipe that broke: the file brought the process down.
            answer = None
            if self._process is None or not isinstance(error, BrokenPipeError):
                self.close()
                return [Piece(name, refusal=f"reading it failed: {error}; try again")]
        if answer is None:
            self.close()
            return [
                Piece(
                    name,
                    refusal=f"reading it as {NAMES[kind]} failed: damaged, or too large for memory",
                )
            ]
        rows = json.loads(answer)
        if rows == "memory":
            self.close()
            return [
                Piece(name, refusal=f"reading it takes more than {MEGABYTES} MB of memory; stopped")
            ]
        return in_language(from_row(row) for row in rows)

    def _asked(self, name: str, content: bytes, chosen: Mapping[str, str]) -> bytes | None:
        process = self._running()
        header = json.dumps({"name": name, "chosen": dict(chosen)}).encode()
        assert process.stdin is not None
        send(process.stdin, header)
        send(process.stdin, content)
        return self._answers.get(timeout=self._seconds)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "extraction.formats.child", str(MEGABYTES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )
        self._answers = queue.Queue()
        assert self._process.stdout is not None
        threading.Thread(
            target=_listen, args=(self._process.stdout, self._answers), daemon=True
        ).start()
        try:
            self._answers.get(timeout=START_SECONDS)  # it says when it is ready
        except queue.Empty as error:
            raise OSError("the process that reads files did not start") from error
        return self._process


def _listen(stream: IO[bytes], answers: queue.Queue[bytes | None]) -> None:
    """Pass each answer on, and None when there are no more."""
    try:
        while (answer := receive(stream)) is not None:
            answers.put(answer)
    except (OSError, ValueError):
        pass  # the pipe was closed with the process
    answers.put(None)


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message with its length."""
    stream.write(struct.pack(">Q", len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message, None at the stream's end."""
    head = stream.read(8)
    if len(head) < 8:
        return None
    (size,) = struct.unpack(">Q", head)
    message = stream.read(size)
    return message if len(message) == size else None


def to_row(piece: Piece) -> dict[str, Any]:
    """A piece as plain JSON values."""
    return asdict(piece)


def from_row(row: dict[str, Any]) -> Piece:
    """A piece from `to_row`'s values, dates as ISO text."""

    def day(value: str | None) -> date | None:
        return date.fromisoformat(value) if value else None

    report = row["report"]
    if report is not None:
        report = Report(**{**report, "published": day(report["published"])})
    return Piece(
        row["name"], report, row["refusal"], day(row["guess"]), row["guess_from"],
        tuple(row["columns"]),
    )  # fmt: skip
