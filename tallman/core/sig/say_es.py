"""Say a direction in plain Spanish. What has no word in the tables is not said: half a translation misleads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TypeVar

from tallman.core.quantity import format_number
from tallman.core.sig import spanish
from tallman.core.sig.model import DayRange, Dose, Event, Frequency, Interval, Link, Maximum, Sig, Step, Timing
from tallman.core.sig.occasions import are_apart
from tallman.core.sig.say import heading_of, say
from tallman.core.sig.say_meaning import as_understood, is_taper
from tallman.core.sig.say_shades import Shade, is_at_most, shades_of
from tallman.core.sig.say_step import INHALED, NEBULIZED
from tallman.core.sig.say_words import told_words
from tallman.core.sig.spanish_places import in_spanish, when_in_spanish

__all__ = ["say_in_spanish"]

T = TypeVar("T")

_HALVES = {"0.5": ("media", "medio"), "0.25": ("un cuarto de", "un cuarto de"), "0.75": ("tres cuartos de",) * 2}
_AT_ONCE = {"right away": "ahora mismo", "today": "hoy", "tonight": "esta noche"}
_ONSET = "onset of "
_TAKEN_WITH = ("Tómelo ",)


class _NoWord(LookupError):
    """Something that the tables have no Spanish for."""


def say_in_spanish(sig: Sig) -> str | None:
    """The direction in plain Spanish; None where any part of it has no certain translation.

    Only what `say` can say exactly in English is said at all.

    >>> from tallman.core.sig import parse
    >>> say_in_spanish(parse("1 tab po bid prn pain"))
    'Tome 1 tableta por la boca 2 veces al día, si lo necesita para el dolor.'
    >>> say_in_spanish(parse("1 tab po bid prn borborygmus")) is None
    True
    """
    is_spanish = sig.language == "es"
    if (not is_spanish and not all(_told(sig))) or say(_without_words(sig) if is_spanish else sig) is None:
        return None
    try:
        return " ".join(_sentences(as_understood(sig), is_by_day=is_taper(sig.steps)))
    except _NoWord:
        return None


def _without_words(sig: Sig) -> Sig:
    """A Spanish direction without what may stand in its own words, which are Spanish already."""
    return replace(sig, told=(), steps=tuple(map(_without_own, sig.steps)))


def _without_own(step: Step) -> Step:
    advice = tuple(i for i in step.instructions if not i.startswith("mixed in "))
    method = "take" if step.method == "mix" and advice != step.instructions else step.method
    return replace(step, prn_reason=None, indication=None, instructions=advice, method=method)


def _sentences(sig: Sig, *, is_by_day: bool) -> Iterator[str]:
    heading = heading_of(sig.steps, sig.text) if sig.language == "es" else ""
    steps = [replace(sig.steps[0], product=None), *sig.steps[1:]] if heading else sig.steps
    text, after, before = "", [], steps[0]
    for step, shade in zip(steps, shades_of(sig), strict=True):
        _refuse_what_is_rare(step)
        if shade.is_optional:
            raise _NoWord("may")
        said = _step(step, shade, is_spanish=sig.language == "es")
        if step.link is Link.FIRST:
            text = f"{heading}{_lower(said)}" if heading else said
        elif step.link is Link.THEN:
            text += f". Después, {_lower(said)}"
        elif step.link is Link.AND and before.prn != step.prn:
            text += f". Además, {_lower(said)}"
        else:
            text += f" {_joint(step.link, said)} {_lower(said)}"
        before = step
        after += [*_repeat(step), *_worn(step)]
        after += [_maximum(m) for m in step.maxima]
        after += [
            _instruction(i, step, is_spanish=sig.language == "es")
            for i in step.instructions
            if i not in spanish.AMOUNTS
        ]
    yield f"{text.replace(' una vez al día', ' al día') if is_by_day else text}."
    yield from (f"{sentence}." for sentence in dict.fromkeys(after))
    told = _told(sig) if sig.language != "es" else told_words(sig)
    yield from (f"{sentence}." for sentence in told if sentence)


def _told(sig: Sig) -> list[str | None]:
    """What the patient must hear beside the directions, in Spanish where the table has it."""
    return [spanish.TOLD.get(said.lower()) for said in told_words(sig)]


def _joint(link: Link, said: str) -> str:
    """ "y" and "o", which are "e" and "u" before their own sound."""
    if link is Link.AND:
        return "e" if said.startswith("I") else "y"
    return _word({"or": "u" if said.startswith("O") else "o"}, str(link))


def _refuse_what_is_rare(step: Step) -> None:
    rare = (
        step.change, step.rate, step.scale, step.start, step.until, step.product, step.cycle,
        step.timing.month_days, step.timing.over,
    )  # fmt: skip
    if any(rare):
        raise _NoWord(str(rare))


def _step(step: Step, shade: Shade, *, is_spanish: bool) -> str:
    amounts = [spanish.AMOUNTS[i] for i in step.instructions if i in spanish.AMOUNTS]
    parts = [
        _word(spanish.METHODS, step.method or "use"),
        _dose(step.dose) if step.dose else "",
        *amounts,
        _place(step),
        *_when(step.timing, _AT_ONCE[shade.at_once], at_most=is_at_most(step, shade)),
        _on_days(step.days) if step.days else "",
        _for_days(step),
    ]
    text = " ".join(filter(None, parts))
    if step.trigger:
        text += f" {_known(when_in_spanish(step.trigger), step.trigger)}"
    if step.as_directed:
        text += " según las indicaciones"
    if step.prn and (step.prn_reason or "").startswith(_ONSET):
        reason = (step.prn_reason or "").removeprefix(_ONSET)
        text += f" a la primera señal de {_word(spanish.REASONS, reason)}".replace(" de el ", " del ")
    elif step.prn:
        text += ", si lo necesita" + (_why(step.prn_reason, is_spanish) if step.prn_reason else "")
    if step.indication:
        text += f",{_why(step.indication, is_spanish)}"
    return text


def _why(reason: str, is_spanish: bool) -> str:
    """What for: in the words of the text, where these are Spanish and stand in no table."""
    said = spanish.REASONS.get(reason, reason) if is_spanish else _word(spanish.REASONS, reason)
    return f" para {said}"


def _dose(dose: Dose) -> str:
    if dose.per or dose.unit is None:
        raise _NoWord("a dose by weight, or without a unit")
    one, several, gender = _word(spanish.UNITS, dose.unit)
    part = _HALVES.get(str(dose.low.normalize()))
    if dose.low == dose.high and part and gender:
        text = f"{part[gender == 'm']} {one}"
    else:
        text = f"{_range(dose.low, dose.high)} {one if dose.high <= 1 else several}"
    if dose.strength:
        high = dose.strength_high or dose.strength
        strength_one, strength_several, _ = _word(spanish.UNITS, dose.strength.unit)
        text += f" ({_range(dose.strength.value, high.value)} {strength_one if high.value <= 1 else strength_several})"
    return text


def _range(low: Decimal, high: Decimal) -> str:
    if low == high:
        return format_number(low)
    return f"hasta {format_number(high)}" if low == 0 else f"{format_number(low)} a {format_number(high)}"


def _place(step: Step) -> str:
    if step.site and step.route in ("subcutaneous", "intramuscular"):
        return f"{_word(spanish.ROUTES, step.route)} {_known(in_spanish(step.site), step.site)}"
    if step.site:
        return _known(in_spanish(step.site), step.site)
    if step.dose and (step.method, step.dose.unit) in INHALED:
        return ""
    if step.dose and step.route == "inhalation" and step.dose.unit in NEBULIZED:
        return "con el nebulizador"
    return _word(spanish.ROUTES, step.route) if step.route else ""


def _when(timing: Timing, at_once: str, *, at_most: bool) -> Iterator[str]:
    first = timing.stat and bool(timing.frequency or timing.interval)
    if first:
        yield f"{at_once} y"
    if timing.frequency:
        yield _frequency(timing.frequency)
    if timing.interval:
        yield _interval(timing.interval)
    if timing.stat and not first:
        yield at_once
    elif timing.once and not timing.stat:
        yield "una sola vez"
    events, hours = [_event(e) for e in timing.events], [_hour(h) for h in timing.clock]
    if are_apart(timing.events, timing.clock):
        yield _listed([*events, *hours])
    else:
        yield from (_listed(named) for named in (events, hours) if named)
    if timing.weekdays:
        yield _listed([_word(spanish.WEEKDAYS, d) for d in timing.weekdays])
    if timing.count:
        yield f"{'hasta' if at_most else 'por'} {timing.count} dosis"


def _frequency(f: Frequency) -> str:
    one, several = _word(spanish.PERIODS, f.unit)
    each = f"{'al' if f.unit in ('d', 'mo', 'y') else 'por'} {one}"
    if f.period != 1:
        each = f"cada {format_number(f.period)} {several}"
    if f.low == f.high == 1:
        return f"una vez {each}"
    return f"{_range(Decimal(f.low), Decimal(f.high))} veces {each}"


def _interval(i: Interval) -> str:
    one, several = _word(spanish.PERIODS, i.unit)
    return f"cada {one}" if i.low == i.high == 1 else f"cada {_range(i.low, i.high)} {several}"


def _event(event: Event) -> str:
    said = _word(spanish.EVENTS, event.code)
    if not event.offset and not event.offset_high:
        return said
    high = event.offset_high or event.offset
    unit, size = ("h", 60) if event.offset % 60 == 0 and high % 60 == 0 else ("min", 1)
    count = Decimal(high) / size
    word = spanish.PERIODS[unit][count != 1]
    before = "antes de acostarse" if event.code == "HS" else said
    return f"{_range(Decimal(event.offset) / size, count)} {word} {before}"


def _hour(hour: str) -> str:
    number, minutes = int(hour[:2]), hour[3:]
    twelve = (number - 1) % 12 + 1
    part = "de la mañana" if number < 12 else "de la tarde" if number < 19 else "de la noche"
    return f"a {'la' if twelve == 1 else 'las'} {twelve}:{minutes} {part}"


def _listed(parts: list[str]) -> str:
    return " y ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _for_days(step: Step) -> str:
    if not step.duration:
        return ""
    word = _word(spanish.PERIODS, step.duration.unit)[step.duration.high != 1]
    return f"durante {_range(step.duration.low, step.duration.high)} {word}"


def _on_days(days: DayRange) -> str:
    one, several = _word(spanish.PERIODS, days.unit)
    the, all_of = ("el", "los") if days.unit in ("d", "mo", "y") else ("la", "las")
    if days.last is None:
        return f"desde {the} {one} {days.first}"
    return f"{the} {one} {days.first}" if days.first == days.last else f"{all_of} {several} {days.first} a {days.last}"


def _worn(step: Step) -> Iterator[str]:
    """What stays on, and comes off again."""
    for lead, length in (
        ("Déjelo puesto", step.wear and step.wear.on),
        ("Luego quíteselo", step.wear and step.wear.off),
    ):
        if length:
            word = _word(spanish.PERIODS, length.unit)[length.high != 1]
            yield f"{lead} durante {_range(length.low, length.high)} {word}"
    if step.wear and step.wear.until:
        yield f"Quíteselo {_listed([_event(e) for e in step.wear.until])}"


def _repeat(step: Step) -> Iterator[str]:
    if step.repeat:
        times = f" {step.repeat.times} {'vez' if step.repeat.times == 1 else 'veces'}" if step.repeat.times else ""
        wait = step.repeat.after
        word = _word(spanish.PERIODS, wait.unit)[wait.high != 1] if wait else ""
        lead = "Repita" if step.repeat.is_due else "Puede repetir"
        if wait and step.repeat.is_every:
            yield f"{lead} cada {_range(wait.low, wait.high)} {word}" + (f" hasta{times}" if times else "")
            return
        yield f"{lead}{times}" + (f" después de {_range(wait.low, wait.high)} {word}" if wait else "")


def _maximum(limit: Maximum) -> str:
    one, several, _ = _word(spanish.UNITS, limit.unit or "dose")
    text = f"No use más de {format_number(limit.value)} {one if limit.value <= 1 else several}"
    text += f" de {_word(spanish.INGREDIENTS, limit.of)}" if limit.of else ""
    if limit.period is None:
        return f"{text} de una vez"
    singular, plural = _word(spanish.PERIODS, limit.period_unit)
    if limit.period == 1:
        return f"{text} {'al' if limit.period_unit in ('d', 'mo', 'y') else 'por'} {singular}"
    return f"{text} en {format_number(limit.period)} {plural}"


def _instruction(text: str, step: Step, *, is_spanish: bool) -> str:
    if is_spanish and text.startswith("mixed in "):
        return f"Mézclelo en {text.removeprefix('mixed in ')}"
    if text == "swish and spit" and step.method == "swish":
        return "Después escupa"
    said = _word(spanish.INSTRUCTIONS, text)
    if step.method not in ("take", "give", "drink", "chew") and said.startswith(_TAKEN_WITH):
        return said.replace("Tómelo", "Úselo", 1)
    return said


def _known(said: str | None, text: str) -> str:
    if said is None:
        raise _NoWord(text)
    return said


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _word(table: dict[str, T], key: str | None) -> T:
    if key is None or key not in table:
        raise _NoWord(str(key))
    return table[key]
