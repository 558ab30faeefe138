"""The one writer of session state, and of the address.

The shared filter's parameters live here, once; the sidebar's widgets are editors of them. They
are mirrored in the address on every run. The address wins when a session starts (a link was
opened) and after the browser's back or forward button; otherwise the session does, for the
browser may report an address that is a run behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from store import address

_PARAMS: Final = "filter_params"
_BATCH: Final = "upload_batch"
_UPLOADS: Final = "upload_round"
_REMOVED: Final = "report_removed"
_NAME: Final = "signed_name"
_NOTICE: Final = "notice_once"


def begin() -> None:
    """Start a page's run: the filter out of the address where that leads, then into it."""
    if _PARAMS not in st.session_state or _came_by_history():
        raw = {name: st.query_params.get_all(name) for name in address.BY_NAME}
        st.session_state[_PARAMS] = address.parse(raw)
    mirror()


def _came_by_history() -> bool:
    """True where this run answers the browser's back or forward button."""
    context = get_script_run_ctx()
    return bool(context and context.is_history_navigation)


def mirror() -> None:
    """Write the filter's parameters into the address."""
    params = st.session_state[_PARAMS]
    for name in address.BY_NAME:
        wanted = list(params.get(name, ()))
        present = st.query_params.get_all(name)
        if wanted and wanted != present:
            st.query_params[name] = wanted
        elif not wanted and present:
            del st.query_params[name]


def params() -> address.Params:
    """The shared filter's parameters as they stand."""
    return dict(st.session_state.get(_PARAMS, {}))


def set_param(name: str, values: Sequence[str]) -> None:
    """Set one parameter of the shared filter; nothing clears it."""
    changed = params()
    if values:
        changed[name] = tuple(values)
    else:
        changed.pop(name, None)
    st.session_state[_PARAMS] = changed


def drop_value(name: str, value: str) -> None:
    """Take one value out of one parameter of the shared filter."""
    set_param(name, [one for one in params().get(name, ()) if one != value])


def reset_filter() -> None:
    """Clear the shared filter."""
    st.session_state[_PARAMS] = {}


def seed(key: str, value: Any) -> None:
    """Give a widget its value before it is drawn."""
    st.session_state[key] = value


def seed_once(key: str, value: Any) -> None:
    """Give a widget its first value; later ones are the user's."""
    if key not in st.session_state:
        st.session_state[key] = value


def read(key: str) -> Any:
    """A widget's value by its key; None if it was never drawn."""
    return st.session_state.get(key)


def once(key: str) -> Any:
    """What was kept under this key, and no more after that; None without it."""
    return st.session_state.pop(key, None)


def sign_as(name: str) -> None:
    """Keep the name by which the one user of a ledger without login signs."""
    st.session_state[_NAME] = name.strip()


def signed_name() -> str | None:
    """That name; None where none was given."""
    return st.session_state.get(_NAME) or None


def known(key: str) -> bool:
    """True where a widget of this key has a value, be it None."""
    return key in st.session_state


def keep_notice(kind: str, text: str) -> None:
    """Keep what is to be said once, at the next drawing: `kind` is "success" or "warning"."""
    st.session_state[_NOTICE] = (kind, text)


def take_notice() -> tuple[str, str] | None:
    """What is to be said once, and no more after that."""
    notice: tuple[str, str] | None = st.session_state.pop(_NOTICE, None)
    return notice


def keep_batch(batch: int) -> None:
    """Remember what was brought last, so that its account stands until the next or a dismissal."""
    st.session_state[_BATCH] = batch
    st.session_state[_UPLOADS] = upload_round() + 1


def batch() -> int | None:
    """The batch that this session brought last, or took up; None where there is none."""
    return st.session_state.get(_BATCH)


def take_up(batch: int) -> None:
    """Show the account of a batch that another session brought."""
    st.session_state[_BATCH] = batch


def forget_batch() -> None:
    """Close the account of the last upload."""
    st.session_state.pop(_BATCH, None)


def upload_round() -> int:
    """How many uploads this session has made; part of the uploader's key, which empties it."""
    return int(st.session_state.get(_UPLOADS, 0))


def keep_removed(key: str | None) -> None:
    """Remember the report that was removed last, so that it can be put back."""
    st.session_state[_REMOVED] = key


def removed() -> str | None:
    """The report that this session removed last; None if there is none to put back."""
    return st.session_state.get(_REMOVED)


def open_record(where: str, record_key: str) -> None:
    """Open a record in the place `where` (a page's table, the account of an upload)."""
    st.session_state[f"open_{where}"] = record_key


def opened(where: str) -> str | None:
    """The key of the record open in this place; None where none is."""
    return st.session_state.get(f"open_{where}")


def close_record(where: str) -> None:
    """Close the record open in this place, and let its table forget the row."""
    st.session_state.pop(f"open_{where}", None)
    st.session_state[f"round_{where}"] = table_round(where) + 1


def table_round(where: str) -> int:
    """Part of a table's key: a new number draws it with no row selected."""
    return int(st.session_state.get(f"round_{where}", 0))


def forget(where: str) -> None:
    """Close the record open in this place, leaving its table as it is."""
    st.session_state.pop(f"open_{where}", None)


def follow_link(where: str, parameter: str) -> None:
    """Open in this place what a link's parameter names, once for each link that is followed."""
    linked = st.query_params.get(parameter)
    if linked and linked != st.session_state.get(f"linked_{where}"):
        st.session_state[f"open_{where}"] = linked
    st.session_state[f"linked_{where}"] = linked


def show_link(where: str, parameter: str) -> None:
    """Keep what is open in this place in the address, so that the address can be sent."""
    key = opened(where)
    if key:
        st.query_params[parameter] = key
    elif parameter in st.query_params:
        del st.query_params[parameter]
    st.session_state[f"linked_{where}"] = key


def linked(parameter: str) -> str | None:
    """What the address names in this parameter; None where it has none."""
    return st.query_params.get(parameter)


def forget_linked(parameter: str) -> None:
    """Take a parameter out of the address."""
    if parameter in st.query_params:
        del st.query_params[parameter]


def seed_choice(key: str, parameter: str, options: Sequence[str], start: str) -> None:
    """Give a choice its first value: what a link's parameter names, else `start`.

    Also where the value that it has is no longer among the options.
    """
    if st.session_state.get(key) not in options:
        linked = st.query_params.get(parameter)
        st.session_state[key] = linked if linked in options else start


def show_choice(key: str, parameter: str) -> None:
    """Keep a choice in the address, so that the address can be sent."""
    if st.query_params.get(parameter) != st.session_state[key]:
        st.query_params[parameter] = st.session_state[key]


def picked_row(key: str) -> int | None:
    """The number of the row that is selected in a table, by its box or by one of its cells."""
    state = st.session_state.get(key)
    if not state:
        return None
    if state.selection.rows:
        return int(state.selection.rows[0])
    return int(state.selection.cells[0][0]) if state.selection.cells else None
