"""The words in which a medicine's page says what a rule holds for."""

from __future__ import annotations

from collections.abc import Iterator

from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.precaution import Band, Bound, Precaution
from tallman.core.quantity import Amount, format_number
from tallman.core.rule import Review, Selector

__all__ = ["ages", "amounts", "circumstances", "of_band", "review_state", "selected", "standing_of"]

_MEASURES = {"crcl": ("creatinine clearance", "mL/min"), "egfr": ("eGFR", "mL/min/1.73 m²")}


def review_state(review: Review | None) -> str:
    """Whether a pharmacist has signed it; what nobody signed says so."""
    if review is None:
        return "Unreviewed: nobody is named who wrote or checked it."
    if review.reviewed_by and review.reviewed_on:
        return f"Reviewed by {review.reviewed_by} on {review.reviewed_on}; due again on {review.next_review}."
    return f"Unreviewed: written by {review.written_by} on {review.written_on}, signed by no pharmacist."


def ages(age_from: int | None, age_under: int | None) -> str:
    """For whom, from ages in months; empty for everybody.

    >>> ages(216, None), ages(None, 2), ages(120, 216), ages(6, 24)
    ('18 years and over', 'under 2 months', '10 years to under 18 years', '6 months to under 2 years')
    """
    if age_from and age_under:
        return f"{_age(age_from)} to under {_age(age_under)}"
    return f"{_age(age_from)} and over" if age_from else f"under {_age(age_under)}" if age_under else ""


def _age(months: int) -> str:
    number, word = (months // 12, "year") if months % 12 == 0 else (months, "month")
    return f"{number} {word}{'' if number == 1 else 's'}"


def amounts(limit: DoseLimit) -> Iterator[str]:
    """The most that is given: at one time, a day, a week, in a course."""
    for most, cap, when in (
        (limit.single_max, limit.single_cap, "at one time"),
        (limit.daily_max, limit.daily_cap, "a day"),
        (limit.weekly_max, None, "a week"),
    ):
        if most:
            yield f"{_each(most, limit)} {when}" + (f", at most {cap}" if cap else "")
    if limit.usual_daily_max:
        yield f"more than {_each(limit.usual_daily_max, limit)} a day is unusual"
    if limit.days_a_week:
        yield f"on {limit.days_a_week} day{'' if limit.days_a_week == 1 else 's'} a week"
    if limit.max_days:
        yield f"for {limit.max_days} days"


def _each(amount: Amount, limit: DoseLimit) -> str:
    return f"{amount}/kg" if limit.per_kg else str(amount)


def circumstances(limit: DoseLimit) -> str:
    """By which route, form and for what a limit holds."""
    release = f"{limit.release} release" if limit.release else ""
    reasons = f"for {', '.join(limit.indications)}" if limit.indications else ""
    together = f"with {' or '.join(limit.combined_with)}" if limit.combined_with else ""
    parts = (" or ".join(limit.routes), release, ", ".join(limit.forms), " or ".join(limit.salts), together, reasons)
    return ", ".join(filter(None, parts))


def selected(selector: Selector, knowledge: Knowledge) -> str:
    """The medicines that a rule speaks of: ingredients, then classes by their names, and what narrows them."""
    classes = (knowledge.classes[c].name if c in knowledge.classes else c for c in sorted(selector.classes))
    said = ", ".join([*sorted(selector.ingredients), *classes])
    if selector.excluding:
        names = (knowledge.classes[x].name if x in knowledge.classes else x for x in sorted(selector.excluding))
        said += f", but not {', '.join(names)}"
    if selector.routes:
        said += f", {' or '.join(sorted(selector.routes))}"
    if selector.at_least:
        said += f", from {selector.at_least} a day"
    return said + (f", longer than {selector.longer_than_days} days" if selector.longer_than_days else "")


def standing_of(rule: Precaution, knowledge: Knowledge) -> str:
    """About which patients a precaution speaks."""
    weeks = ""
    if rule.weeks_from is not None or rule.weeks_under is not None:
        weeks = f"weeks {rule.weeks_from or 0} to {rule.weeks_under or 'the end'} of pregnancy"
    conditions = f"with {', '.join(rule.conditions)}" if rule.conditions else ""
    only = f"only when given for {', '.join(rule.only_for)}" if rule.only_for else ""
    labs = " and ".join(_bound(b, knowledge) for b in rule.labs)
    return "; ".join(filter(None, [ages(rule.age_from, rule.age_under), rule.sex, conditions, labs, weeks, only]))


def _bound(bound: Bound, knowledge: Knowledge) -> str:
    lab = knowledge.labs.get(bound.lab)
    name, unit = (lab.name, lab.unit) if lab else (bound.lab, "")
    ends = [
        f"{word} {format_number(v)}" for word, v in (("above", bound.above), ("below", bound.below)) if v is not None
    ]
    return " ".join(filter(None, [name, " and ".join(ends), unit]))


def of_band(band: Band, measure: str) -> str:
    """What holds in one band of kidney function."""
    name, unit = _MEASURES.get(measure, (measure, ""))
    begin = f"{format_number(band.at_least)} to under " if band.at_least else "under "
    where = f"{name} {begin}{format_number(band.below)} {unit}".strip()
    most = [f"{a} {w}" for a, w in ((band.single_max, "at one time"), (band.daily_max, "a day")) if a]
    what = "not given" if band.avoid else f"at most {' and '.join(most)}" if most else ""
    return ": ".join(filter(None, [where, what])) + (f". {band.advice}" if band.advice else "")
