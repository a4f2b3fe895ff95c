"""The way of a prescription through the pharmacy: one table of who may do what, when.

The table is all there is: the server asks `refusals` before every write and shows the answer to the person, and
writes what `move` returns. Sources:
the stages follow FHIR MedicationDispense.status; the division of work follows the common ground of US board-of-pharmacy
rules (a technician gathers, enters and fills; a pharmacist judges, decides and counsels; nobody checks their own work).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

__all__ = [
    "HOLD_REASONS", "TRANSITIONS", "Action", "Actor", "HoldReason", "Refusal", "Role", "Stage", "Transition", "Work",
    "may", "move", "refusals",
]  # fmt: skip


class Role(StrEnum):
    """What a person is in the pharmacy."""

    TRAINEE = "trainee"
    TECHNICIAN = "technician"
    CERTIFIED_TECHNICIAN = "certified-technician"
    PHARMACIST = "pharmacist"
    PHARMACIST_IN_CHARGE = "pharmacist-in-charge"
    ADMINISTRATOR = "administrator"


ALL_STAFF = frozenset(Role) - {Role.ADMINISTRATOR}
PHARMACISTS = frozenset({Role.PHARMACIST, Role.PHARMACIST_IN_CHARGE})
TECHNICIANS = frozenset({Role.TECHNICIAN, Role.CERTIFIED_TECHNICIAN})
TRAINED = TECHNICIANS | PHARMACISTS


class Stage(StrEnum):
    """Where a prescription or its fill stands. Each value is something that truly happened."""

    RECEIVED = "received"
    ENTERED = "entered"
    TO_FILL = "to-fill"
    FILLED = "filled"
    VERIFIED = "verified"
    READY = "ready"
    HANDED_OVER = "handed-over"
    ON_HOLD = "on-hold"
    OWED = "owed"
    RETURNED_TO_STOCK = "returned-to-stock"
    CANCELLED = "cancelled"


class Action(StrEnum):
    """What people do to a prescription."""

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


@dataclass(frozen=True, slots=True)
class HoldReason:
    """Why a prescription waits. A clinical reason is put on and taken off by a pharmacist only."""

    code: str
    text: str
    is_clinical: bool


HOLD_REASONS = {
    r.code: r
    for r in (
        HoldReason("patient-request", "Patient asked to wait", False),
        HoldReason("too-soon", "Too soon to fill; due later", False),
        HoldReason("out-of-stock", "Waiting for stock", False),
        HoldReason("insurance", "Waiting for the insurer", False),
        HoldReason("patient-unreachable", "Waiting to reach the patient", False),
        HoldReason("missing-information", "Waiting for missing non-clinical information", False),
        HoldReason("prescriber-call", "Waiting for the prescriber's answer", True),
        HoldReason("clinical-question", "Clinical question open", True),
        HoldReason("monitoring", "Waiting for a lab result", True),
        HoldReason("legitimacy", "Checking that the prescription is genuine", True),
    )
}


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work: who they are and what they are allowed to be."""

    id: str
    role: Role


@dataclass(frozen=True, slots=True)
class Work:
    """The state of one prescription as far as the table looks at it.

    `undecided_findings` are interruptive ones without a decision, `changes_due` those of which a pharmacist decided
    that the prescription must change. `resume_to` is the stage a held prescription goes back to; `hold_reason` a
    code of `HOLD_REASONS`; `owed` says that part of the quantity is still to come after the fill in work, `part_given`
    that a part has been handed over; `filled_by` and `verified_by` are actor ids, of the fill in work.
    """

    stage: Stage = Stage.RECEIVED
    undecided_findings: int = 0
    changes_due: int = 0
    open_concerns: int = 0
    filled_by: str | None = None
    verified_by: str | None = None
    resume_to: Stage | None = None
    hold_reason: str | None = None
    owed: bool = False
    part_given: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action is not possible now: a stable code and a sentence for the person."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the table. `to` None means the stage does not change (or is computed, for resume)."""

    action: Action
    sources: frozenset[Stage]
    to: Stage | None
    roles: frozenset[Role]
    guards: tuple[str, ...] = ()


