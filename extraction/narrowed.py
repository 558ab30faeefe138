"""Evidence without the kinds of features that tell a field nothing."""

from __future__ import annotations

from extraction.evidence import Features


def narrowed(evidence: Features, left_out: tuple[str, ...]) -> Features:
    """A copy of `evidence` without the features whose names begin with one of `left_out`."""
    return {name: value for name, value in evidence.items() if not name.startswith(left_out)}
