"""Advice that comes with a direction: fixed phrases, what it is mixed or taken with."""

from __future__ import annotations

import re
from decimal import Decimal

from tallman.core.sig.amounts import measure
from tallman.core.sig.forbidding import stopped
from tallman.core.sig.model import Event, Frequency, Interval
from tallman.core.sig.moments import put_event
from tallman.core.sig.needed import needs
from tallman.core.sig.reader import Reader
from tallman.core.sig.spelling import may_be_name

__all__ = ["DRINKS", "drunk_with", "instruction", "mixed_with", "posture", "together"]

DRINKS = frozenset(
    "water juice liquid liquids fluid fluids milk beverage beverages applesauce pudding yogurt formula gatorade tea coffee food soda pedialyte "
    "saline".split()
)
_HOW = frozenset("cold warm hot clear clean cool lukewarm orange apple grape cranberry fruit any other your favorite soft noncarbonated tap plain of a the "
                 "crushed sterile distilled room normal".split())  # fmt: skip
_MINERALS = frozenset(
    "antacids antacid iron calcium magnesium zinc dairy milk vitamins multivitamins supplements minerals".split()
)
_SHORTEST_NAME = 5
_LEFT_OPEN = frozenset(
    {"ok to", "okay to", "may", "can", "may be", "can be", "is ok to", "safe to", "fine to", "it is ok to"}
)
"""What makes of "take with ibuprofen" something that may be done."""
_MAY = re.compile(r"(?:may|can|ok(?:ay)? to)\b ?")
_LASTING = frozenset({"allow to dissolve", "keep upright"})
"""Advice that may say for how many minutes."""
_SAME_TIME = "take at the same time each day"
_IN_MOUTH = ("swish", "swirl", "gargle", "hold", "rinse", "s/s", "s&s", "s and s")
_DRUNK = frozenset({"oz", "ounce", "ounces", "fl oz", "glass", "glasses", "cup", "cups"})
_THROWN = ("discard", "throw")
_CLAUSE_ENDS = frozenset({".", ";", ",", ")", "\n", "*"})
_TIMES = frozenset({"freq", "interval", "every", "prn", "once"})
_HELD = frozenset(
    "freq interval every event weekday prn max max_day verb directed until date route increase decrease may_repeat".split()
)
"""What is said of the dose and of nothing else."""
_TOGETHER_ENDS = frozenset({"instr", "reason_lead", "prn", "freq", "event", "directed", "up_to", "every", "for"})

_AFTER_SURGERY = "after surgery"
_SCALES = ("per sliding scale", "plus a sliding scale")


