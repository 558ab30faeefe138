"""Who states a figure: a choice among the speakers of its sentence, those about it, and those
that earlier figures of the report were given."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping

from extraction.context import Candidate, Context
from extraction.document import HEADING_LONGEST, Block
from extraction.evidence import Features
from extraction.speaker_evidence import Option, speaker_features
from extraction.speaker_kinds import Speaker
from extraction.speakers import speakers
from extraction.thread import Thread

BEFORE, AFTER = 3, 2  # sentences of one block whose speakers are weighed
_MOST_ROWS = 60  # lines of a list between its head and a figure


class SourceChoice:
    """The options for each figure's source in one report, and their features."""

    def __init__(self, context: Context) -> None:
        """Gathers the report's speakers once."""
        self._context = context
        self.named = speakers(context)
        self._sentences = [s.sentence for s in self.named]

    def _of(self, first: int, last: int) -> list[Speaker]:
        """The speakers of the sentences first to last, last included."""
        low = bisect_left(self._sentences, first)
        high = bisect_left(self._sentences, last + 1)
        return self.named[low:high]

    def options(self, candidate: Candidate, thread: Thread) -> list[Option]:
        """None, the speakers that may have stated the figure, and the last figure's source."""
        document = self._context.document
        sentence = candidate.sentence
        block = document.blocks[sentence.block]
        out = [Option(None, None, "none")]
        first = max(block.first_sentence, sentence.index - BEFORE)
        last = min(block.last_sentence - 1, sentence.index + AFTER)
        for speaker in self._of(first, last):
            distance = speaker.sentence - sentence.index
            where = "here" if distance == 0 else "before" if distance < 0 else "after"
            out.append(Option(speaker.name, speaker, where))
        for first, last, where in self._around(candidate):
            out.extend(Option(s.name, s, where) for s in self._of(first, last))
        names = {option.name for option in out}
        for reading in reversed(thread.readings[-3:]):
            name = reading.values.get("source")
            if isinstance(name, str) and name not in names:
                out.append(Option(name, None, "carried"))
                break
        return out

    def _around(self, candidate: Candidate) -> list[tuple[int, int, str]]:
        """Runs of sentences outside the figure's block whose speakers may be its source."""
        blocks = self._context.document.blocks
        block = blocks[candidate.sentence.block]
        at = block.index - 1
        if at < 0 and block.kind != "heading":
            return []
        if not _in_list(block) and block.kind != "heading":
            last = blocks[at].last_sentence - 1
            return [(last, last, "above")]
        out = []
        while at >= 0 and block.index - at < _MOST_ROWS and _in_list(blocks[at]):
            at -= 1
        while at >= 0 and blocks[at].kind in ("heading", "stamp"):
            out.append((blocks[at].first_sentence, blocks[at].last_sentence - 1, "head"))
            at -= 1
        if at >= 0:
            out.append((blocks[at].last_sentence - 1, blocks[at].last_sentence - 1, "head"))
        if block.kind == "heading" and block.index + 1 < len(blocks):
            after = blocks[block.index + 1].first_sentence
            out.append((after, after, "next"))
        return out

    def features(
        self,
        candidate: Candidate,
        options: list[Option],
        values: Mapping[str, Hashable],
        thread: Thread,
    ) -> list[Features]:
        """The features of each option, in order; `values` are the figure's fields read so far."""
        return speaker_features(self._context, candidate, options, values, thread)


def _in_list(block: Block) -> bool:
    """Whether a block is a line of a list or table, or may be one by its shape."""
    if block.kind in ("row", "bullet"):
        return True
    short = block.end - block.start <= HEADING_LONGEST
    return short and block.kind == "paragraph" and block.text.rstrip()[-1:] not in ".!?…”"
