"""Sending messages as a machine does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

TYPES = {"/exchange/script": "application/xml", "/exchange/hl7v2": "application/hl7-v2"}


@pytest.fixture
def send(token: str) -> Callable[..., Any]:
    """`send(data)`: post SCRIPT with a valid token; `send(data, "/fhir/r4")` FHIR."""

    def post(data: bytes, path: str = "/exchange/script") -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        return Client(headers=headers).post(path, data=data, content_type=TYPES.get(path, "application/fhir+json"))

    return post
