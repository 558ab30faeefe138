"""Whether the people of a figure crossed, are expected, wait or were refused."""

from __future__ import annotations

from extraction.context import Candidate, Context
from extraction.dates import Days
from extraction.evidence import Features
from extraction.narrowed import narrowed
from extraction.parts import Parts
from extraction.scoped import Scoped
from extraction.tenses import below, chain, complement
from extraction.thread import Thread
from extraction.timing import timing

TELLING = ("move", "wait", "plan", "permit", "refuse")  # acts that tell a status
# Who is counted, how many and where tell little of a status: measured, they only add noise.
IDLE = ("l-", "l+", "f:", "geo:", "g+", "g-", "k:", "k=", "mv:", "r:", "p:n=", "x:", "b:", "n=")
CARRIED = 3.0  # a part is seldom of another status than its whole


def status_features(
    context: Context,
    days: Days,
    candidate: Candidate,
    evidence: Features,
    parts: Parts,
    scoped: Scoped,
    thread: Thread,
) -> Features:
    """The evidence with the governing clauses, scoped triggers and the whole's own status."""
    out = narrowed(evidence, IDLE)
    above = chain(candidate)
    for rank, (kind, put, role) in enumerate(above[:2]):
        out[f"st:{rank}={kind}/{put}"] = 1.0
        out[f"st:{rank}={kind}"] = 1.0
        out[f"st:{rank}~{put}"] = 1.0
        if rank == 0:
            out[f"st:0={kind}/{role}"] = 1.0
    if len(above) > 1:
        out[f"st:01={above[0][0]}/{above[1][0]}"] = 1.0
    for kind, put in below(candidate):
        out[f"st:below={kind}/{put}"] = 1.0
        out[f"st:below={kind}"] = 1.0
    taken = complement(candidate)
    if taken is not None:
        out[f"st:takes={above[0][0]}/{taken[0]}"] = 1.0
    governed = scoped.over(candidate)
    for name in governed:
        out[f"st:scope={name}"] = 1.0
    nearest = scoped.nearest(candidate)
    out[f"st:nearest={nearest}"] = 1.0
    told = [k for k in [a[0] for a in above] + [b[0] for b in below(candidate)] if k in TELLING]
    out[f"st:{nearest}/{told[0] if told else 'bare'}"] = 1.0
    last = thread.readings[-1].values.get("status") if thread.readings else None
    if not told and nearest is None:
        out["st:bare"] = 1.0
        out[f"st:bare/last={last}"] = 1.0
        for name in scoped.before(context, candidate):
            out[f"st:bare/before={name}"] = 1.0
    out[f"st:time={timing(days, candidate)}"] = 1.0
    whole = parts.parent(candidate)
    if whole is not None:
        known = thread.reading(whole)
        if known is not None:
            out[f"st:whole={known.values.get('status')}"] = CARRIED
    return out
