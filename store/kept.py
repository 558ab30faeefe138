"""A large store's records and rules on disk, so that a server that starts need not read and run
them: arrays and tables that are mapped into memory, in a folder that may be deleted at any time.

It is no part of the ledger: what it holds can be made again from the database, and is, where the
code that made it or the store has changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import feather, ipc

from store import claims, copies, events, judge, keys, parts, places, tree
from store.engine import ROOT, sqlite_file
from store.judge import Reconciled
from store.snapshot import Snapshot

_CLASSES = {
    one.__name__: one
    for one in (
        claims.Claims,
        copies.Families,
        events.Events,
        judge.Ready,
        judge.Reconciled,
        keys.Parts,
        keys.Plain,
        parts.Pairs,
        places.Places,
        tree.Forest,
        tree.Nodes,
    )
}
_CUT = 3600
_WORKED_OUT = ("forest", "counted", "verdict")
"""Of the rules' result: what is worked out of it and is kept beside it."""


def write(folder: Path, snapshot: Snapshot, whole: Reconciled) -> None:
    """Keep a snapshot and the rules' result over all of it; what was kept before goes.

    Raises OSError where the folder cannot be written.
    """
    name = f"{snapshot.version}-{made_by()}"
    new = folder / f".{name}.{os.getpid()}"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    # In one piece: to take a few texts out of a column in many pieces costs as much as all.
    feather.write_feather(
        snapshot.frame,
        new / "frame.arrow",
        compression="uncompressed",
        chunksize=max(1, len(snapshot.frame)),
    )
    told = {one: _write(new, getattr(whole, one), one) for one in _WORKED_OUT}
    shape = {
        "version": snapshot.version,
        "act": snapshot.act,
        "recommendation": snapshot.recommendation,
        "whole": _write(new, whole, "whole"),
        "worked_out": told,
    }
    (new / "shape.json").write_text(json.dumps(shape), encoding="utf-8")
    for old in folder.iterdir():
        # Another process may be writing beside this one; what it left long ago was cut.
        if old.name[0] != "." or time.time() - old.stat().st_mtime > _CUT:
            shutil.rmtree(old, ignore_errors=True)
    new.rename(folder / name)


def read(folder: Path, identity: str) -> tuple[Snapshot, Reconciled] | None:
    """What was kept last of the store of this identity by this code; None where there is none."""
    for kept in folder.glob(f"{identity}-*-{made_by()}"):
        try:
            shape = json.loads((kept / "shape.json").read_text(encoding="utf-8"))
            frame = _frame(kept / "frame.arrow")
            whole: Reconciled = _read(kept, shape["whole"], frame)
            for name, told in shape["worked_out"].items():
                vars(whole)[name] = _read(kept, told, frame)
        except (OSError, ValueError, KeyError, pa.ArrowException):
            continue  # another process is at it, or it was cut: it is made again
        moment = shape["version"], shape["act"], shape["recommendation"]
        return Snapshot(*moment, frame), whole
    return None


@cache
def made_by() -> str:
    """A name of the code that makes what is kept: another name, and it is made again."""
    digest = hashlib.sha256(f"{pd.__version__} {np.__version__}".encode())
    files = [*(ROOT / "store").glob("*.*"), *(ROOT / "extraction").glob("gaz*.py")]
    for file in [*sorted(files), ROOT / "data" / "crossings.csv"]:
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _frame(file: Path) -> pd.DataFrame:
    with pa.memory_map(str(file)) as mapped:
        return ipc.open_file(mapped).read_all().to_pandas()


def _write(folder: Path, value: Any, name: str) -> Any:
    """The value as JSON, its arrays in files beside it."""
    if isinstance(value, np.ndarray):
        np.save(folder / f"{name}.npy", value, allow_pickle=False)
        return {"array": name}
    if isinstance(value, pd.DataFrame):
        return {"frame": None}
    if is_dataclass(value) and not isinstance(value, type):
        told = {
            one.name: _write(folder, getattr(value, one.name), f"{name}.{one.name}")
            for one in fields(value)
            if one.init
        }
        return {"of": type(value).__name__, "fields": told}
    if isinstance(value, dict):
        return {"dict": {key: _write(folder, one, f"{name}.{key}") for key, one in value.items()}}
    if isinstance(value, tuple) or (value and isinstance(value, list) and not _plain(value[0])):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_write(folder, one, f"{name}.{i}") for i, one in enumerate(value)]}
    return {"value": value}


def _plain(value: object) -> bool:
    return isinstance(value, str | int)


def _read(folder: Path, told: Any, frame: pd.DataFrame) -> Any:
    ((kind, value),) = [(k, v) for k, v in told.items() if k != "fields"]
    if kind == "array":
        return np.asarray(np.load(folder / f"{value}.npy", mmap_mode="r", allow_pickle=False))
    if kind == "frame":
        return frame
    if kind == "of":
        some = {name: _read(folder, one, frame) for name, one in told["fields"].items()}
        return _CLASSES[value](**some)
    if kind == "dict":
        return {name: _read(folder, one, frame) for name, one in value.items()}
    if kind in ("list", "tuple"):
        found = [_read(folder, one, frame) for one in value]
        return tuple(found) if kind == "tuple" else found
    return value


def folder_of(url: str) -> Path:
    """Where a store's views are kept: beside an SQLite file, else in the user's cache folder."""
    file = sqlite_file(url)
    if file is not None:
        return file.with_name(f"{file.name}.views")
    cache_home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    name = hashlib.sha256(url.encode("utf-8")).hexdigest()[:16]
    return Path(cache_home) / "crossing-ledger" / name
