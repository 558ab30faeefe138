"""The process that reads files for `sandbox.Reader`: files on standard input, pieces on standard
output."""

from __future__ import annotations

import io
import json
import os
import sys

from extraction.formats.reader import pieces_of
from extraction.formats.sandbox import receive, send, to_row


def limit(megabytes: int) -> None:
    """Bound this process: its memory to so much, and no file written, no core left behind."""
    try:
        import resource
    except ImportError:  # Windows: the reader's clock is the only limit
        return
    size = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Answer each file with its pieces as JSON, "memory" where it needed too much; then end."""
    answers = os.fdopen(os.dup(1), "wb")
    sys.stdout = io.StringIO()  # what a library prints must not stand among the answers
    os.dup2(2, 1)
    limit(int(sys.argv[1]))
    send(answers, b"ready")
    while (header := receive(sys.stdin.buffer)) is not None:
        try:
            content = receive(sys.stdin.buffer)
            if content is None:
                return
            asked = json.loads(header)
            pieces = pieces_of(asked["name"], content, asked["chosen"])
            answer = json.dumps([to_row(piece) for piece in pieces], default=str).encode()
        except MemoryError:
            answer = b'"memory"'
        send(answers, answer)


if __name__ == "__main__":
    main()
