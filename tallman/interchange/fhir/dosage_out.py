"""Directions as FHIR R4 `Dosage`: one for each step, coded where FHIR has a code, in words where it has none.

The text as received stays the truth and goes along. Steps that follow each other are numbered one after another, steps
side by side share a number. What FHIR R4 has no element for (titrations, sliding scales, days of a round, what stays on
how long) is told in `additionalInstruction`, never left out. One dose or another ("1 tablet in the morning or 2 at
bedtime") goes in words alone: side by side they would be taken together. Only where each is for a need of its own
("5 mg for moderate pain or 10 mg for severe pain") both are written, the second with "or" before its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tallman.core.quantity import UNITS, Amount
from tallman.core.sig import Dose, Event, Link, Maximum, Sig, Step, Timing
from tallman.core.sig.model import Duration, Frequency
from tallman.core.sig.occasions import occasions
from tallman.core.sig.say_shades import MAY
from tallman.core.sig.say_words import told_words
from tallman.interchange.fhir.dosage_words import as_written, beside, changed, either_way

__all__ = ["ROUTES", "dosages_of"]

Json = dict[str, Any]
UCUM = "http://unitsofmeasure.org"
SNOMED = "http://snomed.info/sct"

ROUTES = {
    "oral": ("26643006", "Oral route"), "topical": ("6064005", "Topical route"),
    "ophthalmic": ("54485002", "Ophthalmic route"), "otic": ("10547007", "Otic route"),
    "nasal": ("46713006", "Nasal route"), "inhalation": ("447694001", "Respiratory tract route"),
    "rectal": ("37161004", "Rectal route"), "vaginal": ("16857009", "Vaginal route"),
    "subcutaneous": ("34206005", "Subcutaneous route"), "intravenous": ("47625008", "Intravenous route"),
    "intramuscular": ("78421000", "Intramuscular route"), "transdermal": ("45890007", "Transdermal route"),
    "sublingual": ("37839007", "Sublingual route"), "buccal": ("54471007", "Buccal route"),
    "intradermal": ("372464004", "Intradermal route"), "epidural": ("404820008", "Epidural route"),
    "intraperitoneal": ("38239002", "Intraperitoneal route"), "intravitreal": ("418401004", "Intravitreal route"),
    "intra-articular": ("12130007", "Intra-articular route"), "intrathecal": ("72607000", "Intrathecal route"),
}  # fmt: skip
"""Our routes in SNOMED CT, as in HL7's value set of routes; the others go in words."""
_UCUM = {
    "mcg": "ug", "unit": "[iU]", "mU": "m[iU]", "MU": "10*6.[iU]", "mEq": "meq", "inch": "[in_i]", "y": "a",
    "drop": "[drp]", "mcL": "uL", "mcmol": "umol", "tablet": "{tbl}",
}  # fmt: skip
_MEASURED = frozenset({"mass", "volume", "substance", "equivalent", "time", "length", "percent", "unit"})
_IT = re.compile(r"\bIT\b")
"""Intrathecal or intratracheal: the letters go along, whoever reads them must ask."""
_ONCE_TOLD = frozenset({"intramuscular", "subcutaneous"})
"""Ways in whose place is chosen anew each time, unless it is told again."""
_NO_OFFSET = frozenset({"C", "CM", "CD", "CV"})


def dosages_of(sig: Sig) -> list[Json]:
    """The steps of `sig` as `Dosage` objects; numbers are `Decimal`. Empty when nothing was read."""
    if any(step.link is Link.OR for step in sig.steps) and not _is_told_apart(sig):
        return [{"sequence": 1, "text": sig.text, "patientInstruction": sig.text}]
    found, sequence = [], 1
    for position, step in enumerate(_whole(sig)):
        sequence += position > 0 and step.link is Link.THEN
        found.append(_dosage(sig, position, step, sequence))
    return found


def _is_told_apart(sig: Sig) -> bool:
    """Whether each dose of a choice is for a need of its own, so that nobody adds them up."""
    needs = [step.prn_reason for step in sig.steps]
    return sig.is_read and all(needs) and len(set(needs)) == len(needs)


