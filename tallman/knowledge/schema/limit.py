"""The dose limits of a medicine file as core records."""

from __future__ import annotations

from decimal import Decimal

from tallman.core.knowledge import DoseLimit
from tallman.core.quantity import Amount, parse_amount
from tallman.knowledge.schema.medicine import MedicineFile
from tallman.knowledge.schema.parts import months

__all__ = ["limit_records"]

_AMOUNTS = (
    "single_max", "daily_max", "weekly_max", "usual_daily_max", "critical_over", "daily_low", "single_low",
    "doses_over", "steady_max",
)  # fmt: skip


def limit_records(file: MedicineFile) -> tuple[DoseLimit, ...]:
    """The dose limits of a medicine file. Raises ValueError when amounts by weight, surface and absolute are mixed."""
    limits = []
    for number, entry in enumerate(file.limits, 1):
        named = {key: _dose(getattr(entry, key)) for key in _AMOUNTS}
        per = {size for amount, size in named.values() if amount}
        if len(per) > 1:
            raise ValueError(f"limit {number}: amounts by weight, by surface and absolute cannot be mixed in one entry")
        limits.append(
            DoseLimit(
                id=f"{file.name}/limit-{number}",
                ingredient=file.name,
                routes=(entry.route,) if isinstance(entry.route, str) else tuple(entry.route),
                per_kg=per == {"kg"},
                per_m2=per == {"m2"},
                single_cap=_dose(entry.single_cap)[0],
                daily_cap=_dose(entry.daily_cap)[0],
                age_from=months(entry.age.from_) if entry.age else None,
                age_under=months(entry.age.under) if entry.age else None,
                release=entry.release,
                forms=tuple(entry.forms),
                indications=tuple(entry.indications),
                said=tuple(entry.said),
                hard=entry.hard,
                note=entry.note,
                sources=(file.sources[entry.source].record(),),
                review=file.review.record(),
                days_a_week=entry.days_a_week,
                every_days=entry.every_days,
                times_a_day=entry.times_a_day,
                max_days=entry.max_days,
                min_days=entry.min_days,
                days_a_month=entry.days_a_month,
                worn_at_once=entry.worn_at_once,
                worn_hours=entry.worn_hours,
                loading_days=entry.loading_days,
                mme=Decimal(entry.mme) if entry.mme else None,
                naive_max=_dose(entry.naive_max)[0],
                salts=tuple(entry.salts),
                combined_with=tuple(entry.combined_with),
                strengths=tuple(entry.strengths),
                **{key: amount for key, (amount, _) in named.items()},
            )
        )
    return tuple(limits)


def _dose(text: str | None) -> tuple[Amount | None, str]:
    """The amount and what it is for each of: "kg", "m2" or nothing. Not "mg/mL": amounts here are never strengths."""
    if text is None:
        return None, ""
    for size in ("kg", "m2"):
        if text.endswith(f"/{size}"):
            return parse_amount(text.removesuffix(f"/{size}")), size
    return parse_amount(text), ""
