"""The tables under the filter as files, made when asked for."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from store import address, export
from ui import cached, labels, session
from ui.shell import View

TABLES = {
    "records": "Records",
    "events": "Events",
    "rivals": "Rival figures",
    "running_totals": "Running totals",
    "expected": "Expected against crossed",
    "reports": "Reports",
}
_HELP = {
    "csv": "Text, for any spreadsheet; no cell can run as a formula",
    "xlsx": "With a sheet that explains each column",
    "jsonl": "One object a line, with W3C selectors of the source span",
    "parquet": "Typed columns, for pandas, R or DuckDB",
    "geojson": "One feature an event, at its crossing",
    "package": "Frictionless data package: tables, schemas and sources in a ZIP",
}


def buttons(view: View, where: str, what: str = "records") -> None:
    """Download buttons for a table of the records under the filter.

    `what` is a key of `store.export.TABLES`; on records other tables can be chosen. A file is
    made on the click and not before.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"Download {labels.plural(len(view.claims), 'record')}:", width="content")
        choice = st.container(width="content")
        row = st.container(horizontal=True, gap="small", width="content")
        with choice, st.popover("Options", icon=":material/tune:", key=f"options_{where}"):
            if what == "records":
                what = st.selectbox(
                    "Table",
                    list(TABLES),
                    format_func=lambda name: TABLES[name],
                    key=f"export_table_{where}",
                )
            hxl = st.toggle(
                "Row of HXL tags (CSV, Excel)",
                key=f"export_hxl_{where}",
                help="Tags of the Humanitarian Exchange Language under the header.",
            )
            helix = what == "records" and st.toggle(
                "Words of IDMC's Helix",
                key=f"export_helix_{where}",
                help="Columns and words of the displacement database of IDMC: quantifier, role, "
                "category, term.",
            )
        with row:
            for form, described in export.FORMATS.items():
                _button(view, form, described, what, where, hxl=hxl, helix=bool(helix))


def _button(
    view: View,
    form: str,
    described: export.Format,
    what: str,
    where: str,
    *,
    hxl: bool,
    helix: bool,
) -> None:
    mapped = form != "geojson" or (what in ("records", "events", "rivals") and not helix)
    st.download_button(
        described.label,
        data=partial(
            _file,
            view,
            cached.ledger(),
            form,
            what=what,
            words="helix" if helix else "own",
            hxl=hxl and described.hxl,
            query=address.to_query(session.params()),
        ),
        file_name=export.file_name(form, what),
        mime=described.mime,
        key=f"export_{form}_{where}",
        on_click="ignore",
        help=_HELP[form]
        if mapped
        else "Only records, events and rivals, in the ledger's own words.",
        disabled=view.claims.empty or not mapped,
    )


def _file(view: View, *of: Any, **how: Any) -> bytes:
    """The file as `export.export` makes it, of the records that are taken out now."""
    return export.export(view.records(), *of, **how)