_BEFORE_HANDOVER = frozenset(
    {Stage.RECEIVED, Stage.ENTERED, Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.OWED}
)
_ON_THE_SHELF = frozenset({Stage.FILLED, Stage.VERIFIED, Stage.READY})
_CLEAR = ("no-open-concern", "no-undecided-finding", "no-change-due")


def _row(
    action: Action,
    sources: set[Stage] | frozenset[Stage],
    to: Stage | None,
    roles: frozenset[Role],
    *guards: str,
) -> Transition:
    return Transition(action, frozenset(sources), to, roles, guards)


TRANSITIONS: dict[Action, Transition] = {
    t.action: t
    for t in (
        _row(Action.ENTER, {Stage.RECEIVED}, Stage.ENTERED, ALL_STAFF, "no-open-concern"),
        _row(
            Action.CORRECT,
            {Stage.ENTERED, Stage.TO_FILL, Stage.RETURNED_TO_STOCK},
            Stage.ENTERED,
            TRAINED,
            "no-part-given",
        ),
        _row(Action.DECIDE, _BEFORE_HANDOVER | {Stage.ON_HOLD}, None, PHARMACISTS),
        _row(Action.APPROVE, {Stage.ENTERED}, Stage.TO_FILL, PHARMACISTS, *_CLEAR),
        _row(Action.SEND_BACK, {Stage.ENTERED}, Stage.RECEIVED, PHARMACISTS),
        _row(Action.FILL, {Stage.TO_FILL}, Stage.FILLED, ALL_STAFF, *_CLEAR),
        _row(Action.REJECT_FILL, {Stage.FILLED}, Stage.TO_FILL, TRAINED),
        _row(Action.VERIFY, {Stage.FILLED}, Stage.VERIFIED, PHARMACISTS, *_CLEAR, "not-the-filler"),
        _row(Action.SHELVE, {Stage.VERIFIED}, Stage.READY, ALL_STAFF, *_CLEAR),
        _row(Action.HAND_OVER, {Stage.READY}, Stage.HANDED_OVER, TRAINED, *_CLEAR, "verified"),
        _row(Action.COMPLETE_OWED, {Stage.OWED}, Stage.TO_FILL, TRAINED, "no-open-concern"),
        _row(Action.HOLD, _BEFORE_HANDOVER, Stage.ON_HOLD, TRAINED),
        _row(Action.HOLD_CLINICAL, _BEFORE_HANDOVER, Stage.ON_HOLD, PHARMACISTS),
        _row(Action.RESUME, {Stage.ON_HOLD}, None, TRAINED, "hold-is-not-clinical"),
        _row(Action.RESUME_CLINICAL, {Stage.ON_HOLD}, None, PHARMACISTS),
        _row(Action.RETURN_TO_STOCK, _ON_THE_SHELF, Stage.RETURNED_TO_STOCK, TRAINED),
        _row(
            Action.CANCEL,
            (_BEFORE_HANDOVER | {Stage.ON_HOLD, Stage.RETURNED_TO_STOCK}) - _ON_THE_SHELF,
            Stage.CANCELLED,
            PHARMACISTS,
            "nothing-on-the-shelf",
        ),
        _row(Action.RAISE_CONCERN, frozenset(Stage) - {Stage.CANCELLED}, None, ALL_STAFF),
        _row(Action.ANSWER_CONCERN, frozenset(Stage), None, PHARMACISTS),
    )
}


def _guard(name: str, work: Work, actor: Actor) -> Refusal | None:
    match name:
        case "no-open-concern" if work.open_concerns:
            return Refusal(name, "A concern is open: a pharmacist must answer it first.")
        case "no-undecided-finding" if work.undecided_findings:
            return Refusal(name, "A finding is undecided: a pharmacist must decide it first.")
        case "no-change-due" if work.changes_due:
            return Refusal(name, "A pharmacist decided that it must change: correct it, or have it cancelled.")
        case "no-part-given" if work.part_given:
            return Refusal(name, "Part of it has been handed over: cancel the rest and enter a new prescription.")
        case "nothing-on-the-shelf" if work.resume_to in _ON_THE_SHELF:
            return Refusal(name, "It is filled: take it off hold and return it to stock first.")
        case "not-the-filler" if work.filled_by == actor.id:
            return Refusal(name, "You filled this one: somebody else must check it.")
        case "verified" if work.verified_by is None or work.verified_by == work.filled_by:
            return Refusal(name, "Nobody other than the filler has checked it yet.")
        case "hold-is-not-clinical" if work.hold_reason and HOLD_REASONS[work.hold_reason].is_clinical:
            return Refusal(name, "It is on hold for a clinical reason: a pharmacist must release it.")
    return None


