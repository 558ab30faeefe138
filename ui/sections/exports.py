"""The records that pass the filter as files."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from store import export
from ui import labels, places

# A small file is made at once: a file made on the click can miss a click that comes mid-run.
SMALL = 3_000


def buttons(claims: pd.DataFrame, where: str) -> None:
    """Download buttons for a frame of claims: CSV, Excel, JSON Lines, GeoJSON."""
    makers: list[tuple[str, str, str, Callable[[], bytes]]] = [
        ("CSV", "csv", "text/csv", lambda: export.to_csv(claims)),
        (
            "Excel",
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            lambda: export.to_xlsx(claims),
        ),
        ("JSON Lines", "jsonl", "application/jsonl", lambda: export.to_jsonl(claims)),
        (
            "GeoJSON",
            "geojson",
            "application/geo+json",
            lambda: export.to_geojson(claims, places.coordinates(claims["crossing"])),
        ),
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Download {labels.plural(len(claims), 'record')}:", width="content")
        for label, suffix, mime, make in makers:
            small = suffix == "csv" and len(claims) <= SMALL
            st.download_button(
                label,
                data=make() if small else make,
                file_name=f"crossing-ledger.{suffix}",
                mime=mime,
                key=f"export_{suffix}_{where}",
                on_click="ignore",
                disabled=claims.empty,
            )
