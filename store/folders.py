"""Folders into the ledger from the command line: what becomes of each report, and a summary."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType

from extraction.files import read_pieces, report_files
from extraction.formats.sandbox import Reader
from store.batches import keep_file
from store.engine import writing
from store.keeping import take
from store.ledger import Store
from store.outcomes import Outcome

EVERY = 2.0
"""Seconds between two looks into a watched folder."""

_WORDS = {
    "read": "kept",
    "nothing": "kept, no figure found",
    "already_here": "already here",
    "near_copy": "near copy",
    "unread": "kept unread",
    "failed": "not kept",
}


class Adding:
    """Adds files to a store and counts what became of them; a context manager."""

    def __init__(
        self, store: Store, published: date | None = None, text_column: str | None = None
    ) -> None:
        self.store = store
        self.published = published
        self.chosen = {"text": text_column} if text_column else {}
        self.counts: Counter[str] = Counter()
        self.figures = 0
        self.files = 0
        self._reader = Reader()

    def __enter__(self) -> Adding:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._reader.close()

    @property
    def failed(self) -> int:
        """Reports and files that were not kept, or kept unread."""
        return self.counts["failed"] + self.counts["unread"]

    def add(self, paths: Sequence[Path]) -> None:
        """Keep the reports of these files and folders; a line for each on standard output.

        On a terminal a bar on standard error shows how far it is.
        """
        from tqdm import tqdm

        files: list[Path] = []
        for path in paths:
            found = report_files(path)
            if not found:
                self._tell(Outcome(0, 0, 0, str(path), "failed", "there is no report in it"))
            files += found
        quiet = len(files) < 2 or not sys.stderr.isatty()
        with tqdm(files, unit="file", disable=quiet, file=sys.stderr, leave=False) as bar:
            for path in bar:
                bar.set_postfix_str(path.name[:40], refresh=True)
                self._add_file(path, bar)

    def _add_file(self, path: Path, bar: object) -> None:
        self.files += 1
        pieces = read_pieces(path, self.published, self.chosen, self._reader)
        file_hash: str | None = None
        for piece in pieces:
            if piece.report is not None and file_hash is None:
                file_hash = self._kept_bytes(path)
            at = Outcome(0, 0, 0, piece.name, "failed")
            self._tell(take(self.store, piece, at, file_hash=file_hash))

    def _kept_bytes(self, path: Path) -> str | None:
        """Keep the file as it came in, beside what is read out of it."""
        self.store.editor()
        with writing(self.store.engine) as connection:
            return keep_file(connection, path.read_bytes())

    def _tell(self, outcome: Outcome) -> None:
        from tqdm import tqdm

        status = "failed" if outcome.status == "columns" else outcome.status
        self.counts[status] += 1
        if status in ("failed", "unread"):
            tqdm.write(f"{outcome.name}: {outcome.cause}", file=sys.stderr)
            return
        self.figures += outcome.figures if status in ("read", "near_copy") else 0
        words = _WORDS[status]
        figures = "" if status == "nothing" else f", {_plural(outcome.figures, 'record')}"
        copied = f" of {self.store.text(outcome.copy_of).name}" if outcome.copy_of else ""
        tqdm.write(f"{outcome.name}: {words}{copied}{figures}", file=sys.stdout)

    def summary(self) -> str:
        """One line: how many files, what became of their reports, how many records are new."""
        parts = [
            f"{self.counts[status]} {words}"
            for status, words in _WORDS.items()
            if self.counts[status]
        ]
        new = _plural(self.figures, "new record")
        return f"{_plural(self.files, 'file')}: {', '.join(parts) or 'nothing'}; {new}"


def _plural(n: int, word: str) -> str:
    return f"{n:,} {word}" if n == 1 else f"{n:,} {word}s"


def watched(
    folder: Path, every: float = EVERY, looks: Iterable[object] | None = None
) -> Iterator[list[Path]]:
    """The files that appear in a folder, or change, once each; waits for more without end.

    A file is taken once its size and time are the same at two looks, so that none is read while
    it is still being written. `looks` bounds how often it looks. Raises OSError where there is no
    such folder.
    """
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder}: there is no such folder")
    seen: dict[Path, tuple[int, int]] = {}
    taken: dict[Path, tuple[int, int]] = {}
    for _ in iter(int, 1) if looks is None else looks:
        now: dict[Path, tuple[int, int]] = {}
        for path in report_files(folder):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue  # it was moved away since
            now[path] = (stat.st_size, stat.st_mtime_ns)
        ready = [path for path, mark in now.items() if seen.get(path) == mark != taken.get(path)]
        if ready:
            taken.update((path, now[path]) for path in ready)
            yield ready
        seen = now
        time.sleep(every)
