"""Made-up reports as realistic as a benchmark needs: crises over fifteen years, told by the press.

Each crisis lies on a real border (`data/crossings.csv`), rises and fades, has its speakers and its
nationalities. A day, a crossing and a group have one true number, which reports round, dispute,
sum up or announce: so daily figures, running totals, expectations, parts of other figures, rivals
and near copies all occur. The same seed gives the same reports.
"""

from __future__ import annotations

import random
import zlib
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bench.made_sentences import WORDS, Claim, rendered
from extraction.countries import country_name
from extraction.gazetteer import Place, read_places
from extraction.record import Record
from extraction.reports import Report

Told = tuple[Report, list[Record]]

FIRST_DAY, LAST_DAY = date(2010, 6, 1), date(2025, 9, 30)
PER_REPORT = 8
COPIED = 0.06
"""The share of reports that are another's text with a line changed."""
_FOREIGNERS = ("US", "GB", "CA", "FR", "DE", "IN", "PH", "CN", "TR", "AU", "BR", "JO", "UA", "NG")
_FOREIGNERS += ("ID", "NL", "SE", "IT", "ES", "PL", "JP", "KR", "ZA", "LK", "NP", "PK", "BD", "RO")
_GROUPS = tuple(name for name in WORDS["groups"] if name != "unspecified")
_KINDS = {"crossed": 30, "named": 18, "part": 14, "running": 13, "expected": 10, "waiting": 9}
_KINDS |= {"refused": 6}


@dataclass(frozen=True, slots=True)
class Crisis:
    """One flight of people over one border: where, when, how many on its first days, who."""

    number: int
    places: tuple[Place, ...]
    origin: str
    destination: str
    start: date
    days: int
    people: int
    nationalities: tuple[str, ...]
    speakers: tuple[str, ...]
    publishers: tuple[str, ...]
    latest: deque[Told] = field(default_factory=lambda: deque(maxlen=4))

    def true(self, day: date, *what: str) -> int:
        """The number that the day has for a crossing, a group and so on: always the same one."""
        code = zlib.crc32("|".join((str(self.number), day.isoformat(), *what)).encode())
        fading = max(1 - (day - self.start).days / (self.days + 1), 0.05)
        return max(int(self.people * fading * (0.4 + code % 1000 / 800) / 3 ** (len(what) - 1)), 2)


