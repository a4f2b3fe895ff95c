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

from tallman.core.sig.model import Interval, Link, Sig, Step
from tallman.core.sig.parse import parse
from tallman.core.sig.say_meaning import as_understood, is_taper
from tallman.core.sig.say_reasons import is_english
from tallman.core.sig.say_shades import PLAIN, Shade, is_given_at_office, shades_of
from tallman.core.sig.say_step import afterwards, dose_words, reason_leads, step_words, why
from tallman.core.sig.say_when import listed, when
from tallman.core.sig.say_words import in_full, lettered, told_words

__all__ = ["as_understood", "heading_of", "in_full", "say"]

_RUNS_IN = frozenset({"intravenous", "subcutaneous", "enteral tube", "inhalation", "epidural", "intraosseous"})
"""Ways in that take a time of their own."""
_ROUND = re.compile(r"on days 1 to (\d+) of every (\d+) days(?=\.)")
_MONTHS = re.compile(r"\bin months? 1(?: to (\d+))? of every (\d+) months")
_BEHIND_ROW = re.compile(r"\d ?(?:u|units?)?,? ?(and|&|\+|plus|,) ?$", re.IGNORECASE)
_EVERY_OTHER_DAY = Interval(Decimal(2), Decimal(2), "d")
Shaded = tuple[Step, Shade]
_BEGUN = {Link.AND: "Also", Link.OR: "Or"}
"""How a sentence begins that is joined to the one before."""


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
        text = lettered(_with_told(wording, told, of_row=_is_of_last_row(sig)))
        back = parse(text)
        if back.is_read and len(back.told) == len(told) and as_understood(back).same_meaning(meant):
            return text
    return None


def _is_of_last_row(sig: Sig) -> bool:
    """Whether what the patient must hear stands behind the last row of a scale, and is done then: "> 400 8 units and call MD"."""
    rows = sig.steps[-1].scale
    behind = _BEHIND_ROW.search(sig.text[: sig.told[0][0]]) if rows and sig.told else None
    return behind is not None and (behind[1] != "," or rows[-1].high is None)


def _with_told(wording: str, told: list[str], *, of_row: bool) -> str:
    """The direction and what stands as it is written; what is done at the last row of a scale goes with that row."""
    if of_row and wording.endswith(("unit.", "units.")):
        done = f"{told[0][:1].lower()}{told[0][1:]}".removeprefix("and ")
        return " ".join([f"{wording[:-1]}, and {done}", *told[1:]])
    return " ".join([wording, *told])


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
            heading = heading_of(steps, sig.text)
            for text in _said(list(zip(steps, shaded, strict=True)), heading, by_day=is_taper(sig.steps)):
                yield _at_office(text, heading) if is_given_at_office(sig.text) else text


def _said(steps: list[Shaded], heading: str, *, by_day: bool) -> Iterator[str]:
    """The direction said as short as possible, then with every step said whole."""
    if not all(_is_sayable(step) for step, _ in steps):
        return
    if (once := _with_one_most(steps)) != steps:
        yield _joined(once, heading, brief=True)
    if zero := _counted_from_zero(steps):
        yield _joined(steps[:1], heading, brief=True).replace("in month 1", zero)
    if by_day:
        yield _joined(steps, heading, brief=True).replace(" once a day", " a day")
    if len(steps) == 2 and all(step.timing.interval == _EVERY_OTHER_DAY for step, _ in steps):
        yield " on the other days".join(_joined(steps, heading, brief=True).rsplit(" every other day", 1))
    if any(afterwards(*step) for step in steps[:-1]) or any(map(_needs_parting, steps, steps[1:])):
        yield _joined(steps, heading, brief=True, apart=True)
    for brief in (True, False):
        text = _joined(steps, heading, brief=brief)
        if _ROUND.search(text):
            yield _ROUND.sub(_on_and_off, text)
        if _MONTHS.search(text):
            yield _MONTHS.sub(_months_on_and_off, text)
        yield text


def _counted_from_zero(steps: list[Shaded]) -> str:
    """ "At 0, 1 and 6 months": the same dose in single months, the first of them at once."""
    first, months = (
        steps[0][0],
        [s.days.first for s, _ in steps if s.days and s.days.unit == "mo" and s.days.first == s.days.last],
    )
    same = all(
        replace(s, link=first.link, days=first.days, span=first.span, product=first.product) == first for s, _ in steps
    )
    if len(months) < max(len(steps), 2) or not same or months[0] != 1:
        return ""
    return f"at {listed([str(month - 1) for month in months])} months"


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
    poured = step.method == "infuse" or (step.method == "give" and step.dose and step.dose.unit in ("mL", "L"))
    if step.method == "mix" or (step.timing.over and not poured and step.route not in _RUNS_IN and not step.rate):
        return False
    return bool(step.method or step.as_directed)


def _on_and_off(found: re.Match[str]) -> str:
    """ "For 3 weeks, then off for 1 week, then repeat" in place of the days of every round."""
    on, whole = int(found[1]), int(found[2])
    unit, size = ("week", 7) if not (on % 7 or whole % 7) else ("day", 1)
    lasting = [f"{days // size} {unit}{'' if days == size else 's'}" for days in (on, whole - on)]
    return f"for {lasting[0]}, then off for {lasting[1]}, then repeat"


def heading_of(steps: Sequence[Step], text: str) -> str:
    """The name of the medicine before its directions, where one is named and all steps are of it: "Lisinopril 10 mg: "."""
    named = steps[0].product
    if not named or any(s.product for s in steps[1:]):
        return ""
    at = text.lower().find(named)
    if at >= 0 and not text.isupper():
        named = text[at : at + len(named)]  # "D5W", "8 mg/250 mL"
    named = "MOM" if named == "mom" else named
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
        said, after = step_words(step, shade, before), afterwards(step, shade)
        if step.start == "when needed":
            text += f" May increase to {' '.join(filter(None, [dose_words(step.dose) if step.dose else '', *when(step.timing)]))} if needed"
        elif step.link is Link.THEN:
            text += f" {_then(step, shade)} {said}"
        elif step.link is Link.FIRST:
            if reason_leads(step) and step.indication:
                said = f"{why(step.indication)}, {said}"
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
