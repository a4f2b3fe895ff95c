"""Deciding: what becomes of each medicine, and the signature under a stage. A pharmacist's, never a technician's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Q

from tallman.core.reconciliation.change_reasons import ChangeReason
from tallman.core.reconciliation.decided import Disposition
from tallman.server import knowledge_in_use
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.patients.actions import record_fact
from tallman.server.patients.models import Allergy, Patient
from tallman.server.reconciliation.actions.standing import begun, looked_at, settled, touched
from tallman.server.reconciliation.comparison import Compared, Row
from tallman.server.reconciliation.models import Decision, Encounter, Proposal, SignOff, Stage
from tallman.server.reconciliation.signed import rows_of
from tallman.server.refusal import Conflict, refuse, unless_may
from tallman.server.web import clock

__all__ = ["Terms", "agree", "continue_all", "decide", "propose", "sign_off", "withdraw_decision"]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is decided. `text` and `directions` are the medicine that goes on where it is another or is taken otherwise,
    `until` what it is held for, `intent` whether a difference was meant, `agreed_with` the prescriber who was asked."""

    disposition: str
    intent: str = ""
    text: str = ""
    directions: str = ""
    until: str = ""
    reason_code: str = ""
    reason: str = ""
    agreed_with: str = ""


@transaction.atomic
def decide(*, encounter: Encounter, stage: str, key: str, terms: Terms, by: User, seen: str | None = None) -> Decision:
    """What becomes of one medicine at one stage, by the key of its row. It can be decided anew.

    `seen` is the number of the decision that stood on the page, "" for none; with another by now it raises Conflict.

    Raises Refused without a reason where something differs from what is taken, without the time or event where it is
    held, and when the lists say something else by now than what was on the page.
    """
    unless_may(by, "reconcile")
    row = begun(encounter)
    compared = looked_at(row).compared(Stage(stage))
    _unless_newer(seen, compared.decision_on(key))
    decision = _decided(row, compared, key, terms, by)
    settled(row)
    touched(row, by)
    return decision


@transaction.atomic
def continue_all(*, encounter: Encounter, stage: str, keys: Iterable[str], by: User) -> list[Decision]:
    """The medicines of these rows go on as at home, or stay off as they are there: a decision for each. None is taken
    when one is refused."""
    unless_may(by, "reconcile")
    row = begun(encounter)
    compared = looked_at(row).compared(Stage(stage))
    off = {one.key: _stays_off(one, compared) for one in compared.rows if one.is_off}
    going_on = Terms(Disposition.CONTINUE)
    made = [_decided(row, compared, key, off.get(key, going_on), by) for key in dict.fromkeys(keys)]
    settled(row)
    touched(row, by)
    data = {"stage": stage, "decisions": [one.pk for one in made]}
    record(action="reconciliation.continue_all", by=by, subject=row, patient=row.patient, data=data)
    return made


def _stays_off(row: Row, compared: Compared) -> Terms:
    """That a medicine which is not taken at home is not begun again: nothing of the orders is to be put right."""
    state = row.match.left[0].state.value if row.match else ""
    return Terms(Disposition.STOP, "intended" if compared.has_orders else "", reason=f"{state} at home")


def _decided(encounter: Encounter, compared: Compared, key: str, terms: Terms, by: User) -> Decision:
    """The decision about one row of a comparison, kept and on the audit log. The stay is not weighed again."""
    known = next((one for one in compared.rows if one.key == key), None)
    if known is None and not terms.text:
        raise refuse("changed", "The lists say something else by now: look at the row again.")
    _complete(terms)
    decision = Decision(
        encounter=encounter, stage=compared.stage, key=key, **_verdict(terms), intent=terms.intent,
        agreed_with=terms.agreed_with.strip(), by=by, at=clock.now(),
    )  # fmt: skip
    decision.full_clean(exclude=["encounter", "by"])
    decision.save()
    if terms.disposition == Disposition.CONTINUE and known:
        _put_on_record(known, encounter.patient, by)
    data = {"stage": compared.stage, "key": key, **asdict(terms)}
    record(action="reconciliation.decide", by=by, subject=decision, patient=encounter.patient, data=data)
    return decision


def _verdict(terms: Terms) -> dict[str, str]:
    """What a decision and a proposal are both made of."""
    return {
        "disposition": terms.disposition, "text": terms.text.strip(), "directions": terms.directions.strip(),
        "until": terms.until.strip(), "reason_code": terms.reason_code, "reason": terms.reason.strip(),
    }  # fmt: skip


def _unless_newer(seen: str | None, decision: Decision | None) -> None:
    if seen is None or seen == (str(decision.pk) if decision else ""):
        return
    if decision is None:
        raise refuse("changed", "What was decided is taken back by now: look at the row again.")
    raise Conflict(decision.by.author_name, decision.at)


