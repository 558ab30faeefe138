"""The files in a ZIP archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.formats.kinds import kind_of
from extraction.formats.piece import MOST_BYTES, Refused
from extraction.formats.zips import checked, member_of

DEPTH = 2  # an archive in an archive is opened, one in that is not
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive, or the archive's own; `refusal` where it could not be opened."""

    name: str
    content: bytes = b""
    refusal: str | None = None


def too_large(size: int) -> str:
    """Why a file of so many bytes is not read."""
    return f"it has {size / 1_000_000:,.0f} MB; the limit is {MOST_BYTES // 10**6} MB"


def members(name: str, content: bytes, depth: int = DEPTH) -> Iterator[Member]:
    """The files of a ZIP, those of ZIPs in it too; of any other file the file itself.

    A member's name is only ever data: the archive's name, a slash, its own. What cannot be opened
    is a member with its refusal.
    """
    if len(content) > MOST_BYTES:
        yield Member(name, refusal=too_large(len(content)))
        return
    try:
        kind = kind_of(name, content)
        if kind != "zip":
            yield Member(name, content)
            return
        if not depth:
            raise Refused("it is an archive in an archive in an archive")
        archive = checked(zipfile.ZipFile(io.BytesIO(content)))
        inside = [
            info.filename
            for info in archive.infolist()
            if not info.is_dir() and not any(part in info.filename for part in _LITTER)
        ]
        if not inside:
            raise Refused("it is an empty archive")
    except (Refused, zipfile.BadZipFile) as refusal:
        yield Member(name, content, refusal=str(refusal))
        return
    for inner in inside:
        try:
            yield from members(f"{name}/{inner}", member_of(archive, inner), depth - 1)
        except Refused as refusal:
            yield Member(f"{name}/{inner}", refusal=str(refusal))
