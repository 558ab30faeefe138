"""Encodings, cleaning, days, languages and columns: one row a rule."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from extraction.formats.clean import cleaned, unwrapped
from extraction.formats.encodings import decode
from extraction.formats.language import language_of, unread_because
from extraction.formats.piece import NoTextColumn, Refused
from extraction.formats.reader import pieces_of
from extraction.formats.values import day_in, day_in_name

TEXT = "Some 400 people left “Gaza” – among them Pérez – on Wednesday, officials said."


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be").replace(b"", b"", 0),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-32"),
        TEXT.encode("cp1252"),
    ],
)
def test_a_text_is_decoded_by_the_stated_rule(content: bytes) -> None:
    assert decode(content) == TEXT


def test_a_damaged_byte_is_shown_and_costs_nothing_else() -> None:
    assert decode("“400” left".encode().replace(b"400", b"4\xff0")) == "“4\ufffd0” left"


def test_a_declared_encoding_is_believed_where_it_fits() -> None:
    words = "Границу пересекли 400 человек"
    assert decode(words.encode("koi8-r"), "koi8-r") == words
    assert decode(TEXT.encode("cp1252"), "no-such-encoding") == TEXT


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 10, b"\xff\xfea"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        decode(content)


def test_the_cleaned_text_keeps_every_character_at_its_place() -> None:
    text = "a\x07b\u2028c " + "(" * 500 + " d\ud800e " + "x" * 3_000 + " 81 left."
    clean = cleaned(text)
    assert len(clean) == len(text)
    assert clean.startswith("a b\u2028c ((")
    assert clean.index("81") == text.index("81")
    assert "\ud800" not in clean


def test_line_ends_are_one_character() -> None:
    assert cleaned("a\r\nb\rc") == "a\nb\nc"


@pytest.mark.parametrize("text", ["", " \n", "x " * 100_001])
def test_no_text_and_too_much_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        cleaned(text)


WRAPPED = (
    "RAFAH - The first foreign passport holders left Gaza for Egypt on\n"
    "Wednesday through the Rafah crossing, three weeks after the border was\n"
    "shut."
)


def test_a_wrapped_paragraph_becomes_one_line_in_place() -> None:
    assert unwrapped(WRAPPED) == WRAPPED.replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "Crossed on Wednesday:\nEgypt: 81 patients\nAustria: 31 nationals\nJapan: 12 nationals",
        WRAPPED + "\n\n- 400 foreigners left through the gate of Rafah on Wednesday morning\n- 81",
        "One line, however long, " * 20 + "\nand another.",
        "A first paragraph of one line that is long enough to look like one that was.\nShort.",
    ],
)
def test_lines_that_are_the_author_s_own_stay(text: str) -> None:
    own = text.removeprefix(WRAPPED)
    assert unwrapped(text).endswith(own)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-11-01", date(2023, 11, 1)),
        ("2023-11-01T18:00:00Z", date(2023, 11, 1)),
        ("1 November 2023", date(2023, 11, 1)),
        ("Nov. 1, 2023 6:05 pm", date(2023, 11, 1)),
        ("Wed, 01 Nov 2023 18:00:00 +0000", date(2023, 11, 1)),
        ("13/4/2023", date(2023, 4, 13)),
        ("4/13/2023", date(2023, 4, 13)),
        ("3/4/2023", None),
        ("4/4/2023", date(2023, 4, 4)),
        ("November 2023", None),
        ("Wednesday", None),
        ("2023-13-01", None),
        ("", None),
        (None, None),
        (3, None),
        (datetime(2023, 11, 1, 9), date(2023, 11, 1)),
    ],
)
def test_a_day_is_read_where_it_can_be_read_one_way_only(value: object, day: date | None) -> None:
    assert day_in(value) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2023-11-01-rafah.txt", date(2023, 11, 1)),
        ("sitrep_20231101.pdf", date(2023, 11, 1)),
        ("a/2020-01-01/rafah.txt", None),
        ("12345678.pdf", None),
        ("20239999.pdf", None),
    ],
)
def test_a_day_in_a_file_s_name_is_found(name: str, day: date | None) -> None:
    assert day_in_name(name) == day


LANGUAGES = [
    ("en", TEXT),
    ("en", "Rafah | 400 | foreign nationals\nKerem Shalom | 81 | patients\nErez | 12 | staff\n"),
    ("fr", "Environ 400 étrangers ont franchi mercredi le poste frontière de Rafah, a-t-on dit. "),
    ("es", "Unas 400 personas cruzaron el miércoles el paso fronterizo de Rafah, según Egipto. "),
    ("de", "Rund 400 Ausländer haben am Mittwoch den Grenzübergang Rafah passiert, hieß es. "),
    ("ar", "عبر نحو 400 أجنبي معبر رفح يوم الأربعاء، بحسب ما أعلنت السلطات المصرية في القاهرة. "),
    ("ru", "Около 400 иностранцев пересекли в среду пункт пропуска Рафах, сообщили власти. "),
    ("uk", "Близько 400 іноземців перетнули в середу пункт пропуску Рафах, повідомила влада. "),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text"), LANGUAGES, ids=lambda value: str(value)[:12])
def test_a_text_s_language_is_told(code: str, text: str) -> None:
    assert language_of(text * 3) == code
    assert (unread_because(code) is None) == (code == "en")


def test_a_text_half_in_another_language_is_not_half_read() -> None:
    arabic = next(text for code, text in LANGUAGES if code == "ar")
    assert language_of(f"{TEXT * 3}\n{arabic * 6}") == "ar"
    assert language_of(f"{TEXT * 12}\n{arabic}") == "en"


def test_of_a_few_words_no_language_is_told() -> None:
    assert language_of("81 crossed.") is None


def test_a_table_without_a_text_column_names_those_it_has() -> None:
    (piece,) = pieces_of("a.csv", b"day,count\n2023-11-01,400\n")
    assert piece.columns == ("day", "count")
    assert piece.refusal == str(NoTextColumn(()))


def test_the_longest_prose_of_a_table_is_its_text_and_a_user_may_pick_another() -> None:
    rows = f"report,note\nr1,{'People waited at the gate all day. ' * 9}\n".encode()
    (piece,) = pieces_of("a.csv", rows)
    assert piece.report is not None and piece.report.text.startswith("People waited")
    assert piece.name == "a.csv, row 2"
    (piece,) = pieces_of("a.csv", rows, {"text": "report"})
    assert piece.report is not None and piece.report.text == "r1"
    (piece,) = pieces_of("a.csv", rows, {"text": "words"})
    assert piece.refusal is not None and "no column 'words'" in piece.refusal


def test_a_word_document_keeps_insertions_and_tables_and_leaves_deletions_out() -> None:
    import io

    from docx import Document
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    document = Document()
    paragraph = document.add_paragraph("Some ")
    ns = nsdecls("w")
    for inner in (
        f"<w:ins {ns}><w:r><w:t>400</w:t></w:r></w:ins>",
        f"<w:del {ns}><w:r><w:delText>300</w:delText></w:r></w:del>",
        f"<w:r {ns}><w:t xml:space='preserve'> people left.</w:t></w:r>",
    ):
        paragraph._p.append(parse_xml(inner))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Rafah", "81"
    out = io.BytesIO()
    document.save(out)
    (piece,) = pieces_of("a.docx", out.getvalue())
    assert piece.report is not None
    assert piece.report.text.strip() == "Some 400 people left.\n| Rafah | 81 |"
