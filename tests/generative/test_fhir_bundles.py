"""Whatever is dropped from a Bundle or takes another shape: read with warnings or refused, and nothing is lost."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallman.core.knowledge import Knowledge
from tallman.core.screening.screen import screen
from tallman.interchange.fhir.answer import kept, refused
from tallman.interchange.fhir.case import UnreadableBundle, read_case
from tallman.interchange.fhir.read import read
from tallman.interchange.fhir.warnings import REFUSALS, WARNINGS, Unreadable
from tests.authored import load
from tests.unit.fhir.bundles import allergy, order, sent, warfarin_and_tmp_smx
from tests.unit.fhir.oracle import is_fhir

Step = str | int
JUNK: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", " ; ", "x", "2026-02-30", "#", "Patient/omar", "urn:uuid:0", "Tess Okafor", "1e999"]),
    st.sampled_from([[], {}, [[]], [{}], {"reference": 5}, {"text": []}, [None, 1], {"coding": [{"code": 1}]}]),
)


@cache
def knowledge() -> Knowledge:
    """Loaded once, and no argument of the tests: an example that fails is printed whole."""
    return load()


def base() -> dict[str, Any]:
    found = warfarin_and_tmp_smx()
    found["entry"] += [
        {"resource": allergy("PCN", "hives", id="a2")},
        {"resource": order("second", "lisinopril 10 mg tablet", status="draft", quantity=(30, "tablet"), days=30)},
    ]
    return found


def places(value: Any, at: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """The path of every value inside the resources of a Bundle, but not whole entries."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        path = (*at, step)
        if len(path) > 2:
            yield path
        yield from places(inner, path)


PLACES = sorted(places(base()), key=str)
CHANGES = st.lists(st.tuples(st.sampled_from(PLACES), st.one_of(st.just("drop"), JUNK)), min_size=1, max_size=4)


def changed(changes: list[tuple[tuple[Step, ...], Any]]) -> dict[str, Any]:
    found = copy.deepcopy(base())
    for path, new in changes:
        holder: Any = found
        for step in path[:-1]:
            try:
                holder = holder[step]
            except (KeyError, IndexError, TypeError):
                holder = None
        exists = isinstance(holder, dict) and path[-1] in holder
        exists = exists or (isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder))
        if exists and new == "drop":
            del holder[path[-1]]
        elif exists:
            holder[path[-1]] = new
    return found


def says_nothing_of_the_patient(text: str) -> bool:
    return not any(word in text for word in ("Okafor", "Tess", "1951", "warfarin", "Culture"))


@given(changes=CHANGES)
def test_nothing_is_lost_and_nothing_breaks(changes: list[tuple[tuple[Step, ...], Any]]) -> None:
    data = sent(changed(changes))
    try:
        case, warnings = read_case(data, knowledge())
    except UnreadableBundle as error:
        assert error.code in REFUSALS  # noqa: PT017
        assert says_nothing_of_the_patient(str(error))  # noqa: PT017
        return
    assert {o.id for o in case.proposed} | {o.id for o in case.current}
    assert len(case.proposed) >= 2
    assert len(case.proposed) + len(case.current) == 4
    assert len({o.id for o in (*case.proposed, *case.current)}) == 4
    assert case.patient.allergies is not None
    assert len(case.patient.allergies) >= 2
    assert all(w.text == WARNINGS[w.code] and says_nothing_of_the_patient(w.where) for w in warnings)
    result = screen(case, knowledge())
    assert result.failed == ()
    for draft in case.proposed:
        looked = draft.medicine.is_known and all(a.is_read for a in case.patient.allergies)
        assert looked or any(n.order == draft.id for n in result.not_checked)


@given(changes=CHANGES)
def test_what_is_posted_is_received_or_refused(changes: list[tuple[tuple[Step, ...], Any]]) -> None:
    try:
        received = read(sent(changed(changes)))
    except Unreadable as error:
        assert b"OperationOutcome" in refused(error)  # noqa: PT017
        return
    assert len(received) >= 2
    assert len({len(p.allergies) for p in received}) == 1
    assert len(received[0].allergies) == 2
    assert b"OperationOutcome" in kept(len(received), [w for p in received for w in p.warnings])


@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), st.just("drop")), min_size=1, max_size=6))
def test_no_form_is_faulted_that_another_reader_takes(changes: list[tuple[tuple[Step, ...], Any]]) -> None:
    found = changed(changes)
    if not is_fhir(found):
        return
    try:
        warnings = read_case(sent(found), knowledge())[1]
    except UnreadableBundle:
        return  # Refused for what it says, or for rules of FHIR that the other reader does not hold.
    assert "FIELD-UNREADABLE" not in {w.code for w in warnings}


@given(data=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_any_bytes(data: bytes) -> None:
    with pytest.raises(UnreadableBundle):
        read_case(data, knowledge())
    with pytest.raises(Unreadable):
        read(data)
