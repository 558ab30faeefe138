"""The border to the parser: sentences in, plain words with offsets into the report out."""

from __future__ import annotations

import sys

from extraction.parsing import Parse, Word, parse

TEXT = "Some 421 foreigners left Gaza. Buses waited."
SENTENCES = [(TEXT[:30], 0), (TEXT[31:], 31)]


def one(text: str, offset: int = 0) -> Parse:
    return next(parse([(text, offset)]))


def test_words_are_plain_values_that_need_no_parser() -> None:
    tree = one(TEXT)
    assert type(tree) is Parse
    for word in tree.words:
        assert type(word) is Word
        assert {type(value) for value in word} == {int, str}


def test_offsets_point_into_the_whole_report() -> None:
    for tree in parse(SENTENCES):
        for word in tree.words:
            assert TEXT[word.start : word.end] == word.text


def test_sentences_come_back_in_order() -> None:
    assert [tree.words[-2].text for tree in parse(SENTENCES)] == ["Gaza", "waited"]


def test_no_sentence_gives_no_parse() -> None:
    assert list(parse([])) == []


def test_each_word_hangs_on_its_head_as_one_of_its_dependents() -> None:
    tree = one(TEXT)
    for word in tree.words:
        assert word == tree.words[word.index]
        if word.head != word.index:
            assert word.index in tree.children[word.head]
    assert sum(map(len, tree.children)) == sum(w.head != w.index for w in tree.words)


def test_words_have_lemma_part_of_speech_and_dependency() -> None:
    words = {word.text: word for word in one("Some 421 foreigners left Gaza.").words}
    assert (words["foreigners"].lemma, words["foreigners"].pos) == ("foreigner", "NOUN")
    assert (words["left"].lemma, words["left"].pos) == ("leave", "VERB")
    assert words["421"].pos == "NUM"
    assert words["foreigners"].dep == "nsubj"


def test_the_word_at_an_offset_covers_it() -> None:
    tree = one(TEXT)
    for word in tree.words:
        assert tree.at(word.start) == word.index
        assert tree.at(word.end - 1) == word.index


def test_between_words_and_outside_the_sentence_there_is_none() -> None:
    tree = one("Buses waited.", offset=31)
    assert tree.at(36) is None  # the blank
    assert tree.at(30) is None
    assert tree.at(31 + len("Buses waited.")) is None


def test_the_same_sentence_is_parsed_alike_alone_and_in_a_batch() -> None:
    batch = [*SENTENCES, ("Some 421 foreigners left Gaza.", 0)]
    first, _, again = parse(batch)
    assert first == again == one("Some 421 foreigners left Gaza.")


def test_only_the_border_imports_the_parser() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("extraction.") and name != "extraction.parsing":
            assert "spacy" not in vars(module), name
