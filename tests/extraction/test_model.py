"""Models whose weights are plain data: probabilities, shares, and what is unseen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction.model import WEIGHTS, ChoiceModel, LinearModel, load, load_choice

WEIGHED = {"a": [1.0, -1.0, 0.5], "b": [0.0, 2.0, -2.0]}
FEATURES = st.dictionaries(st.sampled_from(["a", "b", "unseen"]), st.floats(-50, 50), max_size=3)


def linear() -> LinearModel:
    return LinearModel(["x", "y", "z"], WEIGHED)


@given(FEATURES)
def test_the_probabilities_of_the_labels_sum_to_one(features: dict[str, float]) -> None:
    shares = linear().probabilities(features)
    assert list(shares) == ["x", "y", "z"]
    assert sum(shares.values()) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in shares.values())


@given(FEATURES)
def test_an_unseen_feature_weighs_nothing(features: dict[str, float]) -> None:
    known = {name: value for name, value in features.items() if name != "unseen"}
    assert linear().probabilities(features) == linear().probabilities(known)


def test_with_nothing_seen_every_label_is_as_likely() -> None:
    assert set(linear().probabilities({}).values()) == {1 / 3}


def test_a_weight_moves_the_probability_its_way() -> None:
    shares = linear().probabilities({"b": 1.0})
    assert shares["y"] > shares["x"] > shares["z"]


@given(st.lists(FEATURES, min_size=1, max_size=5))
def test_the_shares_of_a_choice_sum_to_one(options: list[dict[str, float]]) -> None:
    shares = ChoiceModel({"a": 1.0, "b": -2.0}).shares([(option,) for option in options])
    assert len(shares) == len(options)
    assert sum(shares) == pytest.approx(1.0)


def test_a_choice_among_nothing_has_no_shares() -> None:
    assert ChoiceModel({}).shares([]) == []


def test_an_options_parts_weigh_as_if_they_were_one() -> None:
    model = ChoiceModel({"a": 1.0, "b": -2.0})
    shared = {"a": 0.5}
    in_parts = model.shares([(shared, {"b": 1.0}), (shared, {"a": 1.0})])
    whole = model.shares([({"a": 0.5, "b": 1.0},), ({"a": 1.5},)])
    assert in_parts == pytest.approx(whole)


def test_a_model_is_the_same_when_read_back_from_its_data() -> None:
    stored = json.loads(json.dumps(linear().as_json()))
    again = LinearModel(stored["labels"], stored["weights"])
    assert again.probabilities({"a": 2.0}) == linear().probabilities({"a": 2.0})
    choice = ChoiceModel({"a": 1.0})
    assert ChoiceModel(json.loads(json.dumps(choice.as_json()))["weights"]).as_json() == (
        choice.as_json()
    )


def test_a_model_that_was_not_fitted_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="no_such_model"):
        load("no_such_model")
    with pytest.raises(FileNotFoundError, match="no_such_model"):
        load_choice("no_such_model")


def test_every_shipped_file_of_weights_is_one_object_of_plain_data() -> None:
    files = sorted(WEIGHTS.glob("*.json"))
    assert files
    for path in files:
        assert isinstance(json.loads(path.read_text(encoding="utf-8")), dict), path.name
