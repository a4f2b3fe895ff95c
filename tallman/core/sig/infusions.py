"""What runs into a vein as wards write it: boluses, drips, bags of fluid with what is added to them."""

from __future__ import annotations

from tallman.core.sig.amounts import measure, rate
from tallman.core.sig.model import Rate
from tallman.core.sig.reader import Draft, Reader

__all__ = ["diluted", "fluid", "given_at_once", "infused", "is_worked_out", "leads_infusion"]

_SALTS = frozenset("kcl kphos naphos nacl potassium mvi thiamine magnesium mg bicarb bicarbonate".split())
_ADDED = frozenset({"+", "with", "w", "w/", "plus", "and"})
_AT_ONCE = frozenset({"bolus", "load"})


def infused(r: Reader) -> bool:
    """ "Gtt", "drip" and "infusion" beside a rate of flow, "bolus" beside an amount."""
    kind, draft = r.term(r.at, "infused"), r.draft
    if kind is None or (kind == "running" and r.term(r.at - 1, "num") is not None):
        return False  # "1 gtt" is a drop
    ahead = r.at + 1
    while (
        r.term(ahead, "at") or r.term(ahead, "start") or r.word(ahead) in (":", "of", ",") or r.word(ahead).endswith("rate")
        or r.term(ahead, "instr") == "per protocol"
    ):  # fmt: skip
        ahead += 1
    if kind == "at once":
        if not (draft.dose or (measure(r, ahead) and not rate(r, ahead))):
            return False  # "bolus, 1000 units/hr": how much at once?
        if draft.rate and draft.dose is None and measure(r, ahead):
            r.begin("and")  # "100 mcg/hr drip, bolus 50 mcg every 15 minutes as needed"
    elif not (draft.rate or (draft.dose is None and rate(r, ahead))):
        return False
    elif draft.route is None:
        draft.route = "intravenous"
    return r.took(r.at + 1)


def leads_infusion(r: Reader, i: int) -> bool:
    """Whether behind the name of a medicine it is said that it runs: "propofol gtt 5-50 mcg/kg/min"."""
    return r.term(i, "infused") is not None and r.term(i + 1, "place") is None


def fluid(r: Reader) -> bool:
    """ "NS", "LR", "D5 1/2NS + 20 KCl": the fluid of a bag, and the salts in it, which are no doses of their own."""
    j = r.at + 1
    dose = r.draft.dose
    if not r.term(r.at, "fluid") or r.draft.product or (dose and dose.unit not in ("mL", "L")):
        return False  # "2 sprays NS" are for the nostrils
    while r.word(j) in _ADDED and (end := _past_salt(r, j + 1)):
        j = end
    j += r.word(j) in ("flush", "flushes")
    return r.put("product", r.words(r.at, j), j)


def diluted(r: Reader) -> bool:
    """ "In 250 mL NS", "in 100 mL", "in D5W 1 L": what a dose for the vein is brought into."""
    dose = r.draft.dose
    if r.word(r.at) not in ("in", "with", "into") or not dose or dose.unit == "L":
        return False
    j = r.at + 1
    named = bool(r.term(j, "fluid"))
    j += named
    bag = measure(r, j)
    if dose.unit == "mL" and not (bag and bag[2] == "mL" and bag[0] > dose.high and r.term(bag[3], "fluid")):
        return False  # "0.5 mL in 3 mL NS" is brought into it; "10 mL with NS" may be anything.
    if bag and bag[2] in ("mL", "L") and bag[0] == bag[1]:
        j = bag[3] + (r.word(bag[3]) == "of")
        k = j + bool(r.term(j, "fluid"))
        named, j = named or k > j, k if k > j else bag[3]
    elif not named:
        return False
    into_vein = named or r.draft.route == "intravenous" or r.term(j, "route") == "intravenous"
    return into_vein and r.advise(r.words(r.at, j), j)


def _past_salt(r: Reader, i: int) -> int:
    """Past "20 KCl", "20 mEq KCl/L", "40 mEq/L of KCl"; 0 when it is something else."""
    found = r.number(i)
    if r.word(i) in _SALTS and (held := measure(r, i + 1)) and held[2] in ("mEq", "mmol", "g"):
        return _past_liter(r, held[3])  # "KCl 20 mEq/L"
    if not found:
        return i + 1 if r.word(i) in ("kcl", "mvi", "thiamine") else 0
    j = found[1]
    j += r.term(j, "unit") in ("mEq", "mmol", "g")
    j = _past_liter(r, j)
    j += r.word(j) == "of"
    if r.word(j) not in _SALTS:
        return 0
    return _past_liter(r, j + 1 + (r.word(j + 1) in ("chloride", "phosphate")))


def _past_liter(r: Reader, j: int) -> int:
    return j + 2 if r.word(j) in ("/", "per") and r.term(j + 1, "unit") == "L" else j


def given_at_once(r: Reader, draft: Draft) -> bool:
    """Whether a dose without any time is a bolus, which is given once: "80 units/kg bolus", "20 mg IV load"."""
    if not draft.dose or draft.has_schedule() or draft.rate or draft.trigger or draft.count:
        return False
    return not _AT_ONCE.isdisjoint(r.text[draft.first : draft.last].lower().replace(",", " ").split())


def is_worked_out(r: Reader, told: Rate, end: int) -> bool:
    """ "12 units/kg/hr (936 units/hr)": what was reckoned is the rate, and from what it was is a remark."""
    held, opens = r.draft.rate, r.at - 1
    if not held or not held.weight_unit or r.word(opens) != "(" or r.word(end) != ")":
        return False
    if (held.unit, held.per) != (told.unit, told.per) or told.weight_unit or told.low <= held.low:
        return False
    begun = next((k for k in range(max(0, opens - 9), opens) if (found := rate(r, k)) and found[1] == opens), None)
    if begun is not None:
        r.remarks.append((r.items[begun].start, r.items[opens - 1].end))
    return True