def instruction(r: Reader) -> bool:
    """A phrase of the fixed vocabulary: "with food", "shake well"."""
    said = r.term(r.at, "instr")
    if said is None:
        return False
    if r.term(r.at, "verb") and r.term(r.at + 1, "num") is not None:
        return False
    if said in _SCALES and r.word(r.at).endswith(" ss") and "unit" not in _units(r):
        return False  # "1 tablet + ss"
    if said == "take together" and r.draft.dose is None and any(map(str.isdigit, r.word(r.at))):
        return False  # "please take all 4 tablets at once"
    if said == "titrated" and r.term(r.at, "increase") and measure(r, r.at + 1):
        return False  # "titrate 2 units every 3 days"
    if said.endswith("between drops") and r.draft.dose and r.draft.dose.unit not in ("drop", "mL", "each"):
        minutes = next((Decimal(word) for word in said.split() if word.isdigit()), None)
        if minutes is None or not r.draft.count or r.draft.has_timing() or not r.word(r.at).endswith("apart"):
            return False
        r.draft.interval = Interval(minutes, minutes, "min")
        return r.took(r.at + 1)  # "180 mcg/kg IV bolus x 2, 10 min apart"
    if said == "continuously" and r.is_pump and r.number(r.at + 1):
        return False  # "continuous 0 mg/hr" of a pump at the patient's call
    if said == "stop":
        return stopped(r)
    timed = r.word(r.at + 1) in ("in", "in the", "at", "every") or r.term(r.at + 1, "event")
    if said == "until gone" and timed and r.word(r.at).endswith(("all", "all doses")):
        r.draft.clause, r.at = r.clause, r.at + 1
        return True  # "take all doses in the morning"
    if said == _AFTER_SURGERY and r.draft.trigger in (None, said):
        return r.put("trigger", said, r.at + 1)
    if r.draft.duration and r.term(r.at, "link") and r.term(r.at + 1 + (r.word(r.at + 1) == ","), "num") is not None:
        return False  # "for 7 days, if tolerated 1 tablet twice a day"
    if said == "swish and spit" and r.draft.dose and r.draft.dose.unit in ("puff", "inhalation"):
        said = "rinse mouth after use"  # "2 puffs twice a day, rinse & spit"
    if said == "on clean, dry skin" and r.draft.first < 0:
        r.draft.method = "apply"  # "apply to clean, dry skin twice a day"
    if said == "swish and spit" and _is_only_spat(r):
        said = "spit out"  # "brush on the teeth at bedtime and spit"
    if said == "swish and swallow" and not _held_in_mouth(r):
        r.at += 1
        return True  # "chew 1 tablet and swallow"
    if said == "on an empty stomach" and r.draft.method == "check" and r.word(r.at) in ("fasting", "while fasting"):
        return put_event(r, Event("ACM"), r.at + 1)  # "check twice a day, fasting and at bedtime"
    if said == "follow package directions":
        r.draft.as_directed = True
    daily = (said == _SAME_TIME and "da" in r.word(r.at)) or said == "with the largest meal of the day"
    if daily and not (r.draft.frequency or r.draft.interval):
        r.draft.frequency, r.draft.is_weak = Frequency(1, 1), True  # "at the same time every day"
    if said == "on the same day each week" and not (r.draft.has_timing() or r.draft.days):
        r.draft.frequency = Frequency(1, 1, Decimal(1), "wk")
    if r.word(r.at).startswith(("take", "use ", "give")):
        r.draft.clause = r.clause
    end = _past_advice(r, said)
    return r.advise(said if end == r.at + 1 else r.words(r.at, end), end)


def _past_advice(r: Reader, said: str) -> int:
    """Past the advice at the cursor, and what belongs to it: for how long, other places, other minerals."""
    end = r.at + 1
    lasting = r.numbers(end + bool(r.term(end, "for"))) if said in _LASTING else None
    if lasting and (r.term(lasting[2], "period") in ("min", "h") or r.term(lasting[2], "seconds")):
        end = lasting[2] + 1  # "let dissolve for 15 to 30 minutes"
    if said == "not on the face":
        end = _past_places(r, end)
    elif said in ("do not take with antacids", "do not take with milk"):
        end = _past_minerals(r, end)
        near = r.numbers(end + 1) if r.term(end, "within") else None
        if near and r.term(near[2], "period") in ("h", "min"):
            end = near[2] + 1  # "avoid antacids within 2 hours of the dose"
            while r.word(end) in ("of", "of the", "of your", "dose", "the dose"):
                end += 1
    return end


def _units(r: Reader) -> set[str | None]:
    """The units in which has been dosed so far."""
    return {d.dose.unit for d in r.drafts if d.dose}


def _held_in_mouth(r: Reader) -> bool:
    """Whether what is swallowed has been in the mouth for a while, as the words say."""
    return r.draft.method in ("swish", "gargle") or any(word in r.text.lower() for word in _IN_MOUTH)


def _is_only_spat(r: Reader) -> bool:
    """Whether nothing is swished that is spat out: what was on the teeth, or is gargled."""
    return not _held_in_mouth(r) or (r.draft.method == "gargle" and "swish" not in r.text.lower())


def _past_places(r: Reader, i: int) -> int:
    """Past ", groin or axillae" behind "not on the face"."""
    j = i
    while r.word(j) in (",", "or", "and", "/", "&", "nor") and (r.term(j + 1, "part") or r.term(j + 1, "link") == "or"):
        j += 2 + (r.term(j + 1, "link") == "or")
    return j if r.term(j - 1, "part") else i


def _past_minerals(r: Reader, i: int) -> int:
    """Past ", antacids or iron" behind "do not take with milk"."""
    j = i
    while r.word(j) in (",", "or", "and", "/", "&") and (r.term(j + 1, "other") or r.word(j + 1) in ("or", *_MINERALS)):
        j += 2
        j += r.word(j - 1) == "or" and (bool(r.term(j, "other")) or r.word(j) in _MINERALS)
    return j


