"""A prescription as it was received: what the wire said, before anybody matched or judged anything.

Every wire format is read into these values and nothing is guessed: what was not said is empty or None, what
could not be read is a warning, texts are kept as they came. An empty text means "not said".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tallman.core.patient import Condition, Observation
from tallman.core.quantity import UNITS, Amount

__all__ = [
    "Address",
    "Code",
    "Coverage",
    "ReadWarning",
    "ReceivedAllergy",
    "ReceivedIngredient",
    "ReceivedMedicine",
    "ReceivedPatient",
    "ReceivedPrescriber",
    "ReceivedPrescription",
    "ReceivedQuantity",
]


@dataclass(frozen=True, slots=True)
class ReadWarning:
    """Something in a message that was not understood or does not fit.

    `code` is from the fixed table of the format's reader, `text` its sentence, `where` the place in the
    message. None of them ever holds what stood there: warnings go into logs.
    """

    code: str
    text: str
    where: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.where})" if self.where else self.text


@dataclass(frozen=True, slots=True)
class Code:
    """A code as sent: `system` is "ndc", "rxnorm", "snomed", "icd10" …, or the sender's own name for it."""

    system: str
    code: str
    display: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. `lines` are street lines, `state` two letters where it is a US state."""

    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""

    def __str__(self) -> str:
        place = " ".join(filter(None, [self.state, self.postal_code]))
        return ", ".join(filter(None, [*self.lines, self.city, place, self.country]))


@dataclass(frozen=True, slots=True)
class ReceivedPatient:
    """The person the prescription is for.

    `sex` is female, male, other or empty (not said or unknown); `identifiers` are record numbers by whoever
    gave them.
    """

    family_name: str = ""
    given_names: str = ""
    suffix: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: Address = Address()
    phone: str = ""
    email: str = ""
    language: str = ""
    identifiers: tuple[Code, ...] = ()

    @property
    def name(self) -> str:
        """Family name first: "Okafor, Tess Marie, Jr"."""
        return ", ".join(filter(None, [self.family_name, self.given_names, self.suffix]))


@dataclass(frozen=True, slots=True)
class ReceivedPrescriber:
    """Who wrote it. `npi` and `dea` are as sent: whether their check digits are right is asked later.

    `supervisor` is the name of the prescriber on whose authority it was written, where that is said.
    """

    family_name: str = ""
    given_names: str = ""
    suffix: str = ""
    npi: str = ""
    dea: str = ""
    state_license: str = ""
    practice: str = ""
    address: Address = Address()
    phone: str = ""
    fax: str = ""
    supervisor: str = ""

    @property
    def name(self) -> str:
        """Family name first."""
        return ", ".join(filter(None, [self.family_name, self.given_names, self.suffix]))


@dataclass(frozen=True, slots=True)
class ReceivedQuantity:
    """How much to dispense. `unit` is a code of `core.quantity.UNITS`, empty when unknown; `written` is as
    sent.
    """

    value: Decimal
    unit: str = ""
    written: str = ""

    @property
    def amount(self) -> Amount | None:
        """The quantity as an amount; None when the unit is not known."""
        return Amount(self.value, self.unit) if self.unit in UNITS else None


@dataclass(frozen=True, slots=True)
class ReceivedIngredient:
    """One part of a compound as sent, with its strength or quantity in words."""

    text: str
    codes: tuple[Code, ...] = ()
    strength: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedMedicine:
    """The medicine as described and as coded. The two may disagree; both are kept and the screening looks
    at that.

    `schedule` is CII to CV where the sender says so; `ingredients` are the parts of a compound.
    """

    text: str = ""
    codes: tuple[Code, ...] = ()
    strength: str = ""
    form: str = ""
    schedule: str = ""
    ingredients: tuple[ReceivedIngredient, ...] = ()

    def code(self, system: str) -> str:
        """The first code of a system ("rxnorm", "ndc"); empty when there is none."""
        return next((c.code for c in self.codes if c.system == system), "")


@dataclass(frozen=True, slots=True)
class ReceivedAllergy:
    """An allergy the sender has on record. `severity` is mild, moderate, severe or empty."""

    substance: str
    reaction: str = ""
    severity: str = ""
    codes: tuple[Code, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """Whom to bill, as the sender knows it: BIN, processor control number, group, member."""

    payer: str = ""
    bin: str = ""
    pcn: str = ""
    group: str = ""
    member: str = ""


@dataclass(frozen=True)
class ReceivedPrescription:
    """One prescription as one message carried it.

    `sig` is the directions in words and the truth; `structured_sig` what the coded directions beside them
    say, in words. `refills` are those after the first fill. `substitution_allowed` is None when not said.
    `not_before` is the day it may first be filled, `expires_on` the last. `diagnoses` are codes, ICD-10-CM
    without dots, `reasons` what else it is said to be for. `no_known_allergies` is true only when the sender says so.
    `setting` is community, outpatient, inpatient or empty. `replaces` is the sender's number of the prescription that
    this one renews or takes the place of. `signed` says whether the sender marks it as digitally signed.
    """

    patient: ReceivedPatient = ReceivedPatient()
    prescriber: ReceivedPrescriber = ReceivedPrescriber()
    medicine: ReceivedMedicine = ReceivedMedicine()
    sig: str = ""
    structured_sig: str = ""
    quantity: ReceivedQuantity | None = None
    days_supply: int | None = None
    refills: int | None = None
    written_on: date | None = None
    not_before: date | None = None
    expires_on: date | None = None
    substitution_allowed: bool | None = None
    diagnoses: tuple[Code, ...] = ()
    reasons: tuple[Condition, ...] = ()
    notes: tuple[str, ...] = ()
    allergies: tuple[ReceivedAllergy, ...] = ()
    no_known_allergies: bool = False
    observations: tuple[Observation, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    order_number: str = ""
    replaces: str = ""
    setting: str = ""
    urgent: bool = False
    signed: bool = False
    warnings: tuple[ReadWarning, ...] = ()
