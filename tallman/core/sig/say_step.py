"""The words of one step of a direction, and the sentences that follow it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.model import Change, Dose, Duration, Link, Maximum, Repeat, ScaleRow, Step, Timing
from tallman.core.sig.say_meaning import INLINE, INTO, MIXED, OLD_PATCH, SPIT, ways_in
from tallman.core.sig.say_shades import Shade, is_at_most
from tallman.core.sig.say_when import amount, days_of, every, flowing, how_long, period, spans_of, when, worn
from tallman.core.sig.tools import CANNULA

__all__ = ["INHALED", "NEBULIZED", "afterwards", "dose_words", "reason_leads", "step_words", "why"]

_ROUTES = {
    "oral": "by mouth", "sublingual": "under the tongue", "buccal": "between the cheek and gum",
    "inhalation": "by inhalation", "nasal": "into the nose", "ophthalmic": "into the eye", "otic": "into the ear",
    "topical": "to the skin", "subcutaneous": "under the skin", "intramuscular": "into the muscle",
    "intravenous": "into a vein", "rectal": "into the rectum", "vaginal": "into the vagina",
    "enteral tube": "by feeding tube", "dental": "to the teeth", "transdermal": "to the skin",
    "urethral": "into the urethra", "intratracheal": "into the windpipe",
}  # fmt: skip
_OF_PLACE = frozenset({"subcutaneous", "intramuscular"})
"""Routes that no place on the body tells by itself: "into the muscle of the outer thigh"."""
INHALED = frozenset({("inhale", "puff"), ("inhale", "inhalation"), ("inhale", "capsule"), ("take", "inhalation")})
"""What tells by itself that it is breathed in."""
NEBULIZED = frozenset({"vial", "ampule", "mL", "mg"})
_WITHOUT_ARTICLE = (
    "inside ",
    "both ",
    "each ",
    "one ",
    "alternating ",
    "on ",
    "left and right ",
    "entire ",
    "behind ",
    "from ",
)
_SAID = {"place": "put", "check": "check blood sugar"}
_AMOUNTS = frozenset({
    "a thin layer", "a thick layer", "a small amount", "a pea-sized amount", "a dime-sized amount", "a generous amount", "a ribbon",
    "sparingly",
})  # fmt: skip
_EACH_TIME = frozenset({"tablet", "capsule", "caplet", "pill", "mL", "mg", "mcg", "puff", "drop", "spray"})
_CAPITALS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec mon tue wed thu fri sat sun".split())
_MEALS = ("after food", "before food", "before a meal", "after a meal", "before a snack")
_FED = (
    "with food",
    "with a meal",
    "with milk",
    "with food or milk",
    "on an empty stomach",
    "with a snack",
    "with water",
)
"""What stands in a sentence of its own beside a reason or several times of day."""
_NOTHING_CAME = ("no results ", "no relief ", "no response ")
"""How reasons begin that tell that another medicine did nothing."""
_APART = re.compile(r"(?:at least )?\d+(?:(?:-| to )\d+)? (?:hours?|minutes?) apart")
_LASTING = re.compile(r"for \d")
_SWISHED = {SPIT: "Then spit it out", "swish and swallow": "Then swallow"}
_DAYS = frozenset({"d", "wk", "mo"})
_HOURS_A_DAY, _ONE = 24, Decimal(1)
_ONE_DAY = Duration(_ONE, _ONE, "d")
_ONE_DEVICE = Dose(_ONE, _ONE, "device")
_ALL_SOURCES = "from all sources"
_AGAIN = {(False, False): "May repeat", (False, True): "May repeat", (True, False): "Repeat", (True, True): "Redose"}
_OTHER_NOSTRIL = "next in the other nostril"
_HALF, _HALVED = Decimal("0.5"), frozenset({"tablet", "capsule", "pill", "caplet", "packet", "suppository", "patch"})
_PARTS = {"0.5": "half a", "0.25": "one quarter of a", "0.75": "three quarters of a"}


def step_words(step: Step, shade: Shade, before: Step | None) -> str:
    """One step without its full stop. What it shares with the step before is not said again."""
    shares = before is not None and (before.method, before.route, before.site) == (step.method, step.route, step.site)
    brief = shares and step.link is not Link.THEN
    parts = [
        "" if brief or step.change else _verb(step, shade),
        dose_words(step.dose, step.instructions) if step.dose and not (step.change or _changed(step, shade)) else "",
        flowing(step.rate, has_dose=step.dose is not None) if step.rate else "",
        *(i for i in step.instructions if i in _AMOUNTS and not (i in ("a ribbon", "sparingly") and step.dose)),
        *(
            i.removeprefix("mixed ") if step.method == "dissolve" else i
            for i in step.instructions
            if i.startswith(MIXED)
        ),
        _change(step.change) if step.change else "",
        ""
        if shares
        else _pushed(shade)
        if shade.pushed and step.route == "intravenous"
        else _place(step, is_each=shade.is_each),
        "each time," if _is_bare(step) and (shares or not _place(step)) else "",
        "each time" if _is_uncounted(step) else "",
        *(i for i in step.instructions if _is_held_in_mouth(i, step)),
        step.trigger if _is_at_each(step) else "",
        *("" if _is_in_a_while(step) else part for part in _times(step, shade)),
        *(i for i in step.instructions if _is_time(i)),
        *(i for i in step.instructions if _goes_before_start(i, step)),
        *_on_days(step, is_each_month=shade.is_each_month),
        how_long(step.duration) if step.duration else "",
        _as_needed(step),
        why(step.indication) if step.indication and not reason_leads(step) else "",
        _directed(step, shade),
        *(i for i in step.instructions if _is_inline(i, step) and i != CANNULA),
        f"until {step.until}" if step.until else "",
    ]
    said = " ".join(filter(None, parts))
    return f"{said}: blood sugar {_scale(step.scale)}" if step.scale else said


def _scale(rows: Sequence[ScaleRow]) -> str:
    """ "150 to 199: 2 units, 200 to 249: 4 units"."""
    return ", ".join(f"{span}: {dose_words(row.dose)}" for span, row in zip(spans_of(rows), rows, strict=True))


def _verb(step: Step, shade: Shade) -> str:
    if step.method == "swish" and shade.is_gargled:
        return "gargle"
    if step.method == "wash" and shade.is_shampooed and not (step.dose or step.site):
        return "shampoo"
    if changed := _changed(step, shade):
        return changed
    if shade.tapered and not step.dose:
        return shade.tapered
    return _SAID.get(step.method or "use", step.method or "use")


def _changed(step: Step, shade: Shade) -> str:
    """What is done where nothing is taken: "change the infusion set"."""
    if shade.changed and step.method == "apply" and step.dose == _ONE_DEVICE:
        return f"change the {shade.changed}"
    changed = (i for i in step.instructions if i.startswith("change the ")) if step.method == "use" else ()
    return "" if step.dose else next(iter(changed), "")


def _times(step: Step, shade: Shade) -> Iterator[str]:
    at_most = is_at_most(step, shade)
    return when(
        _without_total(step),
        at_most=at_most,
        at_once=shade.at_once,
        tomorrow=shade.is_tomorrow,
        at_least=shade.is_at_least,
    )


def _on_days(step: Step, *, is_each_month: bool) -> Iterator[str]:
    """The days and what it comes before, so parted that no two numbers meet: "1 hour before chemo on day 1"."""
    trigger = "" if _is_at_each(step) else step.trigger or ""
    if numbered := trigger[:1].isdigit():
        yield trigger
    counted = is_each_month and step.days and step.days.first == 1 and step.days.unit == "d"
    if counted and step.days and step.cycle == Duration(_ONE, _ONE, "mo"):
        yield f"for {step.days.last} days every month"
    else:
        yield days_of(step.days, step.cycle) if step.days else ""
    if step.start and not step.start.startswith("within "):
        yield step.start if _is_in_a_while(step) else _start(step.start)
    yield "" if numbered else trigger


def _is_at_each(step: Step) -> bool:
    """Whether so many doses in all are each given at something: "at each dialysis for 10 doses"."""
    counted = step.timing.count is not None and step.timing == Timing(count=step.timing.count)
    return counted and (step.trigger or "").startswith(("at each ", "after each "))


def _is_inline(advice: str, step: Step) -> bool:
    """Whether advice goes into the sentence of the dose: not beside a reason, which it would seem to belong to."""
    if _is_time(advice) or _is_held_in_mouth(advice, step) or _goes_before_start(advice, step):
        return False
    alone = advice in _FED and step.method in ("take", "give", "chew", "drink", "use")
    if _APART.fullmatch(advice):
        return step.timing.frequency is not None and not (step.prn or step.indication)
    crowded = step.prn or step.indication or len(step.timing.events) > 1
    return (advice.startswith(INLINE) or _LASTING.match(advice) is not None) and not (alone and crowded)


def _goes_before_start(advice: str, step: Step) -> bool:
    """Whether it would seem to belong to when it begins: "2 tablets at bedtime as tolerated starting after 1 week"."""
    return advice == "as tolerated" and (step.start or "").startswith("after ")


def _directed(step: Step, shade: Shade) -> str:
    """ "As directed by the clinic", "and taper as directed"."""
    if not step.as_directed or _is_or_as_directed(step):
        return ""
    lead = f"and {shade.tapered} " if shade.tapered and step.dose else ""
    return f"{lead}as directed{shade.directed_by}"


def _is_or_as_directed(step: Step) -> bool:
    return any(said.startswith("or as ") for said in step.instructions)


def _is_held_in_mouth(advice: str, step: Step) -> bool:
    """Whether it tells for how long a mouthful is swished, which goes right behind it."""
    return step.method in ("swish", "gargle") and _LASTING.match(advice) is not None


def _is_time(advice: str) -> bool:
    """Whether the words say when, about one meal or a time before food: they go with the other times."""
    return advice.endswith(_MEALS) and advice.startswith((*_MEALS, "within ", *"123456789"))


def _is_bare(step: Step) -> bool:
    """Whether a dose without a unit stands before a count of times: "2, 4 times a day" must not be taken for 24."""
    often = step.timing.frequency
    return step.dose is not None and step.dose.unit is None and often is not None and often.high > 1


def _is_uncounted(step: Step) -> bool:
    """Whether a dose is for some days, and nothing says how often: "4 tablets for 3 days" must not be taken for 4 in all."""
    lasts = step.duration is not None and step.duration.unit in ("d", "wk")
    lasts = lasts and step.duration != _ONE_DAY
    counted = step.dose is not None and step.dose.unit in _EACH_TIME
    told = step.timing or step.prn or step.repeat or step.rate or step.change or step.days or step.trigger or step.start
    return lasts and counted and not told


def dose_words(dose: Dose, advice: Sequence[str] = ()) -> str:
    """A dose as it is said: "half a tablet", "1 to 2 tablets (5 mg)"."""
    text = amount(dose.low, dose.high, _unit(dose.unit, dose.high))
    if "a ribbon" in advice and dose.unit in ("cm", "inch"):
        return f"a {amount(dose.low, dose.high, dose.unit)} ribbon"
    if dose.low == dose.high and str(dose.low.normalize()) in _PARTS and dose.unit and dose.unit in UNITS:
        if UNITS[dose.unit].dimension == dose.unit:
            text = f"{_PARTS[str(dose.low.normalize())]} {dose.unit}"
    if dose.low == _HALF and dose.high >= 1 and dose.unit in _HALVED:
        text = f"half to {amount(dose.high, dose.high, _unit(dose.unit, dose.high))}"
    if dose.per:
        text += f"/{dose.per}"
    if dose.strength:
        high = dose.strength_high or dose.strength
        text += f" ({amount(dose.strength.value, high.value, _unit(high.unit, high.value))})"
    return text


def _unit(code: str | None, count: Decimal) -> str:
    if code is None:
        return ""
    if code == "gum":
        return "piece of gum" if 0 < count <= 1 else "pieces of gum"
    return code if 0 < count <= 1 else UNITS[code].plural


def _change(change: Change) -> str:
    text = "increase" if change.is_increase else "decrease"
    text += f" by {dose_words(change.by)}" if change.by else ""
    if change.every:
        text += f" {every(change.every)}"
    return text + (f" {'up ' if change.is_increase else ''}to {dose_words(change.to)}" if change.to else "")


def _place(step: Step, *, is_each: bool = False) -> str:
    if step.site:
        if is_each and step.site in ("both eyes", "both ears"):
            return (
                f"into each {step.site[5:-1]}"
                if step.route in INTO and step.method != "inject"
                else f"to each {step.site[5:-1]}"
            )
        site = step.site if step.site.startswith(_WITHOUT_ARTICLE) else f"the {step.site}"
        if step.route == "intramuscular" and step.site == "gluteal":
            return "into the muscle of the gluteal area"
        if step.route in _OF_PLACE:
            return f"{_ROUTES[step.route]} of {site}"
        inside = step.route in INTO and "eyelid" not in site
        if step.method == "wash":
            return site
        lead = "into" if inside or step.method == "inject" else "on" if step.method in ("place", "use") else "to"
        return site if site.startswith(("on ", "behind ", "from ", "inside ")) else f"{lead} {site}"
    if ways := [_ROUTES.get(way, way) for said in step.instructions for way in ways_in(said)]:
        return f"{', '.join(ways[:-1])} or {ways[-1]}"
    if step.route == "inhalation" and CANNULA in step.instructions:
        return CANNULA
    if step.dose and step.route == "inhalation" and (step.method, step.dose.unit) in INHALED:
        return ""
    if step.route == "inhalation" and step.dose and step.dose.unit in NEBULIZED:
        return "by nebulizer"
    if step.method == "place" and step.route in ("topical", "transdermal"):
        return "on the skin"
    return _ROUTES.get(step.route or "", step.route or "")


def _pushed(shade: Shade) -> str:
    """ "By slow push into a vein"."""
    speed = "slow " if "slow" in shade.pushed else "rapid " if "rapid" in shade.pushed else ""
    return f"by {speed}push into a vein"


def _is_in_a_while(step: Step) -> bool:
    """Whether it is one dose, so long after the one before: "then take 1 tablet in 6 hours", "1 hour later"."""
    return bool(
        step.start
        and (step.start.startswith("in ") or step.start.endswith(" later"))
        and step.timing == Timing(once=True)
    )


def _start(start: str) -> str:
    """ "starting tomorrow", "if no improvement in 1 week"."""
    return start if start.startswith(("if ", "in ")) else f"starting {_dated(start)}"


def _dated(text: str) -> str:
    return " ".join(w.capitalize() if w[:3] in _CAPITALS and not w.startswith("month") else w for w in text.split())


def _as_needed(step: Step) -> str:
    if not step.prn:
        return ""
    if step.prn_reason and step.prn_reason.startswith("onset of "):
        return f"at the first sign of {step.prn_reason.removeprefix('onset of ')}"
    if step.prn_reason and step.prn_reason.startswith(_NOTHING_CAME):
        return f"if {step.prn_reason}"
    return f"as needed {why(step.prn_reason)}" if step.prn_reason else "as needed"


def reason_leads(step: Step) -> bool:
    """Whether the reason is told first, where it would seem to belong to what the dose is taken at the onset of."""
    return step.link is Link.FIRST and (step.prn_reason or "").startswith("onset of ")


def why(reason: str) -> str:
    """What it is for: "for pain"."""
    return reason if reason.startswith("to ") else f"for {reason}"


def afterwards(step: Step, shade: Shade) -> list[str]:
    """What is said in sentences of its own: repeats, limits, instructions."""
    again = [_repeat(step, step.repeat)] if step.repeat else []
    is_last = bool(step.wear) and not step.maxima  # "leave on for 8 hours, rinse off, repeat after 1 week"
    said = [] if is_last else again
    said += [f"Start {step.start}"] if step.start and step.start.startswith("within ") else []
    said += (
        worn(
            step.wear,
            washed=shade.is_washed
            and step.route == "topical"
            and not step.dose
            and "rinse off" not in step.instructions,
            inside=step.route == "vaginal",
        )
        if step.wear
        else ()
    )
    counted = f" {_ALL_SOURCES}" if step.maxima and _ALL_SOURCES in step.instructions else ""
    said += [_maximum(m, step.method) + counted for m in step.maxima]
    apart = (
        i
        for i in step.instructions
        if not (
            (i in _AMOUNTS and not _is_counted_sparingly(i, step))
            or i.startswith(MIXED)
            or ways_in(i)
            or _is_inline(i, step)
            or _is_time(i)
            or _goes_before_start(i, step)
            or (step.repeat and _is_of_repeat(i))
            or _is_held_in_mouth(i, step)
            or i == _changed(step, shade)
            or (i == _ALL_SOURCES and counted)
        )
    )
    said += [_sentences_of(i, step) for i in apart]
    return said + (again if is_last else [])


def _is_counted_sparingly(advice: str, step: Step) -> bool:
    """ "1 tablet as needed, use sparingly": no amount, where there is a dose."""
    return advice == "sparingly" and step.dose is not None


def _sentences_of(advice: str, step: Step) -> str:
    """A piece of advice as a sentence: "Then stop", "Then spit it out", "Hold for SBP under 100"."""
    verb = _SAID.get(step.method or "use", step.method or "use")
    if step.method == "swish" and advice in _SWISHED:
        return _SWISHED[advice]
    if advice == OLD_PATCH:
        return f"Remove the old {'patches' if step.dose and step.dose.high > 1 else 'patch'} first"
    if advice in ("stop", "sparingly"):
        return "Then stop" if advice == "stop" else "Use sparingly"
    if advice == "not every day":
        return f"Do not {verb} every day"
    if advice.startswith("not on the "):
        return f"Do not use {advice.removeprefix('not ')}"
    if advice == "crush":
        return "Crush it"
    if advice in _FED:
        return f"{verb.capitalize()} {advice}"
    return advice[:1].upper() + advice[1:]


def _is_total(step: Step) -> bool:
    """Whether a number of doses tells how often the one may be repeated: "may repeat every 5 minutes up to 3 doses"."""
    timing = step.timing
    return bool(step.repeat and timing.count and not (timing.once or timing.interval or timing.frequency))


def _without_total(step: Step) -> Timing:
    return replace(step.timing, count=None) if _is_total(step) else step.timing


def _is_of_repeat(advice: str) -> bool:
    """Whether it tells where, or under what condition, a dose is repeated."""
    return advice == _OTHER_NOSTRIL or advice.startswith("if ")


def _repeat(step: Step, repeat: Repeat) -> str:
    text = " ".join(filter(None, [_AGAIN[repeat.is_due, repeat.is_every], *_again(repeat)]))
    asked = any(i.startswith("if ") for i in step.instructions)
    if _waits_for_days(repeat) and not (repeat.is_due or repeat.is_every or asked):
        text += " if needed"  # after days it would seem to be due
    text += " in the other nostril" if _OTHER_NOSTRIL in step.instructions else ""
    text += "".join(f" {i}" for i in step.instructions if i.startswith("if "))
    return f"{text} up to {step.timing.count} doses" if _is_total(step) else text


def _waits_for_days(repeat: Repeat) -> bool:
    wait = repeat.after
    return wait is not None and (wait.unit in _DAYS or (wait.unit == "h" and wait.low >= _HOURS_A_DAY))


def _again(repeat: Repeat) -> Iterator[str]:
    """How often, and after how long: "1 time after 2 hours", "every 5 minutes up to 3 times"."""
    times = f"{repeat.times} {'time' if repeat.times == 1 else 'times'}" if repeat.times else ""
    wait = repeat.after
    if wait and repeat.is_every:
        yield every(wait)
        yield f"up to {times}" if times else ""
    else:
        yield times
        yield f"after {amount(wait.low, wait.high, period(wait.unit, wait.high))}" if wait else ""


def _maximum(limit: Maximum, method: str | None) -> str:
    lead = "Do not take more than" if method == "take" else "No more than"
    text = f"{lead} {format_number(limit.value)} {_unit(limit.unit, limit.value)}".rstrip()
    text += f" of {limit.of}" if limit.of else ""
    if limit.period is None:
        return f"{text} at one time"
    each = period(limit.period_unit, limit.period)
    return (
        f"{text} {'an' if each == 'hour' else 'a'} {each}"
        if limit.period == 1
        else f"{text} in {format_number(limit.period)} {each}"
    )
