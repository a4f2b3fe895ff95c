"""Broken messages at the door: always an answer in the sender's own format, never a fault of the server."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any

from tallman.interchange.hl7v2.message import parse
from tallman.interchange.ncpdp_script.document import document
from tallman.server.exchange.models import Message
from tests.integration.exchange.test_fhir import bundle, order
from tests.unit.hl7v2.messages import adt
from tests.unit.script.newrx import newrx

Send = Callable[..., Any]
BROKEN = 60


def broken(data: bytes, seed: int) -> bytes:
    """Bytes changed, dropped or moved at random; sometimes all of it is noise."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(chance.choice([1, 2, 6, 60])):
        at, to = chance.randrange(len(changed)), chance.randrange(len(changed))
        length = chance.choice([1, 1, 20])
        match chance.randrange(3):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + length]
            case _:
                changed[to:to] = changed[at : at + length]
    return bytes(changed)


def test_broken_script_is_answered_in_script(send: Send) -> None:
    for seed in range(BROKEN):
        data = broken(newrx(MessageID=f"M-{seed}"), seed)
        response = send(data)
        assert response.status_code == 200
        assert document(response.content).find("Body")[0].tag in {"Status", "Error"}
        assert send(data).content == response.content
    assert not Message.objects.filter(reason="reader-failed").exists()


def test_broken_fhir_is_answered_in_fhir(send: Send) -> None:
    for seed in range(BROKEN):
        data = broken(bundle(order(1), order(2), id=f"b-{seed}"), seed)
        response = send(data, "/fhir/r4")
        assert response.status_code in {200, 400, 409, 422}
        assert json.loads(response.content)["resourceType"] == "OperationOutcome"
        assert send(data, "/fhir/r4").content == response.content
    assert not Message.objects.filter(reason="reader-failed").exists()


def test_broken_hl7_is_answered_in_hl7(send: Send) -> None:
    more = ("AL1|1|DA|^Codeine|SV|Hives", "DG1|1||I10^High^I10", "OBX|1|NM|29463-7^W^LN||80|kg")
    for seed in range(BROKEN * 3):
        event = ["A01", "A02", "A03", "A08", "A11", "A13"][seed % 6]
        data = broken(adt(event, *more, id=f"M-{seed}", at=f"202611{seed % 28 + 1:02}083500"), seed)
        response = send(data, "/exchange/hl7v2")
        assert response.status_code == 200
        assert parse(response.content).first("MSA").text(1) in {"AA", "AE", "AR"}
        assert send(data, "/exchange/hl7v2").content == response.content
    assert not Message.objects.filter(reason="reader-failed").exists()
    assert not Message.objects.filter(format="hl7v2", reason="not-storable").exists()
