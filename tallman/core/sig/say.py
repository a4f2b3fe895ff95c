"""Say a direction in plain words, such as a label carries and a child of eleven can read.

Words and order follow the universal medication schedule and the plain-language advice of USP <17>: the verb first,
numerals, "2 times a day" and "by mouth", one sentence for each limit. Nothing is said that the reader of this package
does not read back as the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tallman.core.quantity import UNITS, format_number
from tallman.core.sig.model import Change, Dose, Interval, Link, Maximum, Repeat, Sig, Step, Timing
from tallman.core.sig.parse import parse
from tallman.core.sig.say_meaning import INLINE, INTO, MIXED, OLD_PATCH, SPIT, as_understood, is_taper, ways_in
from tallman.core.sig.say_reasons import is_english
from tallman.core.sig.say_shades import PLAIN, Shade, is_at_most, is_given_at_office, shades_of
from tallman.core.sig.say_when import amount, days_of, every, flowing, how_long, period, when, worn
from tallman.core.sig.say_words import in_full, lettered, told_words

__all__ = ["INHALED", "NEBULIZED", "as_understood", "in_full", "say"]

_ROUTES = {
    "oral": "by mouth", "sublingual": "under the tongue", "buccal": "between the cheek and gum",
    "inhalation": "by inhalation", "nasal": "into the nose", "ophthalmic": "into the eye", "otic": "into the ear",
    "topical": "to the skin", "subcutaneous": "under the skin", "intramuscular": "into the muscle",
    "intravenous": "into a vein", "rectal": "into the rectum", "vaginal": "into the vagina",
    "enteral tube": "by feeding tube", "dental": "to the teeth", "transdermal": "to the skin",
    "urethral": "into the urethra", "intratracheal": "into the windpipe",
}  # fmt: skip
_RUNS_IN = frozenset({"intravenous", "subcutaneous", "enteral tube", "inhalation", "epidural", "intraosseous"})
"""Ways in that take a time of their own."""
_OF_PLACE = frozenset({"subcutaneous", "intramuscular"})
"""Routes that no place on the body tells by itself: "into the muscle of the outer thigh"."""
INHALED = frozenset({("inhale", "puff"), ("inhale", "inhalation"), ("inhale", "capsule"), ("take", "inhalation")})
"""What tells by itself that it is breathed in."""
NEBULIZED = frozenset({"vial", "ampule", "mL", "mg"})
_ROUND = re.compile(r"on days 1 to (\d+) of every (\d+) days(?=\.)")
_MONTHS = re.compile(r"\bin months? 1(?: to (\d+))? of every (\d+) months")
_WITHOUT_ARTICLE = ("both ", "each ", "one ", "alternating ", "on ", "left and right ", "entire ", "behind ", "from ")
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
_EVERY_OTHER_DAY = Interval(Decimal(2), Decimal(2), "d")
_LASTING = re.compile(r"for \d")
_SWISHED = {SPIT: "Then spit it out", "swish and swallow": "Then swallow"}
_OTHER_NOSTRIL = "next in the other nostril"
Shaded = tuple[Step, Shade]
_BEGUN = {Link.AND: "Also", Link.OR: "Or"}
"""How a sentence begins that is joined to the one before."""
_PARTS = {"0.5": "half a", "0.25": "one quarter of a", "0.75": "three quarters of a"}


def say(sig: Sig) -> str | None:
    """The direction in plain words; None when that cannot be done exactly, and the text as received must stand.

    Only a direction that was read whole is said, and only in words that `parse` reads as the same meaning.

    >>> say(parse("1 tab po bid prn pain"))
    'Take 1 tablet by mouth 2 times a day as needed for pain.'
    >>> say(parse("1 tab po bid per 3 zorks")) is None
    True
    """
    if not sig.is_read or (sig.language == "es" and not all(map(is_english, sig.steps))):
        return None
    meant = as_understood(sig)
    told = [_sentence(words) for words in told_words(sig)]
    for wording in _wordings(sig):
        text = lettered(" ".join([wording, *told]))
        back = parse(text)
        if back.is_read and len(back.told) == len(told) and as_understood(back).same_meaning(meant):
            return text
    return None


def _sentence(words: str) -> str:
    """Words of the text that stand as they are, as a sentence of their own."""
    said = in_full(words.lower() if words.isupper() else words)  # "CALL 911 IF NO RELIEF"
    return f"{said[:1].upper()}{said[1:]}."


def _wordings(sig: Sig) -> Iterator[str]:
    """The direction in full words and all shades of its text, then nearer to what is read for certain."""
    shades = shades_of(sig)
    flat = [replace(PLAIN, is_optional=shade.is_optional) for shade in shades]
    for in_words in (True, False):
        steps = as_understood(sig, in_words=in_words).steps
        for shaded in (shades, flat):
            heading = _heading(steps, sig.text)
            for text in _said(list(zip(steps, shaded, strict=True)), heading, by_day=is_taper(sig.steps)):
                yield _at_office(text, heading) if is_given_at_office(sig.text) else text


def _said(steps: list[Shaded], heading: str, *, by_day: bool) -> Iterator[str]:
    """The direction said as short as possible, then with every step said whole."""
    if not all(_is_sayable(step) for step, _ in steps):
        return
    if (once := _with_one_most(steps)) != steps:
        yield _joined(once, heading, brief=True)
    if by_day:
        yield _joined(steps, heading, brief=True).replace(" once a day", " a day")
    if len(steps) == 2 and all(step.timing.interval == _EVERY_OTHER_DAY for step, _ in steps):
        yield " on the other days".join(_joined(steps, heading, brief=True).rsplit(" every other day", 1))
    if any(_afterwards(*step) for step in steps[:-1]) or any(map(_needs_parting, steps, steps[1:])):
        yield _joined(steps, heading, brief=True, apart=True)
    for brief in (True, False):
        text = _joined(steps, heading, brief=brief)
        if _ROUND.search(text):
            yield _ROUND.sub(_on_and_off, text)
        if _MONTHS.search(text):
            yield _MONTHS.sub(_months_on_and_off, text)
        yield text


def _with_one_most(steps: list[Shaded]) -> list[Shaded]:
    """A most that all doses of a choice have, with the last of them alone: "no more than 8 tablets a day" is of both."""
    last = steps[-1][0]
    shared = all(s.link is Link.OR for s, _ in steps[1:]) and all(s.maxima == last.maxima for s, _ in steps)
    return [(replace(s, maxima=()), shade) for s, shade in steps[:-1]] + steps[-1:] if shared else steps


def _at_office(text: str, heading: str) -> str:
    """Where a patient has nothing to do: "To be given at the office: inject 60 mg under the skin every 6 months."."""
    return f"{text} Given by the office." if heading else f"To be given at the office: {text[:1].lower()}{text[1:]}"


def _needs_parting(before: Shaded, then: Shaded) -> bool:
    """Whether "as needed" would seem to go for both: "take 1 tablet once a day and 1 tablet in the afternoon as needed"."""
    return then[0].link is Link.AND and before[0].prn != then[0].prn


def _is_sayable(step: Step) -> bool:
    """Not what is mixed or measured first, nor a time that may be the wearing of a patch: that takes more words."""
    if step.method == "check":
        return not step.dose
    if step.method == "mix" or (
        step.timing.over and step.method != "infuse" and step.route not in _RUNS_IN and not step.rate
    ):
        return False
    return bool(step.method or step.as_directed)


def _on_and_off(found: re.Match[str]) -> str:
    """ "For 3 weeks, then off for 1 week, then repeat" in place of the days of every round."""
    on, whole = int(found[1]), int(found[2])
    unit, size = ("week", 7) if not (on % 7 or whole % 7) else ("day", 1)
    lasting = [f"{days // size} {unit}{'' if days == size else 's'}" for days in (on, whole - on)]
    return f"for {lasting[0]}, then off for {lasting[1]}, then repeat"


def _heading(steps: Sequence[Step], text: str) -> str:
    """The name of the medicine before its directions, where one is named and all steps are of it: "Lisinopril 10 mg: "."""
    named = steps[0].product
    if not named or any(s.product for s in steps[1:]):
        return ""
    at = text.lower().find(named)
    if at >= 0 and not text.isupper():
        named = text[at : at + len(named)]  # "D5W", "8 mg/250 mL"
    return f"{named[:1].upper()}{named[1:]}: "


def _months_on_and_off(found: re.Match[str]) -> str:
    on = int(found[1] or 1)
    lasting = [f"{months} month{'' if months == 1 else 's'}" for months in (on, int(found[2]) - on)]
    return f"for {lasting[0]}, then off for {lasting[1]}, then repeat"


def _joined(steps: list[Shaded], heading: str, *, brief: bool, apart: bool = False) -> str:
    """All steps; `apart`: a step behind sentences of advice begins one of its own ("Also inhale 2 puffs before exercise")."""
    text, after = "", list[str]()
    for i, (step, shade) in enumerate(steps):
        begins = apart and step.link in _BEGUN and (bool(after) or _needs_parting(steps[i - 1], steps[i]))
        before = steps[i - 1][0] if i and brief and not (apart and after) and not begins else None
        said, after = _step(step, shade, before), _afterwards(step, shade)
        if step.start == "when needed":
            text += f" May increase to {' '.join(filter(None, [_dose(step.dose) if step.dose else '', *when(step.timing)]))} if needed"
        elif step.link is Link.THEN:
            text += f" {_then(step, shade)} {said}"
        elif step.link is Link.FIRST:
            if _reason_leads(step) and step.indication:
                said = f"{_why(step.indication)}, {said}"
            text += heading + said if heading else said[:1].upper() + said[1:]
        elif begins:
            text += f" {'You may also' if step.link is Link.AND and step.prn else _BEGUN[step.link]} {said}"
        else:
            text = f"{text.removesuffix('.')} {step.link} {said}"
        text += "." + "".join(f" {sentence}." for sentence in after)
    return text


def _then(step: Step, shade: Shade) -> str:
    if step.change:
        return "You may" if shade.is_allowed or shade.is_optional else "Then"
    return "Then you may" if shade.is_optional else "Then"


def _step(step: Step, shade: Shade, before: Step | None) -> str:
    """One step without its full stop. What it shares with the step before is not said again."""
    shares = before is not None and (before.method, before.route, before.site) == (step.method, step.route, step.site)
    brief = shares and step.link is not Link.THEN
    parts = [
        "" if brief or step.change else _verb(step, shade),
        _dose(step.dose, step.instructions) if step.dose and not step.change else "",
        flowing(step.rate, has_dose=step.dose is not None) if step.rate else "",
        *(i for i in step.instructions if i in _AMOUNTS and not (i in ("a ribbon", "sparingly") and step.dose)),
        *(
            i.removeprefix("mixed ") if step.method == "dissolve" else i
            for i in step.instructions
            if i.startswith(MIXED)
        ),
        _change(step.change) if step.change else "",
        "" if shares else _place(step),
        "each time," if _is_bare(step) and (shares or not _place(step)) else "",
        "each time" if _is_uncounted(step) else "",
        *("" if _is_in_a_while(step) else part for part in _times(step, shade)),
        *(i for i in step.instructions if _is_time(i)),
        *_on_days(step),
        how_long(step.duration) if step.duration else "",
        _as_needed(step),
        _why(step.indication) if step.indication and not _reason_leads(step) else "",
        "as directed" if step.as_directed else "",
        *(i for i in step.instructions if _is_inline(i, step)),
        f"until {step.until}" if step.until else "",
    ]
    return " ".join(filter(None, parts))


def _verb(step: Step, shade: Shade) -> str:
    if step.method == "swish" and shade.is_gargled:
        return "gargle"
    return _SAID.get(step.method or "use", step.method or "use")


def _times(step: Step, shade: Shade) -> Iterator[str]:
    at_most = is_at_most(step, shade)
    return when(_without_total(step), at_most=at_most, at_once=shade.at_once, tomorrow=shade.is_tomorrow)


def _on_days(step: Step) -> Iterator[str]:
    """The days and what it comes before, so parted that no two numbers meet: "1 hour before chemo on day 1"."""
    trigger = step.trigger or ""
    if numbered := trigger[:1].isdigit():
        yield trigger
    yield days_of(step.days, step.cycle) if step.days else ""
    yield _start(step.start) if step.start and not step.start.startswith("within ") else ""
    yield "" if numbered else trigger


def _is_inline(advice: str, step: Step) -> bool:
    """Whether advice goes into the sentence of the dose: not beside a reason, which it would seem to belong to."""
    if _is_time(advice):
        return False
    alone = advice in _FED and step.method in ("take", "give", "chew", "drink", "use")
    crowded = step.prn or step.indication or len(step.timing.events) > 1
    return (advice.startswith(INLINE) or _LASTING.match(advice) is not None) and not (alone and crowded)


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
    counted = step.dose is not None and step.dose.unit in _EACH_TIME
    told = step.timing or step.prn or step.repeat or step.rate or step.change or step.days or step.trigger or step.start
    return lasts and counted and not told


def _dose(dose: Dose, advice: Sequence[str] = ()) -> str:
    text = amount(dose.low, dose.high, _unit(dose.unit, dose.high))
    if "a ribbon" in advice and dose.unit in ("cm", "inch"):
        return f"a {amount(dose.low, dose.high, dose.unit)} ribbon"
    if dose.low == dose.high and str(dose.low.normalize()) in _PARTS and dose.unit and dose.unit in UNITS:
        if UNITS[dose.unit].dimension == dose.unit:
            text = f"{_PARTS[str(dose.low.normalize())]} {dose.unit}"
    if dose.per:
        text += f"/{dose.per}"
    if dose.strength:
        high = dose.strength_high or dose.strength
        text += f" ({amount(dose.strength.value, high.value, _unit(high.unit, high.value))})"
    return text


def _unit(code: str | None, count: Decimal) -> str:
    if code is None:
        return ""
    return code if count <= 1 else UNITS[code].plural


def _change(change: Change) -> str:
    text = "increase" if change.is_increase else "decrease"
    text += f" by {_dose(change.by)}" if change.by else ""
    if change.every:
        text += f" {every(change.every)}"
    return text + (f" {'up ' if change.is_increase else ''}to {_dose(change.to)}" if change.to else "")


def _place(step: Step) -> str:
    if step.site:
        site = step.site if step.site.startswith(_WITHOUT_ARTICLE) else f"the {step.site}"
        if step.route in _OF_PLACE:
            return f"{_ROUTES[step.route]} of {site}"
        inside = step.route in INTO and "eyelid" not in site
        if step.method == "wash":
            return site
        lead = "into" if inside or step.method == "inject" else "on" if step.method in ("place", "use") else "to"
        return site if site.startswith(("on ", "behind ", "from ")) else f"{lead} {site}"
    if ways := [_ROUTES.get(way, way) for said in step.instructions for way in ways_in(said)]:
        return f"{', '.join(ways[:-1])} or {ways[-1]}"
    if step.dose and step.route == "inhalation" and (step.method, step.dose.unit) in INHALED:
        return ""
    if step.route == "inhalation" and step.dose and step.dose.unit in NEBULIZED:
        return "by nebulizer"
    if step.method == "place" and step.route in ("topical", "transdermal"):
        return "on the skin"
    return _ROUTES.get(step.route or "", step.route or "")


def _is_in_a_while(step: Step) -> bool:
    """Whether it is one dose, so long after the one before: "then take 1 tablet in 6 hours"."""
    return bool(step.start and step.start.startswith("in ") and step.timing == Timing(once=True))


def _start(start: str) -> str:
    """ "starting tomorrow", "if no improvement in 1 week"."""
    return start if start.startswith(("if ", "in ")) else f"starting {_dated(start)}"


def _dated(text: str) -> str:
    return " ".join(w.capitalize() if w[:3] in _CAPITALS else w for w in text.split())


def _as_needed(step: Step) -> str:
    if not step.prn:
        return ""
    if step.prn_reason and step.prn_reason.startswith("onset of "):
        return f"at the first sign of {step.prn_reason.removeprefix('onset of ')}"
    return f"as needed {_why(step.prn_reason)}" if step.prn_reason else "as needed"


def _reason_leads(step: Step) -> bool:
    """Whether the reason is told first, where it would seem to belong to what the dose is taken at the onset of."""
    return step.link is Link.FIRST and (step.prn_reason or "").startswith("onset of ")


def _why(reason: str) -> str:
    return reason if reason.startswith("to ") else f"for {reason}"


def _afterwards(step: Step, shade: Shade) -> list[str]:
    """What is said in sentences of its own: repeats, limits, instructions."""
    said = [_repeat(step, step.repeat)] if step.repeat else []
    said += [f"Start {step.start}"] if step.start and step.start.startswith("within ") else []
    said += (
        worn(
            step.wear,
            washed=shade.is_washed and step.route == "topical" and not step.dose,
            inside=step.route == "vaginal",
        )
        if step.wear
        else ()
    )
    said += [_maximum(m, step.method) for m in step.maxima]
    apart = (
        i
        for i in step.instructions
        if not (
            (i in _AMOUNTS and not _is_counted_sparingly(i, step))
            or i.startswith(MIXED)
            or ways_in(i)
            or _is_inline(i, step)
            or _is_time(i)
            or (step.repeat and _is_of_repeat(i))
        )
    )
    said += [_sentences_of(i, step) for i in apart]
    return said


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
    text = "Repeat" if repeat.is_due else "May repeat"
    if repeat.times:
        text += f" {repeat.times} {'time' if repeat.times == 1 else 'times'}"
    if repeat.after:
        text += f" after {amount(repeat.after.low, repeat.after.high, period(repeat.after.unit, repeat.after.high))}"
    text += " in the other nostril" if _OTHER_NOSTRIL in step.instructions else ""
    text += "".join(f" {i}" for i in step.instructions if i.startswith("if "))
    return f"{text} up to {step.timing.count} doses" if _is_total(step) else text


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
