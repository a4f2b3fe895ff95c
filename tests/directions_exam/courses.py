"""Scenes in which the dose changes: tapers, titrations, a first double dose, rounds of days, other days other doses."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.directions_exam.meaning import ANY, Part, Written
from tests.directions_exam.pick import Pick, dose_of

__all__ = ["SCENES"]

DAY = frozenset({"1/d"})
WEEK = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})
SHORT = {"tablet": "tab", "capsule": "cap", "unit": "units", "~": ""}


def _link(i: int, kind: str = "then") -> str:
    return kind if i else "first"


def _shown(count: str, unit: str) -> str:
    """A half of a tablet is written as a fraction."""
    return "1/2" if count == "0.5" and unit == "tablet" else count


def taper(pick: Pick) -> Written:
    """Ever less for so many days each."""
    counts, days = pick.line("tapers").split(), pick.words("2|3|4|5|7")
    way, line = pick.said("taper lines")
    piece, _, joint = line.partition(">")
    lines = [piece.format(c=_shown(c, "tablet"), d=days) for c in counts]
    lines = [x.replace("1 tablets", "1 tablet").replace("1/2 tablets", "1/2 tablet") for x in lines]
    head = pick.words("Take|TAKE") if way in ("long", "then", "followed") or pick.chance(50) else ""
    text = f"{head} {joint.join(lines)}{pick.words('| then stop|, then discontinue|')}"
    parts = [
        Part(dose_of(c, "tablet"), ANY, times=DAY, duration=f"{days} d", link=_link(i)) for i, c in enumerate(counts)
    ]
    return Written(text, tuple(parts), "taper")


def taper_in_milligrams(pick: Pick) -> Written:
    """ "Take 60 mg daily x 3 days, then 40 mg daily x 3 days"."""
    doses = [f"{int(Decimal(c) * 20)}" for c in pick.line("tapers").split()]
    days = pick.words("2|3|4|5|7")
    lines = [f"{d}{pick.words('mg| mg')} daily x {days} days" for d in doses]
    text = f"Take {pick.words(', then |, ').join(lines)}{pick.words('| then stop|, then d/c')}"
    parts = [Part(dose_of(d, "mg"), ANY, times=DAY, duration=f"{days} d", link=_link(i)) for i, d in enumerate(doses)]
    return Written(text, tuple(parts), "taper")


def taper_by_day(pick: Pick) -> Written:
    """ "6 tabs on day 1, 5 tabs on day 2"."""
    counts = pick.line("tapers").split()
    lines = [f"{c} {pick.words('tabs|tab|tablets')} {pick.words('on day|day')} {i}" for i, c in enumerate(counts, 1)]
    parts = [
        Part(dose_of(c, "tablet"), ANY, days=f"d {i}-{i}", link=_link(i - 1), may=DAY) for i, c in enumerate(counts, 1)
    ]
    return Written(f"{pick.words('Take|TAKE|take|')} {', '.join(lines)}", tuple(parts), "taper")


def drops_taper(pick: Pick) -> Written:
    """Drops after an operation: ever fewer times a day."""
    length, long = pick.said("drop lengths")
    often = pick.line("drop tapers").split()
    site, eye = pick.said("single eyes")
    lines = [f"{pick.said('drop times', o)[1]} {long}" for o in often]
    text = (
        f"{pick.words('Instill|Place|')} 1 {pick.words('drop|gtt')} {eye} {pick.words(', then |, | then ').join(lines)}"
    )
    parts = [
        Part(dose_of("1", "drop"), "ophthalmic", site, frozenset({f"{o}/d"}), duration=length, link=_link(i))
        for i, o in enumerate(often)
    ]
    return Written(text + pick.words("| then stop|, then stop."), tuple(parts), "drops taper")


def titration(pick: Pick) -> Written:
    """Ever more, each for so long, the last one to stay."""
    unit, route, *steps = pick.line("titrations").split()
    times, when = pick.when("1/wk" if route == "subcutaneous" else "1/d|HS|2/d|MORN")
    length, long = pick.said("titration lengths")
    verb, ways = (
        ("Inject", "subcutaneously|under the skin|subq|") if route == "subcutaneous" else ("Take", "by mouth|po|")
    )
    lines = []
    for i, count in enumerate(steps):
        several = "s" if unit in ("tablet", "capsule") and Decimal(count) > 1 else ""
        way = pick.words(ways) if i == 0 else ""
        name = f"{SHORT.get(unit, unit)}{several}"
        lines.append(f"{_shown(count, unit)} {name} {way} {when} {long if count != steps[-1] else ''}")
    text = f"{verb} {pick.line('titration links').join(lines)}{pick.words('|| thereafter')}"
    parts = [
        Part(dose_of(c, unit), ANY, None, times, duration=None if c == steps[-1] else length, link=_link(i))
        for i, c in enumerate(steps)
    ]
    return Written(text, tuple(parts), "titration")


def loading(pick: Pick) -> Written:
    """A first dose unlike the rest: "take 2 stat then 1 daily x 4 days"."""
    unit, first, rest = pick.line("loads").split()
    kind, begin = pick.said("load begins")
    times, when = pick.when("1/d|2/d|q12h")
    tail, said = pick.said("load rests")
    name, several = SHORT.get(unit, unit), "s" if unit in ("tablet", "capsule") else ""
    text = f"{pick.words('Take|take|TAKE|')} {first} {name}{several} {pick.words('|by mouth|po')} {begin}"
    text += f"{pick.line('load links')}{rest} {name} {when} {said}"
    code = None if unit == "~" else unit
    head = Part(
        dose_of(first, code), ANY, None, frozenset() if kind == "day" else frozenset({str(kind)}),
        days="d 1-1" if kind == "day" else None, may=DAY | {"once"},
    )  # fmt: skip
    days = "d 2-5" if tail == "days" else None
    then = Part(dose_of(rest, code), ANY, None, times, duration=None if days else tail, days=days, link="then")
    return Written(text, (head, then), "loading")


def by_weekday(pick: Pick) -> Written:
    """Warfarin: other days, other doses."""
    days, said = pick.said("some days")
    unit, one, two = pick.line("day doses").split()
    named, name = frozenset(str(days).split()), SHORT.get(unit, unit)
    a, b = f"{_shown(one, unit)} {name}", f"{_shown(two, unit)} {name}"
    some, rest = Part(dose_of(one, unit), ANY, times=named), Part(dose_of(two, unit), ANY, times=WEEK - named)
    if pick.chance(30):
        text = f"Take {b} {pick.words('daily|po daily|every day')} except {a} {said}"
        parts = (rest, replace(some, link="and"))
    else:
        text = f"{pick.words('Take|take|')} {a} {pick.words('|by mouth|po')} {said}"
        text += f"{pick.words(' and |, and |; |, | & ')}{b} {pick.line('other days')}"
        parts = (some, replace(rest, link="and"))
    return Written(text, tuple(replace(p, may=DAY) for p in parts), "by weekday")


def by_moment(pick: Pick) -> Written:
    """ "1 in am 2 in pm", "2 tabs qAM + 1 tab qHS"."""
    order = pick.line("moment orders").split()
    unit, name = pick.line("moment forms").split()
    ranges = {"mg": "5|10|20|25", "unit": "10|12|20|8", "tablet": "1|2|3|1|0.5"}
    counts = [pick.words(ranges.get(unit, "1|2|3")) for _ in order]
    if len(set(counts)) == 1:
        counts[0] = {"mg": "15", "unit": "14"}.get(unit, "4")
    joint = pick.words(" and |, | & | + | and take |; |, and ") if len(order) == 2 else pick.words(", |; | and ")
    lines = []
    for count, moment in zip(counts, order, strict=True):
        several = "s" if unit in ("tablet", "capsule") and Decimal(count) > 1 else ""
        shown = "1/2" if count == "0.5" else count
        lines.append(f"{shown} {'' if name == '~' else name}{several} {pick.said('moments', moment)[1]}")
    verb = "Inject" if unit == "unit" else pick.words("Take|take|")
    parts = [
        Part(dose_of(c, None if unit == "~" else unit), ANY, None, frozenset({m}), link=_link(i, "and"))
        for i, (c, m) in enumerate(zip(counts, order, strict=True))
    ]
    return Written(f"{verb} {joint.join(lines)}", tuple(parts), "by moment")


def rounds(pick: Pick) -> Written:
    """Chemotherapy: days of a round, days off, days of the month."""
    count, unit, name = pick.line("round doses").split()
    kind, order = pick.said("rounds")
    last, cycle = str(kind).split()
    times, when = pick.when("1/d|2/d|1/d")
    off = "" if cycle == "month" else int(cycle) - int(last)
    text = order.format(v=pick.words("Take|take|"), c=count, n=name, w=when, l=last, y=cycle, o=off)
    days = f"d 1-{last} of {'1mo' if cycle == 'month' else f'{cycle}d'}"
    return Written(text, (Part(dose_of(count, unit), ANY, None, times, days=days),), "rounds")


def weekly(pick: Pick) -> Written:
    """Methotrexate: one day a week."""
    count, unit, name = pick.line("round doses").split()
    day, said = pick.said("single days")
    part = Part(dose_of(count, unit), ANY, None, frozenset({"1/wk", str(day)}))
    return Written(pick.line("weekly").format(c=count, n=name, d=said), (part,), "weekly")


SCENES = [
    taper, taper_in_milligrams, taper_by_day, drops_taper, titration, titration, loading, loading, by_weekday,
    by_moment, by_moment, rounds, weekly,
]  # fmt: skip
