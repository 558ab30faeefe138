"""The parser's word vectors: the model's own arithmetic, each word by itself worked out once.

The model first makes a vector of a word as it is written, then lets it look at its neighbours.
The first half is the same wherever a word stands, so it is kept; the second is a few matrix
products, made here on arrays that fit the processor's cache.
"""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

KEPT = 60_000  # words whose vectors are kept: 23 MB; when there are more, all are forgotten
ROWS = 768  # words, and gaps between sentences, in one product
_SMALL = np.float32(1e-8)  # keeps the model's layer norm from dividing by zero


class WordVectors:
    """Vectors of the words of sentences, as the pipeline's `tok2vec` gives them."""

    def __init__(self, tok2vec: Any) -> None:
        """`tok2vec` is spaCy's component, a MultiHashEmbed and a MaxoutWindowEncoder.

        Raises ValueError where its layers are others than these.
        """
        try:
            embed, encode = tok2vec.model.layers
            self._columns = embed.layers[0].attrs["columns"]
            self._spelled = [layer.layers[0] for layer in embed.layers[2:4]]
            self._gap = encode.attrs["pad"]
            residuals = encode.layers[0].layers
            self._looks = [
                _Look(*residual.layers[0].layers[1].layers[0].layers) for residual in residuals
            ]
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise ValueError(f"not the layers that are known of a tok2vec: {error}") from error
        self._width = encode.get_dim("nO")
        self._lock = Lock()  # held while words are looked up, for threads that share a model
        self._places: dict[bytes, int] = {}
        self._table: Floats = np.zeros((1024, self._width), np.float32)

    def of(self, docs: Sequence[Any]) -> list[Floats]:
        """An array for each tokenized sentence: a row for each of its words."""
        out: list[Floats] = []
        first, rows = 0, self._gap
        for last, doc in enumerate(docs):
            if rows + len(doc) > ROWS and last > first:
                out += self._near(docs[first:last])
                first, rows = last, self._gap
            rows += len(doc) + self._gap
        return [*out, *self._near(docs[first:])]

    def _near(self, docs: Sequence[Any]) -> list[Floats]:
        """The vectors of a few sentences, each word having looked at its neighbours.

        Between sentences stand as many empty rows as a word can see far.
        """
        begins = []
        at = self._gap
        for doc in docs:
            begins.append(at)
            at += len(doc) + self._gap
        grid: Floats = np.zeros((at, self._width), np.float32)
        alone = self._alone([doc.to_array(self._columns) for doc in docs])
        done = 0
        for begin, doc in zip(begins, docs, strict=True):
            grid[begin : begin + len(doc)] = alone[done : done + len(doc)]
            done += len(doc)
        for look in self._looks:
            grid += look.over(grid)
        return [grid[b : b + len(doc)] for b, doc in zip(begins, docs, strict=True)]

    def _alone(self, written: Sequence[NDArray[np.uint64]]) -> Floats:
        """A row for each word, whatever stands beside it."""
        rows = np.ascontiguousarray(np.concatenate(written))
        names = rows.view(f"V{rows.shape[1] * rows.itemsize}").ravel().tolist()
        with self._lock:
            new = {name: i for i, name in enumerate(names) if name not in self._places}
            if new:
                if len(self._places) + len(new) > KEPT:
                    self._places.clear()
                    new = {name: i for i, name in enumerate(names)}
                self._keep(list(new), rows[list(new.values())])
            places = self._places
            return self._table.take([places[name] for name in names], axis=0)

    def _keep(self, names: Sequence[bytes], rows: NDArray[np.uint64]) -> None:
        """Work out the vectors of new words and put them behind those that are known."""
        first = len(self._places)
        last = first + len(names)
        found = rows
        for layer in self._spelled:
            found = layer.predict(found)
        while last > len(self._table):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first:last] = found
        self._places.update(zip(names, range(first, last), strict=True))


class _Look:
    """One look at the words on either side: a maxout layer and a layer norm over them."""

    def __init__(self, maxout: Any, norm: Any) -> None:
        weights = maxout.get_param("W")  # outputs, pieces, inputs
        self._pieces = weights.shape[1]
        self._width = weights.shape[0]
        # The best of three pieces is taken: each piece in columns of its own is quicker to compare.
        by_piece = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])
        self._weights = np.ascontiguousarray(by_piece.T)
        self._bias = np.ascontiguousarray(maxout.get_param("b").T.ravel())
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def over(self, grid: Floats) -> Floats:
        """What each row of `grid` sees of itself and of the rows before and after it."""
        width = self._width
        window: Floats = np.zeros((len(grid), 3 * width), np.float32)
        window[1:, :width] = grid[:-1]
        window[:, width : 2 * width] = grid
        window[:-1, 2 * width :] = grid[1:]
        seen = window @ self._weights
        seen += self._bias
        best: Floats = seen[:, :width]
        for piece in range(1, self._pieces):
            best = np.maximum(best, seen[:, piece * width : (piece + 1) * width])
        best -= best.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", best, best)[:, None] / np.float32(width) + _SMALL
        best *= spread ** np.float32(-0.5)
        best *= self._scale
        best += self._shift
        return best
