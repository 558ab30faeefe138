"""A report's text cut into blocks and sentences, every piece with its offsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.document import read_document

# What decides about kinds and ends of sentences, so that arbitrary texts meet every rule.
PIECES = st.sampled_from(
    [
        "Gen. Omar",
        "U.S.",
        "said",
        ". ",
        "! ",
        "? ",
        "\n",
        "\r\n",
        "\u2028",
        "- ",
        "• ",
        "1) ",
        " | ",
    ]
    + ["\t", "11:15 GMT ", "(", ")", "”", '"', "…", ":", "RAFAH", " 421 people", "   ", "à"]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map("".join))


def kinds(text: str) -> list[str]:
    return [block.kind for block in read_document(text).blocks]


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in read_document(text).sentences]


@given(TEXTS)
def test_every_piece_is_a_slice_of_the_text_by_its_offsets(text: str) -> None:
    document = read_document(text)
    for piece in (*document.blocks, *document.sentences):
        assert text[piece.start : piece.end] == piece.text


@given(TEXTS)
def test_sentences_stand_in_order_inside_their_blocks_and_leave_out_no_word(text: str) -> None:
    document = read_document(text)
    at = 0
    for number, sentence in enumerate(document.sentences):
        block = document.blocks[sentence.block]
        assert sentence.index == number
        assert block.start <= sentence.start <= sentence.end <= block.end
        assert at <= sentence.start
        assert block.first_sentence <= number < block.last_sentence
        left_out = text[at : sentence.start]
        # Between sentences stand only white space, line ends and a bullet's mark.
        assert not any(c.isalpha() for c in left_out)
        at = sentence.end
    assert not any(c.isalpha() for c in text[at:])


@given(TEXTS)
def test_the_sentence_at_an_offset_holds_it(text: str) -> None:
    document = read_document(text)
    for sentence in document.sentences:
        if sentence.end > sentence.start:
            assert document.sentence_at(sentence.start).index >= sentence.index
            assert document.sentence_at(sentence.end - 1).end >= sentence.end


def test_an_offset_in_a_text_without_sentences_is_an_error() -> None:
    with pytest.raises(ValueError, match="without sentences"):
        read_document(" \n ").sentence_at(0)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Some 400 people left Gaza on Friday.", "paragraph"),
        ("At the Rafah crossing", "heading"),
        ("RAFAH CROSSING:", "heading"),
        ("Foreign nationals:", "heading"),
        ("--- Latest ---", "heading"),
        ("11:15 GMT", "stamp"),
        ("[14.20]", "stamp"),
        ("3 pm – Rafah opens", "stamp"),
        ("- 31 Austrians left.", "bullet"),
        ("• 31 Austrians", "bullet"),
        ("2) Poland took in 400.", "bullet"),
        ("Poland | 3,200 | 14 March", "row"),
        ("Poland\t3,200", "row"),
        ("Poland: 3,200", "row"),
    ],
)
def test_a_line_is_known_by_its_form(line: str, kind: str) -> None:
    assert kinds(f"{line}\nThe last line tells more.")[0] == kind


def test_a_line_that_opens_with_a_clock_time_and_goes_on_is_prose() -> None:
    assert kinds("11:15 The first buses left.\nMore.")[0] == "paragraph"


def test_a_block_knows_its_heading_and_its_time_stamp() -> None:
    document = read_document("11:15 GMT\nRafah crossing\nSome 400 left.\n12:00 GMT\nMore left.")
    assert kinds(document.text) == ["stamp", "heading", "paragraph", "stamp", "paragraph"]
    first, second = document.blocks[2], document.blocks[4]
    assert (first.stamp, first.heading) == (0, 1)
    assert (second.stamp, second.heading) == (3, None)


def test_a_heading_a_row_and_a_stamp_are_one_sentence_each() -> None:
    text = "Rafah. The crossing\nPoland | 3,200. In all | 14\nThe end."
    assert len(sentences(text)) == 3


def test_a_bullets_mark_is_no_part_of_its_sentence() -> None:
    assert sentences("• 31 Austrians left. Four stayed.\nEnd.")[:2] == [
        "31 Austrians left.",
        "Four stayed.",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They left. He stayed.", ["They left.", "He stayed."]),
        ("“They left.” He stayed.", ["“They left.”", "He stayed."]),
        ("Did they? 40 did!", ["Did they?", "40 did!"]),
        ("Gen. Omar spoke. Buses left.", ["Gen. Omar spoke.", "Buses left."]),
        ("On Nov. 19 they left.", ["On Nov. 19 they left."]),
        ("The U.S. Embassy closed.", ["The U.S. Embassy closed."]),
        ("J. Smith saw 40.", ["J. Smith saw 40."]),
        ("They left at 9 a.m. on Friday.", ["They left at 9 a.m. on Friday."]),
        ("About 1.5 million left.", ["About 1.5 million left."]),
    ],
)
def test_sentences_end_at_full_stops_but_not_at_those_of_abbreviations(
    text: str, expected: list[str]
) -> None:
    assert sentences(text) == expected
