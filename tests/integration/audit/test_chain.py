"""The record: whole, in order, and refusing every change; tampering past the refusal is found."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction

from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM, record
from tallman.server.audit.chain import GENESIS, canonical, link
from tallman.server.audit.guards import install_sql, remove_sql
from tallman.server.audit.models import Event, Head
from tallman.server.audit.verify import Anchor, verify

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)


def write(count: int) -> list[Event]:
    with transaction.atomic():
        return [record(action="test.write", by=SYSTEM, subject=None, data={"number": n}, at=NOON) for n in range(count)]


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def tamper(*statements: str) -> None:
    """What somebody does who owns the database file: the guards are off."""
    run(*remove_sql(connection.vendor), *statements, *install_sql(connection.vendor))


def test_an_event_keeps_who_what_and_on_what(person) -> None:
    author = person("technician")
    with transaction.atomic():
        event = record(
            action="accounts.look", by=author, subject=author, at=NOON,
            data={"on": date(2026, 3, 1), "amount": Decimal("0.50"), "text": "naïve \x00 😀"},
        )  # fmt: skip
    event.refresh_from_db()
    assert (event.sequence, event.at, event.previous_hash) == (1, NOON, GENESIS)
    assert (event.actor, event.actor_name) == (f"user:{author.pk}", "A technician")
    assert (event.subject_type, event.subject_id, event.patient_id) == ("accounts.user", str(author.pk), None)
    assert event.data == {"on": "2026-03-01", "amount": "0.50", "text": "naïve \x00 😀"}
    assert verify().faults == ()


def test_the_patient_comes_from_the_subject_or_is_named() -> None:
    class Subject(User):
        patient_id = 17

        class Meta:
            app_label = "accounts"
            proxy = True

    with transaction.atomic():
        assert record(action="test.a", by=SYSTEM, subject=Subject(pk=3)).patient_id == "17"
        assert record(action="test.b", by=SYSTEM, subject=None, patient=User(pk=9)).patient_id == "9"


def test_an_event_falls_with_its_transaction() -> None:
    write(1)
    with transaction.atomic():
        record(action="test.fall", by=SYSTEM, subject=None)
        transaction.set_rollback(True)
    write(1)
    assert list(Event.objects.values_list("sequence", "action")) == [(1, "test.write"), (2, "test.write")]
    assert verify().faults == ()


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="atomic"):
        record(action="test.outside", by=SYSTEM, subject=None)


@pytest.mark.parametrize("value", [1.5, [{"deep": 0.1}], object(), {1, 2}])
def test_what_canonical_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical({"value": value})


def test_a_hash_depends_on_every_part() -> None:
    parts = {
        "sequence": 1, "at": NOON, "actor": "system", "actor_name": "Tallman", "action": "a.b",
        "subject_type": "", "subject_id": "", "patient_id": None, "data_json": "{}", "previous_hash": GENESIS,
    }  # fmt: skip
    changed = {**parts, "sequence": 2, "at": NOON.replace(microsecond=0), "patient_id": ""}
    changed |= {name: f"{parts[name]}x" for name in parts if name not in {"sequence", "at", "patient_id"}}
    hashes = {link(**parts)} | {link(**{**parts, name: changed[name]}) for name in parts}
    assert len(hashes) == len(parts) + 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET action = 'x' WHERE sequence = 2",
        "UPDATE audit_event SET sequence = 99 WHERE sequence = 2",
        "DELETE FROM audit_event WHERE sequence = 3",
        "DELETE FROM audit_event",
        "DELETE FROM audit_head",
        "UPDATE audit_head SET sequence = 1",
        "UPDATE audit_head SET hash = 'x'",
    ],
)
def test_the_database_itself_refuses_a_change(statement: str) -> None:
    write(3)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        run(statement)
    assert verify().faults == ()


def test_the_database_refuses_to_be_emptied() -> None:
    if connection.vendor == "sqlite":
        assert "TRUNCATE" not in str(install_sql("sqlite"))  # SQLite empties with DELETE, refused above
        return
    write(1)
    for table in ("audit_event", "audit_head"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            run(f"TRUNCATE {table}")


@pytest.mark.parametrize(
    "statement, sequences",
    [
        ("UPDATE audit_event SET data_json = '{}' WHERE sequence = 3", {3}),
        ("UPDATE audit_event SET actor = 'user:1' WHERE sequence = 1", {1}),
        ("UPDATE audit_event SET actor_name = 'X' WHERE sequence = 5", {5}),
        ("UPDATE audit_event SET patient_id = '' WHERE sequence = 2", {2}),
        ("UPDATE audit_event SET at = '2026-03-02 12:00:00' WHERE sequence = 4", {4}),
        ("DELETE FROM audit_event WHERE sequence = 3", {4}),
        ("DELETE FROM audit_event WHERE sequence = 1", {2}),
        ("DELETE FROM audit_event WHERE sequence = 5", {5}),
        ("DELETE FROM audit_event WHERE sequence > 2", {5}),
        ("DELETE FROM audit_event", {5}),
    ],
)
def test_an_edited_or_dropped_event_is_found(statement: str, sequences: set[int]) -> None:
    write(5)
    tamper(statement)
    assert {fault.sequence for fault in verify().faults} == sequences


def test_moved_events_are_found() -> None:
    write(4)
    tamper(
        "UPDATE audit_event SET sequence = 100 WHERE sequence = 2",
        "UPDATE audit_event SET sequence = 2 WHERE sequence = 3",
        "UPDATE audit_event SET sequence = 3 WHERE sequence = 100",
    )
    assert {2, 3} <= {fault.sequence for fault in verify().faults}


def test_an_event_with_its_own_hash_recomputed_still_does_not_join() -> None:
    write(4)
    event = Event.objects.get(sequence=2)
    names = [f.name for f in Event._meta.fields if f.name != "hash"]
    forged = link(**{**{n: getattr(event, n) for n in names}, "actor": "user:1"})
    tamper(f"UPDATE audit_event SET actor = 'user:1', hash = '{forged}' WHERE sequence = 2")
    assert [(f.sequence, f.text) for f in verify().faults] == [(3, "does not join the event before it")]


def test_an_event_put_in_at_the_end_is_found() -> None:
    last = write(3)[-1]
    said = {n: getattr(last, n) for n in (f.name for f in Event._meta.fields if f.name != "hash")}
    said |= {"sequence": 4, "previous_hash": last.hash}
    Event.objects.create(**said, hash=link(**said))
    assert [fault.sequence for fault in verify().faults] == [4]


def test_a_tail_cut_off_together_with_a_forged_head_is_found_by_a_noted_head_only() -> None:
    events = write(5)
    noted = Anchor(5, events[4].hash)
    tamper(
        "DELETE FROM audit_event WHERE sequence > 3",
        f"UPDATE audit_head SET sequence = 3, hash = '{events[2].hash}'",
    )
    assert verify().faults == ()  # as the docstring of verify says: from inside this cannot be seen
    assert [fault.sequence for fault in verify([noted]).faults] == [5]


def test_a_chain_written_anew_differs_from_the_noted_head() -> None:
    events = write(3)
    tamper("DELETE FROM audit_event", f"UPDATE audit_head SET sequence = 0, hash = '{GENESIS}'")
    with transaction.atomic():
        for _ in range(3):
            record(action="test.anew", by=SYSTEM, subject=None, at=NOON)
    assert verify().faults == ()
    assert [fault.sequence for fault in verify([Anchor(2, events[1].hash)]).faults] == [2]


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_make_one_chain() -> None:
    """Four writers begin together; the chain has no gap and no fork."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("one connection only in memory; test_commands.py lets two processes write to a SQLite file")
    start, failures = Barrier(4), []

    def work() -> None:
        try:
            start.wait()
            for _ in range(5):
                write(2)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert (Event.objects.count(), Head.objects.get().sequence) == (40, 40)
    assert verify().faults == ()
