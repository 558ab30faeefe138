"""Who states a figure: a choice among the speakers named in its sentence or the quote it is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extraction.context import Candidate, Context
from extraction.document import Sentence
from extraction.evidence import Features
from extraction.lexicon import words
from extraction.parsing import Parse

_SAY = "|".join(sorted((w for w in words("speech", "speech")), key=len, reverse=True))
# Bounded, so that a long sentence costs a time that grows with its length alone.
_ACCORDING = re.compile(
    r"\b(?:according to|as (?:told|reported|stated|put|counted|announced|quoted) by|going by|"
    r"in the words of|citing|quoting|quoted by|as per)\s+(?P<who>[^;:“”\".]{2,90}?)"
    r"(?=\s+(?:on|in|at|as|that|who|which|has|have|had|was|were)\s|[,;:.“”\"–—)]|$)",
    re.IGNORECASE,
)
_BY_COUNT = re.compile(
    r"\b[Bb]y\s+(?P<who>(?:the\s+)?[^,;:“”\".]{2,50}?)[’']s?\s+(?:own\s+)?"
    r"(?:count|tally|reckoning|estimates?|figures?|account|data)\b"
)
_PLAIN = re.compile(
    rf"(?P<who>\b(?:[A-Z]|the |an? )[^;:“”\".–—]{{1,110}}?)[,\s]\s*"
    rf"(?:(?:has|have|had|also|later|earlier|then|now)\s+){{0,2}}(?:{_SAY})\b"
)
_INVERTED = re.compile(
    rf"[”\",]\s*(?:{_SAY})\s+(?P<who>[A-Za-zÀ-Þ][^.;:“”\"–—]{{1,110}}?)"
    r"(?=\s+(?:on|in|by|at|after|as|when|who|while|before|during|told|said)\s|[.;:“\"–—]|$)"
)
_LEAD = re.compile(
    r"^(?:and|but|that|while|as|so|then|for|on|in|of|at|which|who|where|when|because|after|since|"
    r"whom|by|with|also|meanwhile|however|yet|still|or|nor|if)\s+|^[A-Z][a-z]+day,?\s+",
    re.IGNORECASE,
)
_PRONOUN = {
    "he",
    "she",
    "they",
    "it",
    "who",
    "we",
    "i",
    "which",
    "that",
    "this",
    "those",
    "others",
    "some",
    "many",
    "one",
}
_SUBJECT = ("nsubj", "nsubjpass")
_NOT_IN_NAME = ("relcl", "advcl", "ccomp", "acl")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker named in a text: `text[start:end] == name`; `form` tells how it is said."""

    start: int
    end: int
    name: str
    form: str  # according, subject, inverted, count, data, pronoun
    sentence: int


def speakers(context: Context) -> list[Speaker]:
    """The speakers that the report names, in order; a pronoun takes the last named one."""
    out: list[Speaker] = []
    for sentence in context.document.sentences:
        tree = context.parses.get(sentence.index)
        found = _patterned(sentence, tree is None)
        if tree is not None:
            found = _merged(_parsed(context.document.text, sentence, tree), found)
        for speaker in found:
            if speaker.name.lower() in _PRONOUN:
                named = next((s for s in reversed(out) if s.form != "pronoun"), None)
                if named is not None:
                    out.append(
                        Speaker(speaker.start, speaker.end, named.name, "pronoun", sentence.index)
                    )
            else:
                out.append(speaker)
    return out


def _parsed(text: str, sentence: Sentence, tree: Parse) -> list[Speaker]:
    """The subjects of the sentence's verbs of saying."""
    out = []
    for verb in tree.words:
        if verb.pos != "VERB" or verb.lower not in words("speech", "speech"):
            continue
        for child in tree.children[verb.index]:
            if tree.words[child].dep in _SUBJECT:
                start, end = _span(tree, child)
                form = "subject" if start < verb.start else "inverted"
                name = text[start:end].strip(" ,")
                if name and len(name) <= 130:
                    out.append(Speaker(start, start + len(name), name, form, sentence.index))
    return out


def _span(tree: Parse, top: int) -> tuple[int, int]:
    """Offsets of a noun phrase, clauses that hang on it left out."""
    members = [top]
    for index in members:
        members.extend(c for c in tree.children[index] if tree.words[c].dep not in _NOT_IN_NAME)
    return tree.words[min(members)].start, tree.words[max(members)].end


