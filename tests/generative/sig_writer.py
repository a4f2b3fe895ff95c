"""A writer of directions that knows nothing of the reader: values are drawn, and each is put into one of many wordings.

No wording is taken from the vocabulary; the orders are those prescribers use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from tallman.core.sig import Duration, Event, Frequency, Interval, Step

__all__ = ["Meant", "is_meant", "written"]

Spellings = list[str]
AMOUNTS: dict[tuple[str, str], Spellings] = {
    ("1", "1"): ["1", "one", "one (1)", "1 (one)", "1.0", "(1)"], ("2", "2"): ["2", "two", "two (2)", "2 (two)"],
    ("3", "3"): ["3", "three", "three (3)"], ("0.5", "0.5"): ["1/2", "½", "0.5", ".5", "one-half", "half a"],
    ("1.5", "1.5"): ["1.5", "1 1/2", "1-1/2", "1½", "one and one-half", "one and a half"],
    ("1", "2"): ["1-2", "1 - 2", "1 to 2", "one to two", "1 or 2", "one or two", "one to two (1-2)"],
    ("2", "3"): ["2-3", "two to three", "2 or 3"], ("0.5", "1"): ["1/2-1", "1/2 to 1", "0.5-1", "one-half to one"],
}  # fmt: skip
FORMS: dict[tuple[str, str], tuple[Spellings, Spellings]] = {
    ("tablet", "oral"): (["tab", "tabs", "tablet", "tablets", "tablet(s)"], ["po", "by mouth", "by oral route"]),
    ("capsule", "oral"): (["cap", "caps", "capsule", "capsules"], ["po", "by mouth", "PO", "orally"]),
    ("mL", "oral"): (["ml", "mL", "mls", "milliliters"], ["po", "by mouth", "orally"]),
    ("puff", "inhalation"): (["puff", "puffs"], ["inhaled", "by inhalation", "into the lungs", "inh"]),
    ("drop", "ophthalmic"): (["drop", "drops", "gtt", "gtts"], ["in both eyes", "ou", "into each eye", "OU"]),
    ("spray", "nasal"): (["spray", "sprays"], ["in each nostril", "into both nostrils", "each nostril"]),
    ("suppository", "rectal"): (["suppository", "supp", "suppositories"], ["rectally", "pr", "per rectum"]),
    ("unit", "subcutaneous"): (["units", "unit"], ["subcut", "sc", "subq", "under the skin", "subcutaneously"]),
}  # fmt: skip
When = Frequency | Interval | Event


def _times(count: int, period: str = "d") -> Frequency:
    return Frequency(count, count, Decimal(1), period)


def _every(low: int, high: int, unit: str) -> Interval:
    return Interval(Decimal(low), Decimal(high), unit)


WHEN: list[tuple[When, Spellings]] = [
    (_times(1), ["daily", "once daily", "qd", "every day", "once a day", "q day", "1 time per day", "one time daily"]),
    (_times(2), ["bid", "twice daily", "2 times a day", "two times daily", "b.i.d.", "2x/day", "2 (two) times daily"]),
    (_times(3), ["tid", "three times daily", "3 times a day", "3x daily", "t.i.d.", "three times per day"]),
    (_times(4), ["qid", "four times a day", "4 times daily", "4x/day"]),
    (_times(1, "wk"), ["weekly", "once a week", "every week", "once weekly", "q week", "1 time per week"]),
    (_times(2, "wk"), ["twice a week", "2 times a week", "two times per week", "2x/week"]),
    (_every(2, 2, "d"), ["every other day", "qod", "every 2 days", "q.o.d.", "every two days"]),
    (_every(4, 4, "h"), ["q4h", "every 4 hours", "every four hours", "q 4 h", "q4hrs", "every 4 (four) hours"]),
    (_every(8, 8, "h"), ["q8h", "every 8 hours", "q 8 hours", "every eight (8) hours"]),
    (_every(4, 6, "h"), ["q4-6h", "every 4-6 hours", "every 4 to 6 hours", "every four to six hours", "q4h-q6h"]),
    (_every(2, 2, "wk"), ["every 2 weeks", "every other week", "q2 weeks", "every two weeks"]),
    (Event("HS"), ["at bedtime", "qhs", "hs", "every night at bedtime", "q hs"]),
    (Event("MORN"), ["every morning", "in the morning", "qam", "q am", "each morning"]),
    (Event("ACM", 30), ["30 minutes before breakfast", "1/2 hour before breakfast", "30 min prior to breakfast"]),
]  # fmt: skip
REASONS: list[tuple[str | None, Spellings]] = [
    (None, [""]), ("pain", ["prn pain", "as needed for pain", "if needed for pain", "prn for pain", "p.r.n. pain"]),
    ("nausea", ["prn nausea", "as needed for nausea", "as needed (nausea)", "as needed for the nausea"]),
]  # fmt: skip
LENGTHS: list[tuple[Duration | None, Spellings]] = [
    (None, [""]),
    (Duration(Decimal(7), Decimal(7), "d"), ["x 7 days", "for 7 days", "x7d", "for seven days", "for 7 (seven) days"]),
    (Duration(Decimal(2), Decimal(2), "wk"), ["for 2 weeks", "x 2 wks", "for two weeks", "x2 weeks"]),
]  # fmt: skip
ORDERS = [
    "{amount} {form} {route} {when} {reason} {length}", "{amount} {form} {when} {route} {reason} {length}",
    "{amount} {form} {route} {when} {length} {reason}", "Take {amount} {form} {route} {when} {reason} {length}.",
    "{amount} {form} {route} {reason} {when} {length}",
]  # fmt: skip


class Meant(NamedTuple):
    """What was drawn, and the texts it is written as."""

    amount: tuple[str, str]
    form: tuple[str, str]
    when: When
    reason: str | None
    length: Duration | None
    texts: list[str]


def written(draw: Callable[[Sequence[Any]], Any], wordings: int = 1) -> Meant:
    """One direction in so many wordings; `draw` picks one of several."""
    amount, form = draw(sorted(AMOUNTS)), draw(sorted(FORMS))
    when, whens = draw(WHEN)
    reason, reasons = draw(REASONS)
    seldom = when == _every(2, 2, "wk")
    length, lengths = draw([one for one in LENGTHS if not (seldom and one[0] and one[0].unit == "d")])
    pieces = {
        "amount": AMOUNTS[amount], "form": FORMS[form][0], "route": FORMS[form][1], "when": whens, "reason": reasons,
        "length": lengths,
    }  # fmt: skip
    texts = []
    for _ in range(wordings):
        text = draw(ORDERS).format(**{name: draw(spellings) for name, spellings in pieces.items()})
        text = " ".join(text.split())
        texts.append(draw([text, text.upper(), text.lower()]))
    return Meant(amount, form, when, reason, length, texts)


def is_meant(step: Step, meant: Meant) -> bool:
    """Whether the step says all that was meant, and nothing else."""
    timing = step.timing
    held = [part for part in (timing.frequency, timing.interval, *timing.events) if part is not None]
    if timing.events and _times(1) in held:
        held.remove(_times(1))
    dose = step.dose
    if dose is None:
        return False
    said = (dose.low, dose.high), (dose.unit, step.route), held, (step.prn, step.prn_reason), step.duration
    low, high = map(Decimal, meant.amount)
    reason = meant.reason is not None, meant.reason
    return said == ((low, high), meant.form, [meant.when], reason, meant.length)
