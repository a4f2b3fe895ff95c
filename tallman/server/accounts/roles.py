"""What a person may do, by what they are in the pharmacy.

What happens to a prescription is granted by the table in `tallman.core.workflow`; this page adds the rest.
"""

from __future__ import annotations

from enum import StrEnum

from tallman.core.workflow import Action, may
from tallman.core.workflow import Role as RoleName

__all__ = ["ROLES", "Permission", "Role", "RoleName"]


class Permission(StrEnum):
    """Verbs of the work. The first block has the names of `tallman.core.workflow.Action`."""

    ENTER = "enter"
    CORRECT = "correct"
    DECIDE = "decide"
    APPROVE = "approve"
    SEND_BACK = "send-back"
    FILL = "fill"
    REJECT_FILL = "reject-fill"
    VERIFY = "verify"
    SHELVE = "shelve"
    HAND_OVER = "hand-over"
    HOLD = "hold"
    HOLD_CLINICAL = "hold-clinical"
    RESUME = "resume"
    RESUME_CLINICAL = "resume-clinical"
    COMPLETE_OWED = "complete-owed"
    RETURN_TO_STOCK = "return-to-stock"
    CANCEL = "cancel"
    RAISE_CONCERN = "raise-concern"
    ANSWER_CONCERN = "answer-concern"

    READ_WORK = "read-work"
    READ_PATIENTS = "read-patients"
    EDIT_PATIENTS = "edit-patients"
    EDIT_PRESCRIBERS = "edit-prescribers"
    READ_STOCK = "read-stock"
    MANAGE_STOCK = "manage-stock"
    READ_KNOWLEDGE = "read-knowledge"
    GATHER_HISTORY = "gather-history"
    RECONCILE = "reconcile"
    KEEP_NAMES = "keep-names"
    COUNSEL = "counsel"
    READ_EXCEPTIONS = "read-exceptions"
    RETRY_EXCEPTION = "retry-exception"
    MANAGE_USERS = "manage-users"
    MANAGE_TOKENS = "manage-tokens"
    READ_AUDIT = "read-audit"


class Role:
    """A role: its name, what it is in plain words, and what it may do."""

    name: RoleName
    title: str
    description: str
    beyond_workflow: frozenset[Permission] = frozenset()

    @classmethod
    def permissions(cls) -> frozenset[Permission]:
        """Everything this role may ever do, whatever the stage of a prescription."""
        return frozenset(Permission(a.value) for a in Action if may(cls.name, a)) | cls.beyond_workflow


_P = Permission
_READ = {_P.READ_WORK, _P.READ_PATIENTS, _P.READ_STOCK, _P.READ_KNOWLEDGE}
_TRAINED = _READ | {
    _P.EDIT_PATIENTS, _P.EDIT_PRESCRIBERS, _P.MANAGE_STOCK, _P.READ_EXCEPTIONS, _P.RETRY_EXCEPTION,
    _P.GATHER_HISTORY,
}  # fmt: skip


class Trainee(Role):
    name = RoleName.TRAINEE
    title = "Trainee"
    description = "Learns the work: enters, fills and raises concerns; never checks, hands over or holds."
    beyond_workflow = frozenset(_READ)


class Technician(Role):
    name = RoleName.TECHNICIAN
    title = "Technician"
    description = "Gathers, enters, fills, hands over, looks after stock; raises what does not sit right."
    beyond_workflow = frozenset(_TRAINED)


class CertifiedTechnician(Role):
    name = RoleName.CERTIFIED_TECHNICIAN
    title = "Certified technician"
    description = "A technician with a national certificate, open to tasks that ask for one."
    beyond_workflow = frozenset(_TRAINED)


class Pharmacist(Role):
    name = RoleName.PHARMACIST
    title = "Pharmacist"
    description = "Reviews, decides findings, answers concerns, verifies and counsels."
    beyond_workflow = frozenset(_TRAINED | {_P.COUNSEL, _P.RECONCILE})


class PharmacistInCharge(Role):
    name = RoleName.PHARMACIST_IN_CHARGE
    title = "Pharmacist in charge"
    description = "A pharmacist who also answers for the pharmacy: people, names, machine access and the record."
    beyond_workflow = frozenset(
        _TRAINED | {_P.COUNSEL, _P.RECONCILE, _P.KEEP_NAMES, _P.MANAGE_USERS, _P.MANAGE_TOKENS, _P.READ_AUDIT}
    )


class Administrator(Role):
    name = RoleName.ADMINISTRATOR
    title = "Administrator"
    description = "Keeps accounts and machine access and reads the record; has no clinical rights."
    beyond_workflow = frozenset({_P.MANAGE_USERS, _P.MANAGE_TOKENS, _P.READ_AUDIT})


ROLES: dict[str, type[Role]] = {
    r.name.value: r for r in (Trainee, Technician, CertifiedTechnician, Pharmacist, PharmacistInCharge, Administrator)
}