def _merged(first: list[Speaker], second: list[Speaker]) -> list[Speaker]:
    kept = [
        s for s in second if not any(s.start < other.end and other.start < s.end for other in first)
    ]
    return sorted([*first, *kept], key=lambda s: s.start)


def _patterned(sentence: Sentence, unparsed: bool) -> list[Speaker]:
    """The speakers that fixed phrases name; verbs of saying too where there is no parse."""
    found: list[Speaker] = []
    rows = [("according", _ACCORDING), ("count", _BY_COUNT)]
    if unparsed:
        rows += [("inverted", _INVERTED), ("subject", _PLAIN)]
    for form, pattern in rows:
        for match in pattern.finditer(sentence.text):
            start, end = match.span("who")
            name = sentence.text[start:end]
            while lead := _LEAD.match(name):
                start += lead.end()
                name = name[lead.end() :]
            start += len(name) - len(name.lstrip(" ,"))
            name = name.strip(" ,")
            begin = sentence.start + start
            if name and not any(s.start < begin + len(name) and begin < s.end for s in found):
                found.append(Speaker(begin, begin + len(name), name, form, sentence.index))
    return sorted(found, key=lambda s: s.start)


def speaker_options(
    candidate: Candidate, named: Sequence[Speaker], context: Context
) -> list[Speaker | None]:
    """None and the speakers of the figure's sentence, the two before it and the one after."""
    index = candidate.sentence.index
    block = candidate.sentence.block
    out: list[Speaker | None] = [None]
    for speaker in named:
        distance = speaker.sentence - index
        same = context.document.sentences[speaker.sentence].block == block
        if distance == 0 or (same and -3 <= distance <= 2) or (not same and distance == -1):
            out.append(speaker)
    return out


def speaker_features(
    context: Context, candidate: Candidate, options: Sequence[Speaker | None]
) -> list[Features]:
    """The features of each speaker, in order."""
    sentence, figure = candidate.sentence, candidate.figure
    text = context.document.text
    quote = _inside_quote(text, context.document.blocks[sentence.block].start, figure.start)
    here = [s for s in options if s is not None and s.sentence == sentence.index]
    out = []
    for option in options:
        features: Features = {}
        if option is None:
            features["none"] = 1.0
            features[f"none:here={min(2, len(here))}"] = 1.0
            features[f"none:quote={quote}"] = 1.0
            features[f"none:kind={context.document.blocks[sentence.block].kind}"] = 1.0
            out.append(features)
            continue
        distance = option.sentence - sentence.index
        where = "here" if distance == 0 else f"at{distance}"
        side = "+" if option.start >= figure.end else "-"
        features[f"{where}"] = 1.0
        features[f"{where}{side}"] = 1.0
        features[f"{where}{side}:{option.form}"] = 1.0
        features[f"{where}/quote={quote}"] = 1.0
        features[f"{where}{side}/quote={quote}/{option.form}"] = 1.0
        if distance == 0:
            low, high = sorted((option.start, figure.start))
            gap = text[low:high]
            features[
                f"here{side}:gap={'near' if len(gap) < 50 else 'mid' if len(gap) < 130 else 'far'}"
            ] = 1.0
            if re.search(r"[;]|, (?:while|and|but)\b", gap):
                features[f"here{side}:clause"] = 1.0
            if " that " in gap:
                features[f"here{side}:that"] = 1.0
            rivals = [
                s for s in here if abs(s.start - figure.start) < abs(option.start - figure.start)
            ]
            features[f"here:rank={min(2, len(rivals))}"] = 1.0
            if len(gap) < 4:
                features["here:touch"] = 1.0
        parts = option.name.split()
        features[f"first={parts[0].lower()}"] = 1.0
        features[f"last={parts[-1].lower()}"] = 1.0
        features[f"len={min(5, len(parts))}"] = 1.0
        if any(w[:1].isupper() for w in parts):
            features["named"] = 1.0
        out.append(features)
    return out


def _inside_quote(text: str, start: int, position: int) -> bool:
    before = text[start:position]
    if "“" in before or "”" in before:
        return before.rfind("“") > before.rfind("”")
    return before.count('"') % 2 == 1