@needs("mixing", *DRINKS, *(f"of {drink}" for drink in DRINKS))
def mixed_with(r: Reader) -> bool:
    """ "in 8 oz of water", "mix with 4 to 8 ounces of juice", "with a full glass of water", "mixed in applesauce"."""
    j = r.at
    stirred = bool(r.term(j, "mixing"))
    if stirred and r.word(j).endswith(" in") and r.term(j + 1, "route") == "oral":
        return r.advise("allow to dissolve", j + 1)  # "dissolved in mouth"
    j += stirred
    poured_on = r.word(j) in ("on", "over") and any(word in r.text.lower() for word in ("sprinkle", "open"))
    leads = poured_on or r.word(j) in ("in", "with", "into", "w /", "w", "to", "in a", "into a", "in any")
    poured = r.word(j) == "on" and r.term(j, "said") and r.draft.method in ("mix", "dissolve")  # Spanish "en"
    leads = leads or bool(poured)
    opened = (
        stirred
        and not (r.draft.dose or r.draft.method)
        and r.word(r.at) in ("sprinkle", "open", "empty", "open capsule")
    )
    if opened and (r.term(j, "contents") or r.numbers(j)):
        held = r.numbers(j)
        if r.word(r.at).startswith("open") and held and r.term(held[2], "unit") == "capsule":
            r.draft.instructions.append("open the capsule")
        r.at = j
        return True  # "sprinkle the contents of 1 capsule on applesauce"
    told = stirred and (r.term(j - 1, "mixing") == "into" or r.word(j - 1).endswith(("with", "w /")))
    if stirred and r.word(j).startswith(("with ", "in ")) and r.word(j).split()[-1] in DRINKS:
        return _stirred_into(r, r.word(j), j + 1)  # "may be mixed with milk"
    if not (leads or told):
        return False
    j += leads
    begun = j
    while r.word(j) in (
        "a", "at", "least", "about", "full", "lg", "half", "of", "an", "1", "approximately", "at least", "glass", "half a",
        "half of a",
    ):  # fmt: skip
        j += 1
    count = r.number(j)
    j = count[1] if count and r.word(count[1]) in ("cup", "cups", "glass", "glasses") else j  # "in 1/2 cup of water"
    found = measure(r, j)
    if found and (found[2] in ("mL", "L") or r.word(found[3]) in ("glass", "cup")):
        j = found[3]
    while r.word(j) in _HOW or r.term(j, "spoon") or r.word(j) in (
        "glass", "cup", "cups", "glasses", "bottle", "full", "small", "lg", "amount", "large", "little", "tablespoon",
    ):  # fmt: skip
        j += 1
    if r.word(j).removeprefix("of ") not in DRINKS:
        return _mixed_with_medicine(r, begun) if stirred else False
    j += 1
    while r.word(j) in ("or", "/", "and", ","):
        k = j + 1
        while r.word(k) in _HOW:
            k += 1
        if r.word(k) not in DRINKS:
            break
        j = k + 1
    if r.term(j, "before") and r.word(j + 1) in ("taking", "drinking", "use", "ingesting", "giving"):
        return r.advise(f"mixed in {r.words(begun, j)}", j + 2)  # "mix in 8 oz of water prior to taking"
    if stirred:
        return _stirred_into(r, r.words(begun, j), j)
    lead = "mixed in" if poured or poured_on else r.word(begun - 1)
    return r.advise(f"{lead} {r.words(begun, j)}", j)


def _stirred_into(r: Reader, drink: str, end: int) -> bool:
    """What it is stirred into, as the text says it where that may be done and need not be: "may mix with juice"."""
    beside = r.items[r.at - 1].end == r.draft.last or r.word(r.at - 1) in ("and", "&")
    crushed = beside and r.draft.instructions[-1:] == ["the tablet may be crushed"]
    if crushed or r.word(r.at - 1) in _LEFT_OPEN or _MAY.match(r.word(r.at)):
        said = _MAY.sub("", r.words(r.at, end))
        return r.advise(f"may be {said}" if said.split()[0].endswith("ed") else f"may {said}", end)
    return r.advise(f"mixed in {drink.removeprefix('with ').removeprefix('in ')}", end)


