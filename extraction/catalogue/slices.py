"""What a catalogue holds, cut into slices: addresses and places, no text.

A slice is small, so that millions of reports can be planned and handed around a cluster; the worker
that gets it opens the address itself. How it is cut depends on the catalogue and `chunk` alone,
never on who reads it, so that a second run meets the same slices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import fsspec
import pyarrow.parquet as pq

from extraction.files import LINES
from extraction.formats.kinds import SUFFIXES
from extraction.reports import UnreadableReport

CHUNK = 128
"""Reports in a part: four of the parser's batches, some seconds of reading."""

PARQUET = (".parquet", ".pq")
_MOST_ROWS = 10_000  # of a larger row group a slice takes so many: each has to unpack it anew
_BLOCK = 4_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Slice:
    """Some reports of a catalogue.

    `kind` "files": the files at `addresses`. "lines": the bytes `begin` to `end` of a JSON Lines
    file, whose first line has the number `first`. "rows": the rows `begin` to `end` of the row
    group `group` of a Parquet file, whose first row has the number `first`. `size` is how many
    files, lines or rows it has.
    """

    kind: Literal["files", "lines", "rows"]
    addresses: tuple[str, ...]
    size: int
    begin: int = 0
    end: int = 0
    first: int = 1
    group: int = 0

    @property
    def name(self) -> str:
        """What to call it to a user: "x.jsonl from line 129"."""
        address = self.addresses[0]
        return address if self.kind == "files" else f"{address} from {self.kind[:-1]} {self.first}"


def plan(address: str, chunk: int = CHUNK) -> Iterator[Slice]:
    """The slices of a file or folder at a path or any address that fsspec knows, in its order.

    Raises UnreadableReport where there is nothing to read, or nobody knows how to open it.
    """
    filesystem, path = opened(address)
    found = _files(filesystem, path, address)
    documents: list[str] = []
    for file in found:
        suffix = PurePosixPath(file).suffix.lower()
        if suffix not in (*LINES, *PARQUET):
            documents.append(filesystem.unstrip_protocol(file))
            if len(documents) == chunk:
                yield Slice("files", tuple(documents), len(documents))
                documents = []
        elif suffix in PARQUET:
            yield from _rows(filesystem, file)
        else:
            yield from _lines(filesystem, file, chunk)
    if documents:
        yield Slice("files", tuple(documents), len(documents))


def opened(address: str) -> tuple[Any, str]:
    """The file system of an address and the path in it.

    Raises UnreadableReport for a kind of address whose package is not there.
    """
    try:
        filesystem, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise UnreadableReport(f"{address}: {error}") from error
    return filesystem, str(path)


def _files(filesystem: Any, path: str, address: str) -> Sequence[str]:
    if filesystem.isfile(path):
        return [path]
    if not filesystem.exists(path):
        raise UnreadableReport(f"{address}: there is no such file or folder")
    start = len(path.rstrip("/"))
    found = [
        file
        for file in sorted(filesystem.find(path))
        if PurePosixPath(file).suffix.lower() in (*SUFFIXES, *LINES, *PARQUET)
        and not any(part.startswith(".") for part in PurePosixPath(file[start:]).parts)
    ]
    if not found:
        raise UnreadableReport(f"{address}: there is no report in this folder")
    return found


def _lines(filesystem: Any, file: str, chunk: int) -> Iterator[Slice]:
    """Runs of `chunk` lines; only their places are kept of what is read."""
    address = (filesystem.unstrip_protocol(file),)
    begin, first, lines, position = 0, 1, 0, 0
    with filesystem.open(file, "rb", block_size=_BLOCK) as stream:
        while block := stream.read(_BLOCK):
            at = block.find(b"\n")
            while at >= 0:
                lines += 1
                if lines == chunk:
                    end = position + at + 1
                    yield Slice("lines", address, lines, begin, end, first)
                    begin, first, lines = end, first + lines, 0
                at = block.find(b"\n", at + 1)
            position += len(block)
    if position > begin:
        yield Slice("lines", address, max(lines, 1), begin, position, first)


def _rows(filesystem: Any, file: str) -> Iterator[Slice]:
    """The row groups, the large ones in several slices."""
    address = filesystem.unstrip_protocol(file)
    try:
        with filesystem.open(file, "rb") as stream:
            about = pq.ParquetFile(stream).metadata
            sizes = [about.row_group(group).num_rows for group in range(about.num_row_groups)]
    except (OSError, ValueError) as error:  # what pyarrow raises for a damaged file is a ValueError
        raise UnreadableReport(f"{address}: it is damaged as Parquet ({error})") from error
    first = 1
    for group, size in enumerate(sizes):
        for begin in range(0, size, _MOST_ROWS):
            end = min(size, begin + _MOST_ROWS)
            yield Slice("rows", (address,), end - begin, begin, end, first + begin, group)
        first += size
