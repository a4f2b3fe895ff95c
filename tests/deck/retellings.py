"""The ways in which other systems tell what the deck tells: each changes a Bundle into another of the same meaning.

A retelling gives None where a Bundle holds nothing that it tells otherwise. Those in `WITHDRAWALS` take something back;
they give the Bundle beside the one in which it is not there.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.sig import parse
from tallman.interchange.fhir.dosage_out import dosages_of

__all__ = ["RETELLINGS", "WITHDRAWALS"]

Json = dict[str, Any]
_ENCODE = msgspec.json.Encoder(decimal_format="number").encode
_MEDICINES = ("MedicationRequest", "MedicationStatement")
_ACTIVE = "active"
_SI = {
    "2160-0": ("mg/dL", 88.42, "umol/L"), "718-7": ("g/dL", 10, "g/L"), "1751-7": ("g/dL", 10, "g/L"),
    "2345-7": ("mg/dL", 1 / 18.016, "mmol/L"), "1975-2": ("mg/dL", 17.1, "umol/L"), "2823-3": ("mmol/L", 1, "meq/L"),
}  # fmt: skip
_TIMES = {(1, "d"): "QD", (2, "d"): "BID", (3, "d"): "TID", (4, "d"): "QID", (1, "wk"): "WK"}


def _of(bundle: Json, *kinds: str) -> list[Json]:
    return [e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] in kinds]


def _taken(bundle: Json) -> list[Json]:
    return [r for r in _of(bundle, "MedicationRequest") if r["status"] == _ACTIVE]


def _without(bundle: Json, gone: list[Json]) -> Json:
    return bundle | {"entry": [e for e in bundle["entry"] if e["resource"] not in gone]}


def _as(bundle: Json, is_told: object) -> Json | None:
    return bundle if is_told else None


def transaction(bundle: Json, _: Knowledge) -> Json | None:
    """No ids: everything has a UUID, and points by it."""
    named = {}
    for number, entry in enumerate(bundle["entry"]):
        resource = entry["resource"]
        entry["fullUrl"] = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
        named[f"{resource['resourceType']}/{resource.pop('id')}"] = entry["fullUrl"]
    text = msgspec.json.encode(bundle).decode()
    for old, new in named.items():
        text = text.replace(f'"reference":"{old}"', f'"reference":"{new}"')
    return msgspec.json.decode(text) | {"type": "transaction"}


def medicines_contained(bundle: Json, _: Knowledge) -> Json | None:
    """Each medicine inside its order."""
    for resource in _of(bundle, *_MEDICINES):
        code = resource.pop("medicationCodeableConcept")
        resource["contained"] = [{"resourceType": "Medication", "id": "m", "code": code}]
        resource["medicationReference"] = {"reference": "#m"}
    return bundle


def medicines_elsewhere(bundle: Json, _: Knowledge) -> Json | None:
    """A pointer to a server that is not asked, with the name beside it."""
    for resource in _of(bundle, *_MEDICINES):
        name = resource.pop("medicationCodeableConcept")["text"]
        resource["medicationReference"] = {"reference": "Medication/on-the-server", "display": name}
    return bundle


def medicines_by_code(bundle: Json, knowledge: Knowledge) -> Json | None:
    """The product's RxCUI and not a word."""
    told = False
    for resource in _of(bundle, "MedicationRequest"):
        product = identify(resource["medicationCodeableConcept"]["text"], knowledge).product
        routes = {s.route for s in parse(resource["dosageInstruction"][0]["text"]).steps if s.route}
        as_made = product is not None and routes <= set(product.form.routes)  # no tablet into a vein
        if product and as_made and product.rxcui and "coding" not in resource["medicationCodeableConcept"]:
            coding = {"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": product.rxcui}
            resource["medicationCodeableConcept"] = {"coding": [coding]}
            told = True
    return _as(bundle, told)


