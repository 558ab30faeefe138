"""The method: measured accuracy, the rules as documented, the vocabularies in a reader's words."""

from __future__ import annotations

import json
import re
from typing import Any, Final

import pandas as pd
import streamlit as st

from ui import cached, labels
from ui.navigation import ROOT

ACCURACY: Final = ROOT / "data" / "accuracy.json"
RULES: Final = ROOT / "docs" / "method.md"
_LEVELS: Final = (
    ("figure", "Figures", "the number is right"),
    ("ledger", "Ledger", "and group, status and day are right"),
    ("full", "Records", "and scope, nationality and place are right"),
)


def accuracy() -> None:
    """How well reports are read, as last measured; says so where that was never done."""
    measured = _measured()
    shipped, here = st.columns(2, gap="large")
    with shipped:
        st.subheader("On the reports that come with it", anchor=False)
        _shipped(measured)
    with here:
        st.subheader("On what was reviewed in this ledger", anchor=False)
        _reviewed(cached.measured())


def _reviewed(measured: dict[str, Any] | None) -> None:
    if measured is None:
        st.info(
            "No record has been reviewed yet. What reviewers accept, correct, reject and add on "
            "the Review page is measured here.",
            icon=":material/fact_check:",
        )
        return
    _levels(measured)


def _shipped(measured: dict[str, Any] | None) -> None:
    if measured is None:
        st.info(
            "The accuracy has not been measured yet. `make accuracy` measures it on reports that "
            "were annotated by hand, and this page then shows it.",
            icon=":material/straighten:",
        )
        return
    _levels(measured)


def _levels(measured: dict[str, Any]) -> None:
    for column, (name, label, meaning) in zip(st.columns(3), _LEVELS, strict=True):
        share = measured.get(name)
        with column, st.container(border=True):
            st.metric(label, "–" if share is None else f"{float(share):.2f}", help=f"F1: {meaning}")
            st.caption(f"F1, 1 is perfect: {meaning}")
    st.caption(_how(measured))
    fields = measured.get("fields") or {}
    if fields:
        st.markdown("**Of the figures that were found, the share with this field right**")
        st.dataframe(
            pd.DataFrame(
                {
                    "Field": [labels.field(name) for name in fields],
                    "Right": [float(share) for share in fields.values()],
                }
            ).sort_values("Right", ascending=False),
            hide_index=True,
            column_config={
                "Right": st.column_config.ProgressColumn(
                    min_value=0.0, max_value=1.0, format="percent"
                )
            },
        )


def rules() -> None:
    """The method as documented, its links to other documents as plain words."""
    if not RULES.is_file():
        st.info("The method's description is not part of this installation.")
        return
    st.markdown(without_links(RULES.read_text(encoding="utf-8")))


def without_links(text: str) -> str:
    """Markdown with relative links as their words alone, and without its first heading."""
    text = re.sub(r"\A# [^\n]*\n", "", text)
    return re.sub(r"\[([^\]]+)\]\((?!https?://)[^)]*\)", r"\1", text)


def vocabularies() -> None:
    """What the words of the ledger mean."""
    for title, words, meanings in (
        ("Group: who the people counted are", labels.GROUPS, labels.GROUPS_HELP),
        ("Status: what the report says of them", labels.STATUSES, labels.STATUSES_HELP),
    ):
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- **{word}**: {meanings[code]}" for code, word in words.items()))
    st.markdown("**Role: what the rules make of a claim**")
    st.markdown(
        "\n".join(f"- **{word}**: {labels.ROLES_HELP[code]}" for code, word in labels.ROLES.items())
    )


def _measured() -> dict[str, Any] | None:
    if not ACCURACY.is_file():
        return None
    return json.loads(ACCURACY.read_text(encoding="utf-8"))


def _how(measured: dict[str, Any]) -> str:
    reports = measured.get("n_reports", measured.get("articles"))
    records = measured.get("n_records", measured.get("gold"))
    parts = []
    if reports is not None and records is not None:
        parts.append(
            f"{labels.plural(int(records), 'annotated figure')} in "
            f"{labels.plural(int(reports), 'report')}"
        )
    if measured.get("how"):
        parts.append(str(measured["how"]))
    return "; ".join(parts).capitalize() + "." if parts else ""
