"""The pharmacy names its state; the case keeps it, so that a stored screening can be run again under the same law."""

from __future__ import annotations

from typing import Any

import pytest

from tallman.server import knowledge_in_use
from tallman.server.prescriptions import cases, replay
from tallman.server.prescriptions.models import Prescription
from tallman.server.web import clock

pytestmark = pytest.mark.django_db


def test_the_state_is_kept_with_the_case(settings: Any) -> None:
    settings.JURISDICTION = "US-NY"
    document = cases.document(Prescription(), clock.today())
    settings.JURISDICTION = "US"
    assert replay.read(document, knowledge_in_use.current()).jurisdiction == "US-NY"


def test_a_case_stored_before_is_under_federal_law() -> None:
    document = cases.document(Prescription(), clock.today())
    del document["jurisdiction"]
    assert replay.read(document, knowledge_in_use.current()).jurisdiction == "US"
