"""The table of the workflow, walked at random: whatever people do in whatever order, the promises hold.

The promises are written here a second time, in words of stages and people only, so that a wrong row in the table cannot
hide behind itself. Broken tables are walked too: each must break a promise.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from tallman.core import workflow
from tallman.core.workflow import HOLD_REASONS, TRANSITIONS, Action, Actor, Role, Stage, Work, move, refusals

ON = {
    (Stage.RECEIVED, Stage.ENTERED), (Stage.ENTERED, Stage.TO_FILL), (Stage.TO_FILL, Stage.FILLED),
    (Stage.FILLED, Stage.VERIFIED), (Stage.VERIFIED, Stage.READY), (Stage.READY, Stage.HANDED_OVER),
    (Stage.READY, Stage.OWED), (Stage.OWED, Stage.TO_FILL),
}  # fmt: skip
"""The only ways on."""
BACK = {
    (Stage.ENTERED, Stage.RECEIVED), (Stage.TO_FILL, Stage.ENTERED), (Stage.RETURNED_TO_STOCK, Stage.ENTERED),
    (Stage.FILLED, Stage.TO_FILL),
    *((s, t) for s in (Stage.FILLED, Stage.VERIFIED, Stage.READY) for t in (Stage.RETURNED_TO_STOCK, Stage.OWED)),
}  # fmt: skip
FULL_STOP = {Stage.HANDED_OVER, Stage.CANCELLED}
ON_THE_SHELF = {Stage.FILLED, Stage.VERIFIED, Stage.READY}
PHARMACIST = {Role.PHARMACIST, Role.PHARMACIST_IN_CHARGE}
LEARNING = {Role.TRAINEE, Role.ADMINISTRATOR}
DEED = {
    Stage.ENTERED: {Action.ENTER, Action.CORRECT},
    Stage.TO_FILL: {Action.APPROVE, Action.REJECT_FILL, Action.COMPLETE_OWED},
    Stage.FILLED: {Action.FILL}, Stage.VERIFIED: {Action.VERIFY}, Stage.READY: {Action.SHELVE},
    Stage.HANDED_OVER: {Action.HAND_OVER}, Stage.OWED: {Action.HAND_OVER, Action.RETURN_TO_STOCK},
    Stage.RETURNED_TO_STOCK: {Action.RETURN_TO_STOCK}, Stage.CANCELLED: {Action.CANCEL},
    Stage.RECEIVED: {Action.SEND_BACK}, Stage.ON_HOLD: {Action.HOLD, Action.HOLD_CLINICAL},
}  # fmt: skip
"""The deeds that can have put a prescription into a stage, coming back from hold aside."""

TECHNICIAN, ONE = Actor("technician", Role.TECHNICIAN), Actor("pharmacist", Role.PHARMACIST)
OTHER = Actor("another-pharmacist", Role.PHARMACIST)
PEOPLE = [Actor(role.value, role) for role in Role] + [OTHER]


@dataclass(frozen=True)
class Step:
    action: Action
    by: Actor
    before: Work
    after: Work


class Walk:
    """One prescription on its way, everybody in the pharmacy, and findings that come up at any time.

    A number decides what happens next: the same numbers, the same walk.
    """

    def __init__(self) -> None:
        self.work = Work()
        self.steps: list[Step] = []
        self.reached = {Stage.RECEIVED}

    def begin(self, number: int) -> None:
        """Anywhere on the way: walks are short, and every row must be reached often."""
        for action, who in WHOLE_WAY[: number % 7]:
            by = ONE if action is Action.FILL and number // 7 % 2 else who
            self.take(action, by, is_partial=bool(number // 14 % 2))

    def go(self, number: int, suspect: Action | None = None) -> None:
        """Anybody does anything that the table allows; half of the time something that leads on."""
        kind, number = number % 4, number // 4
        onward = [a for a, row in TRANSITIONS.items() if (self.work.stage, row.to) in ON]
        actions = [suspect] if suspect and kind == 0 else onward if kind < 3 else list(Action)
        possible = [(a, p) for a in actions for p in PEOPLE if not refusals(self.work, a, p)]
        if possible:
            self.one_of(possible, *divmod(number, len(possible)))

    def one_of(self, possible: list[tuple[Action, Actor]], how: int, which: int) -> None:
        action, by = possible[which]
        reason = sorted(HOLD_REASONS)[how // 4 % len(HOLD_REASONS)]
        if action is Action.HOLD and HOLD_REASONS[reason].is_clinical:
            with pytest.raises(ValueError, match="pharmacist's"):
                move(self.work, action, by, hold_reason=reason)
        else:
            self.take(action, by, is_partial=how % 2 == 0, releases=how // 2 % 2 == 0, hold_reason=reason)

    def take(self, action: Action, by: Actor, **options: object) -> None:
        before = self.work
        self.work = move(before, action, by, **options)
        if action in (Action.ENTER, Action.CORRECT):  # the checks run again and say what they say
            self.work = replace(self.work, undecided_findings=0, changes_due=0)
        self.steps.append(Step(action, by, before, self.work))
        self.reached.add(self.work.stage)
        keeps_its_promises(self.steps)
        is_explained(self.work.stage, self.steps)

    def screen(self, number: int) -> None:
        """The patient's record changed: the checks find something, or something less."""
        if self.work.stage not in FULL_STOP | {Stage.RECEIVED}:
            self.work = replace(self.work, undecided_findings=number % 2, changes_due=number // 2 % 2)


NUMBERS = st.integers(0, 2**24)


class Way(RuleBasedStateMachine):
    """Walks as Hypothesis chooses them."""

    reached: set[Stage] = set()

    def __init__(self) -> None:
        super().__init__()
        self.walk = Walk()

    @initialize(number=NUMBERS)
    def begin(self, number: int) -> None:
        self.walk.begin(number)

    @rule(numbers=st.lists(NUMBERS, min_size=1, max_size=6))
    def people_do_things(self, numbers: list[int]) -> None:
        for number in numbers:
            self.walk.go(number)

    @rule(number=NUMBERS)
    def it_is_screened_again(self, number: int) -> None:
        self.walk.screen(number)

    def teardown(self) -> None:
        self.reached.update(self.walk.reached)


def keeps_its_promises(steps: list[Step]) -> None:
    """The last step broke none. Nothing here asks the table."""
    step = steps[-1]
    before, after, role = step.before, step.after, step.by.role
    way = (before.stage, after.stage)
    assert role is not Role.ADMINISTRATOR, "an administrator touches no prescription"
    assert before.stage not in FULL_STOP or step.action in (Action.RAISE_CONCERN, Action.ANSWER_CONCERN)
    if before.stage is Stage.ON_HOLD and after.stage not in (Stage.ON_HOLD, Stage.CANCELLED):
        assert after.stage is before.resume_to
        assert role in PHARMACIST or not HOLD_REASONS[before.hold_reason].is_clinical
    elif before.stage is not after.stage and after.stage not in (Stage.ON_HOLD, Stage.CANCELLED):
        assert way in ON | BACK
    if way in ON and step.action is not Action.RETURN_TO_STOCK:
        assert not before.open_concerns, "nothing moves past an open concern"
        if before.stage is not Stage.RECEIVED and way != (Stage.OWED, Stage.TO_FILL):
            assert not before.undecided_findings, "nothing moves past an undecided finding"
            assert not before.changes_due, "nothing moves on that must change"
    if after.open_concerns < before.open_concerns or step.action in (Action.DECIDE, Action.APPROVE):
        assert role in PHARMACIST
    if after.stage is Stage.CANCELLED:
        assert role in PHARMACIST
        assert not {before.stage, before.resume_to} & ON_THE_SHELF, "what stands on the shelf is returned first"
    if way == (Stage.FILLED, Stage.VERIFIED):
        assert role in PHARMACIST
        assert step.by.id == after.verified_by != after.filled_by
    if way in {(Stage.READY, Stage.HANDED_OVER), (Stage.READY, Stage.OWED)} and step.action is Action.HAND_OVER:
        assert role not in LEARNING
        was_made_properly([s for s in steps if s.before.stage is not s.after.stage])
    if step.action is Action.CORRECT:
        assert not before.part_given


def was_made_properly(steps: list[Step]) -> None:
    """What is handed over was counted out, checked by another and shelved, in this order, nothing undone between."""
    ways = [(s.before.stage, s.after.stage) for s in steps]
    filled = max(i for i, way in enumerate(ways) if way == (Stage.TO_FILL, Stage.FILLED))
    since = [s for s in steps[filled:] if (s.before.stage, s.after.stage) in ON | BACK]
    assert [s.after.stage for s in since[:-1]] == [Stage.FILLED, Stage.VERIFIED, Stage.READY]
    assert since[0].by.id != since[1].by.id
    assert since[1].by.role in PHARMACIST


def is_explained(stage: Stage, steps: list[Step]) -> None:
    """Some deed put the prescription where it stands, or it came back from hold to where it stood."""
    moved = [s for s in steps if s.before.stage is not s.after.stage]
    if not moved:
        assert stage is Stage.RECEIVED
    elif moved[-1].action in (Action.RESUME, Action.RESUME_CLINICAL):
        held = max(i for i, s in enumerate(moved) if s.after.stage is Stage.ON_HOLD)
        assert held == len(moved) - 2
        assert stage is moved[held].before.stage
    else:
        assert moved[-1].action in DEED[stage]


WHOLE_WAY = [
    (Action.ENTER, TECHNICIAN), (Action.APPROVE, ONE), (Action.FILL, TECHNICIAN), (Action.VERIFY, OTHER),
    (Action.SHELVE, TECHNICIAN), (Action.HAND_OVER, TECHNICIAN),
]  # fmt: skip


def test_whatever_people_do_the_promises_hold() -> None:
    Way.reached = set()
    run_state_machine_as_test(Way, settings=settings(max_examples=200, stateful_step_count=15, deadline=None))
    assert Way.reached == set(Stage), "walks that never get somewhere prove nothing about it"


def without(action: Action, guard: str) -> tuple[Action, Callable[[workflow.Transition], workflow.Transition]]:
    return action, lambda row: replace(row, guards=tuple(g for g in row.guards if g != guard))


def also_for(action: Action, *roles: Role) -> tuple[Action, Callable[[workflow.Transition], workflow.Transition]]:
    return action, lambda row: replace(row, roles=row.roles | set(roles))


def also_from(action: Action, *stages: Stage) -> tuple[Action, Callable[[workflow.Transition], workflow.Transition]]:
    return action, lambda row: replace(row, sources=row.sources | set(stages))


CLEAR = ("no-open-concern", "no-undecided-finding", "no-change-due")
BROKEN = [
    *(
        without(a, g)
        for a in (Action.APPROVE, Action.FILL, Action.VERIFY, Action.SHELVE, Action.HAND_OVER)
        for g in CLEAR
    ),
    without(Action.ENTER, "no-open-concern"),
    without(Action.COMPLETE_OWED, "no-open-concern"),
    without(Action.VERIFY, "not-the-filler"),
    without(Action.RESUME, "hold-is-not-clinical"),
    without(Action.CANCEL, "nothing-on-the-shelf"),
    without(Action.CORRECT, "no-part-given"),
    also_for(Action.VERIFY, Role.CERTIFIED_TECHNICIAN),
    also_for(Action.VERIFY, Role.TRAINEE),
    also_for(Action.HAND_OVER, Role.TRAINEE),
    also_for(Action.DECIDE, Role.TECHNICIAN),
    also_for(Action.ANSWER_CONCERN, Role.TECHNICIAN),
    also_for(Action.APPROVE, Role.CERTIFIED_TECHNICIAN),
    also_for(Action.CANCEL, Role.TECHNICIAN),
    also_for(Action.FILL, Role.ADMINISTRATOR),
    also_for(Action.RESUME_CLINICAL, Role.TECHNICIAN),
    also_from(Action.HAND_OVER, Stage.VERIFIED),
    also_from(Action.FILL, Stage.ENTERED),
    also_from(Action.CANCEL, Stage.READY),
    also_from(Action.CORRECT, Stage.HANDED_OVER),
]


def walks(many: int, suspect: Action) -> None:
    """Walks that come by a suspected row more often; always the same ones."""
    chance = random.Random(suspect)
    for _ in range(many):
        way = Walk()
        way.begin(chance.randrange(2**24))
        for _ in range(12):
            way.screen(chance.choice([0, 0, 0, 1, 2]))
            way.go(chance.randrange(2**24), suspect)


@pytest.mark.parametrize("number", range(len(BROKEN)))
def test_a_broken_table_breaks_a_promise(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    action, change = BROKEN[number]
    walks(20, action)
    broken = change(TRANSITIONS[action])
    assert broken != TRANSITIONS[action]
    monkeypatch.setitem(workflow.TRANSITIONS, action, broken)
    with pytest.raises(AssertionError):
        walks(1000, action)


@pytest.mark.parametrize("action", Action)
def test_what_is_refused_cannot_be_done(action: Action) -> None:
    with pytest.raises(ValueError, match="administrator's task"):
        move(Work(), action, Actor("administrator", Role.ADMINISTRATOR), hold_reason="insurance")


def test_nothing_is_handed_over_that_nobody_else_checked() -> None:
    """The stages before make sure of it already; the hand-over asks all the same."""
    for filler, checker in (("t", None), ("p", "p")):
        work = Work(stage=Stage.READY, filled_by=filler, verified_by=checker)
        assert [r.code for r in refusals(work, Action.HAND_OVER, ONE)] == ["verified"]
