"""A slice's reports, read where they lie; what cannot be read is a piece with its refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import PurePosixPath
from typing import Any

import pyarrow.parquet as pq

from extraction.catalogue.slices import Slice, opened
from extraction.files import numbered, pieces_in
from extraction.formats.archives import too_large
from extraction.formats.piece import MOST_BYTES, Piece
from extraction.formats.reader import dated, in_language, piece_of_object, pieces_of
from extraction.formats.sandbox import Reader

_ROWS_AT_ONCE = 256


def pieces_of_slice(
    slice_: Slice, reader: Reader, published: date | None, chosen: Mapping[str, str]
) -> Iterator[Piece]:
    """The pieces of a slice in order, named and dated as `extraction.files.read_pieces` does.

    A file that is gone or may not be read is a piece with its refusal, as it is one that is
    damaged. Raises OSError where the storage fails: then nothing is known of the reports.
    """
    if slice_.kind == "files":
        for address in slice_.addresses:
            yield from _file(address, reader, published, chosen)
    elif slice_.kind == "lines":
        yield from dated(_lines(slice_, chosen), published)
    else:
        yield from dated(_rows(slice_, chosen), published)


def _file(
    address: str, reader: Reader, published: date | None, chosen: Mapping[str, str]
) -> Iterator[Piece]:
    filesystem, path = opened(address)
    name = PurePosixPath(path).name
    try:
        size = int(filesystem.size(path) or 0)
        if size > MOST_BYTES:
            yield Piece(name, refusal=too_large(size))
            return
        content = filesystem.cat_file(path)
    except FileNotFoundError:
        yield Piece(name, refusal="there is no such file any more")
        return
    except PermissionError as error:
        yield Piece(name, refusal=error.strerror or str(error))
        return
    yield from pieces_in(name, content, published, chosen, reader)


def _lines(slice_: Slice, chosen: Mapping[str, str]) -> Iterator[Piece]:
    filesystem, path = opened(slice_.addresses[0])
    name = PurePosixPath(path).name
    content = filesystem.cat_file(path, start=slice_.begin, end=slice_.end)
    for number, line in enumerate(content.split(b"\n"), start=slice_.first):
        if line.strip():
            for piece in in_language(pieces_of(name, line, chosen)):
                yield numbered(piece, name, number)


def _rows(slice_: Slice, chosen: Mapping[str, str]) -> Iterator[Piece]:
    filesystem, path = opened(slice_.addresses[0])
    name = PurePosixPath(path).name
    with filesystem.open(path, "rb") as stream:
        for row, number in _numbered_rows(stream, slice_):
            piece = piece_of_object(name, row, chosen, f"row {number}")
            yield from in_language([piece])


def _numbered_rows(stream: Any, slice_: Slice) -> Iterator[tuple[dict[str, Any], int]]:
    batches = pq.ParquetFile(stream).iter_batches(_ROWS_AT_ONCE, row_groups=[slice_.group])
    at = 0
    for batch in batches:
        begin, end = max(slice_.begin - at, 0), min(slice_.end - at, batch.num_rows)
        if begin < end:
            first = slice_.first + at + begin - slice_.begin
            for number, row in enumerate(batch.slice(begin, end - begin).to_pylist(), first):
                yield row, number
        at += batch.num_rows
        if at >= slice_.end:
            return
