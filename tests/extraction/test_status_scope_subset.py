"""Status, scope and subset: sums, tying words, scoped triggers, tense and time."""

from __future__ import annotations

from datetime import date

from extraction.context import Context, lay_out
from extraction.dates import Days
from extraction.evidence import evidence
from extraction.parts import Parts
from extraction.reports import Report
from extraction.scope import scope_features
from extraction.scoped import Scoped
from extraction.status import status_features
from extraction.subset import subset_features
from extraction.tenses import chain
from extraction.thread import Reading, Thread
from extraction.timing import timing


def read(text: str) -> Context:
    return next(lay_out([Report("a", text, "", date(2024, 5, 10))]))


def parts(context: Context) -> Parts:
    return Parts(context, context.candidates)


def test_figures_that_add_up_to_one_before_them_are_its_parts() -> None:
    context = read("They were 783 people: 266 in buses, 258 in cars and 259 on foot.")
    ties = parts(context).ties
    assert [t.parent for t in ties] == [None, 0, 0, 0]
    assert {t.sum for t in ties[1:]} == {"exact"}


def test_a_breakdown_within_a_breakdown_is_passed_over() -> None:
    context = read("There were 783 people: 266 Syrians, 200 of them children, and 517 Iraqis.")
    ties = parts(context).ties
    assert ties[1].parent == 0
    assert ties[2].parent == 1
    assert ties[3].parent == 0


def test_two_alternating_peoples_are_summed_apart() -> None:
    context = read(
        "In all 537 Pakistanis left.\nOn Sunday 237 left and 116 Indians came. On Saturday 81 left "
        "and 342 came. On Friday 219 left and 287 came."
    )
    ties = parts(context).ties
    assert [ties[i].parent for i in (1, 3, 5)] == [0, 0, 0]
    assert ties[2].sum is None


def test_persons_in_brackets_share_the_whole_of_their_families() -> None:
    context = read("They were 300 people: 20 families (112 persons) and 188 others.")
    found = parts(context)
    families = [t for t, c in zip(found.ties, found.figures, strict=True) if c.figure.count == 20]
    assert families[0].parent == 0


def test_tying_words_name_the_figure_before() -> None:
    context = read("On Friday 479 people left. Of these 30 were children.")
    tie = parts(context).ties[1]
    assert (tie.words, tie.parent) == ("whom", 0)


def test_a_trigger_governs_up_to_what_ends_its_scope() -> None:
    context = read("The 200 people were stranded but 300 crossed.")
    scoped = Scoped()
    first, second = context.candidates
    assert "waiting" in scoped.over(first)
    assert "waiting" not in scoped.over(second)
    assert scoped.nearest(second) == "crossed"


def test_a_phrase_about_the_past_is_no_trigger() -> None:
    context = read("The 60 tourists who had been stranded were brought home.")
    assert "waiting" not in Scoped().over(context.candidates[0])


def test_the_governing_clause_tells_its_mode() -> None:
    kinds = chain(read("About 400 people will leave on Friday.").candidates[0])
    assert kinds[0][:2] == ("move", "future")
    kinds = chain(read("About 400 people have crossed.").candidates[0])
    assert kinds[0][:2] == ("move", "perfect")


def test_the_day_of_speech_is_not_the_day_of_the_movement() -> None:
    context = read("The ministry said on Monday that 400 people had crossed.")
    assert timing(Days(context, date(2024, 5, 10)), context.candidates[0]) == "spoken"
    context = read("On Monday 400 people crossed.")
    assert timing(Days(context, date(2024, 5, 10)), context.candidates[0]) == "day"


def test_a_part_is_shown_the_status_and_scope_of_its_whole() -> None:
    context = read("Guards turned back 479 people. Of these 30 were children.")
    days, found, thread = Days(context, date(2024, 5, 10)), parts(context), Thread()
    whole, part = context.candidates
    seen = {"status": "refused", "subset": "False", "scope": "event"}
    thread.add(Reading(whole, dict(seen)))
    rows = evidence(context)
    status = status_features(context, days, part, rows[1], found, Scoped(), thread)
    assert "st:whole=refused" in status
    subset = subset_features(context, days, part, rows[1], found, thread, "refused")
    assert "su:tied" in subset and "su:wholestatus=True" in subset
    scope = scope_features(days, part, rows[1], found, thread, "refused", "True")
    assert "sc:whole=event/True" in scope


def test_bullets_under_a_larger_figure_are_seen_as_a_list_of_it() -> None:
    context = read(
        "Some 1,595 people came over.\nBy nationality:\n- India: 465 people\n- Nepal: 12"
    )
    days, found, thread = Days(context, date(2024, 5, 10)), parts(context), Thread()
    thread.add(Reading(context.candidates[0], {"status": "crossed", "scope": "event"}))
    row = subset_features(
        context, days, context.candidates[1], evidence(context)[1], found, thread, "crossed"
    )
    assert any(name.startswith("su:list=larger") for name in row)
