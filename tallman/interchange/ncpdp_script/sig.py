"""Directions: the text, which is the truth, and the coded ones beside it, put into words and never merged with it."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.sig import daily_use, parse
from tallman.interchange.ncpdp_script.codes import known_unit
from tallman.interchange.ncpdp_script.part import Part

__all__ = ["directions"]


def directions(medication: Part) -> tuple[str, str]:
    """The text of the directions and what the coded ones say. Warns when the two certainly differ."""
    sig = medication.part("Sig")
    text = medication.text("Sig/SigText", "SigText", "Directions", "Sig")
    sig.pass_over("CodeSystem", "SigSequencePositionNumber")
    coded = _instructions(sig)
    if not text:
        sig.warn("sig-missing")
    elif coded and _differ(text, coded):
        sig.part("Instruction").warn("sig-differs")
    return text, coded


def _instructions(sig: Part) -> str:
    """Every instruction, joined by what stands between them: "and", "then" or "or"."""
    said, joined = "", ""
    for name, part in sig.children():
        if name == "MultipleInstructionModifier":
            joined = _word(part).lower()
        elif name == "Instruction" and (words := _instruction(part)):
            said, joined = ", ".join(filter(None, [said, f"{joined} {words}".strip()])), ""
    return said


def _differ(text: str, coded: str) -> bool:
    """Whether both are read whole and give another amount at a time or another amount a day."""
    one, other = parse(text), parse(coded)
    if not (one.is_read and other.is_read):
        return False
    doses = [{(s.dose.low, s.dose.high, s.dose.unit) for s in sig.steps if s.dose} for sig in (one, other)]
    if all(doses) and doses[0] != doses[1]:
        return True
    days = [daily_use(sig) for sig in (one, other)]
    return bool(days[0] and days[1] and (days[0].low, days[0].high) != (days[1].low, days[1].high))


def _instruction(found: Part) -> str:
    giving = found.part("DoseAdministration") or found
    words = [_word(giving.part("DoseDeliveryMethod")), *_doses(giving)]
    for name in ("RouteOfAdministration", "SiteOfAdministration", "Vehicle"):
        words.append(_word(giving.part(name)) or _word(found.part(name)))
    for timing in [*found.parts("TimingAndDuration"), found]:
        words += _timing(timing)
    words += map(_indication, found.parts("IndicationForUse", "Indication"))
    words += [p.own_text() for p in found.parts("ClarifyingFreeText", "IndicationClarifyingFreeText")]
    return " ".join(filter(None, words))


def _doses(giving: Part) -> Iterator[str]:
    for dosage in giving.parts("Dosage", "Dose"):
        amounts = [p.own_text() for p in dosage.parts("DoseQuantity")]
        yield " to ".join(filter(None, amounts))
        yield _word(dosage.part("DoseUnitOfMeasure"))
        dosage.pass_over("VariableDosageModifier")


def _timing(timing: Part) -> Iterator[str]:
    yield _counted(timing.part("Frequency"), "Frequency", "{} times per {}")
    yield _counted(timing.part("Interval"), "Interval", "every {} {}")
    moment = timing.part("AdministrationTiming")
    yield " ".join(p.own_text() for p in moment.parts("AdministrationTimingNumericValue"))
    for name in ("AdministrationTimingUnits", "AdministrationTimingModifier", "AdministrationTimingEvent"):
        yield _word(moment.part(name))
    yield _word(moment)
    yield moment.text("AdministrationTimingClarifyingFreeText")
    lasting = timing.part("Duration")
    number = lasting.text("DurationNumericValue")
    yield f"for {number} {_word(lasting.part('DurationText', 'DurationUnits'))}" if number else _word(lasting)
    timing.pass_over("MultipleTimingModifier")


def _counted(found: Part, name: str, pattern: str) -> str:
    numbers = [p.own_text() for p in found.parts(f"{name}NumericValue")]
    unit = _word(found.part(f"{name}Units"))
    found.pass_over(f"Variable{name}Modifier")
    return pattern.format(" to ".join(filter(None, numbers)), unit) if any(numbers) else _word(found)


def _indication(found: Part) -> str:
    for part in (found, found.part("IndicationText"), found.part("Indication")):
        if said := _word(part) or found.text("IndicationClarifyingFreeText"):
            return said if said.lower().startswith("for ") else f"for {said}"
    return ""


def _word(found: Part) -> str:
    """What a coded element says: its text, else the unit its code names, else the code."""
    text, code = found.text("Text"), found.text("Code")
    found.pass_over("Qualifier")
    return text or found.own_text() or known_unit(code) or code
