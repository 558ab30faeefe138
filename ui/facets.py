"""How many records each choice of the filter would leave, the other choices standing."""

from __future__ import annotations

import pandas as pd

from store.frame import explode_nationality
from ui import address


def counts(frame: pd.DataFrame, params: address.Params, parameter: address.Parameter) -> pd.Series:
    """Records for each value of one parameter, all other parameters applied; largest first.

    `frame` is a record frame. Gives int counts indexed by the value as the address writes it,
    with "-" for what states nothing. Values without a record are left out.
    """
    if parameter.column is None:
        raise ValueError(f"{parameter.name} is not a choice")
    others = {name: texts for name, texts in params.items() if name != parameter.name}
    kept = address.to_filter(others).apply(frame)
    column = parameter.column
    if column == "nationality":
        kept = explode_nationality(kept)
    tally = kept[column].value_counts(dropna=False)
    tally = tally[tally > 0]
    names = [
        address.UNSTATED_WORD if pd.isna(name) or name == "" else str(name) for name in tally.index
    ]
    named = pd.Series(tally.to_numpy(), index=pd.Index(names, dtype="str"), dtype="int64")
    return named.groupby(level=0).sum().sort_values(ascending=False, kind="stable")


def options(tally: pd.Series, chosen: tuple[str, ...], most: int = 300) -> list[str]:
    """The choices to offer, largest first, what is chosen always among them."""
    offered = list(tally.index[:most])
    return offered + [one for one in chosen if one not in offered]