def _whole(sig: Sig) -> Iterator[Step]:
    """The steps: a mere change with the times of the dose it changes, an injection without a place that
    only the one before was told."""
    before = Step()
    for step in sig.steps:
        own = sig.text[step.span[0] : step.span[1]].lower()
        is_elsewhere = step.route in _ONCE_TOLD and step.site == before.site and not _names(own, step.site)
        if step.change and step.timing == Timing():
            often = replace(before.timing, count=None, once=False, stat=False, over=None, over_most=None)
            step = replace(step, timing=often)
        before = step
        yield replace(step, site=None) if is_elsewhere else step


def _names(text: str, site: str | None) -> bool:
    return any(word in text for word in (site or "").split())


def _advice(sig: Sig, position: int, step: Step, text: str) -> list[str]:
    """What is told beside the elements: a choice, what the step says, how it was written, what must be heard."""
    said = [f"may {i}" if step.change and i == changed(step) and MAY.search(text) else i for i in beside(step)]
    last = position == len(sig.steps) - 1
    lead = ["or"] if step.link is Link.OR else []
    return list(dict.fromkeys((*lead, *said, *as_written(text), *(told_words(sig) if last else ()))))


def _dosage(sig: Sig, position: int, step: Step, sequence: int) -> Json:
    first, last = step.span
    text = sig.text[first:last] or sig.text
    lead = "or " if step.link is Link.OR and not text.lower().startswith("or ") else ""
    made: Json = {"sequence": sequence, "text": sig.text if len(sig.steps) == 1 else lead + text}
    if told := _advice(sig, position, step, text):
        made["additionalInstruction"] = [{"text": said} for said in told]
    if len(sig.steps) > 1:
        made["patientInstruction"] = sig.text
    if repeat := _repeat(step):
        made["timing"] = {"repeat": repeat}
    if step.prn_reason:
        made["asNeededCodeableConcept"] = {"text": step.prn_reason}
    elif step.prn:
        made["asNeededBoolean"] = True
    if step.site:
        made["site"] = {"text": step.site}
    either = next((said for said in step.instructions if either_way(step, said)), None)
    if route := step.route or either or ("IT" if _IT.search(sig.text[first:last] or sig.text) else ""):
        made["route"] = _route(route)
    if step.method:
        made["method"] = {"text": step.method}
    if given := _dose_and_rate(step):
        made["doseAndRate"] = [given]
    return made | _maxima(step)


def _route(route: str) -> Json:
    code = ROUTES.get(route)
    coding = {"coding": [{"system": SNOMED, "code": code[0], "display": code[1]}]} if code else {}
    return coding | {"text": route}


def _quantity(value: Decimal, unit: str | None, per: str | None = None) -> Json:
    """A Quantity in UCUM: measured units by their code, counted ones by name in braces."""
    if unit is None:
        return {"value": value}
    known = UNITS[unit]
    code = _UCUM.get(unit, unit if known.dimension in _MEASURED else f"{{{unit.replace(' ', '_')}}}")
    word = known.code if value == 1 else known.plural
    end = f"/{per}" if per else ""
    return {"value": value, "unit": word + end, "system": UCUM, "code": code + end}


def _dose_and_rate(step: Step) -> Json:
    made: Json = {}
    if (dose := step.dose) is not None:
        made |= _range("dose", dose.low, dose.high, dose.unit, dose.per)
    if (rate := step.rate) is not None:
        per = f"/{rate.weight_unit}" if rate.weight_unit else ""
        made |= _range("rate", rate.low, rate.high, rate.unit, per.strip("/") or None, f"/{rate.per}")
    return made


def _range(name: str, low: Decimal, high: Decimal, unit: str | None, per: str | None, end: str = "") -> Json:
    def said(value: Decimal) -> Json:
        made = _quantity(value, unit, per)
        return made | {key: made[key] + end for key in ("unit", "code") if key in made and end}

    if low == high:
        return {f"{name}Quantity": said(low)}
    return {f"{name}Range": ({"low": said(low)} if low else {}) | {"high": said(high)}}


def _maxima(step: Step) -> Json:
    made: Json = {}
    for limit in (limit for limit in step.maxima if not limit.of):
        name = "maxDosePerAdministration" if limit.period is None else "maxDosePerPeriod"
        made.setdefault(name, _maximum(limit, step.dose))
    return made


def _maximum(limit: Maximum, dose: Dose | None) -> Json:
    most = _quantity(limit.value, limit.unit or (dose.unit if dose else None))
    if limit.period is None:
        return most
    return {"numerator": most, "denominator": _quantity(limit.period, limit.period_unit)}


