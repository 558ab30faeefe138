"""Cells that a spreadsheet would run: told apart, and made harmless without loss."""

from __future__ import annotations

import re

# What makes a spreadsheet read a cell as a formula, full-width forms too (OWASP ASVS 1.2.10).
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def neutralised(text: str) -> str:
    """The text with a leading apostrophe where a spreadsheet would run it; else as it is."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(cell: str) -> str:
    """What `neutralised` was given: it takes off the apostrophe that was put on."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
