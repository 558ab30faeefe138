"""Whether a figure tells one day, convoy or period, or a running total."""

from __future__ import annotations

from extraction.context import Candidate
from extraction.dates import Days
from extraction.evidence import Features
from extraction.narrowed import narrowed
from extraction.parts import Parts
from extraction.tenses import below, chain
from extraction.thread import Thread
from extraction.timing import timing

# Countries, kinds and neighbours say nothing of a total: measured, they only add noise.
IDLE = ("l-", "l+", "geo:", "g+", "g-", "k:", "k=", "mv:", "p:n=")


def scope_features(
    days: Days,
    candidate: Candidate,
    evidence: Features,
    parts: Parts,
    thread: Thread,
    status: str,
    subset: str,
) -> Features:
    """The evidence with tense and time told together, status, and the whole's own scope."""
    out = narrowed(evidence, IDLE)
    when = timing(days, candidate)
    out[f"sc:time={when}"] = 1.0
    out[f"sc:status={status}"] = 1.0
    out[f"subset={subset}"] = 1.0
    out[f"sc:{status}/{when}"] = 1.0
    clauses = [(kind, put) for kind, put, _ in chain(candidate)[:2]]
    clauses = [c for c in clauses if c[0] != "say"][:1] + below(candidate)[:1]
    for kind, put in clauses:
        out[f"sc:{put}/{when}"] = 1.0
        out[f"sc:{kind}/{put}"] = 1.0
    whole = parts.parent(candidate)
    if whole is not None:
        known = thread.reading(whole)
        if known is not None:
            out[f"sc:whole={known.values.get('scope')}/{subset}"] = 1.0
            out[f"sc:whole={known.values.get('scope')}/{when}"] = 1.0
    return out