def medicines_of_r5(bundle: Json, _: Knowledge) -> Json | None:
    """Medicines and reasons as R5 has them; what is taken is recorded."""
    for resource in _of(bundle, *_MEDICINES):
        resource["medication"] = {"concept": resource.pop("medicationCodeableConcept")}
        if "reasonCode" in resource:
            resource["reason"] = [{"concept": code} for code in resource.pop("reasonCode")]
        if resource["resourceType"] == "MedicationStatement":
            resource |= {"status": "recorded", "adherence": {"code": {"coding": [{"code": "taking"}]}}}
    return bundle


def _dosages(bundle: Json) -> Iterator[tuple[Json, Json]]:
    """The drafts whose directions are one structured step, with it."""
    for resource in _of(bundle, "MedicationRequest"):
        sig = parse(resource["dosageInstruction"][0]["text"])
        dosages = msgspec.json.decode(_ENCODE(dosages_of(sig))) if sig.is_read and len(sig.steps) == 1 else []
        if len(dosages) == 1:
            yield resource, dosages[0]


def doses_of_stu3(bundle: Json, _: Knowledge) -> Json | None:
    """The dose stands in the dosage itself, beside its text."""
    told = False
    for resource, dosage in _dosages(bundle):
        for given in dosage.pop("doseAndRate", []):
            dosage |= given
            told = True
        resource["dosageInstruction"] = [dosage | resource["dosageInstruction"][0]]
    return _as(bundle, told)


def timings_by_code(bundle: Json, _: Knowledge) -> Json | None:
    """How often by a code alone; the text says the rest."""
    told = False
    for resource, dosage in _dosages(bundle):
        repeat = dosage.get("timing", {}).get("repeat", {})
        code = _TIMES.get((repeat.get("frequency"), repeat.get("periodUnit")))
        if code and repeat["period"] == 1 and set(repeat) == {"frequency", "period", "periodUnit"}:
            dosage["timing"] = {"code": {"coding": [{"code": code}]}}
            resource["dosageInstruction"] = [dosage | {"text": resource["dosageInstruction"][0]["text"]}]
            told = True
    return _as(bundle, told)


def instructions_for_the_patient(bundle: Json, _: Knowledge) -> Json | None:
    """The directions are what the patient is told."""
    for resource in _of(bundle, *_MEDICINES):
        for dosage in resource.get("dosageInstruction", resource.get("dosage", [])):
            dosage["patientInstruction"] = dosage.pop("text")
    return bundle


def instructions_said_again(bundle: Json, _: Knowledge) -> Json | None:
    """What the patient is told is the text, politely."""
    for resource in _of(bundle, "MedicationRequest"):
        for dosage in resource["dosageInstruction"]:
            dosage["patientInstruction"] = f"Please {dosage['text']}."
    return bundle


def notes_for_the_dispenser(bundle: Json, _: Knowledge) -> Json | None:
    """Notes where R5 has room for them."""
    noted = [r for r in _of(bundle, "MedicationRequest") if "note" in r]
    for resource in noted:
        resource.setdefault("dispenseRequest", {})["dispenserInstruction"] = resource.pop("note")
    return _as(bundle, noted)


def results_in_si_units(bundle: Json, _: Knowledge) -> Json | None:
    """Results in the units of the rest of the world."""
    told = False
    for resource in _of(bundle, "Observation"):
        unit, factor, other = _SI.get(resource["code"]["coding"][0]["code"], ("", 1.0, ""))
        if unit and (quantity := resource.get("valueQuantity", {})).get("unit") == unit:
            quantity |= {"value": round(quantity["value"] * factor, 6), "unit": other, "code": other}
            told = True
    return _as(bundle, told)


def results_as_texts(bundle: Json, _: Knowledge) -> Json | None:
    """ "5.9 mmol/L"."""
    measured = [r for r in _of(bundle, "Observation") if "valueQuantity" in r]
    for resource in measured:
        quantity = resource.pop("valueQuantity")
        resource["valueString"] = f"{quantity['value']} {quantity.get('unit', '')}".strip()
    return _as(bundle, measured)


