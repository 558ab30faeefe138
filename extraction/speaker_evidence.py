"""What tells which speaker states a figure: how he is named, where, and what hangs on what."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import NamedTuple

from extraction.context import Candidate, Context
from extraction.evidence import Features
from extraction.parsing import Parse
from extraction.speaker_kinds import Speaker
from extraction.thread import Thread

_QUOTES = re.compile(r"[“”\"]")
_CLAUSE = re.compile(r"[;]|, (?:while|and|but)\b| – ")
_CLIMB = 14  # steps up a parse
_NEAR, _MID = 50, 130  # characters between a figure and a speaker
# How a sentence opens, by its first word: what follows an attribution often begins so.
_OPENERS = {
    "of": "part",
    "among": "part",
    "these": "part",
    "those": "part",
    "they": "pronoun",
    "he": "pronoun",
    "she": "pronoun",
    "it": "pronoun",
    "another": "more",
    "so": "total",
    "since": "total",
    "in": "place",
    "at": "place",
    "on": "day",
    "by": "day",
    "the": "the",
}


class Option(NamedTuple):
    """A name that a figure's `source` may take (None: not told), and where it speaks."""

    name: str | None
    speaker: Speaker | None
    where: str  # none, here, before, after, head, next, carried


def speaker_features(
    context: Context,
    candidate: Candidate,
    options: list[Option],
    values: Mapping[str, Hashable],
    thread: Thread,
) -> list[Features]:
    """The features of each option, in order; `values` holds the figure's fields read so far."""
    setting = _Setting.of(context, candidate, options, values, thread)
    return [
        _none_features(setting) if option.name is None else _features(setting, option)
        for option in options
    ]


def _says(speaker: Speaker | None) -> bool:
    """Whether a speaker is told to state something, not only to act."""
    return speaker is not None and (speaker.act != "other" or speaker.form != "subject")


class _Setting(NamedTuple):
    """What is the same for all options of one figure."""

    context: Context
    candidate: Candidate
    here: list[Speaker]
    own: str  # how many of its sentence's speakers say or count something
    quote: bool
    kind: str
    opener: str
    subset: bool
    near: str
    last: Hashable
    chain: dict[int, int]
    head: str  # how many speakers the head of its list names: none, one or some
    nearest: Speaker | None  # the last speaker before the figure's sentence in its block

    @classmethod
    def of(
        cls,
        context: Context,
        candidate: Candidate,
        options: list[Option],
        values: Mapping[str, Hashable],
        thread: Thread,
    ) -> _Setting:
        sentence, figure = candidate.sentence, candidate.figure
        block = context.document.blocks[sentence.block]
        here = [o.speaker for o in options if o.speaker is not None and o.where == "here"]
        saying = {s.start for s in here if _says(s)}
        before = [o.speaker for o in options if o.where == "before" and o.speaker is not None]
        talk = [s for s in before if s.act != "other"]
        word = candidate.parse.words[0].lower if candidate.parse.words else ""
        heads = {o.name for o in options if o.where == "head" and _says(o.speaker)}
        return cls(
            context,
            candidate,
            here,
            str(min(2, len(saying))),
            _inside_quote(context.document.text, block.start, figure.start),
            block.kind,
            _OPENERS.get(word, "other"),
            str(values.get("subset")) == "True",
            thread.nearness(candidate),
            thread.readings[-1].values.get("source") if thread.readings else None,
            _chain(candidate.parse, candidate.anchor),
            "none" if not heads else "one" if len(heads) == 1 else "some",
            talk[-1] if talk else before[-1] if before else None,
        )


def _chain(tree: Parse, anchor: int) -> dict[int, int]:
    """The words above a figure, each with how many verbs lie between."""
    out: dict[int, int] = {}
    at, verbs = anchor, 0
    for _ in range(_CLIMB):
        word = tree.words[at]
        out[at] = verbs
        if word.head == at:
            break
        if word.pos in ("VERB", "AUX"):
            verbs += 1
        at = word.head
    return out


def _none_features(setting: _Setting) -> Features:
    quote, own, near = setting.quote, setting.own, setting.near
    last = "none" if setting.last is None else "told"
    return {
        "none": 1.0,
        f"none:own={own}": 1.0,
        f"none:quote={quote}/own={own}": 1.0,
        f"none:kind={setting.kind}": 1.0,
        f"none:kind={setting.kind}/own={own}": 1.0,
        f"none:subset={setting.subset}/own={own}": 1.0,
        f"none:near={near}/last={last}": 1.0,
        f"none:near={near}/last={last}/own={own}": 1.0,
        f"none:opener={setting.opener}/last={last}": 1.0,
        f"none:before={setting.nearest is not None}/own={own}": 1.0,
        f"none:kind={setting.kind}/head={setting.head}": 1.0,
    }


