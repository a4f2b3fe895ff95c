"""The situation to be screened: one patient, what is taken, what is proposed, and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tallman.core.patient import Patient
from tallman.core.prescription import Order

__all__ = ["Case"]


@dataclass(frozen=True)
class Case:
    """Everything a check may look at. The core never asks what day it is: `on` is part of the case."""

    patient: Patient
    current: tuple[Order, ...]
    proposed: tuple[Order, ...]
    on: date

    @cached_property
    def replaced(self) -> frozenset[str]:
        """Ids of current orders that a proposed one renews or takes the place of."""
        return frozenset(id for order in self.proposed for id in order.replaces)

    @cached_property
    def continuing(self) -> tuple[Order, ...]:
        """The current medicines that will still be taken beside the proposed ones."""
        return tuple(o for o in self.current if o.id not in self.replaced and not (o.ended and o.ended < self.on))

    def beside(self, order: Order) -> tuple[Order, ...]:
        """Every other order the patient would be taking together with `order`."""
        return (*self.continuing, *(o for o in self.proposed if o is not order))