def results_of_one_panel(bundle: Json, _: Knowledge) -> Json | None:
    """The results of a day as parts of one."""
    rows = [r for r in _of(bundle, "Observation") if "valueQuantity" in r and "T" in r["effectiveDateTime"]]
    if not rows:
        return None
    parts = [{"code": r["code"], "valueQuantity": r["valueQuantity"]} for r in rows]
    panel = {"id": "panel", "code": {"coding": [{"system": "http://loinc.org", "code": "24323-8"}]}, "component": parts}
    whole = {k: v for k, v in rows[0].items() if k != "valueQuantity"} | panel
    bundle = _without(bundle, rows)
    return bundle | {"entry": [*bundle["entry"], {"resource": whole}]}


def problems_by_another_name(bundle: Json, _: Knowledge) -> Json | None:
    """What the clinician typed says nothing; the name stands beside a code of the house."""
    worded = [r for r in _of(bundle, "Condition") if "text" in r["code"]]
    for resource in worded:
        coding = {"system": "urn:oid:1.2.840.114350", "code": "12", "display": resource["code"]["text"]}
        resource["code"] = {"text": "Problem 3 (see chart)", "coding": [coding]}
    return _as(bundle, worded)


def substances_of_reactions(bundle: Json, _: Knowledge) -> Json | None:
    """Only the reaction names what it was to."""
    told = [r for r in _of(bundle, "AllergyIntolerance") if r["code"].get("text") != "NKDA"]
    for resource in told:
        reaction = resource.get("reaction", [{"manifestation": [{"text": "unknown"}]}])[0]
        resource["reaction"] = [reaction | {"substance": resource.pop("code")}]
    return _as(bundle, told)


def _problems(bundle: Json, **said: Any) -> tuple[Json, Json] | None:
    """Problems withdrawn, beside the Bundle without them."""
    problems = _of(bundle, "Condition")
    clear = _without(copy.deepcopy(bundle), problems)
    for resource in problems:
        resource |= said
    return (bundle, clear) if problems else None


def problems_in_error(bundle: Json) -> tuple[Json, Json] | None:
    """As words."""
    return _problems(bundle, verificationStatus={"text": "Entered in Error"})


def problems_in_error_of_stu3(bundle: Json) -> tuple[Json, Json] | None:
    """As a bare code, as before R4."""
    return _problems(bundle, verificationStatus="entered-in-error")


def problems_that_ended(bundle: Json) -> tuple[Json, Json] | None:
    """By an end in words, beside those called resolved."""
    problems = _of(bundle, "Condition")
    resolved = copy.deepcopy(bundle)
    for resource in _of(resolved, "Condition"):
        resource["clinicalStatus"] = {"coding": [{"code": "resolved"}]}
    for resource in problems:
        resource["abatementString"] = "years ago"
    return (bundle, resolved) if problems else None


def _statements(bundle: Json, **said: Any) -> tuple[Json, Json] | None:
    taken = _taken(bundle)
    clear = _without(copy.deepcopy(bundle), taken)
    for resource in taken:
        kept = {name: resource[name] for name in ("id", "subject", "medicationCodeableConcept")}
        resource.clear()
        resource |= kept | {"resourceType": "MedicationStatement", "status": "active"} | said
    return (bundle, clear) if taken else None


def not_taken_of_stu3(bundle: Json) -> tuple[Json, Json] | None:
    """What somebody does not take, as STU3 has it."""
    return _statements(bundle, taken="n")


def not_taken_of_r5(bundle: Json) -> tuple[Json, Json] | None:
    """What somebody does not take, as R5 has it."""
    return _statements(bundle, status="recorded", adherence={"code": {"coding": [{"code": "not-taking"}]}})


RETELLINGS: tuple[Callable[[Json, Knowledge], Json | None], ...] = (
    transaction, medicines_contained, medicines_elsewhere, medicines_by_code, medicines_of_r5, doses_of_stu3,
    timings_by_code, instructions_for_the_patient, instructions_said_again, notes_for_the_dispenser,
    results_in_si_units, results_as_texts, results_of_one_panel, problems_by_another_name, substances_of_reactions,
)  # fmt: skip
WITHDRAWALS: tuple[Callable[[Json], tuple[Json, Json] | None], ...] = (
    problems_in_error, problems_in_error_of_stu3, problems_that_ended, not_taken_of_stu3, not_taken_of_r5,
)  # fmt: skip
