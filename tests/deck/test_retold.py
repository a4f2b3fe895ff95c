"""The same told otherwise is answered the same: by structure alone, and in the shapes that other systems have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from tallman.core.knowledge import Knowledge
from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tallman.interchange.fhir.case import read_case
from tallman.interchange.fhir.dosage_out import dosages_of
from tests.authored import load
from tests.deck.deck import Situation, harmful, ordinary
from tests.deck.retellings import RETELLINGS, WITHDRAWALS
from tests.quality.figures import is_right

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
LEFT_TO_WORDS = {
    "dose-high/beside-6",  # "and 1 amp D50 IV", which is no step of it
    "dose-high/chart-w4-49",  # "(new start)"
    "dose-high/shop-dose-high-semaglutide-1",  # "new start"
    "discrepancy/sum-surface-1",  # "75 mg/m2 (175 mg)"
    "discrepancy/sum-weight-1",
    "dose-high/tmp-tenfold",  # "(trimethoprim component)"
    "dose-low/pcp-tmp-80",  # "TMP"
    "route/diskus-drunk",  # "dissolve ... and drink"
    "route/place-7",  # "IM into right knee"
    "route/hormones-third-fluticasone-63",  # "inhaled by mouth", of a nasal spray
    "route/swallowed-nitroglycerin",  # "swallow", of a tablet for under the tongue
}


def _by_structure(situation: Situation) -> bytes | None:
    """The Bundle with no text in directions that are read; None when there are none."""
    bundle, told = msgspec.json.decode(situation.bundle()), False
    for resource in (entry["resource"] for entry in bundle["entry"]):
        if resource["resourceType"] != "MedicationRequest":
            continue
        sig = parse(resource["dosageInstruction"][0]["text"])
        if sig.is_read and sig.steps:
            dosages = msgspec.json.decode(_ENCODE(dosages_of(sig)))
            resource["dosageInstruction"] = [{k: v for k, v in d.items() if k != "text"} for d in dosages]
            told = True
    return msgspec.json.encode(bundle) if told else None


def test_harm_is_found_without_the_words_of_the_directions() -> None:
    knowledge = load()
    missed = set()
    for harm, _ in harmful():
        if harm.known_gap or (retold := _by_structure(harm)) is None:
            continue
        if not is_right(harm, screen(read_case(retold, knowledge)[0], knowledge)):
            missed.add(harm.id)
    assert missed == LEFT_TO_WORDS


EVERY = 149
"""One situation in so many is told in every way."""


@pytest.fixture(scope="module")
def some() -> list[Situation]:
    """Harm, its twins and ordinary prescriptions, more of them with notes; none whose code says other than its name."""
    every = [s for pair in harmful() for s in pair] + ordinary()
    noted = [s for s in every if "note=" in str(s.told.get("order"))][:20]
    return [s for s in [*every[::EVERY], *noted] if "rxnorm=" not in str(s.told.get("order"))]


def _stops(bundle: Any, knowledge: Knowledge) -> set[tuple[str, str]]:
    data = bundle if isinstance(bundle, bytes) else msgspec.json.encode(bundle)
    result = screen(read_case(data, knowledge)[0], knowledge)
    return {(f.category.value, f.severity.name) for f in result.findings if f.severity.is_interruptive}


@pytest.mark.parametrize("retell", RETELLINGS, ids=lambda r: r.__name__)
def test_told_otherwise_it_is_answered_the_same(retell: Callable[..., Any], some: list[Situation]) -> None:
    knowledge, told = load(), 0
    differs = {}
    for situation in some:
        other = retell(msgspec.json.decode(situation.bundle()), knowledge)
        if other is not None:
            told += 1
            if said := _stops(situation.bundle(), knowledge) ^ _stops(other, knowledge):
                differs[situation.id] = said
    assert (differs, told > 3) == ({}, True)


@pytest.mark.parametrize("withdraw", WITHDRAWALS, ids=lambda w: w.__name__)
def test_what_is_taken_back_counts_no_more(withdraw: Callable[..., Any], some: list[Situation]) -> None:
    knowledge, told = load(), 0
    differs = {}
    for situation in some:
        pair = withdraw(msgspec.json.decode(situation.bundle()))
        if pair is not None:
            told += 1
            if said := _stops(pair[0], knowledge) ^ _stops(pair[1], knowledge):
                differs[situation.id] = said
    assert (differs, told > 20) == ({}, True)
