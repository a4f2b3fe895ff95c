"""Who writes prescriptions, and what the pharmacy has on record of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from tallman.core.codes import CodeError, dea, npi
from tallman.core.law import DEA_SCHEDULES
from tallman.server.web import clock

__all__ = ["REGISTRATION", "Prescriber"]

REGISTRATION = ("dea", "dea_schedules", "dea_until")
"""What is on record of a prescriber's DEA registration: the law is held against it."""
_NEEDS_A_NUMBER = "Enter the DEA number that this belongs to."


class Prescriber(models.Model):
    """Somebody who writes prescriptions. Changed by actions only; each raises `version`."""

    KINDS = [
        ("physician", "Physician"), ("dentist", "Dentist"), ("podiatrist", "Podiatrist"),
        ("optometrist", "Optometrist"), ("veterinarian", "Veterinarian"),
        ("nurse-practitioner", "Nurse practitioner"), ("physician-assistant", "Physician assistant"),
        ("nurse-midwife", "Nurse midwife"), ("nurse-anesthetist", "Nurse anesthetist"), ("pharmacist", "Pharmacist"),
        ("other", "Other"),
    ]  # fmt: skip

    family_name = models.CharField(max_length=120)
    given_names = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=KINDS, blank=True)
    npi = models.CharField(max_length=10, blank=True)
    dea = models.CharField(max_length=22, blank=True)
    """With a hospital's internal code after a hyphen, for whoever writes under its number."""
    dea_schedules = models.JSONField(default=list, blank=True)
    """The schedules the registration covers, as its certificate prints them; none: not on record."""
    dea_until = models.DateField(null=True, blank=True)
    """The last day of the registration; None: not on record."""
    licence = models.CharField(max_length=40, blank=True)
    licence_state = models.CharField(max_length=2, blank=True)
    practice = models.CharField(max_length=160, blank=True)
    address = models.CharField(max_length=240, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    fax = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        app_label = "prescriptions"
        ordering = ["family_name", "given_names", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["npi"], condition=~Q(npi=""), name="prescriptions_one_npi"),
            models.CheckConstraint(condition=~Q(family_name=""), name="prescriptions_prescriber_named"),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.family_name, self.given_names]))

    def clean(self) -> None:
        """Numbers have the right check digits, schedules are those of a certificate, and belong to a number."""
        faults: dict[str, Any] = {}
        for name, parse in (("npi", npi.parse), ("dea", dea.parse)):
            try:
                _ = getattr(self, name) and parse(getattr(self, name))
            except CodeError as error:
                faults[name] = f"{str(error)[0].upper()}{str(error)[1:]}."
        if unknown := set(self.dea_schedules) - set(DEA_SCHEDULES):
            faults["dea_schedules"] = f"No such schedule: {', '.join(sorted(unknown))}."
        if not self.dea and (self.dea_schedules or self.dea_until):
            faults["dea"] = _NEEDS_A_NUMBER
        if faults:
            raise ValidationError(faults)

    def doubts(self, on: date) -> list[str]:
        """What somebody should ask about, on that day: an end that is past or near, a number of another name."""
        found = []
        if self.dea_until is not None and self.dea_until < on:
            found.append(f"The DEA registration on record ended {self.dea_until.isoformat()}.")
        try:
            number = dea.parse(self.dea) if self.dea else None
        except CodeError as error:
            return [*found, f"DEA {self.dea}: {error}."]
        if number and not number.fits_name(self.family_name):
            found.append(f"DEA {self.dea} was given to somebody whose name began with {number.initial}.")
        return found
