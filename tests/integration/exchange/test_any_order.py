"""Histories drawn at random: in whatever order their messages come, the stay is as in the right one."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.exchange.actions import read_again, take_in
from tallman.server.exchange.models import Message
from tallman.server.reconciliation.models import Encounter
from tests.unit.hl7v2.messages import adt

HISTORIES = 40
BEGIN = datetime(2026, 11, 20, 8, 0)
DOCTORS = ["1^Ruiz^Ana", "2^Osei^Kofi", "3^Brandt^Ada"]
Told = tuple[str, dict[str, Any]]


def history(chance: random.Random) -> list[Told]:
    """Somebody comes, is moved, put right and discharged, perhaps by mistake; every message tells all that is known."""
    at, unit, doctor, left = BEGIN, "ED", DOCTORS[0], ""
    told: list[Told] = []
    for number in range(chance.randint(2, 6)):
        at += timedelta(minutes=chance.randint(1, 600))
        if number == 0:
            event = "A01"
        elif left:
            event = chance.choice(["A08", "A13"])
        else:
            event = chance.choice(["A02", "A02", "A08", "A03"])
        unit = chance.choice(["4W", "ICU", "2E"]) if event == "A02" else unit
        doctor = chance.choice(DOCTORS) if event == "A08" else doctor
        left = f"{at:%Y%m%d%H%M%S}" if event == "A03" else '""' if event == "A13" else left
        came = told[0][1]["at"] if told else f"{at:%Y%m%d%H%M%S}"
        fields = {3: f"{unit}^{number}^A^MERCY", 7: doctor, 44: came, 45: left}
        told.append((event, {"at": f"{at:%Y%m%d%H%M%S}", "pv1": fields}))
        left = "" if event == "A13" else left
    return told


def outcome(told: list[Told], name: str, somebody: User) -> tuple[Any, ...]:
    """The stay that comes of these messages, taken in as they stand; those that wait are read again at the end."""
    family = "".join(chr(ord("A") + int(digit)) for digit in f"{abs(hash(name)) % 10**9}")
    for number, (event, options) in enumerate(told):
        pid = {3: f"{name}^^^MERCY^MR", 5: f"{family}^{family[::-1]}", 7: "19500101", 18: ""}
        pv1 = options["pv1"] | {6: "", 19: f"{name}^^^MERCY^VN"}
        content = adt(event, id=f"{name}-{number}-{event}", at=options["at"], pid=pid, pv1=pv1)
        message = take_in(format="hl7v2", content=content, sender="test", by=SYSTEM).message
        assert message.reason in ("", "stay-finished"), (event, number)
    for message in Message.objects.filter(reason="stay-finished"):
        assert read_again(message=message, by=somebody).reason == ""
    stay = Encounter.objects.get(visit_number=name)
    return stay.status, stay.location, stay.attending, stay.admitted_at, stay.discharged_at


@pytest.mark.parametrize("seed", range(HISTORIES))
@pytest.mark.django_db
def test_the_order_of_arrival_changes_nothing(seed: int, person: Callable[[str], User]) -> None:
    chance, somebody = random.Random(seed), person("technician")
    told = history(chance)
    expected = outcome(told, f"right-{seed}", somebody)
    shuffled = chance.sample(told, len(told))
    assert outcome(shuffled, f"mixed-{seed}", somebody) == expected, [event for event, _ in shuffled]
