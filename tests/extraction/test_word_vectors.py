"""Word vectors made by the project's own arithmetic are the model's own."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np
import pytest

from extraction import word_vectors
from extraction.parsing import MODEL
from extraction.word_vectors import WordVectors

SENTENCES = (
    "Some 421 foreigners left Gaza on Wednesday.",
    "Buses waited.",
    "No",
    "They can't cross, he said, and 1,200 of them didn't.",
)


@pytest.fixture(scope="module")
def pipeline() -> Any:
    return importlib.import_module(MODEL).load(exclude=["ner"])


def test_the_vectors_are_those_of_the_model(pipeline: Any) -> None:
    docs = [pipeline.make_doc(text) for text in SENTENCES]
    theirs = pipeline.get_pipe("tok2vec").predict(docs)
    for mine, its in zip(WordVectors(pipeline.get_pipe("tok2vec")).of(docs), theirs, strict=True):
        np.testing.assert_allclose(mine, its, atol=1e-5)


def test_a_sentence_has_the_same_vectors_whatever_was_read_before_it(
    pipeline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = [pipeline.make_doc(text) for text in SENTENCES]
    vectors = WordVectors(pipeline.get_pipe("tok2vec"))
    first = vectors.of(docs[:1])[0]
    monkeypatch.setattr(word_vectors, "KEPT", 5)  # every sentence forgets the one before
    monkeypatch.setattr(word_vectors, "ROWS", 8)
    for again in (vectors.of(docs)[0], vectors.of(docs[::-1])[-1]):
        np.testing.assert_allclose(again, first, atol=1e-5)


def test_layers_of_another_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="not the layers"):
        WordVectors(object())
