"""Doses without a number before them: "a tablet", "contents of a vial", "another at night", "spray twice", "tabs ii"."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.sig.amounts import SHAPED, is_measured, measure, past_half, unit_at
from tallman.core.sig.doses import inherited_unit, settle
from tallman.core.sig.lexicon import SAID
from tallman.core.sig.model import Dose
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.strengths import NO_DOSE

__all__ = ["and_a_half", "bare_unit", "counted_behind", "single_piece", "sprayed", "wiped"]

_HALF = Decimal("0.5")
_ONE_OF = frozenset({"a second", "a 2nd", "a", "an", "another", "additional", "extra", "an additional", "an extra"})
_ONE_EACH = frozenset({"needle", "lancet", "device"})
_ONE_AT_A_TIME = frozenset({"patch", "ring", "suppository", "enema", "pessary"})
_COUNTED_BEHIND = frozenset({"drop", "suppository", "puff", "spray", "patch"})
_NO_COUNT = frozenset({"/", "%", ".", "x", "-"})
_MOST_IN_DIGITS = 4
_TO_TEST = frozenset(
    {"lancets", "strips", "test strips", "lancet", "strip", "test strip", "pen needles", "needles", "syringes"}
)
_FRESH = frozenset({"new", "fresh", "clean", "single"})


_BREATHED = frozenset({"spray", "inhale"})


def sprayed(r: Reader) -> bool:
    """ "Spray twice in each nostril", "inhale 2 times by mouth every 12 hours": so many at one time."""
    if _BREATHED.isdisjoint((r.verb, r.draft.method)):
        return False
    counted = r.number(r.at) if r.term(r.at, "num") is not None else None
    end = counted[1] + 1 if counted and r.term(counted[1], "times") else r.at + 1
    times = r.term(r.at, "fold") or (Decimal(1) if r.word(r.at) == "once" else counted[0] if counted else None)
    if times is None or (counted and end == r.at + 1) or r.draft.dose or r.draft.has_timing():
        return False
    placed = any(r.term(end, kind) for kind in ("place", "prep")) and not r.term(end, "freq")
    if "spray" in (r.verb, r.draft.method):
        return placed and settle(r, Dose(times, times, "spray"), None, end)
    breathed = counted and "inhale" in (r.verb, r.draft.method) and (r.term(end, "route") or r.term(end, "every"))
    return bool(breathed) and settle(r, Dose(times, times, "inhalation"), None, end)


@needs(SAID)
def and_a_half(r: Reader) -> bool:
    """ "Tableta y media": one and a half, in Spanish."""
    unit = unit_at(r, r.at)
    spooned = r.term(r.at, "spoon") is not None
    end = past_half(r, unit[0], unit[2], spooned=spooned) if unit else 0
    if not unit or not end or (r.at and r.term(r.at - 1, "num") is not None):
        return False
    amount = unit[1] * (1 + _HALF)
    return settle(r, Dose(amount, amount, unit[0]), None, end)


def single_piece(r: Reader) -> bool:
    """ "A single spray", "one single tablet": one of them, and not once."""
    if not r.word(r.at).endswith("single") or r.draft.dose:
        return False
    unit = unit_at(r, r.at + 1)
    if unit is None or is_measured(unit[0]) or unit[0] in NO_DOSE or unit[0] == "dose":
        return False
    return settle(r, Dose(Decimal(1), Decimal(1), unit[0]), None, unit[2])


def _is_one_more(r: Reader, i: int) -> bool:
    """Whether "another" before a time of day is one more of the single thing taken before."""
    before = next((d.dose for d in reversed(r.drafts) if d.dose), None)
    timed = any(r.term(i, kind) for kind in ("event", "at")) and r.draft.has_timing()
    return bool(timed and before and before.low == before.high == 1 and before.unit in SHAPED)


def bare_unit(r: Reader) -> bool:
    """ "a tablet", "contents of vial": one of them."""
    i = r.at
    if r.term(i, "another") and r.term(i + 1, "num") is not None:
        r.at += 1
        return True  # "an additional half tablet"
    if r.term(i, "unit") in _ONE_EACH and r.word(i).startswith("new ") and r.draft.dose is None:
        return settle(r, Dose(Decimal(1), Decimal(1), r.term(i, "unit")), None, i + 1)  # "use new pen needle"
    if r.draft.method == "use" and r.draft.is_blank() and r.word(i) in _TO_TEST and r.term(i + 1, "instr"):
        r.at += 1
        return True  # "use lancets to check blood sugar twice daily"
    put_on = r.term(i - 1, "verb") in ("apply", "insert", "place", "use") if i else False
    if put_on and r.word(i) in _ONE_AT_A_TIME and r.draft.dose is None and not r.numbers(i + 1):
        return settle(r, Dose(Decimal(1), Decimal(1), r.term(i, "unit")), None, i + 1)  # "apply patch weekly"
    if r.word(i) not in _ONE_OF and not r.term(i, "contents"):
        return False
    unit = unit_at(r, i + 1 + (r.word(i + 1) in _FRESH))
    if r.word(i) == "another" and _is_one_more(r, i + 1):
        return settle(r, Dose(Decimal(1), Decimal(1), inherited_unit(r)), None, i + 1)  # "and another at night"
    if unit is None or (is_measured(unit[0]) and unit[1] == 1) or unit[0] in NO_DOSE:
        return False
    half = past_half(r, unit[0], unit[2])
    value = unit[1] + (_HALF if half else 0)
    return settle(r, Dose(value, value, unit[0]), None, half or unit[2])


def counted_behind(r: Reader) -> bool:
    """ "Tab i stat", "gtts ii", "tsp ss": the form stands before the count, as it did in Latin."""
    spoon, unit = r.term(r.at, "spoon"), r.term(r.at, "unit")
    if r.draft.dose and r.draft.has_schedule() is False and r.pending is None:
        return False
    if (spoon is None and not (unit in SHAPED or unit in _COUNTED_BEHIND)) or r.draft.product:
        return False
    i = r.at + 1 + (r.word(r.at + 1) == ".")
    found = r.numbers(i)
    digits = r.text[r.items[i].start : r.items[i].end].isdigit()
    if found is None or (digits and (found[1] > _MOST_IN_DIGITS or r.word(i).startswith("0"))):
        return False
    low, high, j = found
    if any(r.term(j, kind) for kind in ("unit", "spoon", "period", "times", "hourly", "day")) or r.word(j) in _NO_COUNT:
        return False
    scale = Decimal(1) if spoon is None else spoon
    return settle(r, Dose(low * scale, high * scale, unit if spoon is None else "mL"), None, j)


def wiped(r: Reader) -> bool:
    """ "Wipe the lids with 1 pad": what it is done with is the dose."""
    if not r.term(r.at, "with") or r.draft.dose or r.draft.method not in ("wash", "apply", "use"):
        return False
    found = measure(r, r.at + 1)
    if not found or found[2] not in ("mL", "pad", "swab", "packet", "pump", "capful"):
        return False
    r.at += 1
    return True
