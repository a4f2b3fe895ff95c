"""Directions as a message has them: the text is the truth; what only the structure says is put into words beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from tallman.core import sig as core
from tallman.core.sig import Sig, Step, daily_use, parse
from tallman.interchange.fhir.datatypes import Dosage
from tallman.interchange.fhir.dosage import as_needed, how_fast, in_words, most, over, when
from tallman.interchange.fhir.units import unit_of

__all__ = ["differs", "directions"]

_BEHIND_LIMIT = ", max "
"""Behind a limit, "and 1 mg/h" would be one more of it."""
_UNSAID = (None, "each", "application")
"""Units that say no more than a text without any: "apply twice daily"."""


def directions(dosages: tuple[Dosage, ...]) -> tuple[str, str]:
    """The directions as written and as structured, both in words.

    A part without text is taken from its structure; one whose text does not say how much a day ("with food", "4 times
    daily") is taken from both.

    Parts one after another are joined by "then" when each but the last says how long it lasts, else by "and".
    """
    order = sorted(range(len(dosages)), key=lambda i: (dosages[i].sequence or 0, i))
    parts = [_with_text(dosages[i]) for i in order]
    structured = [in_words(d) for d in parts]
    written = [
        _completed(d, words) or d.patient_instruction.strip() for d, words in zip(parts, structured, strict=True)
    ]
    numbers = [d.sequence for d in parts]
    return _joined(written, numbers), _joined(structured, numbers)


def _with_text(dosage: Dosage) -> Dosage:
    """What the patient is told stands for a text that is missing, where it is directions."""
    said = dosage.patient_instruction.strip()
    if dosage.text.strip() or not said:
        return dosage
    sig = parse(said)
    return msgspec.structs.replace(dosage, text=said) if sig.is_read and daily_use(sig) else dosage


def _completed(dosage: Dosage, structured: str) -> str:
    """The text, with what only the structure says beside it, where both together are read."""
    text = dosage.text.strip()
    if not text or not structured or text == structured:
        return text or structured
    whole = _with_the_amount(text, dosage, structured)
    for said, phrase in _only_coded(dosage):
        one = parse(whole)
        if one.is_read and len(one.steps) == 1 and not said(one.steps[0]) and parse(f"{whole}, {phrase}").is_read:
            whole = f"{whole.rstrip('.,; ')}, {phrase}"
    return whole


def _with_the_amount(text: str, dosage: Dosage, structured: str) -> str:
    """What makes the amount a day known, where the text does not: "with food", "4 times daily"."""
    said = parse(text)
    use = daily_use(parse(structured))
    if daily_use(said) or any(step.scale for step in said.steps) or use is None or use.unit in _UNSAID:
        return text
    has_dose = any(step.dose for step in said.steps)
    both = f"{text.rstrip('.,; ')}, {when(dosage.timing)}" if has_dose else f"{structured}, {text}"
    read = parse(both)
    return both if read.is_read and daily_use(read) else text


def _only_coded(dosage: Dosage) -> Iterator[tuple[Callable[[Step], object], str]]:
    """What a text may leave to the structure, with how to see that a step says it: how fast, as needed, the most."""
    rate = how_fast(dosage)
    for phrase in filter(None, (rate, over(dosage.timing.repeat))):
        yield lambda step: step.rate or step.timing.over, phrase
    if phrase := as_needed(dosage):
        yield lambda step: step.prn, phrase
    if dosage.max_dose_per_period and unit_of(dosage.max_dose_per_period.numerator):
        yield lambda step: step.maxima, most(dosage.max_dose_per_period)


def _joined(parts: list[str], numbers: list[int | None]) -> str:
    """The parts, each joined to the one before by "then" or by "and".

    Many senders number what goes side by side; one who gives a number to several parts tells with it what follows what.
    """
    kept: list[tuple[str, int | None]] = []
    for part, number in zip(parts, numbers, strict=True):
        if part and (part not in [said for said, _ in kept] or _comes_again(part, number, *kept[-1])):
            kept.append((part, number))
    if len(kept) < 2:
        return "".join(part for part, _ in kept)
    tells = len(set(numbers)) < len(numbers) or all(_ends(parse(part)) for part, _ in kept[:-1])
    (said, last), *rest = kept
    days = _days(said)
    for part, number in rest:
        said = said.rstrip(".,; ")
        later = _days(part)
        on_later_days = bool(days and later and days.unit == later.unit and days.last and days.last < later.first)
        days = later
        follows = on_later_days or (number != last and (tells or any(step.start for step in parse(part).steps)))
        if part.lower().startswith("or "):
            said += f" {part}"
        elif not follows:
            said += f"{'. Also' if _BEHIND_LIMIT in said else ' and'} {part}"
        else:
            said += f", {part}" if part.lower().startswith("then") else f", then {part}"
        last = number
    return said


def _comes_again(part: str, number: int | None, before: str, last: int | None) -> bool:
    """Whether a part that stood before is one more phase: 1 tablet for 5 days, 2 for 5 days, and 1 for 5 days again."""
    return part != before and number is not None and last is not None and number > last and _ends(parse(part))


def _days(part: str) -> core.DayRange | None:
    """The days of a course for which the part is."""
    steps = parse(part).steps
    return steps[0].days if steps else None


def _ends(sig: Sig) -> bool:
    return bool(sig.steps) and all(_has_an_end(step) for step in sig.steps)


def _has_an_end(step: Step) -> bool:
    """A bare dose ("80 mg intravenous" before its infusion) is given once."""
    bare = core.Timing(over=step.timing.over, over_most=step.timing.over_most)
    says_when = step.timing != bare or step.rate or step.prn
    runs_out = step.rate and step.timing.over
    return bool(step.duration or step.days or step.timing.once or step.timing.count or runs_out or not says_when)


def differs(written: str, structured: str) -> bool:
    """Whether two directions, both understood, come to different amounts a day."""
    if not written or not structured or written == structured:
        return False
    one, other = parse(written), parse(structured)
    uses = daily_use(one), daily_use(other)
    if not (one.is_read and other.is_read and uses[0] and uses[1]):
        return False
    return uses[0].unit == uses[1].unit and (uses[0].low, uses[0].high) != (uses[1].low, uses[1].high)
