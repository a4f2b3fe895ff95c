"""What the fields of this area tell about a patient."""

from __future__ import annotations

from tallman.server.web.privacy import Privacy

__all__ = ["FIELDS"]


def _of(model: str, privacy: Privacy, fields: str) -> dict[str, Privacy]:
    return {f"{model}.{field}": privacy for field in fields.split()}


FIELDS = (
    _of(
        "Prescriber",
        Privacy.NONE,
        "id family_name given_names kind npi dea dea_schedules dea_until licence licence_state practice address"
        " phone fax version changed_by changed_at",
    )
    | _of(
        "Prescription",
        Privacy.IDENTIFIER,
        "id rx_number source received received_patient note patient replaces",
    )
    | _of(
        "Prescription",
        Privacy.CLINICAL,
        "received_at received_prescriber received_medicine received_rxcui received_ndc received_sig prescriber"
        " product_id product_name sig quantity quantity_unit days_supply refills written_on dispense_as_written"
        " diagnosis_codes setting promised_at due_at screening hold owed_quantity handed_over_at supplied_until"
        " changed_at",
    )
    | _of(
        "Prescription",
        Privacy.NONE,
        "origin priority stage entered_by approved_by filled_by verified_by version changed_by",
    )
    | _of("Profile", Privacy.IDENTIFIER, "id patient")
    | _of("Profile", Privacy.CLINICAL, "on at findings changes not_checked")
    | _of("Profile", Privacy.NONE, "knowledge_version knowledge_sha256")
    | _of("Screening", Privacy.IDENTIFIER, "id prescription case")
    | _of("Screening", Privacy.CLINICAL, "on at not_checked")
    | _of("Screening", Privacy.NONE, "knowledge_version knowledge_sha256 ran")
    | _of("Decision", Privacy.IDENTIFIER, "id prescription reason")
    | _of("Decision", Privacy.CLINICAL, "fingerprint outcome at")
    | _of("Decision", Privacy.NONE, "by")
    | _of("Finding", Privacy.IDENTIFIER, "id screening prescription others")
    | _of(
        "Finding",
        Privacy.CLINICAL,
        "code category severity is_interruptive summary advice evidence sources rule reviewed fingerprint"
        " no_longer_found decision",
    )
    | _of("Concern", Privacy.IDENTIFIER, "id prescription what why answer")
    | _of("Concern", Privacy.CLINICAL, "kind how_sure raised_at answered_at")
    | _of("Concern", Privacy.NONE, "raised_by answered_by")
    | _of("Hold", Privacy.IDENTIFIER, "id prescription note")
    | _of("Hold", Privacy.CLINICAL, "reason at released_at")
    | _of("Hold", Privacy.NONE, "resume_to by released_by")
)
