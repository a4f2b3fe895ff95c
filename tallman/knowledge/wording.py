"""Rules in words: whom a limit is for, how much it allows, and whom a side of a rule means."""

from __future__ import annotations

from collections.abc import Iterable

from tallman.core.knowledge import DoseLimit, Knowledge
from tallman.core.quantity import Amount
from tallman.core.rule import Bound, Selector

__all__ = ["age_text", "bound_text", "conditions_text", "limit_text", "whom_text"]

SPELLED_OUT = 6
"""Letters of a word that is no abbreviation: of a condition's names the first one with such a word is shown."""


def limit_text(limit: DoseLimit) -> tuple[str, str]:
    """Whom a limit is for ("oral, from 18 years, for I48") and what it bounds ("at most 10 mg at once")."""
    whom = [", ".join(limit.routes), age_text(limit.age_from, limit.age_under)]
    whom += [f"{limit.release} release"] if limit.release else []
    whom += [f"as {', '.join(names)}" for names in (limit.forms, limit.salts, limit.strengths) if names]
    whom += [f"with {', '.join(limit.combined_with)}"] if limit.combined_with else []
    whom += [f"for {', '.join(limit.indications)}"] if limit.indications else []
    whom += [f"where the directions say {', '.join(limit.said)}"] if limit.said else []
    return ", ".join(filter(None, whom)), _most(limit)


def conditions_text(beginnings: Iterable[str], knowledge: Knowledge) -> str:
    """Conditions told by how their ICD-10-CM codes begin, each by a name where charts have one.

    "angina (I20), I2511": of several conditions under one beginning the unspecified one gives the name, and where none
    is unspecified the one with most names is the example: "narrow angle glaucoma and the like (H402)".
    """
    return ", ".join(_condition(begins, knowledge) for begins in beginnings)


def _condition(begins: str, knowledge: Knowledge) -> str:
    named = [c for c in knowledge.records.conditions if c.code.startswith(begins)]
    general = min(named, key=lambda c: (len(c.code), not c.code.endswith("9"), -len(c.written_as)), default=None)
    if general is None:
        return begins
    in_full = (n for n in general.written_as if max(map(len, n.split())) >= SPELLED_OUT)
    is_all = general.code == begins or general.code.endswith("9")
    return f"{next(in_full, general.name)}{'' if is_all else ' and the like'} ({begins})"


def _most(limit: DoseLimit) -> str:
    """Every bound of a limit; "at most" stands only before what is a most."""
    most = [*_amounts(limit), *_rhythm(limit)]
    said = [f"at most {', '.join(most)}"] if most else []
    said += [f"critical over {limit.critical_over}{_by(limit)} a day"] if limit.critical_over else []
    said += (
        [f"at least {limit.every_days} days from one dose{_of_more(limit)} to the next{_later(limit)}"]
        if limit.every_days
        else []
    )
    said += [f"usually too little under {low}{_by(limit)} {when}" for low, when in _least(limit) if low]
    said += [f"usually too short under {limit.min_days} days"] if limit.min_days else []
    if limit.naive_max:
        said.append(f"at most {limit.naive_max} a day to begin with" if limit.naive_max.value else "not to begin with")
    said += [f"1 mg is worth {limit.mme} mg of oral morphine"] if limit.mme else []
    said += ["even at the top of an as-needed range"] if limit.hard else []
    return ", ".join(said)


def _of_more(limit: DoseLimit) -> str:
    return f" of more than {limit.doses_over}{_by(limit)}" if limit.doses_over else ""


def _later(limit: DoseLimit) -> str:
    return f" after the first {limit.loading_days}" if limit.loading_days and not limit.steady_max else ""


def _by(limit: DoseLimit) -> str:
    return "/kg" if limit.per_kg else "/m2" if limit.per_m2 else ""


def _amounts(limit: DoseLimit) -> list[str]:
    amounts = {
        "at once": (limit.single_max, limit.single_cap),
        "a day": (limit.daily_max, limit.daily_cap),
        "a week": (limit.weekly_max, None),
        "a day usually": (limit.usual_daily_max, None),
    }
    said = [
        f"{amount}{_by(limit)} {when}" + (f" (at most {cap})" if cap else "")
        for when, (amount, cap) in amounts.items()
        if amount
    ]
    return said + ([f"{limit.steady_max} a day after {limit.loading_days} days"] if limit.steady_max else [])


def _rhythm(limit: DoseLimit) -> list[str]:
    counts = {
        "on {} day{} a week": limit.days_a_week,
        "{} time{} a day": limit.times_a_day,
        "on {} day{} of 30": limit.days_a_month,
        "for {} day{}": limit.max_days,
        "{} patch{} at once": limit.worn_at_once,
        "worn for {} hour{} a day": limit.worn_hours,
    }
    return [
        text.format(count, "" if count == 1 else "es" if "patch" in text else "s")
        for text, count in counts.items()
        if count
    ]


def _least(limit: DoseLimit) -> tuple[tuple[Amount | None, str], ...]:
    return (limit.single_low, "at once"), (limit.daily_low, "a day")


def age_text(start: int | None, under: int | None) -> str:
    """A span of ages given in months: "from 6 months", "2 to under 12 years", "" for every age."""
    if start and under:
        first, last = _age(start), _age(under)
        same = first.split()[1] == last.split()[1]
        return f"{first.split()[0] if same else first} to under {last}"
    return f"from {_age(start)}" if start else f"under {_age(under)}" if under else ""


def _age(months: int) -> str:
    return f"{months // 12} years" if months % 12 == 0 and months >= 24 else f"{months} months"


def bound_text(bound: Bound, knowledge: Knowledge) -> str:
    """A laboratory value beyond a bound: "potassium over 5.5 mmol/L"."""
    lab = knowledge.labs.get(bound.lab)
    unit = f" {lab.unit}" if lab and lab.unit else ""
    said = [f"over {bound.above}{unit}"] if bound.above is not None else []
    said += [f"under {bound.below}{unit}"] if bound.below is not None else []
    return f"{lab.name if lab else bound.lab} {' and '.join(said)}"


def whom_text(side: Selector, knowledge: Knowledge) -> str:
    """The medicines a side of a rule means: "NSAIDs, ketorolac except aspirin, more than 20.1 mg a day"."""

    def called(names: frozenset[str]) -> list[str]:
        return [knowledge.classes[n].name if n in knowledge.classes else n for n in sorted(names)]

    said = ", ".join([*called(side.classes), *sorted(side.ingredients)])
    said += f" except {', '.join(called(side.excluding))}" if side.excluding else ""
    said += f", {', '.join(sorted(side.routes))}" if side.routes else ""
    said += f", from {side.at_least} a day" if side.at_least else ""
    said += f", begun with more than {side.begins_above} a day" if side.begins_above else ""
    said += f", less than {side.under} a day" if side.under else ""
    return said + (f", longer than {side.longer_than_days} days" if side.longer_than_days else "")
