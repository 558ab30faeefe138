"""What every ZIP is held to before anything in it is unpacked."""

from __future__ import annotations

import zipfile

from extraction.formats.piece import MOST_MEMBERS, MOST_UNPACKED, Refused


def checked(archive: zipfile.ZipFile) -> zipfile.ZipFile:
    """The archive, if opening it is safe: Refused for one with too many or too large members.

    The sizes are those that it states; a member that lies about its size is found when it is read.
    """
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Refused(f"it has {len(members):,} files inside; the limit is {MOST_MEMBERS:,}")
    size = sum(member.file_size for member in members)
    if size > MOST_UNPACKED:
        raise Refused(
            f"it unpacks to {size // 1_000_000:,} MB; the limit is {MOST_UNPACKED // 1_000_000} MB"
        )
    return archive


def member_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member's bytes, never more than it states. Raises Refused for a damaged or locked one."""
    info = archive.getinfo(name)
    if info.flag_bits & 1:
        raise Refused("it is encrypted with a password")
    try:
        with archive.open(info) as stream:
            return stream.read(info.file_size + 1)
    except Exception as error:
        raise Refused(f"it is a damaged archive or document ({error})") from error
