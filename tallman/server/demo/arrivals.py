"""People who come and go by wire: the messages of the demo's hospital, as HL7 v2 carries them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from tallman.server.audit.actions import SYSTEM
from tallman.server.demo.slips import swapped_birthday
from tallman.server.exchange.actions import take_in
from tallman.server.exchange.models import Message
from tallman.server.patients.models import Patient
from tallman.server.web import clock

__all__ = ["add_arrivals"]

_SEX = {"female": "F", "male": "M", "other": "O"}
_HOUSE = "EXAMPLE HOSPITAL"


def add_arrivals(now: datetime) -> None:
    """One person comes through the emergency room and is moved, one has gone home, and one is not to be told apart."""
    came, left, unclear = Patient.objects.filter(encounters=None).order_by("pk")[:3]
    allergy = "AL1|1|DA|^morphine|MO|Itching"
    pneumonia = "DG1|1||J18.9^Pneumonia, unspecified organism^I10|||A"
    _tell(now, 7, "A04", came, "W2001", "E|ED^7", pneumonia)
    _tell(now, 4, "A06", came, "W2001", "I|5 South^512^B", allergy, pneumonia)
    _tell(now, 50, "A01", left, "W2002", "I|5 South^508^A")
    _tell(now, 2, "A03", left, "W2002", "I|5 South^508^A")
    _tell(now, 1, "A01", unclear, "W2003", "I|2 East^204^A", born=swapped_birthday(unclear))


def _tell(
    now: datetime, hours_ago: float, event: str, patient: Patient, visit: str, place: str, *more: str, born: str = ""
) -> None:
    """One message, some hours before now. `place` is PV1-2 and PV1-3."""
    at = now - timedelta(hours=hours_ago)
    written = f"{timezone.localtime(at):%Y%m%d%H%M%S%z}"
    day = born.replace("-", "") or (f"{patient.birth_date:%Y%m%d}" if patient.birth_date else "")
    given = patient.given_names.split(",")[0].replace(" ", "^", 1)
    sex = _SEX.get(patient.sex, "U")
    segments = [
        f"MSH|^~\\&|ADT|{_HOUSE}|TALLMAN|PHARMACY|{written}||ADT^{event}|{visit}-{event}|P|2.5.1||||||UNICODE UTF-8",
        f"EVN|{event}|{written}",
        f"PID|1||{70_000 + patient.pk}^^^{_HOUSE}^MR||{patient.family_name}^{given}||{day}|{sex}",
        _visit(place, visit),
        *more,
    ]
    with clock.fixed(at):
        take_in(format=Message.HL7V2, content=("\r".join(segments) + "\r").encode(), sender="demo", by=SYSTEM)


def _visit(place: str, visit: str) -> str:
    """PV1 with the class and the place, who treats, and the number of the visit."""
    class_, where = place.split("|")
    fields = {1: "1", 2: class_, 3: where, 7: "^Anand^Priya^^^^MD", 10: "MED", 19: f"{visit}^^^{_HOUSE}^VN"}
    return "|".join(["PV1", *(fields.get(number, "") for number in range(1, 20))])
