"""A chart's downloads: images, a stand-alone page, the rows behind it; made when asked for."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from store import export
from ui.figures import style
from ui.publish import browser, charts
from ui.publish.footnote import Footnote

_LABELS: Final = {"png": "Image (PNG)", "svg": "Drawing (SVG)", "pdf": "PDF"}


def buttons(
    figure: go.Figure,
    title: str,
    claims: pd.DataFrame,
    footnote: Footnote,
    key: str,
    rows: pd.DataFrame | None,
) -> None:
    """The buttons; without a browser on the server, what is missing and the camera in its place.

    `rows` is the frame that the chart draws, `claims` what stands behind it.
    """
    stem = style.file_name(title)
    drawn = browser.path() is not None
    for form, mime in charts.IMAGES.items() if drawn else ():
        make = partial(charts.image, figure, title, footnote, form)
        _button(_LABELS[form], make, f"{stem}.{form}", mime, f"{form}_{key}")
    page = partial(charts.page, figure, title, footnote)
    _button("Page that opens anywhere (HTML)", page, f"{stem}.html", "text/html", f"html_{key}")
    if rows is not None:
        values = partial(_csv, rows)
        _button("Rows drawn (CSV)", values, f"{stem}-rows.csv", "text/csv", f"rows_{key}")
    _button(
        "Claims behind it (CSV)", partial(_csv, claims), f"{stem}.csv", "text/csv", f"csv_{key}"
    )
    if not drawn:
        st.segmented_control(
            "The camera above the chart saves",
            ["PNG", "SVG"],
            default="PNG",
            required=True,
            key=f"camera_{key}",
        )
        st.caption(f"{browser.MISSING} Until then, your own browser saves the image.")


def _csv(frame: pd.DataFrame) -> bytes:
    return export.to_csv(export.table("rows", frame))


def _button(label: str, make: partial[bytes], name: str, mime: str, key: str) -> None:
    st.download_button(
        label,
        data=make,
        file_name=name,
        mime=mime,
        key=key,
        on_click="ignore",
        width="stretch",
    )