def _features(setting: _Setting, option: Option) -> Features:
    speaker, own, where = option.speaker, setting.own, option.where
    same = option.name == setting.last
    out: Features = {
        f"{where}": 1.0,
        f"{where}/own={own}": 1.0,
        f"{where}/quote={setting.quote}": 1.0,
        f"{where}/kind={setting.kind}": 1.0,
    }
    if same:
        out[f"same/{setting.near}/own={own}"] = 1.0
        out[f"same/{setting.near}/subset={setting.subset}"] = 1.0
        out[f"same/opener={setting.opener}"] = 1.0
        out[f"same/quote={setting.quote}"] = 1.0
        out[f"same/kind={setting.kind}"] = 1.0
        out[f"same/{setting.near}/{where}"] = 1.0
    if speaker is None:
        return out
    if where == "head":
        out[f"head={setting.head}/{speaker.act}"] = 1.0
    form, act, kind = speaker.form, speaker.act, speaker.kind
    out[f"form={form}/{act}"] = 1.0
    out[f"kind={kind}"] = 1.0
    out[f"kind={kind}/{act}"] = 1.0
    out[f"{where}:{form}/{act}"] = 1.0
    out[f"{where}:{kind}"] = 1.0
    if where == "here":
        _here(setting, speaker, out)
    else:
        distance = speaker.sentence - setting.candidate.sentence.index
        if where in ("before", "after"):
            out[f"at{distance}/own={own}"] = 1.0
            out[f"at{distance}/quote={setting.quote}"] = 1.0
            out[f"at{distance}:{form}/{act}"] = 1.0
        if speaker is setting.nearest:
            out[f"nearest/own={own}"] = 1.0
            out[f"nearest/own={own}/opener={setting.opener}"] = 1.0
            out[f"nearest/own={own}/subset={setting.subset}"] = 1.0
            out[f"nearest:{act}"] = 1.0
        text = setting.context.document.text
        if where in ("head", "above"):
            end = setting.context.document.sentences[speaker.sentence].end
            out[f"{where}:colon={text[end - 1 : end] == ':'}"] = 1.0
    return out


def _here(setting: _Setting, speaker: Speaker, out: Features) -> None:
    """The features of a speaker in the figure's own sentence."""
    figure, quote = setting.candidate.figure, setting.quote
    text = setting.context.document.text
    side = "+" if speaker.start >= figure.end else "-"
    form, act = speaker.form, speaker.act
    out[f"here{side}:{form}/{act}"] = 1.0
    out[f"here{side}/quote={quote}/{form}"] = 1.0
    if speaker.start < figure.end and figure.start < speaker.end:
        out["here:inside"] = 1.0
    low, high = (figure.end, speaker.start) if side == "+" else (speaker.end, figure.start)
    gap = text[low:high]
    size = "near" if len(gap) < _NEAR else "mid" if len(gap) < _MID else "far"
    out[f"here{side}:gap={size}"] = 1.0
    clauses = min(2, len(_CLAUSE.findall(gap)))
    out[f"here{side}:clauses={clauses}"] = 1.0
    out[f"here{side}:quotes={min(3, len(_QUOTES.findall(gap)))}/quote={quote}"] = 1.0
    if " that " in gap:
        out[f"here{side}:that"] = 1.0
    distance = abs(speaker.start - figure.start)
    rank = sum(
        abs(s.start - figure.start) < distance for s in setting.here if s.name != speaker.name
    )
    talk = sum(
        abs(s.start - figure.start) < distance
        for s in setting.here
        if s.name != speaker.name and s.act != "other"
    )
    out[f"here:rank={min(2, rank)}"] = 1.0
    out[f"here:talk={min(2, talk)}/{'other' if act == 'other' else 'talk'}"] = 1.0
    verbs = None if speaker.verb is None else setting.chain.get(speaker.verb)
    under = "no" if verbs is None else str(min(3, verbs))
    out[f"here:under={under}"] = 1.0
    out[f"here:under={under}/{act}"] = 1.0
    out[f"here{side}:under={under}/{form}"] = 1.0
    above = [
        setting.chain[s.verb]
        for s in setting.here
        if s.verb is not None and s.verb in setting.chain and s.act != "other"
    ]
    if verbs is not None:
        out[f"here:lowest={verbs <= min(above, default=verbs)}/{act}"] = 1.0
    elif above:
        out["here:beside"] = 1.0


def _inside_quote(text: str, start: int, position: int) -> bool:
    before = text[start:position]
    if "“" in before or "”" in before:
        return before.rfind("“") > before.rfind("”")
    return before.count('"') % 2 == 1
