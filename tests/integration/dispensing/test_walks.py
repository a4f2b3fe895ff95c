"""Real actions in any order, on the database: the promises of the workflow hold there too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace

from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule, run_state_machine_as_test

from tallman.core.workflow import PHARMACISTS
from tallman.server.accounts.models import User
from tallman.server.audit.models import Event
from tallman.server.dispensing import actions as fills
from tallman.server.dispensing.models import Fill, HandOver
from tallman.server.inventory.queries import lots
from tallman.server.patients.actions import record_fact
from tallman.server.patients.models import Allergy
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Concern, Finding, Prescription
from tallman.server.refusal import Conflict, Refused
from tests.integration.dispensing.conftest import LISINOPRIL_10, matrix

ON = {
    ("entered", "to-fill"), ("to-fill", "filled"), ("filled", "verified"), ("verified", "ready"),
    ("ready", "handed-over"), ("ready", "owed"),
}  # fmt: skip
EXPLAINS = {
    "to-fill": {"prescriptions.approve", "dispensing.reject_fill", "dispensing.complete_owed"},
    "filled": {"dispensing.fill"},
    "verified": {"dispensing.verify"},
    "ready": {"dispensing.shelve"},
    "handed-over": {"dispensing.hand_over"},
    "owed": {"dispensing.hand_over", "dispensing.return_to_stock"},
    "returned-to-stock": {"dispensing.return_to_stock"},
    "on-hold": {"prescriptions.hold"},
    "cancelled": {"prescriptions.cancel"},
}
"""The events that can have put a prescription into a stage, coming back from hold aside."""
WAY = {"fill": "technician", "verify": "pharmacist", "shelve": "technician", "hand_over": "technician"}
NEXT = dict(zip(["to-fill", "filled", "verified", "ready"], WAY, strict=True)) | {"owed": "complete_owed"}
DEEDS = [
    *WAY, "complete_owed", "reject_fill", "return_to_stock", "hold", "resume", "cancel", "raise_concern",
    "answer_concern", "decide",
]  # fmt: skip
WALKS = settings(max_examples=20, stateful_step_count=8, deadline=None)


def machine(
    row: Prescription, shelf: SimpleNamespace, people: dict[str, User], actors: list[str], opening: list[str]
) -> type[RuleBasedStateMachine]:
    """Walks of `actors` from anywhere on the way of one prescription; they leave the database as it was.

    `opening` is what comes up before they begin.
    """

    class Walks(RuleBasedStateMachine):
        reached: set[str] = set()
        refused = 0

        def __init__(self) -> None:
            super().__init__()
            self.rollback = transaction.atomic()
            self.rollback.__enter__()

        def teardown(self) -> None:
            self.reached.add(self.now().stage)
            transaction.set_rollback(True)
            self.rollback.__exit__(None, None, None)

        def now(self) -> Prescription:
            return Prescription.objects.get(pk=row.pk)

        @initialize(done=st.integers(0, 4), part=st.sampled_from([12, 30]), what=st.sampled_from(opening))
        def begin(self, done: int, part: int, what: str) -> None:
            """Some way on already."""
            for deed, role in list(WAY.items())[:done]:
                self.do(deed, people[role], part)
            if what == "finding":
                self.the_record_changes("severe")
            elif what == "concern":
                actions.raise_concern(prescription=self.now(), kind="dose", by=people["trainee"])

        @rule(deed=st.sampled_from(DEEDS), role=st.sampled_from(actors), part=st.sampled_from([12, 30]))
        def somebody_does_something(self, deed: str, role: str, part: int) -> None:
            self.do(deed, people[role], part)

        @precondition(lambda self: self.now().stage in NEXT)
        @rule(role=st.sampled_from(actors))
        def the_next_step_is_done(self, role: str) -> None:
            self.do(NEXT[self.now().stage], people[role], 30)

        @rule(severity=st.sampled_from(["severe", "mild"]))
        def the_record_changes(self, severity: str) -> None:
            """An allergy to the very medicine is recorded: a finding comes up."""
            fact = Allergy(patient=row.patient, substance="lisinopril", severity=severity, reaction="angioedema")
            record_fact(patient=row.patient, fact=fact, by=people["technician"])

        def do(self, deed: str, by: User, part: int) -> None:
            before = self.now()
            blocked = blocks(before)
            try:
                with transaction.atomic():
                    act(deed, before, by, shelf, Decimal(part))
            except (Refused, Conflict):
                type(self).refused += 1
                after = self.now()
                assert (after.stage, after.version) == (before.stage, before.version)
                return
            self.keeps_its_promises(before, self.now(), by, blocked)

        def keeps_its_promises(self, before: Prescription, after: Prescription, by: User, blocked: bool) -> None:
            self.reached.add(after.stage)
            if (before.stage, after.stage) in ON:
                assert not blocked, f"{before.stage} to {after.stage} past something open"
            if (before.stage, after.stage) == ("filled", "verified"):
                assert by.role in PHARMACISTS
                assert by.pk != after.filled_by_id
            if before.stage == "ready" and after.stage in ("handed-over", "owed") and HandOver.objects.exists():
                assert by.role not in ("trainee", "administrator")
            is_explained(after)
            stock_is_whole(row)

    return Walks


def blocks(row: Prescription) -> bool:
    """Whether something is open that must stop it; asked of the rows, not of the table."""
    findings = Finding.objects.filter(screening=row.screening_id, is_interruptive=True)
    open_ones = findings.filter(decision=None).exists() or findings.filter(decision__outcome="accepted-change").exists()
    return open_ones or Concern.objects.filter(prescription=row, answered_at=None).exists()


def is_explained(row: Prescription) -> None:
    moving = {name for names in EXPLAINS.values() for name in names} | {"prescriptions.resume"}
    subjects = {"prescriptions.prescription": [str(row.pk)]}
    events = [
        e
        for e in Event.objects.filter(action__in=moving).order_by("sequence")
        if e.subject_type not in subjects or e.subject_id in subjects[e.subject_type]
    ]
    last = events[-1]
    assert last.action in EXPLAINS[row.stage] or last.action == "prescriptions.resume"


def stock_is_whole(row: Prescription) -> None:
    """What left the shelf is what stands in fills that were not taken apart."""
    standing = sum((f.quantity for f in Fill.objects.filter(prescription=row, stock_return=None)), Decimal(0))
    left = sum((lot.left for lot in lots().filter(item__product_id=LISINOPRIL_10)), Decimal(0))
    assert left == Decimal(112) - standing
    given = sum((h.fill.quantity for h in HandOver.objects.filter(fill__prescription=row)), Decimal(0))
    assert given <= row.quantity


def act(deed: str, row: Prescription, by: User, shelf: SimpleNamespace, part: Decimal) -> None:
    seen = {"prescription": row, "version": row.version, "by": by}
    match deed:
        case "fill":
            one = fills.scan(prescription=row, code=matrix(LISINOPRIL_10, shelf.late), by=by)
            fills.fill(**seen, scans=[one], quantity=part)
        case "verify" | "complete_owed":
            getattr(fills, deed)(**seen)
        case "shelve":
            fills.shelve(**seen, bin="A1")
        case "hand_over":
            said = {"first_identifier": "name", "second_identifier": "phone", "counselling": "declined"}
            fills.hand_over(**seen, **said)
        case "reject_fill" | "return_to_stock":
            getattr(fills, deed)(**seen, reason="Wrong.")
        case "hold":
            actions.hold(**seen, reason="insurance")
        case "resume":
            actions.resume(**seen)
        case "cancel":
            actions.cancel(**seen, reason="Not wanted.")
        case "raise_concern":
            actions.raise_concern(prescription=row, kind="other", by=by)
        case "answer_concern":
            for concern in Concern.objects.filter(prescription=row, answered_at=None)[:1]:
                actions.answer_concern(concern=concern, answer="Fine.", by=by)
        case "decide":
            for finding in Finding.objects.filter(screening=row.screening_id, is_interruptive=True)[:1]:
                outcome = "accepted-change" if part == 12 else "override-already-tolerated"
                said = {"outcome": outcome, "reason": "Known."}
                actions.decide(finding=finding, version=row.version, by=by, **said)


def test_whatever_people_do_the_promises_hold(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, people: dict[str, User]
) -> None:
    walks = machine(to_fill(), shelf, people, list(people), ["nothing", "nothing", "finding", "concern"])
    run_state_machine_as_test(walks, settings=WALKS)
    assert walks.reached >= {"to-fill", "filled", "verified", "ready", "handed-over"}
    assert walks.refused > 20


def test_no_technician_or_trainee_gets_something_open_into_hands(
    to_fill: Callable[..., Prescription], shelf: SimpleNamespace, people: dict[str, User]
) -> None:
    """Wherever the finding or the concern came up, without a pharmacist nothing goes on."""
    actors = ["trainee", "technician", "certified-technician"]
    walks = machine(to_fill(), shelf, people, actors, ["finding", "concern"])

    class Blocked(walks):
        def teardown(self) -> None:
            try:
                assert blocks(self.now()), "only a pharmacist takes away what is open"
            finally:
                super().teardown()

    run_state_machine_as_test(Blocked, settings=WALKS)
    assert Blocked.reached >= {"ready", "to-fill"}
