"""What the fields of this area tell about a patient."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]


def _of(model: str, privacy: Privacy, fields: str) -> dict[str, Privacy]:
    return {f"{model}.{field}": privacy for field in fields.split()}


_MEDICINE = "text rxcui directions reason state"

FIELDS = (
    _of("Encounter", Privacy.IDENTIFIER, "id patient visit_number room bed reason")
    | _of(
        "Encounter",
        Privacy.CLINICAL,
        "kind unit attending admitted_at moved_at discharge_planned_at discharged_at heard_at history_completed_at"
        " risk risk_reasons undecided changed_at",
    )
    | _of("Encounter", Privacy.NONE, "authority status history_completed_by version changed_by")
    | _of("MedicineList", Privacy.IDENTIFIER, "id encounter name told_by received")
    | _of("MedicineList", Privacy.CLINICAL, "on allergies at withdrawn_at")
    | _of("MedicineList", Privacy.NONE, "kind reliability is_current by")
    | _of("ListLine", Privacy.IDENTIFIER, "id medicine_list ref note")
    | _of("ListLine", Privacy.CLINICAL, f"{_MEDICINE} quantity quantity_unit started fills")
    | _of("HistoryLine", Privacy.IDENTIFIER, "id encounter rests_on note told_by")
    | _of("HistoryLine", Privacy.CLINICAL, f"{_MEDICINE} certainty last_taken at")
    | _of("HistoryLine", Privacy.NONE, "by")
    | _of("HistoryLine_rests_on", Privacy.IDENTIFIER, "id historyline listline")
    | _of("Probe", Privacy.IDENTIFIER, "id encounter")
    | _of("Probe", Privacy.CLINICAL, "code answer at")
    | _of("Probe", Privacy.NONE, "by")
    | _of("Decision", Privacy.IDENTIFIER, "id encounter reason")
    | _of(
        "Decision",
        Privacy.CLINICAL,
        "key disposition intent text directions until reason_code agreed_with at withdrawn_at",
    )
    | _of("Decision", Privacy.NONE, "stage by")
    | _of("Proposal", Privacy.IDENTIFIER, "id encounter reason")
    | _of("Proposal", Privacy.CLINICAL, "key disposition text directions until reason_code at")
    | _of("Proposal", Privacy.NONE, "stage by")
    | _of("Found", Privacy.IDENTIFIER, "id encounter because")
    | _of("Found", Privacy.CLINICAL, "key type harm is_explained summary sources found_at gone_at decision")
    | _of("Found", Privacy.NONE, "stage")
    | _of("SignOff", Privacy.IDENTIFIER, "id encounter rows")
    | _of("SignOff", Privacy.CLINICAL, "at superseded_at")
    | _of("SignOff", Privacy.NONE, "stage by knowledge_version knowledge_sha256")
)