def _put_on_record(row: Row, patient: Patient, by: User) -> None:
    """An allergy that only the orders' record knows, and that a pharmacist holds to be right, is kept with us too."""
    for recorded in row.differences[0].right_allergies if row.match is None else ():
        fact = Allergy(substance=recorded.allergy.substance[:240], reaction=recorded.allergy.reaction[:240])
        record_fact(patient=patient, fact=fact, by=by)


def _complete(terms: Terms) -> None:
    """Raise Refused with what is missing."""
    if terms.reason_code and terms.reason_code not in set(ChangeReason):
        raise refuse("reason", "Choose a reason of the list, or write one.")
    said = bool(terms.reason.strip() or terms.reason_code)
    if terms.disposition not in (Disposition.CONTINUE, Disposition.NEW) and not said:
        raise refuse("reason", "Give the reason: the patient and the next prescriber will read it.")
    if terms.disposition == Disposition.HOLD and not terms.until.strip():
        raise refuse("until", "Say until when, or until what, it is held.")
    if terms.disposition == Disposition.SUBSTITUTE and not terms.text.strip():
        raise refuse("text", "Say which medicine takes its place.")


@transaction.atomic
def propose(*, encounter: Encounter, stage: str, key: str, terms: Terms, by: User) -> Proposal:
    """What a technician would do about one medicine, for the pharmacist to take or leave. It needs no reason."""
    unless_may(by, "gather-history")
    row = begun(encounter)
    proposal = Proposal(encounter=row, stage=stage, key=key, **_verdict(terms), by=by, at=clock.now())
    proposal.full_clean(exclude=["encounter", "by"])
    proposal.save()
    touched(row, by)
    data = {"stage": stage, "key": key, "disposition": terms.disposition, "reason": terms.reason}
    record(action="reconciliation.propose", by=by, subject=proposal, patient=row.patient, data=data)
    return proposal


@transaction.atomic
def agree(*, encounter: Encounter, stage: str, who: str, by: User) -> list[Decision]:
    """A prescriber was told of every order of the stage that is to be put right, and agreed. Refused without a name."""
    unless_may(by, "reconcile")
    row = begun(encounter)
    if not who.strip():
        raise refuse("who", "Say who agreed.")
    compared = looked_at(row).compared(Stage(stage))
    agreed = [one.decision for one in compared.unagreed if one.decision]
    for decision in agreed:
        decision.agreed_with = who.strip()
        decision.save(update_fields=["agreed_with"])
    touched(row, by)
    data = {"stage": stage, "who": who, "decisions": [one.pk for one in agreed]}
    record(action="reconciliation.agree", by=by, subject=row, data=data)
    return agreed


@transaction.atomic
def withdraw_decision(*, decision: Decision, by: User) -> Decision:
    """Take a decision back, and with it every earlier one about the same: the row is open again, and what was signed
    with it is to be signed anew."""
    unless_may(by, "reconcile")
    row = begun(decision.encounter)
    decision.withdrawn_at = clock.now()
    at_discharge = Q(stage=Stage.DISCHARGE)
    side = at_discharge if decision.stage == Stage.DISCHARGE else ~at_discharge
    row.decisions.filter(side, key=decision.key, withdrawn_at=None).update(withdrawn_at=decision.withdrawn_at)
    row.sign_offs.filter(side, superseded_at=None).update(superseded_at=decision.withdrawn_at)
    settled(row)
    touched(row, by)
    record(action="reconciliation.withdraw_decision", by=by, subject=decision, patient=row.patient)
    return decision


@transaction.atomic
def sign_off(*, encounter: Encounter, stage: str, version: int, by: User) -> SignOff:
    """A pharmacist signs a stage. Refused while the history is not complete or a difference has neither a reason nor a
    correction."""
    unless_may(by, "reconcile")
    row = begun(encounter, version)
    if not row.history_completed_at:
        raise refuse("history", "The history is not complete.")
    compared = looked_at(row).compared(Stage(stage))
    if not compared.has_orders and stage != Stage.DISCHARGE:
        raise refuse("orders", "No orders are known: add the list of orders first.")
    if waiting := compared.open_rows:
        raise refuse("undecided", f"{len(waiting)} medicines wait for a decision: {waiting[0].sentence}")
    if unagreed := compared.unagreed:
        raise refuse("unagreed", f"{len(unagreed)} orders are to be put right: agree that with the prescriber first.")
    held = knowledge_in_use.current()
    signed = SignOff.objects.create(
        encounter=row, stage=stage, by=by, at=clock.now(), rows=rows_of(compared),
        knowledge_version=held.version, knowledge_sha256=held.sha256,
    )  # fmt: skip
    settled(row)
    touched(row, by)
    record(action="reconciliation.sign_off", by=by, subject=signed, patient=row.patient, data={"stage": stage})
    return signed
