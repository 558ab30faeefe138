"""The people of the trees divided among the cells of a table, so that the cells add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.store.plain.tree import Forest


@dataclass
class Cell:
    """People in one cell, with the nodes whose figures are behind the number."""

    low: int = 0
    best: int = 0
    high: int = 0
    nodes: set[int] = field(default_factory=set)


def divide(forest: Forest, labels: Sequence[int], prefer: Sequence[str] = ()) -> dict[int, Cell]:
    """The cell for each label; `labels` names the cell of each node of the forest.

    A tree counts in its root's cell, less those of its children that belong to other cells:
    they count there. A node with several breakdowns is read by the first of `prefer` that it
    has, else by the largest. So the best figures of all cells sum to those of the roots. A
    remainder (a whole less its parts) is as uncertain as both together: its range is as wide as
    it can be, and low <= best <= high holds in each cell.
    """
    cells: dict[int, Cell] = defaultdict(Cell)
    for root in forest.roots():
        for label, cell in _divide_tree(forest, root, labels, prefer).items():
            whole = cells[label]
            whole.low += max(cell.low, 0)
            whole.best += cell.best
            whole.high += cell.high
            whole.nodes |= cell.nodes
    return dict(cells)


def _divide_tree(
    forest: Forest, root: int, labels: Sequence[int], prefer: Sequence[str]
) -> dict[int, Cell]:
    nodes = forest.nodes
    low, best, high = nodes[root].value
    cells = {labels[root]: Cell(low, best, high, set(forest.makers(root)))}
    stack = [root]
    while stack:
        i = stack.pop()
        mine = cells[labels[i]]
        axis = forest.breakdown(i, prefer)
        for child in forest.counted_children(i, axis) if axis else ():
            if labels[child] != labels[i]:
                low, best, high = nodes[child].value
                mine.low, mine.best, mine.high = mine.low - high, mine.best - best, mine.high - low
                other = cells.setdefault(labels[child], Cell())
                other.low, other.best, other.high = (
                    other.low + low,
                    other.best + best,
                    other.high + high,
                )
                # What is taken off is behind what remains, too.
                makers = set(forest.makers(child))
                mine.nodes |= makers
                other.nodes |= makers
            stack.append(child)
    return cells