def may(role: Role, action: Action) -> bool:
    """Whether a role may ever take an action, whatever the stage."""
    return role in TRANSITIONS[action].roles


def refusals(work: Work, action: Action, actor: Actor) -> tuple[Refusal, ...]:
    """Every reason why `actor` cannot take `action` now; empty when they can."""
    row = TRANSITIONS[action]
    found = []
    if actor.role not in row.roles:
        found.append(Refusal("role", f"This is not a {actor.role.value.replace('-', ' ')}'s task."))
    if work.stage not in row.sources:
        found.append(Refusal("stage", f"It is {work.stage.value.replace('-', ' ')} now, so this cannot be done."))
    found += [r for r in (_guard(name, work, actor) for name in row.guards) if r]
    return tuple(found)


def move(
    work: Work,
    action: Action,
    actor: Actor,
    *,
    hold_reason: str | None = None,
    is_partial: bool = False,
    releases: bool = True,
) -> Work:
    """The state after the action.

    `is_partial` says that a fill leaves part of the quantity owed; `releases` that a decision lets the prescription go
    on as it stands. Raises ValueError with every refusal's text when the action is not possible.
    """
    found = refusals(work, action, actor)
    if found:
        raise ValueError(" ".join(r.text for r in found))
    after = replace(work, stage=TRANSITIONS[action].to or work.stage)
    match action:
        case Action.HOLD | Action.HOLD_CLINICAL:
            _check_hold(action, hold_reason)
            return replace(after, resume_to=work.stage, hold_reason=hold_reason)
        case Action.RESUME | Action.RESUME_CLINICAL:
            return replace(after, stage=work.resume_to or Stage.RECEIVED, resume_to=None, hold_reason=None)
        case Action.RAISE_CONCERN:
            return replace(after, open_concerns=work.open_concerns + 1)
        case Action.ANSWER_CONCERN:
            return replace(after, open_concerns=max(0, work.open_concerns - 1))
        case Action.DECIDE:
            return replace(
                after,
                undecided_findings=max(0, work.undecided_findings - 1),
                changes_due=work.changes_due + (not releases),
            )
        case Action.CANCEL:
            return replace(after, resume_to=None, hold_reason=None)
    return _filled(work, after, action, actor, is_partial)


def _filled(work: Work, after: Work, action: Action, actor: Actor, is_partial: bool) -> Work:
    """Who filled and checked what is in work now, and what is still to come."""
    match action:
        case Action.FILL:
            return replace(after, filled_by=actor.id, verified_by=None, owed=is_partial)
        case Action.VERIFY:
            return replace(after, verified_by=actor.id)
        case Action.HAND_OVER:
            return replace(after, stage=Stage.OWED if work.owed else after.stage, part_given=work.owed)
        case Action.COMPLETE_OWED:
            return replace(after, filled_by=None, verified_by=None)
        case Action.RETURN_TO_STOCK | Action.REJECT_FILL:
            stage = Stage.OWED if work.part_given and action is Action.RETURN_TO_STOCK else after.stage
            return replace(after, stage=stage, filled_by=None, verified_by=None, owed=work.part_given)
        case Action.CORRECT | Action.SEND_BACK:
            return replace(after, filled_by=None, verified_by=None)
    return after


def _check_hold(action: Action, reason: str | None) -> None:
    if reason not in HOLD_REASONS:
        raise ValueError(f"Choose a reason for the hold: {', '.join(HOLD_REASONS)}.")
    if HOLD_REASONS[reason].is_clinical and action is Action.HOLD:
        raise ValueError("A hold for a clinical reason is a pharmacist's: raise a concern instead.")
