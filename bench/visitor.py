"""A visitor of the dashboard without a browser: a real websocket that speaks Streamlit's messages.

Twenty of these cost a machine little, so that what is measured is the server.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY
_FRAGMENT = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY


@dataclass
class Drawn:
    """One run of a page: seconds until the server was done, bytes, errors that the page showed."""

    seconds: float = 0.0
    size: int = 0
    charts: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    choices: dict[str, tuple[str, list[str]]] = field(default_factory=dict)
    """Label of each multiselect: its id and its options, as they are shown."""


class Visitor:
    """One open session; use it as an asynchronous context."""

    def __init__(self, address: str, path: str = "", query: str = "", longest: float = 120) -> None:
        self._address = address.replace("http", "ws", 1) + "/_stcore/stream"
        self._path, self._query, self._longest = path, query, longest
        self._connection: Any = None

    async def __aenter__(self) -> Visitor:
        self._connection = await websockets.connect(
            self._address,
            subprotocols=[websockets.Subprotocol("streamlit")],
            max_size=None,
            ping_interval=None,
            open_timeout=self._longest,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def draw(self, path: str | None = None) -> Drawn:
        """Open the page anew, as a first visit or a reload does, or go to another one."""
        self._path = self._path if path is None else path
        return await self._run({})

    async def choose(self, widget: str, values: list[str]) -> Drawn:
        """Set a multiselect (by its id) to these options, as they are shown."""
        return await self._run({widget: values})

    async def _run(self, widgets: dict[str, list[str]]) -> Drawn:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name = self._query, self._path
        for widget, values in widgets.items():
            one = state.widget_states.widgets.add(id=widget)
            one.string_array_value.data.extend(values)
        begun = time.perf_counter()
        await self._connection.send(message.SerializeToString())
        drawn = Drawn()
        while True:
            raw = await asyncio.wait_for(self._connection.recv(), self._longest)
            answer = ForwardMsg.FromString(raw)
            drawn.size += len(raw)
            if answer.WhichOneof("type") == "script_finished":
                if answer.script_finished in (_FINISHED, _FRAGMENT):
                    break
                if answer.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    drawn.errors.append("the script could not be compiled")
                    break
            self._note(answer, len(raw), drawn)
        drawn.seconds = time.perf_counter() - begun
        return drawn

    def _note(self, answer: ForwardMsg, size: int, drawn: Drawn) -> None:
        kind = answer.WhichOneof("type")
        if kind == "page_info_changed":
            self._query = answer.page_info_changed.query_string
        if kind != "delta":
            return
        element = answer.delta.new_element
        what = element.WhichOneof("type")
        if what == "plotly_chart":
            drawn.charts.append(size)
        elif what == "exception":
            drawn.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif what == "multiselect":
            found = element.multiselect
            drawn.choices[found.label] = (found.id, list(found.options))
