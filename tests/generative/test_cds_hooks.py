"""A call over CDS Hooks, broken anywhere, is refused with a reason and never breaks the reader."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tallman.interchange.cds_hooks.feedback import read_feedback
from tallman.interchange.cds_hooks.request import Missing, Unreadable, read
from tallman.interchange.cds_hooks.services import ORDER_SELECT

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
CALL: dict[str, Any] = {
    "hook": "order-select",
    "hookInstance": "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea",
    "context": {
        "userId": "Practitioner/1",
        "patientId": "p",
        "selections": ["MedicationRequest/1"],
        "draftOrders": {
            "resourceType": "Bundle",
            "entry": [{"fullUrl": "urn:x", "resource": {"resourceType": "MedicationRequest", "id": "1", "dose": 0.25}}],
        },
    },
    "prefetch": {"patient": {"resourceType": "Patient", "id": "p"}, "medications": {"resourceType": "Bundle"}},
}


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, held in inner for place in _places(held, (*path, key)))]


def _with(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    if not path:
        return other
    changed = dict(value) if isinstance(value, dict) else list(value)
    changed[path[0]] = _with(value[path[0]], path[1:], other)
    return changed


@given(st.sampled_from(_places(CALL)), ANYTHING)
def test_a_broken_part_is_refused_or_passed_on(path: tuple[Any, ...], other: Any) -> None:
    _held(json.dumps(_with(CALL, path, other)).encode())


@given(st.binary(max_size=40))
def test_any_bytes_are_refused(data: bytes) -> None:
    _held(data)
    with suppress(Unreadable):
        read_feedback(data)


def test_resources_are_passed_on_as_they_were_sent() -> None:
    request = read(json.dumps(CALL).encode(), ORDER_SELECT)
    [draft] = request.drafts
    assert (draft.kind, draft.id, draft.url) == ("MedicationRequest", "1", "urn:x")
    bundle = json.loads(request.bundle())
    assert bundle["entry"][0]["resource"] == {
        "resourceType": "MedicationRequest",
        "id": "1",
        "dose": 0.25,
        "status": "draft",
    }
    assert bundle["entry"][1]["resource"] == CALL["prefetch"]["patient"]


def _held(data: bytes) -> None:
    try:
        request = read(data, ORDER_SELECT)
    except (Unreadable, Missing):
        return
    json.loads(request.bundle())
