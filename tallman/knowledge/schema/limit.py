"""The dose limits of a medicine file as core records."""

from __future__ import annotations

from tallman.core.knowledge import DoseLimit
from tallman.core.quantity import Amount, parse_amount
from tallman.knowledge.schema.medicine import MedicineFile
from tallman.knowledge.schema.parts import months

__all__ = ["limit_records"]


def limit_records(file: MedicineFile) -> tuple[DoseLimit, ...]:
    """The dose limits of a medicine file. Raises ValueError when absolute and per-kg amounts are mixed."""
    limits = []
    for number, entry in enumerate(file.limits, 1):
        named = {
            key: _dose(getattr(entry, key))
            for key in ("single_max", "daily_max", "weekly_max", "usual_daily_max", "critical_over")
        }
        per_kg = {kg for amount, kg in named.values() if amount}
        if len(per_kg) > 1:
            raise ValueError(f"limit {number}: absolute and per-kg amounts cannot be mixed in one entry")
        limits.append(
            DoseLimit(
                id=f"{file.name}/limit-{number}",
                ingredient=file.name,
                routes=(entry.route,) if isinstance(entry.route, str) else tuple(entry.route),
                per_kg=per_kg == {True},
                single_cap=_dose(entry.single_cap)[0],
                daily_cap=_dose(entry.daily_cap)[0],
                age_from=months(entry.age.from_) if entry.age else None,
                age_under=months(entry.age.under) if entry.age else None,
                release=entry.release,
                forms=tuple(entry.forms),
                indications=tuple(entry.indications),
                hard=entry.hard,
                note=entry.note,
                sources=(file.sources[entry.source].record(),),
                review=file.review.record(),
                days_a_week=entry.days_a_week,
                max_days=entry.max_days,
                salts=tuple(entry.salts),
                combined_with=tuple(entry.combined_with),
                **{key: amount for key, (amount, _) in named.items()},
            )
        )
    return tuple(limits)


def _dose(text: str | None) -> tuple[Amount | None, bool]:
    if text is None:
        return None, False
    bare, slash, _ = text.partition("/kg")
    return parse_amount(bare), bool(slash)
