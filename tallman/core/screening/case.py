"""The situation to be screened: one patient, what is taken, what is proposed, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tallman.core.derived import Derived
from tallman.core.knowledge import ConfusedNames
from tallman.core.patient import Patient
from tallman.core.prescription import Order
from tallman.core.screening.match import days_of_treatment
from tallman.core.screening.sequence import last_day, take_turns

__all__ = ["Case"]

_LATE_DAYS = 3
"""A course may begin, and so end, some days late."""


@dataclass(frozen=True, slots=True)
class Case(Derived):
    """Everything a check may look at. The core never asks what day it is: `on` is part of the case.

    `jurisdiction` is whose law holds: "US" for federal law alone, "US-NY" for a state's beside it. `own_pairs` are
    names that this pharmacy holds to be taken for each other, beside those of the knowledge. `past` are medicines of
    which the day is known, or could be worked out, on which they were last taken.
    """

    patient: Patient
    current: tuple[Order, ...]
    proposed: tuple[Order, ...]
    on: date
    jurisdiction: str = "US"
    own_pairs: tuple[ConfusedNames, ...] = ()
    past: tuple[Order, ...] = ()

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Ids of current orders that a proposed one renews or takes the place of."""
        return frozenset(id for order in self.proposed for id in order.replaces)

    @cached_property
    def continuing(self) -> tuple[Order, ...]:
        """The current medicines that will still be taken beside the proposed ones: not what a proposed one replaces,
        what has ended or is on hold, or a course that its directions ended some days ago."""
        replaced = self.replaced
        return tuple([o for o in self.current if o.id not in replaced and not self._is_over(o)])

    @cached_property
    def stopped(self) -> tuple[tuple[Order, int], ...]:
        """The medicines that are no longer taken, each with the days since it last was; of what is on hold nobody says
        since when, so that it may be today."""
        over = [o for o in self.current if o.ended and o.ended < self.on]
        over += [o for o in self.past if o.ended and o.ended <= self.on]
        ended = [(o, (self.on - o.ended).days) for o in over if o.ended]
        return tuple((o, days) for o, days in (*ended, *((o, 0) for o in self.paused)) if o.medicine.is_known)

    @cached_property
    def paused(self) -> tuple[Order, ...]:
        """What is on the list and not taken for now."""
        replaced = self.replaced
        return tuple([o for o in self.current if o.on_hold and o.id not in replaced])

    def _is_over(self, order: Order) -> bool:
        if order.on_hold or (order.ended and order.ended < self.on):
            return True
        begun = order.started or order.written
        if begun and order.setting == "inpatient" and (last := last_day(order)):
            return (self.on - begun).days > last + _LATE_DAYS
        if begun is None or not any(s.duration for s in order.sig.steps):
            return False
        days = days_of_treatment(order)
        return bool(days and (self.on - begun).days > days + _LATE_DAYS)

    def is_proposed(self, order: Order) -> bool:
        """Whether it is one of the proposed orders."""
        return order.id in self._proposed_ids and order in self.proposed

    @cached_property
    def _proposed_ids(self) -> frozenset[str]:
        return frozenset(order.id for order in self.proposed)

    def beside(self, order: Order) -> tuple[Order, ...]:
        """Every other order the patient would be taking together with `order`: not one that begins when it is over."""
        found = self._beside.get(id(order))
        return self._taken_with(order) if found is None else found

    @cached_property
    def _beside(self) -> dict[int, tuple[Order, ...]]:
        """What nearly every check asks for: of each proposed order, by which object it is."""
        return {id(order): self._taken_with(order) for order in self.proposed}

    def _taken_with(self, order: Order) -> tuple[Order, ...]:
        others = [o for o in self.proposed if o is not order and not take_turns(o, order)]
        return (*self.continuing, *others) if others else self.continuing
