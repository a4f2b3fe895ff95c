"""Finding patients, and reading their facts."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from tallman.server.patients.models import Allergy, Condition, Observation, OutsideMedicine, Patient

__all__ = ["find", "with_facts"]

_FACTS = {
    "allergies": Allergy, "conditions": Condition, "observations": Observation, "outside_medicines": OutsideMedicine,
}  # fmt: skip
"""The facts that screening looks at."""


def find(text: str, *, birth_date: date | None = None) -> QuerySet[Patient]:
    """People by the beginning of their names ("okon, m" or "marta okon"), phone number or birth date."""
    found = Patient.objects.all()
    if birth_date:
        found = found.filter(birth_date=birth_date)
    family, comma, given = (part.strip() for part in text.partition(","))
    if comma:
        return found.filter(family_name__istartswith=family, given_names__istartswith=given)
    for word in text.split():
        found = found.filter(
            Q(family_name__istartswith=word)
            | Q(given_names__istartswith=word)
            | Q(given_names__icontains=f" {word}")
            | Q(phone__contains=word)
        )
    return found


def with_facts(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """The same people with the facts that screening looks at, one query more for each kind: lists called `allergies`,
    `conditions`, `observations` and `outside_medicines`."""
    return patients.prefetch_related(
        *(
            Prefetch(f"{model._meta.model_name}_facts", model.objects.all(), to_attr=name)
            for name, model in _FACTS.items()
        )
    )
