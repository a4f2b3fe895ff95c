"""What stands beside a medicine's name and is no dose: its form, its strength, its formula."""

from __future__ import annotations

from tallman.core.sig.amounts import concentration, measure, rate, unit_at
from tallman.core.sig.ladders import rungs
from tallman.core.sig.patterns import is_day_by_day
from tallman.core.sig.reader import Reader

__all__ = [
    "FORMS",
    "WAYS",
    "ends_name",
    "is_dose",
    "is_form",
    "is_joined_with",
    "is_of_drops",
    "joins",
    "leads_ratio",
    "past_formula",
    "past_own_strength",
]

_SHORTEST_JOINED, _DAY = 3, 24


_LAST = frozenset("mr ec dr cr la sa xr er xl sr calcium iron zinc magnesium".split())
WAYS = frozenset({"oral", "nasal", "ophthalmic", "otic", "topical", "vaginal", "rectal"})
"""What may stand between a name and the form of the medicine: "nystatin oral suspension"."""
FORMS = frozenset(
    "cream ointment gel lotion oint inhaler suspension susp solution soln syrup elixir liquid drops foam shampoo powder liq insulin "
    "injection tablet capsule patch spray suppository enema sprinkle sprinkles film strip packet pen syringe vial nebulizer concentrate conc gum vaccine".split()
)


def joins(r: Reader, j: int, begun: int) -> bool:
    """Whether a stroke joins two medicines: "hydrocodone/acetaminophen"."""
    tight = j > begun and r.word(j) == "/" and r.glued(j) and r.glued(j + 1)
    return tight and not r.knows(j + 1) and r.word(j + 1).isalpha() and len(r.word(j + 1)) > _SHORTEST_JOINED


def ends_name(r: Reader, j: int, begun: int) -> bool:
    """Whether a word with a meaning of its own ends a name: "Nifedipress MR 20 mg", "oyster shell calcium 500 mg"."""
    if j == begun or (r.word(j) in WAYS and not is_form(r, j + 1)):
        return False
    return r.word(j) in WAYS or (r.word(j) in _LAST and (measure(r, j + 1) is not None or is_form(r, j + 1)))


def is_joined_with(r: Reader, j: int, begun: int) -> bool:
    """Whether "with" joins two medicines, of which one is dosed: "Robitussin with codeine 5 mL"."""
    if j > begun and r.term(j, "with") and r.word(j + 1) in ("iron", "fluoride", "zinc"):
        return is_dose(r, j + 2) or is_form(r, j + 2)  # "Poly-Vi-Sol with iron 1 mL"
    named = j > begun and r.word(j) in ("with", "w", "w/") and r.word(j + 1).isalpha() and not r.knows(j + 1)
    return named and len(r.word(j + 1)) > _SHORTEST_JOINED and (is_dose(r, j + 2) or is_form(r, j + 2))


def is_form(r: Reader, i: int) -> bool:
    """Whether a form of medicine stands at `i`, with or without its way in: "nasal spray", and no dose of one."""
    way, _, form = r.word(i).partition(" ")
    if form in FORMS and (way in WAYS or way in ("eye", "ear", "ophth", "opth", "oph")):
        return True  # "amoxicillin oral suspension 5 mL"
    counted = measure(r, i + 1) if r.word(i) in ("gtts", "gtt") else None
    named = r.word(i) in ("gtts", "gtt") and bool(concentration(r, i + 1))  # "levsin gtts 0.125 mg/mL 1 mL"
    dripped = named or (counted is not None and counted[2] == "drop")  # "atropine gtts 2 drops"
    return r.word(i) in FORMS or dripped or (r.term(i, "unit") in FORMS and not r.term(i, "route"))


