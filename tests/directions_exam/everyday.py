"""Scenes of every day: retail, mail order, hospital, nursing home, shorthand, and how other countries write."""

from __future__ import annotations

from decimal import Decimal

from tests.directions_exam.meaning import ANY, Part, Written
from tests.directions_exam.pick import Pick, dose_of

__all__ = ["SCENES"]

MEALS = frozenset({"C", "AC", "PC"})
SITES = {"drop": "eyes", "spray": "nostrils"}


def retail(pick: Pick) -> Written:
    """What a prescription for home says, in one of the usual orders."""
    unit, way, (one, many, ways, verbs) = pick.form(*([] if pick.chance(55) else ["tablet", "capsule"]))
    count, n = pick.amount(pick.counts(unit))
    site, route = pick.said(SITES[unit]) if unit in SITES else (None, pick.words(ways))
    times, when = pick.when("")
    why, need = pick.reason() if pick.chance(30) else (None, "")
    length, long = pick.lasting(25)
    most, cap = pick.limit(many) if need and pick.chance(25) else (None, "")
    extra = pick.line("advice") if pick.chance(15) else ""
    order = pick.line("retail orders")
    text = order.format(
        v=pick.words(verbs), n=n, u=_forms(pick, one, many, count), r=route, w=when, p=need, l=long, m=cap, x=extra
    )
    told = "{r}" in order
    part = Part(
        dose_of(count, unit), way if told and way not in ("ophthalmic", "inhalation") else ANY,
        site if told else None, times, may=MEALS if extra.endswith(("food", "milk")) else frozenset(),
        prn=bool(need), reason=why,
        maxima=frozenset({(most, unit, "1d")}) if most and "{m}" in order else frozenset(),
        duration=length if "{l}" in order else None,
    )  # fmt: skip
    return Written(text, (part,), "retail")


def _forms(pick: Pick, one: str, many: str, count: str) -> str:
    """The form as it is written after a number."""
    return pick.words(one if Decimal(count.rpartition("-")[2]) <= 1 else many)


def shorthand(pick: Pick) -> Written:
    """ "1tab po bid x10d", "T1T PO BID PRN P": no blanks, no vowels."""
    count, n = pick.said("short counts")
    letter, unit = pick.of(
        [("T", "tablet"), ("C", "capsule"), ("TAB", "tablet"), ("caps", "capsule"), ("tabs", "tablet")]
    )
    head = pick.words("T|TK |Take |TAKE ") if pick.chance(40) else ""
    glue = "" if pick.chance(40) else " "
    if n.startswith("i") or len(letter) == 1:
        head, glue = ("T", "") if len(letter) == 1 and not n.startswith("i") else ("", " ")
        letter = letter if len(letter) > 1 or head else {"T": "tabs", "C": "caps"}[letter]
    name, times = pick.said("short times")
    route = pick.words("PO|po|po|p.o.|PO|")
    why, need = pick.said("short reasons")
    length, long = pick.said("short lengths")
    part = Part(
        dose_of(str(count), unit), "oral" if route else ANY, None, frozenset({str(name)}), prn=bool(need),
        reason=None if why == "bare" else why, duration=length,
    )  # fmt: skip
    return Written(f"{head}{n}{glue}{letter} {route} {times} {need} {long}", (part,), "shorthand")


def hospital(pick: Pick) -> Written:
    """Orders of a ward: a mass, commas, a schedule, a score of pain."""
    value, unit, form = pick.line("ward doses").split()
    route, way = pick.said("ward routes")
    times, when = pick.when("1/d|2/d|3/d|4/d|q4h|q6h|q8h|q12h|q24h|HS|q4-6h|MORN|q2h|q3-4h")
    why, need = pick.said("ward reasons")
    length, long = pick.lasting(20, "3 d|5 d|7 d|10 d|1 d|14 d")
    order = pick.line("ward orders")
    if "-" in value:
        order = order.replace(" = {one}", "")
    beside = f"1 {form}"
    text = order.format(d=f"{value}{pick.words(' | ||')}{unit}", one=beside, r=way, w=when, p=need, l=long)
    part = Part(
        dose_of(value.replace(",", ""), unit), route, None, times, prn=bool(need), reason=why, duration=length,
        strength=beside if "{one}" in order else ANY,
    )  # fmt: skip
    return Written(text, (part,), "hospital")


def nursing_home(pick: Pick) -> Written:
    """ "Give 1 tablet by mouth two times a day for HTN": the sentences that software of nursing homes writes."""
    unit, count = pick.words("tablet|capsule"), pick.words("1|2|0.5|3")
    times, often = pick.said("home times")
    why, need = pick.said("home reasons") if pick.chance(35) else (ANY, "")
    length, long = pick.lasting(25, "7 d|10 d|5 d|14 d|3 d")
    note = pick.line("home notes")
    text = f"Give {count} {unit} by mouth {often} {need or pick.line('home illnesses')} {long} {note}"
    part = Part(
        dose_of(count, unit), "oral", None, frozenset(str(times).split("+")),
        may=MEALS if "before meals two" in often else frozenset(), prn=bool(need), reason=why if need else None,
        maxima=frozenset({("3", "g", "1d")}) if note.startswith("Max") else frozenset(), duration=length,
    )  # fmt: skip
    return Written(text, (part,), "nursing home")


def mail_order(pick: Pick) -> Written:
    """ "TAKE 1 TABLET(S) EVERY DAY BY ORAL ROUTE FOR 90 DAYS." """
    count, n = pick.amount("1|1|2|0.5|1.5|3|1-2")
    unit, form = pick.said("mail forms")
    times, when = pick.when("1/d|2/d|3/d|HS|MORN|1/wk|q12h|EVE|2/d|1/d|mon+wed+fri|CM|q2d")
    length, long = pick.lasting(50, "30 d|90 d|3 mo")
    order = pick.line("mail orders")
    text = order.format(n=n, u=form, w=when, l=long, x=pick.line("mail notes"))
    part = Part(dose_of(count, unit), "oral", None, times, duration=length if "{l}" in order else None)
    return Written(text, (part,), "mail order")


def abroad(pick: Pick) -> Written:
    """Britain, Australia, India: "ONE TO BE TAKEN TWICE A DAY", "1 BD", "1 mane", "2 QDS"."""
    count, n = pick.said("abroad counts")
    unit, thing = pick.said("abroad forms")
    dose = dose_of(str(count), unit)
    if unit == "mL":
        dose, n = (dose_of("5", "mL"), "one") if dose[0] == dose[1] else (dose_of("5-10", "mL"), "one or two")
    if thing and (n == "one or two" or (dose[1] > 1 and unit != "mL")):
        thing += "s"
    times, when = pick.said("abroad times")
    why, need = pick.said("abroad reasons")
    length, long = pick.said("abroad lengths")
    text = pick.line("abroad orders").format(n=n, t=thing, w=when, p=need, l=long)
    part = Part(
        dose, ANY, None, frozenset({str(times)}), prn=bool(need), reason=None if why == "bare" else why, duration=length
    )
    return Written(text, (part,), "abroad")


def beside(pick: Pick) -> Written:
    """Another strength taken with it."""
    count, n = pick.amount("1|1|2|1.5")
    times, when = pick.when("1/d|2/d|HS|MORN|q12h")
    text = (
        f"Take {n} {'tablet' if count == '1' else 'tablets'} {pick.words('by mouth|po|')} {when} {pick.line('beside')}"
    )
    return Written(text, (Part(dose_of(count, "tablet"), ANY, None, times),), "beside")


SCENES = [retail, retail, retail, shorthand, hospital, nursing_home, mail_order, abroad, beside]
