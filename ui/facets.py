"""How many records each choice of the filter would leave, the other choices standing."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from store import address


def others(params: address.Params, name: str) -> address.Params:
    """All parameters but one: what the counts beside that one's choices are taken over."""
    return {other: texts for other, texts in params.items() if other != name}


def counts(kept: pd.DataFrame, parameter: address.Parameter) -> pd.Series:
    """Records for each value of one parameter in a record frame; largest first, then by name.

    Gives int64 counts indexed by the value as the address writes it, with "-" for what states
    nothing. A record of two nationalities counts in both. Values without a record are left out.
    """
    if parameter.column is None:
        raise ValueError(f"{parameter.name} is not a choice")
    tally: Counter[str] = Counter()
    for value, number in kept[parameter.column].value_counts(dropna=False).items():
        if not number:
            continue
        text = "" if pd.isna(value) else str(value)
        # Nationalities stand as "AT|IT"; few such values occur, so that splitting them is cheap.
        for part in text.split("|") if parameter.name == "nationality" else (text,):
            tally[part or address.UNSTATED_WORD] += int(number)
    ranked = sorted(tally.items(), key=lambda item: (-item[1], item[0]))
    names = pd.Index([name for name, _ in ranked], dtype="str")
    return pd.Series([number for _, number in ranked], index=names, dtype="int64")


def options(tally: pd.Series, chosen: tuple[str, ...], most: int = 300) -> list[str]:
    """The choices to offer, largest first, what is chosen always among them."""
    offered = list(tally.index[:most])
    return offered + [one for one in chosen if one not in offered]
