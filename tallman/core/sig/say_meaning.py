"""What a direction means with all that goes without saying, which is what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from tallman.core.sig.advice import DRINKS
from tallman.core.sig.model import DayRange, Frequency, Link, Maximum, Sig, Step, Timing
from tallman.core.sig.say_reasons import translated
from tallman.core.sig.say_words import advice_in_full, in_full, is_note, purpose_in_full

__all__ = ["INLINE", "INTO", "MIXED", "OLD_PATCH", "SPIT", "as_understood", "is_taper", "ways_in"]

INTO = frozenset({"ophthalmic", "otic", "nasal"})
MIXED = "mixed in "
_STIRRED = (MIXED, "in ")
"""How begins what a dose is stirred into, which goes right behind it."""
INLINE = (
    "of each cycle", "to ", "with ", "on an empty", "until ", "while ", "per ", "by nasal ", "around ", "at ", "as tolerated", "within ",
    "continuously", "except ", "if blood sugar ", "if systolic ", "if blood pressure ", "if heart rate ", "if there is no ",
    "or as directed", "using the ", "during the luteal ", "under ", "in the shower",
)  # fmt: skip
"""How begins what stands in the sentence of the dose, before what has one of its own."""
SPIT, _NOT_SWALLOWED, OLD_PATCH = "swish and spit", "do not swallow", "remove old patch first"
_BY_ROUTE = {
    "oral": "take", "sublingual": "place", "buccal": "place", "inhalation": "inhale", "nasal": "use",
    "ophthalmic": "place", "otic": "place", "topical": "apply", "transdermal": "apply",
    "subcutaneous": "inject", "intramuscular": "inject", "rectal": "insert", "vaginal": "insert",
    "intravenous": "give", "enteral tube": "give", "intraosseous": "give", "epidural": "give", "intrathecal": "give",
    "intratracheal": "give",
}  # fmt: skip
_BY_UNIT = {"puff": "inhale", "spray": "use", "patch": "apply", "suppository": "insert", "drop": "place"}
_SWALLOWED = frozenset({"tablet", "capsule", "caplet", "pill", "mL"})
_BEFORE_SURGERY = "before surgery"
_WAY = re.compile(r", | or ")
_ONCE_A_DAY = Frequency(1, 1)


def as_understood(sig: Sig, *, in_words: bool = True) -> Sig:
    """The same direction with what goes without saying: "1 tab po daily, max 2" is to be taken, at most 2 tablets.

    To instill a drop is to put it there, what is spat out is not swallowed, the old patch comes off before the new one is
    put on; in what order advice stands does not matter. `in_words`: what is short in the text is put in full, too.
    """
    steps_said = [translated(step) for step in sig.steps] if sig.language == "es" else list(sig.steps)
    steps_said = _of_one_medicine(steps_said)
    if is_taper(steps_said):
        steps_said = [replace(step, timing=Timing(_ONCE_A_DAY)) for step in steps_said]
    steps_said = [replace(step, product="oxygen") if step.product == "o2" else step for step in steps_said]
    understood = [_understood(_in_words(step) if in_words else step) for step in steps_said]
    for i in range(1, len(understood)):
        if understood[i].change and steps_said[i].method is None:
            understood[i] = replace(understood[i], method=understood[i - 1].method)
        if understood[i].link is Link.AND and _is_later(understood[i - 1].days, understood[i].days):
            understood[i] = replace(understood[i], link=Link.THEN)  # "on day 1 and day 29"
    return replace(sig, steps=tuple(understood))


def _of_one_medicine(steps: list[Step]) -> list[Step]:
    """The steps with the name of the medicine at the first of them alone, where all are of it."""
    if len({step.product for step in steps}) != 1:
        return steps
    return steps[:1] + [replace(step, product=None) for step in steps[1:]]


def is_taper(steps: Sequence[Step]) -> bool:
    """Whether nothing is told of each amount but its days, which the daily dose takes for one a day: "4 tabs x 3 days, 3 tabs x 3
    days"."""
    bare = all(s.dose and s.duration and s.duration.unit in ("d", "wk") for s in steps)
    timed = any(s.timing or s.prn or s.rate or s.repeat for s in steps)
    return len(steps) > 1 and bare and not timed and all(s.link is Link.THEN for s in steps[1:])


def ways_in(advice: str) -> list[str]:
    """The ways in, where the words are these, of which one is chosen: "oral or rectal"."""
    ways = _WAY.split(advice)
    return ways if len(ways) > 1 and all(way in _BY_ROUTE for way in ways) else []


def _is_later(before: DayRange | None, days: DayRange | None) -> bool:
    return bool(before and days and before.unit == days.unit and before.last and before.last < days.first)


def _in_words(step: Step) -> Step:
    is_taken = _verb(step) == "take"
    return replace(
        step,
        trigger=step.trigger and in_full(step.trigger),
        prn_reason=step.prn_reason and purpose_in_full(step.prn_reason),
        indication=step.indication and purpose_in_full(step.indication),
        until=step.until and in_full(step.until),
        start=step.start and in_full(step.start),
        instructions=tuple(advice_in_full(said, is_taken=is_taken) for said in step.instructions),
    )


