"""A dose taken besides, or again at another time of day, begun by the words that otherwise repeat one: "may take an
additional tablet at bedtime as needed"."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import SHAPED
from tallman.core.sig.model import Dose, Frequency, Interval
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader

__all__ = ["MAYBE", "besides", "hangs_on", "more_often"]

MAYBE = frozenset({"may", "can", "could", "ok", "okay", "needed", "be"})
"""Words with which it is left to the patient."""
_MORE = frozenset({"additional", "another", "second", "2nd"})
_THIRD = frozenset({"third", "3rd", "rd"})
_MOMENTS = frozenset({"MORN", "NOON", "AFT", "EVE", "NIGHT", "HS"})
_BADLY = frozenset({"severe", "bad", "in distress"})
_ONE = Decimal(1)


def besides(r: Reader) -> bool | None:
    """Begin the dose that is taken besides the one before; None where one only is repeated."""
    if not _THIRD.isdisjoint(r.word(r.at).split()):
        return _besides(r) if _is_third(r) else r.refuse(r.at + 1)
    if not _MORE.isdisjoint(r.word(r.at).split()) and _is_besides(r):
        return _besides(r)
    moment = _at_moment(r, r.at + 1)
    return _again_at(r, moment) if moment > r.at else None


@needs("every", "interval")
def more_often(r: Reader) -> bool:
    """ "Every 4 hours as needed, may use q20min x3 if severe": the same more often, where it is bad."""
    held, i = r.draft, r.at
    while r.word(i) in MAYBE or r.term(i, "verb"):
        i += 1
    every = r.number(i + 1) if r.term(i, "every") and i > r.at else None
    regular = held.dose and held.prn and (held.interval or held.frequency)
    if not every or not regular or r.word(r.at).split()[0] not in MAYBE or r.term(every[1], "period") != "min":
        return False
    end = every[1] + 1
    times = r.number(end + 1) if r.term(end, "for") else None
    hangs = times[1] + (r.word(times[1]) in ("dose", "doses")) if times else 0
    badly = hangs + 1 if times and r.term(hangs, "if") else 0
    if not times or not badly or r.word(badly) not in _BADLY or not _ends(r, badly + 1):
        return False
    draft = r.begin("and")
    draft.dose, draft.route, draft.interval = held.dose, held.route, Interval(every[0], every[0], "min")
    draft.count, draft.prn, draft.prn_reason = int(times[0]), True, f"severe {held.prn_reason or 'symptoms'}"
    return r.took(badly + 1)


def _ends(r: Reader, i: int) -> bool:
    return i >= r.n or r.word(i) in (".", ";", ")")


def hangs_on(r: Reader, i: int) -> bool:
    """Whether "if the patient does not respond" stands before it in its sentence."""
    while i > 0 and r.word(i - 1) not in (".", ";", "\n"):
        i -= 1
        if r.term(i, "if") or r.term(i, "unrelieved"):
            return True
    return False


def _is_besides(r: Reader) -> bool:
    """Whether it is told when, or for what, one more may be taken than what is taken each day: "twice a day, may take an
    additional tablet for breakthrough pain as needed"."""
    draft, j = r.draft, r.at + 1
    regular = draft.dose and draft.has_timing() and not (draft.prn or draft.once or draft.stat or draft.trigger)
    told = (
        r.term(j, "reason_lead")
        or (r.term(j, "prn") and r.term(j + 1, "reason_lead"))
        or r.term(j, "event")
        or (r.word(j) in ("in", "at") and r.term(j + 1, "event"))
    )
    end = next((k for k in range(j, r.n) if r.word(k) in (".", ";")), r.n)
    return bool(regular and told) and any(r.term(k, "prn") or r.term(k, "if") for k in range(j, end))


def _is_third(r: Reader) -> bool:
    """Whether two doses a day are told, as needed a third: "twice daily, may take a third dose if needed"."""
    draft, end = r.draft, next((k for k in range(r.at, r.n) if r.word(k) in (".", ";")), r.n)
    twice = draft.frequency == Frequency(2, 2) or (not draft.frequency and len(draft.events) == 2)
    return bool(draft.dose and twice and not draft.prn) and any(
        r.term(k, "prn") or r.term(k, "if") for k in range(r.at, end)
    )


def _besides(r: Reader) -> bool:
    """Begin the dose that may be taken besides."""
    held, last = r.draft.dose, r.word(r.at).split()[-1]
    is_form = last not in ("dose", "additional", "another", "second", "2nd", "more")
    if held is None or (is_form and held.unit not in (None, *SHAPED)):
        return r.refuse(r.at + 1)  # "10 mg twice a day, may take additional tablet": how much that is, is not said
    draft = r.begin("and")
    one = Dose(_ONE, _ONE if is_form else max(held.high, _ONE), held.unit)
    draft.dose = held if last == "dose" or held.unit not in (None, *SHAPED) else one
    draft.is_extra = True
    return r.took(r.at + 1)


def _at_moment(r: Reader, j: int) -> int:
    """Where the time of day stands at which a dose that has one is taken again: "in the morning, may repeat at noon"; -1
    where none does."""
    draft = r.draft
    j += bool(r.term(j, "at")) or r.word(j) in ("in", "in the", "at")
    timed = draft.dose and draft.events and not (draft.frequency or draft.interval or draft.repeat or draft.prn)
    ends = (
        j + 1 >= r.n
        or r.word(j + 1) in (".", ";", ",", ")", "*")
        or r.term(j + 1, "prn")
        or r.term(j + 1, "unrelieved")
    )
    moment = r.term(j, "event") in _MOMENTS and r.term(j, "event") not in {e.code for e in draft.events}
    return j if timed and ends and moment else -1


def _again_at(r: Reader, moment: int) -> bool:
    """Begin the same dose at another time of day, needed or due as the words say."""
    held, words = r.draft.dose, set(r.word(r.at).split())
    same = bool(words & {"repeat", "repeated", "rpt", "dose"})
    if not held or not (same or held.unit in SHAPED):
        return False
    draft = r.begin("and")
    draft.dose = held if same else Dose(_ONE, _ONE, held.unit)  # "2 in the morning, may take 1 more at noon"
    draft.prn = bool(words & MAYBE)
    return r.took(moment)
