"""Rows of flattened tables: in which column a place of the text stands."""

from __future__ import annotations

import re

from extraction.document import Document

_SEPARATOR = re.compile(r"\s*\|\s*|\t+| / |\s{3,}")
REACH = 14  # rows between a table's head and its last row


def column(document: Document, offset: int) -> int | None:
    """The column of the character at `offset`, counted from 0; None outside a table row."""
    block = document.blocks[document.sentence_at(offset).block]
    if block.kind != "row":
        return None
    return len(_SEPARATOR.findall(document.text, block.start, offset))


def heads_column(document: Document, head: int, cell: int) -> bool | None:
    """Whether what stands at `head` heads the column of `cell`; None where it heads none.

    A head stands in another row of the same table, a few rows above.
    """
    above = document.sentence_at(head).block
    below = document.sentence_at(cell).block
    if not 0 < below - above <= REACH:
        return None
    if any(document.blocks[i].kind != "row" for i in range(above, below)):
        return None
    mine, its = column(document, cell), column(document, head)
    return None if mine is None or its is None else mine == its