def _understood(step: Step) -> Step:
    site = "gluteal" if step.site == "gluteal area" else step.site
    if site and site.startswith("behind ") and not site.startswith("behind the "):
        site = site.replace("behind ", "behind the ", 1)
    if step.trigger is None and _BEFORE_SURGERY in step.instructions and step.timing.once:
        step = replace(
            step, trigger=_BEFORE_SURGERY, instructions=tuple(i for i in step.instructions if i != _BEFORE_SURGERY)
        )
    timing = replace(step.timing, count=None) if _is_one_dose(step) else step.timing
    return replace(step, site=site, timing=timing, method=_verb(step), maxima=_limits(step), instructions=_advice(step))


def _advice(step: Step) -> tuple[str, ...]:
    """The advice, what flows with the dose first, with what it goes without saying."""
    said = [i for i in step.instructions if not is_note(i)]
    said = [_stirred(i, step) for i in said]
    if SPIT in said and _NOT_SWALLOWED not in said:
        said.insert(said.index(SPIT) + 1, _NOT_SWALLOWED)
    if _is_worn_on(step) and OLD_PATCH not in said:
        said.append(OLD_PATCH)
    return tuple(sorted(said, key=lambda i: not i.startswith((MIXED, *INLINE))))


def _stirred(advice: str, step: Step) -> str:
    """ "In 8 oz of water", "into 8 oz of water", and "with 8 oz of water" of what is mixed with it: "mixed in 8 oz of water"."""
    lead, _, drink = advice.partition(" ")
    into = lead in ("in", "into") or (lead == "with" and step.method == "mix")
    return f"{MIXED}{drink}" if into and advice.split()[-1] in DRINKS else advice


def _is_worn_on(step: Step) -> bool:
    """Whether it is a patch that stays on until the next one: every 3 days or longer, once or twice a week."""
    t = step.timing
    if not (step.dose and step.dose.unit == "patch") or step.wear or step.prn or t.once or t.count == 1:
        return False
    if t.interval:
        days = {"h": t.interval.low / 24, "d": t.interval.low, "wk": t.interval.low * 7}.get(
            t.interval.unit, Decimal(0)
        )
        return 3 <= days <= 7
    return bool(t.frequency and t.frequency.unit == "wk" and t.frequency.period == 1 and t.frequency.high <= 2)


def _is_one_dose(step: Step) -> bool:
    """ "Once, for up to 1 dose" says one thing twice."""
    return step.timing.once and step.timing.count == 1


def _limits(step: Step) -> tuple[Maximum, ...]:
    unit = step.dose.unit if step.dose else None
    return tuple(replace(m, unit=m.unit or unit) for m in step.maxima)


def _verb(step: Step) -> str | None:
    unit = step.dose.unit if step.dose else None
    if SPIT in step.instructions and step.method in (None, "take", "use", "give"):
        return "swish"  # what is spat out is never taken
    if step.method == "mix" and step.dose and any(_stirred(i, step).startswith(_STIRRED) for i in step.instructions):
        return "take"  # "mix 1 packet in 8 oz of water and drink"
    if step.method == "dissolve" and step.route == "oral" and any(i.startswith(_STIRRED) for i in step.instructions):
        return "take"  # "dissolve 1 scoop in 4 oz of water and take by mouth"
    if step.method == "spray" and unit == "spray":
        return "use"
    if step.method == "instill" or (step.method == "apply" and unit == "drop" and step.route in INTO):
        return "place"
    if step.method in ("take", "use") and unit == "puff" and step.route != "nasal":
        return "inhale"
    if step.method == "apply" and step.route in ("sublingual", "buccal"):
        return "place"
    if step.method in ("inhale", "use", None) and unit == "inhalation":
        return "take"
    if step.method:
        return step.method
    if step.dose and step.dose.strength and step.dose.strength.unit in _SWALLOWED and step.route in (None, "oral"):
        return "take"  # "15 mg (6 tablets) weekly"
    if (step.rate and (not step.dose or step.route is None)) or _runs_in(step):
        return "give"
    return _implied(step, unit)


def _runs_in(step: Step) -> bool:
    """Whether so much of a fluid runs in over some time, and into what is not told: "NS 1 L bolus over 1 hour"."""
    return bool(step.dose and step.dose.unit in ("mL", "L") and step.timing.over and step.route is None)


def _implied(step: Step, unit: str | None) -> str | None:
    """The verb that goes with the way in, or with what is counted."""
    ways = {_BY_ROUTE[way] for said in step.instructions for way in ways_in(said)}
    found = _BY_ROUTE.get(step.route or "") or (ways.pop() if len(ways) == 1 else None) or _BY_UNIT.get(unit or "")
    found = found or ("take" if unit in _SWALLOWED and not ways else None)
    return found or ("use" if step.dose or step.timing or step.prn or step.as_directed or step.change else None)
