"""The people of the trees divided among the cells of a table, so that the cells add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from store.codes import Ints, Mask, dense, pack
from store.tree import Forest, counted


@dataclass(frozen=True)
class Cells:
    """People by cell (low, best, high, one row each), which cells have any figure, and the
    nodes whose figures are behind each number: pairs of `cell` and `node`, each once."""

    people: Ints
    has: Mask
    cell: Ints
    node: Ints


def divide(forest: Forest, labels: Ints, n_cells: int, prefer: Sequence[str] = ()) -> Cells:
    """The cells of a table; `labels` names the cell (0 to `n_cells - 1`) of each node.

    A tree counts in its root's cell, less those of its children that belong to other cells:
    they count there. A node with several breakdowns is read by the first of `prefer` that it
    has, else by the largest. So the best figures of all cells sum to those of the roots. A
    remainder (a whole less its parts) is as uncertain as both together: its range is as wide as
    it can be, and low <= best <= high holds in each cell.
    """
    parent, root = forest.parent, forest.root
    there = forest.reached(forest.breakdown(prefer))
    roots = np.flatnonzero(parent < 0)
    moved = np.flatnonzero(there & (parent >= 0))
    moved = moved[labels[moved] != labels[parent[moved]]]
    up = parent[moved]
    low, best, high = forest.value
    tree = np.concatenate([roots, root[moved], root[moved]])
    cell = np.concatenate([labels[roots], labels[up], labels[moved]])
    adds = (
        np.concatenate([low[roots], -high[moved], low[moved]]),
        np.concatenate([best[roots], -best[moved], best[moved]]),
        np.concatenate([high[roots], -low[moved], high[moved]]),
    )
    people = np.zeros((3, n_cells), dtype="int64")
    has = np.zeros(n_cells, dtype=bool)
    has[cell] = True
    torn = np.zeros(len(parent), dtype=bool)
    torn[root[moved]] = True
    whole = roots[~torn[roots]]
    for total, of in zip(people, (low, best, high), strict=True):
        np.add.at(total, labels[whole], of[whole])
    # What is left of one tree in one cell is never less than nothing.
    part = torn[tree]
    ids, kinds = dense(pack((tree[part], len(parent)), (cell[part], n_cells)))
    of = kinds.astype("int64") % n_cells
    for i, (total, add) in enumerate(zip(people, adds, strict=True)):
        sums = np.zeros(len(kinds), dtype="int64")
        np.add.at(sums, ids, add[part])
        np.add.at(total, of, np.maximum(sums, 0) if i == 0 else sums)
    behind = np.flatnonzero(counted(forest)[0])
    at, makers = forest.makers(moved)
    # What is taken off is behind what remains, too.
    cells = np.concatenate([labels[root[behind]], labels[up][at], labels[moved][at]])
    nodes = np.concatenate([behind, makers, makers])
    if not len(moved):
        return Cells(people, has, cells, nodes)
    _, once = np.unique(pack((cells, n_cells), (nodes, len(parent))), return_index=True)
    return Cells(people, has, cells[once], nodes[once])
