"""Words as rows: every file loads, every row is read, every example holds a word of its class."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from extraction import lexicon
from extraction.countries import mentions
from extraction.figures import find_figures
from extraction.lexicon import classes, rows, split
from extraction.parsing import parse

FOLDER = Path(lexicon.__file__).parent
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
# Rows of another kind, each read and checked by its own module.
PATTERNS, NAMES = "dates", "regions"
BEGINNINGS = {("border", "certain")}  # rows of beginnings of words
CLASSES = [name for name in FILES if name not in (PATTERNS, NAMES)]


def every_class() -> Iterator[tuple[str, str]]:
    for file in CLASSES:
        for name in rows(file):
            yield file, name


def listed(file: str, name: str) -> list[str]:
    """The words of a class, without the values that number words carry."""
    return [word.split("=")[0] for word in split(rows(file)[name]["words"])]


def holds(text: str, word: str, whole: bool = True) -> bool:
    end = r"(?!\w)" if whole else ""
    return re.search(rf"(?<!\w){re.escape(word)}{end}", text) is not None


def table(file: str) -> dict[str, dict[str, object]]:
    with (FOLDER / f"{file}.toml").open("rb") as handle:
        return tomllib.load(handle)


def test_every_class_has_words_and_examples() -> None:
    for file, name in every_class():
        assert listed(file, name), f"{file}: [{name}] has no words"
        assert rows(file)[name].get("examples"), f"{file}: [{name}] has no examples"


def test_every_example_holds_a_word_of_its_class_as_written_or_by_its_lemma() -> None:
    asked = [(f, n, e) for f, n in every_class() for e in rows(f)[n]["examples"]]
    parses = parse((example, 0) for _, _, example in asked)
    for (file, name, example), tree in zip(asked, parses, strict=True):
        lemmas = " ".join(word.lemma for word in tree.words)
        whole = (file, name) not in BEGINNINGS
        found = any(
            holds(example.lower(), word, whole) or holds(lemmas, word)
            for word in listed(file, name)
        )
        assert found, f"{file}: [{name}] has no word of its own in {example!r}"


def test_no_class_names_a_word_twice() -> None:
    for file, name in every_class():
        twice = [word for word, times in Counter(listed(file, name)).items() if times > 1]
        assert twice == [], f"{file}: [{name}] has {twice} twice"


def test_each_word_leads_to_each_class_that_lists_it() -> None:
    for file, name in every_class():
        for word in split(rows(file)[name]["words"]):
            assert name in classes(file)[word]


def test_every_pattern_of_a_date_has_examples() -> None:
    assert all(row.get("examples") for row in table(PATTERNS).values())


@pytest.mark.parametrize("kind", ["region", "city", "ethnic"])
def test_every_name_of_a_region_is_found_in_a_text_under_its_code(kind: str) -> None:
    for code, names in table(NAMES)[kind].items():
        assert isinstance(names, list)
        for name in names:
            found = mentions(f"They came from {name}.")
            assert any(m.text == name and (m.code or m.home or "") == code for m in found), (
                f"{name} ({code})"
            )


@pytest.mark.parametrize("kind", ["about", "at_least", "at_most"])
def test_every_qualifying_phrase_is_read_before_a_number(kind: str) -> None:
    for phrase in listed("quantifiers", kind):
        if phrase != "or so":  # stands behind alone
            (figure,) = find_figures(f"There were {phrase} 400 people.")
            assert figure.qualifier == kind, phrase


@pytest.mark.parametrize("kind", ["about", "at_least", "at_most"])
def test_every_qualifying_phrase_is_read_behind_a_number(kind: str) -> None:
    for phrase in listed("quantifiers", f"{kind}_after"):
        (figure,) = find_figures(f"There were 400 {phrase}.")
        assert figure.qualifier == kind, phrase


@pytest.mark.parametrize("kind", ["about", "at_least", "at_most"])
def test_every_example_of_a_qualifier_is_read_with_it(kind: str) -> None:
    for name in (kind, f"{kind}_after"):
        for example in rows("quantifiers")[name]["examples"]:
            assert [f.qualifier for f in find_figures(example)] == [kind], example


def test_plain_words_leave_a_number_exact() -> None:
    for phrase in listed("quantifiers", "plain"):
        (figure,) = find_figures(f"There were {phrase} 400 people.")
        assert figure.qualifier == "exact", phrase


@pytest.mark.parametrize("name", ["units", "tens", "vague", "fractions"])
def test_every_number_word_is_read_with_its_value(name: str) -> None:
    for pair in split(rows("numbers")[name]["words"]):
        word, _, value = pair.partition("=")
        (figure,) = find_figures(f"There were {word} people.")
        assert figure.count == int(value), word


def test_every_scale_multiplies_the_number_before_it() -> None:
    for pair in split(rows("numbers")["scales"]["words"]):
        word, _, value = pair.partition("=")
        figures = find_figures(f"There were 3 {word} people.")
        expected = 3 * int(value)
        assert [f.count for f in figures] == ([expected] if expected <= 10**9 else []), word


def test_a_class_with_an_unknown_key_or_without_words_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.toml").write_text('[odd]\nwords = "a"\nwrods = "b"\n')
    (tmp_path / "empty.toml").write_text('[none]\nexamples = ["a"]\n')
    monkeypatch.setattr(lexicon, "_FOLDER", tmp_path)
    with pytest.raises(ValueError, match=r"broken\.toml: \[odd\] has \['wrods'\]"):
        rows("broken")
    with pytest.raises(ValueError, match=r"empty\.toml: \[none\] has no words"):
        rows("empty")


def test_words_are_split_from_a_text_or_a_list_in_lower_case() -> None:
    assert split("One, two words ,") == ("one", "two words")
    assert split(["One", " two words "]) == ("one", "two words")
