"""Harm that a message tells by its structure alone, without the words of the directions, is found as well."""

from __future__ import annotations

import msgspec

from tallman.core.screening.screen import screen
from tallman.core.sig import parse
from tallman.interchange.fhir.case import read_case
from tallman.interchange.fhir.dosage_out import dosages_of
from tallman.knowledge.load import load
from tests.deck.deck import Situation, harmful
from tests.quality.figures import is_right

_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
LEFT_TO_WORDS = {
    "dose-high/hospital-1",  # how often a patient may call a pump
    "dose-high/hospital-2",  # the same
    "dose-high/chart-w4-49",  # "(new start)"
    "dose-high/shop-dose-high-semaglutide-1",  # "new start"
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
