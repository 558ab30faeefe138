"""A process that answers messages, with a clock: it may die or hang, and is then started anew."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress

from extraction.formats.sandbox import ROOT, receive, send

START_SECONDS = 600.0  # to come up and load what it needs, on a machine that is very busy


class Died(Exception):
    """The process ended without an answer; the message says how."""


class TookTooLong(Died):
    """The process had no answer in time and was ended."""


class Answerer:
    """A module of this project run as a process: it says "ready", then answers each message."""

    def __init__(self, module: str, arguments: Sequence[str]) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # One thread a process: there are as many processes as are wanted.
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )
        ready = self._answer(None, START_SECONDS)
        if ready != b"ready":
            self.close()
            raise OSError(ready.decode("utf-8", "replace"))

    @property
    def pid(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, message: bytes, seconds: float) -> bytes:
        """The answer to a message. Raises TookTooLong where it ended by its own clock of processor
        time (SIGPROF) or has no answer in so many seconds, Died where it ended otherwise.

        In both cases there is no process any more.
        """
        return self._answer(message, seconds)

    def _answer(self, message: bytes | None, seconds: float) -> bytes:
        late = threading.Event()

        def end() -> None:
            late.set()
            self._process.kill()

        # Ending it frees a write or read that waits for it.
        clock = threading.Timer(seconds, end)
        clock.daemon = True
        clock.start()
        try:
            assert self._process.stdin is not None and self._process.stdout is not None
            if message is not None:
                send(self._process.stdin, message)
            answer = receive(self._process.stdout)
        except OSError:
            answer = None
        finally:
            clock.cancel()
        if answer is not None:
            return answer
        self.close()
        code = self._process.returncode
        if late.is_set():
            raise TookTooLong(f"no answer in {seconds:g} seconds")
        if code == -getattr(signal, "SIGPROF", 0):
            raise TookTooLong("too much of the processor's time")
        raise Died(f"the process ended ({_how(code)})")

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):  # what was not written yet went to nobody
                    pipe.close()


def _how(code: int) -> str:
    """An exit code in words: the signal's name where it was one."""
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"
