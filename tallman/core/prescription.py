"""One medicine line of a patient: an order to be screened, or something already taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tallman.core.derived import Derived
from tallman.core.drug import Medicine
from tallman.core.law import Registration
from tallman.core.quantity import UNITS, Amount
from tallman.core.routes import INJECTED, is_into_the_spine, route_in
from tallman.core.sig import Sig
from tallman.core.sig.pumps import CALLED_FOR

__all__ = ["Order"]


_COUNTED = ("each", "tablet", "capsule", "caplet", "pill")
_PIECES = frozenset({"tablet", "capsule", "caplet"})
_TAKEN = (None, "mg", "mcg", "g", *_COUNTED)
_PLACED_IN_A_VIAL = frozenset({"epidural", "intrathecal"})
"""What goes there comes in the vials that are made for a vein."""


@dataclass(frozen=True, slots=True)
class Order(Derived):
    """One medicine and how it is taken.

    `id` is the caller's reference. `quantity` is the amount per fill, `days_supply` the days the prescriber or
    record states, `written` the day it was written, `started` when the patient began (current medicines),
    `reasons` ICD-10-CM codes without dots, `replaces` the id of the order this one renews or takes the place of,
    `setting` community, outpatient or inpatient, `coded` the directions as the message gives them in codes beside the
    text, where it does, `registration` what is on record of the prescriber's DEA registration. `end_is_known` is
    false where it was stopped on a day that nobody says. `on_hold` is what is not taken for now and may go on later.
    """

    id: str
    medicine: Medicine
    sig: Sig
    quantity: Amount | None = None
    days_supply: int | None = None
    refills: int | None = None
    written: date | None = None
    started: date | None = None
    ended: date | None = None
    reasons: tuple[str, ...] = ()
    note: str = ""
    prescriber_dea: str | None = None
    replaces: tuple[str, ...] = ()
    setting: str = "community"
    route: str | None = None
    coded: Sig | None = None
    end_is_known: bool = True
    on_hold: bool = False
    registration: Registration | None = None

    @cached_property
    def words(self) -> str:
        """The directions and the note, where either may tell something."""
        return f"{self.sig.text}; {self.note}"

    @cached_property
    def taken_route(self) -> str | None:
        """The route as the directions say it, else as the record says, else as it stands beside the medicine
        ("ondansetron 4 mg IV"), else the usual one of the form. Of a vial, which goes into a vein or a muscle or under
        the skin, None: nobody says so. What a shop hands out as "20 mg", one three times a day, is swallowed where
        there is such a tablet."""
        form = self.medicine.product.form if self.medicine.product else self.medicine.form
        for step in self.sig.steps:
            if step.route and not (step.route == "transdermal" and form and form.routes[:1] == ("topical",)):
                return step.route
        if self.route:
            return self.route
        if is_into_the_spine(self.sig.text):
            return "intrathecal"
        said = route_in(self.medicine.text)
        if said and (form is None or said in form.routes):
            return said
        if form and said in _PLACED_IN_A_VIAL and "intravenous" in form.routes:
            return said
        if (self._runs_in or self._is_called_for) and (form is None or "intravenous" in form.routes):
            return "intravenous"
        if form and len(form.routes) > 1 and form.routes[0] in ("intravenous", "intramuscular"):
            is_run_in = any(s.rate or s.method == "infuse" for s in self.sig.steps)
            return "intravenous" if is_run_in and "intravenous" in form.routes else None
        is_of_one_route = form is not None and (len(form.routes) == 1 or form.routes[0] not in INJECTED)
        known = self.medicine.route or (form.routes[0] if form and is_of_one_route else None)
        return known or ("oral" if self._is_surely_swallowed else None)

    @property
    def _runs_in(self) -> bool:
        """Whether amounts of medicine by the minute or hour are told; of insulin under the skin a pump is told too."""
        rates = [s.rate for s in self.sig.steps if s.rate]
        by_pump = "pump" in self.sig.text.lower() or "basal" in self.sig.text.lower()
        return not by_pump and any(UNITS[r.unit].dimension in ("mass", "unit", "equivalent") for r in rates)

    @property
    def _is_called_for(self) -> bool:
        """Whether a pump gives it at the patient's call: into a vein, where nobody says another place."""
        return any(CALLED_FOR in s.instructions for s in self.sig.steps)

    @property
    def _is_by_unknown_pieces(self) -> bool:
        """Whether tablets or capsules are told of a strength that is on file in no form at all."""
        medicine, steps = self.medicine, self.sig.steps
        if not medicine.strengths or medicine.product or medicine.form or medicine.candidates or not steps:
            return False
        are_pieces = all(s.dose and s.dose.unit in _PIECES for s in steps)
        return are_pieces and all(s.method in (None, "take", "give", "swallow") for s in steps)

    @property
    def _is_surely_swallowed(self) -> bool:
        if self._is_by_unknown_pieces:
            return True
        if self.setting == "inpatient" or not self.medicine.may_be_swallowed:
            return False
        if self.quantity is not None and self.quantity.unit not in _COUNTED:
            return False
        return all(
            step.method in (None, "take", "give", "swallow") and (step.dose is None or step.dose.unit in _TAKEN)
            for step in self.sig.steps
        )