@needs("water")
def drunk_with(r: Reader) -> bool:
    """ "1 weekly empty stomach 8 oz water": so many ounces or glasses beside a dose that has its times."""
    found = r.numbers(r.at)
    if not found or not (r.draft.dose and r.draft.has_timing()) or r.word(found[2]) not in _DRUNK:
        return False
    end = found[2] + 1
    while r.word(end) in ("of", "of water", "glass", "plain"):
        end += 1
    watered = r.word(end) == "water" or r.word(end - 1).endswith("water")
    end += r.word(end) == "water"
    ends = end >= r.n or r.word(end) in _CLAUSE_ENDS or any(r.term(end, kind) for kind in ("posture", "instr", "prn"))
    return bool(watered and ends) and r.advise(f"with {r.words(r.at, end)}", end)


def _mixed_with_medicine(r: Reader, i: int) -> bool:
    """ "Mix with ipratropium": another medicine, at the end of a clause behind a dose with its times."""
    named = r.word(i).isalpha() and len(r.word(i)) > _SHORTEST_NAME and not r.knows(i) and may_be_name(r.word(i))
    ends = i + 1 >= r.n or r.word(i + 1) in _CLAUSE_ENDS
    return (
        named and ends and r.draft.dose is not None and r.draft.has_timing() and r.advise(r.words(r.at, i + 1), i + 1)
    )


def posture(r: Reader) -> bool:
    """ "Lie on side for 5 minutes after", "hold breath for 10 seconds", "wait 4 hours before iron": to the end of its clause.

    How long that lasts is no part of the dose; any other number or time leaves it to a person.
    """
    placed = (r.draft.site or r.draft.product) and r.draft.has_timing()
    if not r.term(r.at, "posture") or not (r.draft.dose or placed):
        return False
    j, lasting = r.at + 1, False
    while j < r.n and r.word(j) not in _CLAUSE_ENDS:
        found = r.numbers(j)
        units = ("d", "wk", "mo") if r.word(r.at).startswith(_THROWN) else ("min", "h")
        if found and not lasting and (r.term(found[2], "period") in units or r.term(found[2], "seconds")):
            j, lasting = found[2] + 1, True
            continue
        waited = lasting and r.word(r.at).startswith("wait")
        if waited and str(r.term(j, "event")).startswith("AC"):
            j += 1  # "wait 30 minutes before eating"
            while r.word(j) == "," and (
                r.word(j + 1) in ("or", "and") or r.word(j + 1).endswith("ing") or r.term(j + 1, "other")
            ):
                j += 2
            continue
        if lasting and r.word(r.at) == "dwell" and not _TIMES.isdisjoint(r.items[j].terms):
            break  # "dwell 4 hours daily"
        if found or not _HELD.isdisjoint(r.items[j].terms):
            return False
        j += 1
    return lasting and r.advise(r.words(r.at, j), j)


def together(r: Reader) -> bool:
    """ "with ferrous sulfate": another medicine, in words of no vocabulary, that it is taken along with."""
    j = r.at + 1
    beside = r.term(r.at, "with") or r.term(r.at, "in_all") == "beside"
    if not beside or not (r.draft.has_timing() or r.draft.days or "use" in (r.draft.method, r.verb)):
        return False
    j += r.word(j) == "insulin"
    if r.word(j) in ("vitamin", "vit") and len(r.word(j + 1)) == 1:
        j += 2
    while j < r.n and not r.knows(j) and r.word(j).isalpha() and len(r.word(j)) > 3:
        j += 1
        j += r.word(j) in ("and", "&", "/", "+") and not r.knows(j + 1) and r.word(j + 1).isalpha()
    counted = r.numbers(j)
    often = counted is not None and r.term(counted[2], "times") is not None  # "use with insulin 4 times daily"
    ends = (
        often
        or j >= r.n
        or r.word(j) in (".", ";", ",", "(", ")", "*")
        or not _TOGETHER_ENDS.isdisjoint(r.items[j].terms)
    )
    named = all(r.knows(k) or may_be_name(r.word(k)) for k in range(r.at + 1, j) if r.word(k).isalpha())
    return j > r.at + 1 and bool(ends) and named and r.advise(f"{_lead(r)}with {r.words(r.at + 1, j)}", j)


def _lead(r: Reader) -> str:
    """What goes before "with ibuprofen" where it is allowed and not ordered: "OK to take with ibuprofen"."""
    is_open = r.term(r.at - 1, "verb") is not None and r.at > 1 and r.word(r.at - 2) in _LEFT_OPEN
    return "may be taken " if is_open else ""