def past_own_strength(r: Reader, i: int) -> tuple[int, bool]:
    """Past what one tablet, one mL or one hour holds; and whether it can be nothing else: "5/325", "2.5%", "200 mg/5 mL"."""
    first = r.number(i)
    if first is None or " " in r.word(i) or rungs(r, i):
        return i, False  # "10 1/2-1 daily": half to one of 10 mg
    found = r.numbers(i)
    j = found[2] if found else first[1]
    certain = r.word(j) in ("%", "percent")
    j += r.term(j, "unit") is not None
    while r.word(j) in ("/", "-") and r.term(j + 1, "num") is not None:
        if r.word(j) == "-" and not r.glued(j) and not is_dose(r, _past_measure(r, j + 1)):
            break  # "amoxicillin 400/5 - 6.5 mL by mouth"
        j += 2
        certain = True
        j += r.term(j, "unit") is not None and r.term(j, "unit") != "kg"
    if certain and r.term(j - 1, "num") == _DAY and r.term(j, "period") == "h" and r.term(j + 1, "unit") == "patch":
        return j + 1, True  # "21 mg/24 hr patch"
    if certain and r.term(j - 1, "num") is not None and r.term(j, "period") == "h" and "patch" in r.text.lower():
        return j + 1, True  # "patch 21 mg/24 hr", "0.2 mg/24 hr 1 patch"
    if certain and r.term(j - 1, "num") is not None and r.term(j, "period") == "h":
        return i, False  # "12 g/24 h" is the dose of a day
    if certain and r.term(j - 1, "unit") == "g" == r.term(i + 1, "unit"):
        return i, False  # "2 g/2 g/3 g" after three sessions
    if certain and r.term(j - 1, "unit") == "unit" and r.word(j) not in ("/", "per"):
        return i, False  # "Humalog 5/7/9 units with meals": three doses
    volume = measure(r, j + 1) if certain and r.word(j) in ("/", "per") else None
    if volume and volume[2] == "mL":
        return volume[3], True  # "600/42.9 per 5 mL"
    if r.word(j) in ("/", "per") and (
        (r.term(j + 1, "period") == "h" and _is_patch(r, i, j))
        or r.term(j + 1, "unit") in ("mL", "tablet", "actuation", "puff")
        or r.word(j + 1) == "act"
    ):
        return j + 2, True
    return j, certain


def _past_measure(r: Reader, i: int) -> int:
    """Past the amount at `i`, or the bare number there."""
    found = measure(r, i)
    return found[3] if found else i + 1


def _is_patch(r: Reader, i: int, j: int) -> bool:
    """Whether it is a patch that gives so much in an hour; of anything else that is the dose."""
    return any(r.term(k, "unit") == "patch" for k in range(max(i - 4, 0), j + 6))


def leads_ratio(r: Reader, i: int) -> bool:
    """Whether "1:15 carb ratio" or "1 unit:15 g carb" stands at `i`: no strength, and no dose."""
    if r.term(i, "clock"):
        return r.term(i + 1, "carbs") is not None
    found = measure(r, i)
    j = found[3] if found and found[2] == "unit" else i
    return j > i and r.word(j) == ":" and r.number(j + 1) is not None and (measure(r, j + 1) or (0, 0, ""))[2] == "g"


def is_of_drops(r: Reader, k: int) -> bool:
    """Whether "ophth" behind a strength names the form of drops that go under the tongue: "atropine 1% ophth 2 gtts SL"."""
    ways = {r.term(x, "route") for x in range(k + 1, r.n)}
    return r.term(k, "route") == "ophthalmic" and not ways.isdisjoint({"sublingual", "oral", "buccal"})


def past_formula(r: Reader, i: int) -> int:
    """Past the number in the name of a feed, "Jevity 1.2", before how fast it runs; 0 when it is something else."""
    begun = i + 1 + (r.term(i + 1, "route") == "enteral tube")
    flow = (
        rate(r, begun + bool(r.term(begun, "at") or r.term(begun, "start")))
        if "." in r.word(i) and r.term(i, "num") is not None
        else None
    )
    if flow and flow[0].unit == "mL":
        return i + 1
    j = i + 1
    j += r.word(j) in ("bolus", ",")
    poured = measure(r, j) if "." in r.word(i) and r.term(i, "num") is not None else None
    return i + 1 if poured and poured[2] in ("mL", "can") else 0


def is_dose(r: Reader, i: int) -> bool:
    """Whether so much of something stands at `i`, and no time."""
    found = r.numbers(i)
    if rungs(r, i) or is_day_by_day(r, i):
        return True
    if found is None:
        return False
    j = found[2]
    if r.term(j, "period") or r.term(j, "times") or r.term(j, "hourly"):
        return False
    return (
        measure(r, i) is not None
        or unit_at(r, j) is not None
        or any(r.term(j, kind) for kind in ("route", "freq", "interval", "event", "every", "prn"))
    )
