"""A name for the rules as they are: it changes with any module, word list or weight."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_KINDS = {".py", ".toml", ".csv", ".txt", ".json"}


@cache
def fingerprint() -> str:
    """Eight characters that tell these rules from others, whatever version they call themselves.

    The fitting and the reading of files are no part of it: they change no record of a text.
    """
    told = hashlib.sha256()
    for path in sorted([*_HERE.glob("*.py"), *_HERE.glob("lexicon/*"), *_HERE.glob("weights/*")]):
        if path.suffix in _KINDS:
            told.update(path.name.encode())
            told.update(path.read_bytes())
    crossings = _HERE.parent / "data" / "crossings.csv"
    if crossings.is_file():
        told.update(crossings.read_bytes())
    return told.hexdigest()[:8]


def extractor() -> str:
    """The name of today's rules, told with each record: the version, and what the rules are."""
    from extraction import VERSION

    return f"{VERSION}+{fingerprint()}"