def made_reports(records: int, seed: int = 8) -> Iterator[Told]:
    """Reports in the order of their days, with `records` records in all, about eight each."""
    dice = random.Random(seed)
    n = max(records // PER_REPORT, 1)
    crises = _crises(dice, min(max(n // 2000, 12), 80))
    weights = [dice.lognormvariate(0, 0.7) for _ in crises]
    told = [
        (crisis.start + timedelta(int(crisis.days * dice.betavariate(1.1, 2.5))), crisis)
        for crisis in dice.choices(crises, weights, k=n)
    ]
    told.sort(key=lambda one: (one[0], one[1].number))
    left = records
    for number, (day, crisis) in enumerate(told):
        coming = n - number - 1
        if coming and crisis.latest and dice.random() < COPIED:
            report, figures = _copied(dice, crisis, number, day)
            figures = figures[: max(left - coming, 0)]
        else:
            fair = round(left / (coming + 1) + dice.gauss(0, 2.5))
            size = max(min(fair, 16, left - coming), 1) if coming else left
            report, figures = _written(dice, crisis, number, day, size)
            crisis.latest.append((report, figures))
        left -= len(figures)
        yield report, figures


def _crises(dice: random.Random, n: int) -> list[Crisis]:
    borders: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in read_places():
        if place.country_b and place.country_b != place.country_a:
            borders[place.country_a, place.country_b].append(place)
    pairs = dice.sample(sorted(borders), n)
    return [_crisis(dice, number, pair, borders[pair]) for number, pair in enumerate(pairs)]


def _crisis(dice: random.Random, number: int, pair: tuple[str, str], places: list[Place]) -> Crisis:
    origin, destination = dice.sample(pair, 2)
    days = dice.randint(25, 700)
    start = FIRST_DAY + timedelta(dice.randrange((LAST_DAY - FIRST_DAY).days - days))
    at = tuple(dice.sample(places, min(len(places), dice.randint(1, 5))))
    names = {"origin": country_name(origin), "destination": country_name(destination)}
    said = WORDS["speakers"]
    bodies = [body.format(crossing=at[0].name, **names) for body in said["bodies"]]
    people = [
        f"{dice.choice(said['offices'])} {dice.choice(said['first'])} {dice.choice(said['last'])}"
        for _ in range(60)
    ]
    papers = [
        f"{a} {b}" for a in WORDS["publishers"]["places"] for b in WORDS["publishers"]["kinds"]
    ]
    return Crisis(
        number,
        at,
        origin,
        destination,
        start,
        days,
        people=int(10 ** dice.uniform(1.7, 4.2)),
        nationalities=tuple(dice.sample(_FOREIGNERS, 12)),
        speakers=(*dice.sample(bodies, 8), *people),
        publishers=tuple(dice.sample(papers, 25)),
    )


def _written(dice: random.Random, crisis: Crisis, number: int, day: date, size: int) -> Told:
    """A new report of `size` figures, with sentences about other things between them."""
    name = f"made-{number:07}"
    title = f"{dice.choice(WORDS['titles']['starts'])} at {crisis.places[0].name}, day {number}"
    text = f"{title}\n\n"
    figures: list[Record] = []
    speaker = dice.choice(crisis.speakers)
    last: Claim | None = None
    for _ in range(size):
        if dice.random() < 0.5:
            text += _filler(dice) + (" " if dice.random() < 0.7 else "\n\n")
        if dice.random() < 0.3:
            speaker = dice.choice(crisis.speakers[: 8 if dice.random() < 0.7 else None])
        claim = _claim(dice, crisis, day, speaker, last)
        words, record = rendered(dice, claim, name, len(text))
        figures.append(record)
        text += words + (" " if dice.random() < 0.7 else "\n\n")
        last = claim
    text += _filler(dice)
    return Report(name, text, title, day, dice.choice(crisis.publishers), language="en"), figures


def _copied(dice: random.Random, crisis: Crisis, number: int, day: date) -> Told:
    """An earlier report as another paper prints it: a line on top, the same text below."""
    report, figures = dice.choice(crisis.latest)
    name = f"made-{number:07}"
    line = f"{_filler(dice)}\n\n"
    moved = [
        replace(one, article=name, start=one.start + len(line), end=one.end + len(line))
        for one in figures
    ]
    paper = dice.choice(crisis.publishers)
    text = line + report.text
    return Report(name, text, report.title, day, paper, language="en"), moved


def _claim(
    dice: random.Random, crisis: Crisis, day: date, speaker: str, last: Claim | None
) -> Claim:
    """What one figure states; a part is of what the last one stated."""
    kind = dice.choices(list(_KINDS), _KINDS.values())[0]
    if kind == "part" and last is None:
        kind = "crossed"
    place = crisis.places[min(int(dice.expovariate(1.2)), len(crisis.places) - 1)]
    crossing = None if dice.random() < 0.05 else place.name
    if crossing and place.aliases and dice.random() < 0.1:
        crossing = dice.choice(place.aliases)
    of_day = day - timedelta(dice.choice((0, 0, 0, 1, 1, 2)))
    group = "unspecified" if dice.random() < 0.35 else dice.choice(_GROUPS)
    nationality: tuple[str, ...] = ()
    demographic, since = None, None
    true = crisis.true(of_day, place.name, *([group] if group != "unspecified" else []))
    if kind == "named":
        group = "foreign_national"
        pick = min(int(dice.expovariate(0.3)), len(crisis.nationalities) - 1)
        nationality = (crisis.nationalities[pick],)
        true = crisis.true(of_day, place.name, group, *nationality)
    elif kind == "part" and last is not None:
        group, of_day, crossing = last.group, last.day or of_day, last.crossing
        demographic = dice.choice(tuple(WORDS["demographics"]))
        true = max(int(last.count * dice.uniform(0.1, 0.6)), 1)
    elif kind == "running":
        group = "unspecified"
        since = crisis.start
        true = crisis.true(crisis.start, place.name) * ((day - since).days * 3 // 5 + 1)
    elif kind == "expected":
        of_day = day + timedelta(dice.choice((0, 1, 1, 2)))
    if dice.random() < 0.15:  # a rival figure: another count of the same people
        true = max(int(true * dice.uniform(0.6, 1.7)), 1)
    status = kind if kind in ("expected", "waiting", "refused") else "crossed"
    if kind == "part" and last is not None:
        status = last.status
    return Claim(
        kind=kind,
        status=status,
        count=min(true, 900_000_000),
        group=group,
        demographic=demographic,
        nationality=nationality,
        day=None if dice.random() < 0.03 else of_day,
        since=since,
        crossing=crossing,
        origin=crisis.origin,
        destination=crisis.destination,
        speaker=speaker,
    )


def _filler(dice: random.Random) -> str:
    return " ".join(dice.choice(words) for words in WORDS["filler"].values()) + "."
