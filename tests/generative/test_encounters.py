"""Encounters broken at random: each is read or refused with a reason, and nothing else happens."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallman.interchange.fhir.encounters import is_about_an_encounter, read_encounter
from tallman.interchange.fhir.warnings import REFUSALS, WARNINGS, Unreadable
from tests.unit.fhir.bundles import allergy, bundle, condition, measurement, patient, practitioner
from tests.unit.fhir.test_encounters import encounter, header, place

ODD: list[Any] = [
    None, True, 0, -1, 10**30, 1.5, "", "x", "2026-13-45", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59Z", [], {},
    [[]], [{}], {"reference": "#e1"}, {"coding": "x"}, "Location/b", {"reference": "Location/b"}, "\ud7ff\0",
]  # fmt: skip
WHOLE = bundle(
    header("notification-transfer"), patient(), practitioner(id="p1"),
    encounter(
        location=[{"location": {"reference": "Location/b"}, "status": "active", "period": {"start": "2026-11-27"}}],
        participant=[{"type": [{"coding": [{"code": "ATND"}]}], "individual": {"reference": "Practitioner/p1"}}],
        reasonCode=[{"text": "Cough"}], hospitalization={"dischargeDisposition": {"coding": [{"code": "exp"}]}},
        meta={"lastUpdated": "2026-11-27T09:00:00Z"},
    ),
    place("b", "bd", "B", "r"), place("r", "ro", "412", "b"), allergy("Penicillin", "hives"),
    condition("I50.9", "Heart failure"), measurement("29463-7", 81.5, "kg"),
)  # fmt: skip


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [(*path, key) for key, _ in inner] + [p for key, held in inner for p in spots(held, (*path, key))]


def changed(seed: int) -> Any:
    chance, document = random.Random(seed), copy.deepcopy(WHOLE)
    for _ in range(chance.choice([1, 1, 2, 5])):
        found = spots(document)
        if not found:
            break
        *way, last = chance.choice(found)
        target = document
        for step in way:
            target = target[step]
        if chance.random() < 0.3:
            del target[last]
        else:
            target[last] = copy.deepcopy(chance.choice(ODD))
    return document


@given(st.integers(0, 2**32))
def test_a_broken_encounter_is_read_or_refused(seed: int) -> None:
    document = changed(seed)
    try:
        event = read_encounter(json.dumps(document).encode())
    except Unreadable as refused:
        is_known(refused)
        return
    if event is not None:
        assert {w.code for w in event.warnings} <= set(WARNINGS)
        assert all(m is None or m.tzinfo for m in (event.when, event.recorded_at, event.admitted_at))
    if isinstance(document.get("resourceType"), str):
        is_about_an_encounter(document)


def is_known(refused: Unreadable) -> None:
    assert refused.code in REFUSALS
