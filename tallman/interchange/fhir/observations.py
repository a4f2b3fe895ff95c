"""Observations: measurements and answers by LOINC code, else by plain words, the newest first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal

from tallman.core import patient as core
from tallman.interchange.fhir.contents import Contents, Held
from tallman.interchange.fhir.datatypes import CodeableConcept
from tallman.interchange.fhir.dates import exact_day
from tallman.interchange.fhir.observation_words import loinc_in_words
from tallman.interchange.fhir.resources import Component, Observation
from tallman.interchange.fhir.systems import codes_in

__all__ = ["observations_of"]

_WITHDRAWN = ("entered-in-error", "cancelled")
_WRITTEN = re.compile(
    r"\s*([<>]=?)?\s*((?:\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.\d{1,6})?)(?:\s*([^\d\s.,].{0,20})|\s+(\S.{0,20}))?\s*$"
)
"""A number and its unit, which may begin with a digit: "150 10*3/uL"."""
_FIRST_DAY = {4: "-01-01", 7: "-01"}
_ANSWERS = {
    "77386006": "Pregnant", "LA15173-0": "Pregnant", "60001007": "Not pregnant", "LA26683-5": "Not pregnant",
    "LA33-6": "Yes", "LA32-8": "No", "373066001": "Yes", "373067005": "No", "413712001": "Breastfeeding",
}  # fmt: skip
"""Answers by code, for those sent without words: SNOMED CT and LOINC answer codes."""


def observations_of(contents: Contents, all_held: Iterable[Held], on: date) -> tuple[core.Observation, ...]:
    """What was measured up to a day, newest first; withdrawn results are left out."""
    dated = []
    for held in all_held:
        observation = contents.read(held, Observation)
        if observation.status.strip().lower() in _WITHDRAWN:
            continue
        moment = _moment(observation)
        day = exact_day(moment)
        if moment and day is None:
            contents.warn("DATE-UNREADABLE", held.where)
        if day and day - on == timedelta(days=1) and "T" in moment:
            day = on  # tomorrow's date elsewhere, or in UTC
        if day and day > on:
            contents.warn("IN-THE-FUTURE", held.where)
            continue
        dated += [(moment, o) for o in _values(contents, held, observation, day)]
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(o for _, o in dated)


def _moment(observation: Observation) -> str:
    period = observation.effective_period
    said = (
        observation.effective_date_time,
        observation.effective_instant,
        period.end or period.start,
        observation.issued,
    )
    moment = next((m.strip() for m in said if m.strip()), "")
    return moment + _FIRST_DAY.get(len(moment), "")


def _values(contents: Contents, held: Held, observation: Observation, day: date | None) -> Iterator[core.Observation]:
    whole = Component(
        code=observation.code,
        value_quantity=observation.value_quantity,
        value_codeable_concept=observation.value_codeable_concept,
        value_string=observation.value_string,
        value_boolean=observation.value_boolean,
        value_integer=observation.value_integer,
        value_date_time=observation.value_date_time,
        data_absent_reason=observation.data_absent_reason,
        reference_range=observation.reference_range,
    )
    yield from _coded(contents, held.where, whole, day, expected=not observation.component)
    for index, part in enumerate(observation.component):
        yield from _coded(contents, f"{held.where}.component[{index}]", part, day, expected=True)


def _coded(
    contents: Contents, where: str, part: Component, day: date | None, *, expected: bool
) -> Iterator[core.Observation]:
    value, unit, text = _value(contents, where, part)
    codes = [c.code for c in codes_in("loinc", part.code)] or [c for c in [loinc_in_words(part.code)] if c]
    if value is None and text is None:
        if expected and codes:
            contents.warn("VALUE-UNREADABLE", where)
            yield from (core.Observation(code, day) for code in codes if not part.data_absent_reason)
        return
    if not codes:
        contents.warn("CODE-UNKNOWN", f"{where}.code")
    for code in dict.fromkeys(codes):
        if code in (*core.WEIGHT, *core.HEIGHT) and core.measured(core.Observation(code, day, value, unit)) is None:
            contents.warn("UNIT-UNKNOWN", where)
        yield core.Observation(code, day, value, unit, text, _normal_most(part, unit))


def _normal_most(part: Component, unit: str | None) -> Decimal | None:
    """Where normal ends as the laboratory says it, in the unit of the value; None for ranges of another kind."""
    for found in part.reference_range:
        is_normal = found.type is None or "normal" in {c.code for c in found.type.coding}
        if is_normal and (high := found.high) and high.value is not None:
            said = high.code.strip() or high.unit.strip()
            return Decimal(high.value) if said in ("", unit) else None
    return None


def _value(contents: Contents, where: str, part: Component) -> tuple[Decimal | None, str | None, str | None]:
    quantity = part.value_quantity
    if quantity is not None and quantity.value is not None:
        if quantity.comparator:
            contents.warn("VALUE-IS-A-LIMIT", where)
        return Decimal(quantity.value), quantity.code.strip() or quantity.unit.strip() or None, None
    if part.value_codeable_concept is not None:
        return None, None, _answer(part.value_codeable_concept)
    if part.value_boolean is not None:
        return None, None, "Yes" if part.value_boolean else "No"
    if part.value_integer is not None:
        return Decimal(part.value_integer), None, None
    if match := _WRITTEN.match(part.value_string):
        if match[1]:
            contents.warn("VALUE-IS-A-LIMIT", where)
        unit = (match[3] or match[4] or "").strip()
        return Decimal(match[2].replace(",", "")), unit or None, part.value_string.strip()
    return None, None, part.value_string.strip() or part.value_date_time.strip() or None


def _answer(concept: CodeableConcept) -> str | None:
    coded = next((_ANSWERS[c.code] for c in concept.coding if c.code in _ANSWERS), None)
    return coded or next(iter(concept.texts()), None)
