"""Stays of patients, the lists of their medicines, the history made of them, and what was decided."""

from tallman.server.reconciliation.models.decisions import Decision, Proposal
from tallman.server.reconciliation.models.history import CERTAINTIES, HistoryLine, Probe
from tallman.server.reconciliation.models.lists import ListLine, Medicine, MedicineList
from tallman.server.reconciliation.models.signed import Found, SignOff
from tallman.server.reconciliation.models.stays import HISTORY_WITHIN, Encounter, Stage

__all__ = [
    "CERTAINTIES",
    "HISTORY_WITHIN",
    "Decision",
    "Encounter",
    "Found",
    "HistoryLine",
    "ListLine",
    "Medicine",
    "MedicineList",
    "Probe",
    "Proposal",
    "SignOff",
    "Stage",
]
