"""A report laid out for reading: its document, parsed sentences and candidate figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from extraction.collector import paused
from extraction.countries import Mention, mentions
from extraction.document import Document, Sentence, read_document
from extraction.figures import Figure, find_figures
from extraction.gate import SHORT, names_the_matter, worth_reading
from extraction.parsing import Parse, parse
from extraction.placenames import PlaceMention, place_mentions
from extraction.reports import Report

BATCH = 32  # reports laid out together, so that the parser sees full batches

_NUMERIC_DEPS = {"quantmod", "compound", "nummod", "advmod", "punct", "npadvmod"}
_NOMINAL = {"NOUN", "PROPN"}
_BETWEEN = {"ADJ", "NOUN", "PROPN", "CCONJ", "NUM", "DET", "ADV"}
NOUN_REACH = 6  # words after the number in which its noun may stand


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure where it stands.

    `anchor` is the number's last word in the sentence's parse, `noun` the word that the
    number counts (None where it is dropped); both index `parse.words`.
    """

    index: int
    figure: Figure
    sentence: Sentence
    parse: Parse
    anchor: int
    noun: int | None


@dataclass(frozen=True, slots=True)
class Context:
    """All that reading a figure may look at; countries and crossings in order of offset."""

    report: Report
    document: Document
    parses: Mapping[int, Parse]
    candidates: tuple[Candidate, ...]
    countries: tuple[Mention, ...]
    places: tuple[PlaceMention, ...]


def lay_out(reports: Iterable[Report]) -> Iterator[Context]:
    """Lay each report out, in order.

    Sentences without a candidate are not parsed; reports that cannot hold a claim
    (see `extraction.gate`) keep no candidates, countries or places.
    """
    batch: list[Report] = []
    for report in reports:
        batch.append(report)
        if len(batch) == BATCH:
            yield from _lay_out_batch(batch)
            batch = []
    if batch:
        yield from _lay_out_batch(batch)


@paused()
def _lay_out_batch(reports: list[Report]) -> list[Context]:
    drafts = []
    pieces: list[tuple[str, int]] = []
    for report in reports:
        document = read_document(report.text)
        found = {
            s.index: figures
            for s in document.sentences
            if (figures := find_figures(report.text, s.start, s.end))
        }
        if len(found) > SHORT and not names_the_matter(f"{report.title}\n{report.text}"):
            kept = worth_reading(document, found)
            found = {i: figures for i, figures in found.items() if i in kept}
        drafts.append((report, document, found))
        pieces.extend((document.sentences[i].text, document.sentences[i].start) for i in found)
    parsed = parse(pieces)
    return [
        _context(report, document, found, {i: next(parsed) for i in found})
        for report, document, found in drafts
    ]


def _context(
    report: Report,
    document: Document,
    found: Mapping[int, list[Figure]],
    parses: Mapping[int, Parse],
) -> Context:
    if not found:
        return Context(report, document, parses, (), (), ())
    candidates: list[Candidate] = []
    for index, figures in found.items():
        tree = parses[index]
        for figure in figures:
            anchor = tree.at(figure.number_end - 1)
            if anchor is None:
                continue
            candidates.append(
                Candidate(
                    len(candidates),
                    figure,
                    document.sentences[index],
                    tree,
                    anchor,
                    counted_noun(tree, anchor, figure),
                )
            )
    return Context(
        report,
        document,
        parses,
        tuple(candidates),
        tuple(mentions(report.text)),
        tuple(place_mentions(report.text)),
    )


def counted_noun(tree: Parse, anchor: int, figure: Figure) -> int | None:
    """Index of the word that the number at `anchor` counts, or None where it is dropped."""
    words = tree.words
    word = words[anchor]
    if figure.form == "vague":
        return _of_object(tree, anchor)
    node = word
    while node.dep in _NUMERIC_DEPS and node.head != node.index:
        above = words[node.head]
        if above.start < figure.number_start and above.pos not in _NOMINAL:
            break
        node = above
        if node.pos in _NOMINAL and node.index != anchor:
            if node.index < anchor:  # "batch No 3", "Sunauli – 2,200": names, not what is counted
                break
            return _head_of_compound(tree, node.index)
        if node.pos not in ("NUM", "DET", "ADJ", "ADV"):
            break
    of = _of_object(tree, anchor)
    if of is not None:
        return of
    for word in words[anchor + 1 : anchor + 1 + NOUN_REACH]:
        if word.pos in _NOMINAL:
            return _head_of_compound(tree, word.index)
        if word.pos not in _BETWEEN or word.lower in ("and", "a", "the", "or"):
            return None
    return None


def _of_object(tree: Parse, index: int) -> int | None:
    for child in tree.children[index]:
        if tree.words[child].lower == "of" and child > index:
            for inner in tree.children[child]:
                if tree.words[inner].dep == "pobj":
                    return inner
    return None


def _head_of_compound(tree: Parse, index: int) -> int:
    node = tree.words[index]
    while node.dep in ("compound", "nmod", "amod") and node.head > node.index:
        above = tree.words[node.head]
        if above.pos not in _NOMINAL or above.index - node.index > 3:
            break
        node = above
    return node.index
