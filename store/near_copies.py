"""Near copies: the same wire story on several sites, found when a report arrives.

A text is cut into shingles of five words; MinHash (Broder 1997, by datasketch) makes a short
signature of them, and bands of the signature (locality-sensitive hashing) find candidates in the
database without reading every report. A candidate is then compared shingle by shingle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import sqlalchemy as sa

from store import schema

SHINGLE_WORDS = 5
PERMUTATIONS = 128
BAND_ROWS = 4
"""Bands of four: two texts that share 42 % of their shingles are likely to meet in a band."""

SHARED_ENOUGH = 0.8
"""A copy may be cut or have a line added: this share of the shorter text is in the longer."""

FEWEST_SHINGLES = 20
"""Shorter texts (a line of a live blog) are alike by chance; only equal ones are copies."""


@dataclass(frozen=True)
class Fingerprint:
    """`signature`: the MinHash as bytes; `bands`: a hash for each band of it."""

    signature: bytes
    bands: tuple[str, ...]


def shingles(text: str) -> frozenset[str]:
    """Runs of five words, in small letters, without punctuation."""
    words = re.findall(r"\w+", text.casefold())
    last = max(len(words) - SHINGLE_WORDS + 1, 1)
    return frozenset(" ".join(words[i : i + SHINGLE_WORDS]) for i in range(last))


def fingerprint(text: str) -> Fingerprint:
    """The MinHash of a text's shingles and the hashes of its bands."""
    # Imported here because it brings scipy along, which only the adding of a report needs.
    from datasketch import MinHash

    sketch = MinHash(num_perm=PERMUTATIONS, seed=1)
    sketch.update_batch([shingle.encode("utf-8") for shingle in sorted(shingles(text))])
    values = np.asarray(sketch.hashvalues, dtype="<u4")
    rows = values.reshape(-1, BAND_ROWS)
    bands = tuple(blake2b(row.tobytes(), digest_size=8).hexdigest() for row in rows)
    return Fingerprint(values.tobytes(), bands)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that is in the larger: 1.0 where one is cut from the other."""
    return len(one & other) / min(len(one), len(other))


def copies_among(connection: sa.Connection, key: str, text: str, print_: Fingerprint) -> None:
    """Store the bands of a new report, and a pair for each stored report that it copies."""
    bands = schema.bands
    mine = shingles(text)
    same = sa.or_(
        *[
            (bands.c.band == band) & (bands.c.hash == hash_)
            for band, hash_ in enumerate(print_.bands)
        ]
    )
    candidates = connection.execute(
        sa.select(schema.reports.c.key, schema.reports.c.text).where(
            schema.reports.c.key.in_(sa.select(bands.c.report_key).where(same))
        )
    ).all()
    pairs = []
    for other in candidates:
        theirs = shingles(other.text)
        if min(len(mine), len(theirs)) < FEWEST_SHINGLES:
            continue
        share = shared(mine, theirs)
        if share >= SHARED_ENOUGH:
            first, second = sorted((key, other.key))
            pairs.append({"first": first, "second": second, "shared": share})
    rows = [
        {"band": band, "hash": hash_, "report_key": key} for band, hash_ in enumerate(print_.bands)
    ]
    connection.execute(sa.insert(bands), rows)
    if pairs:
        connection.execute(sa.insert(schema.near_copies), pairs)