def _repeat(step: Step) -> Json:
    timing = step.timing
    made = _bounds(step)
    if timing.count or timing.once or _is_one_dose(step):
        made["count"] = timing.count or 1
    if timing.over:
        made |= _lasting(timing.over) | ({"durationMax": timing.over_most.value} if timing.over_most else {})
    made |= _often(step)
    if timing.weekdays:
        made["dayOfWeek"] = list(timing.weekdays)
    if timing.clock and timing.events:
        return made  # both are told in words: `timeOfDay` alone would be fewer times than `frequency`
    if timing.clock:
        made["timeOfDay"] = [f"{hour}:00" for hour in timing.clock]
    elif timing.events:
        made["when"] = list(dict.fromkeys(e.code for e in timing.events))
        made |= _offset(timing.events)
    return made


def _lasting(amount: Amount) -> Json:
    return {"duration": amount.value, "durationUnit": _UCUM.get(amount.unit, amount.unit)}


def _offset(events: tuple[Event, ...]) -> Json:
    away = {e.offset for e in events}
    fits = len(away) == 1 and away != {0} and not any(e.code in _NO_OFFSET for e in events)
    return {"offset": away.pop()} if fits else {}


def _bounds(step: Step) -> Json:
    """How long; of days 1 to 14 of every 21 the 14, as nothing in `repeat` says that the rest is left out."""
    if step.duration and not (step.cycle and step.days and not _comes_round(step)):
        return _length(step.duration)
    if step.days and step.days.last is not None and not (_is_one_dose(step) or _comes_round(step)):
        return {"boundsDuration": _quantity(Decimal(step.days.last - step.days.first + 1), step.days.unit)}
    month, _, rest = (step.start or "").replace("-", "/").partition("/")
    day, _, year = rest.partition("/")
    if month.isdigit() and day.isdigit() and year.isdigit() and len(month) < 3:
        return {"boundsPeriod": {"start": f"{int(year) % 100 + 2000:04}-{int(month):02}-{int(day):02}"}}
    return {}


def _length(duration: Duration) -> Json:
    if duration.low == duration.high:
        return {"boundsDuration": _quantity(duration.high, duration.unit)}
    low = {"low": _quantity(duration.low, duration.unit)} if duration.low else {}
    return {"boundsRange": low | {"high": _quantity(duration.high, duration.unit)}}


def _often(step: Step) -> Json:
    """How often: times in a period, one in a span of time, or as often as there are moments named."""
    timing = step.timing
    if step.cycle and _comes_round(step):
        return {"frequency": 1, "period": step.cycle.high, "periodUnit": step.cycle.unit}
    if (f := timing.frequency) is not None:
        made: Json = {"frequency": max(f.low, 1), "period": f.period, "periodUnit": _UCUM.get(f.unit, f.unit)}
        return made | ({"frequencyMax": f.high} if f.high > made["frequency"] else {})
    if (i := timing.interval) is not None:
        made = {"frequency": 1, "period": i.low, "periodUnit": _UCUM.get(i.unit, i.unit)}
        return made | ({"periodMax": i.high} if i.high > i.low else {})
    if timing.month_days:
        return {"frequency": len(timing.month_days), "period": Decimal(1), "periodUnit": "mo"}
    times = _moments(step, timing)
    return {"frequency": times, "period": Decimal(1), "periodUnit": "d"} if times else {}


def _moments(step: Step, timing: Timing) -> int:
    times = occasions(timing.events, timing.clock)
    return times or (1 if timing.weekdays or (step.days and step.dose and not _is_one_dose(step)) else 0)


def _comes_round(step: Step) -> bool:
    """Whether it is one dose on one day of each round: "75 mg/m2 on day 1 of every 21 days"."""
    one = step.days is not None and step.days.first == step.days.last and step.days.unit == "d"
    t = step.timing
    single = t.frequency in (None, Frequency(1, 1))
    return bool(one and step.cycle and step.dose and single) and not (t.interval or t.events or t.clock or t.weekdays)


def _is_one_dose(step: Step) -> bool:
    """What is given on one day, of which nothing says how often: "2 mg on day 1"."""
    is_one_day = step.days is not None and not step.cycle and step.days.first == step.days.last
    return is_one_day and step.timing == replace(
        Timing(), stat=step.timing.stat, over=step.timing.over, over_most=step.timing.over_most
    )
