"""The generator: people first, then the weeks behind them, then this morning's work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.utils import timezone

from tallman.core.drug import Product
from tallman.core.identify import identify
from tallman.core.workflow import Stage
from tallman.server import knowledge_in_use
from tallman.server.accounts.models import User
from tallman.server.audit.actions import SYSTEM
from tallman.server.demo.arrivals import add_arrivals
from tallman.server.demo.data import Catch, History, Line, histories
from tallman.server.demo.people import add_patient, add_prescribers, record_allergy, record_elsewhere
from tallman.server.demo.slips import PARKED, slip_for
from tallman.server.demo.stays import add_stays
from tallman.server.demo.stock import add_stock
from tallman.server.demo.wire import Slip, new_rx
from tallman.server.demo.work import Job, Staff, bring
from tallman.server.exchange.actions import take_in
from tallman.server.exchange.models import Message
from tallman.server.inventory.models import StockItem
from tallman.server.patients.models import Patient
from tallman.server.prescriptions import actions
from tallman.server.prescriptions.models import Prescriber, Prescription
from tallman.server.web import clock

__all__ = ["SEED", "STAGES", "load"]

SEED = 20_261
STAGES = {
    Stage.RECEIVED: 15, Stage.ENTERED: 13, Stage.TO_FILL: 9, Stage.FILLED: 5, Stage.VERIFIED: 4, Stage.READY: 9,
    Stage.ON_HOLD: 4, Stage.OWED: 2, Stage.RETURNED_TO_STOCK: 1, Stage.CANCELLED: 1,
}  # fmt: skip
"""How many prescriptions of this morning stand where."""
_BEFORE_REVIEW = {Stage.RECEIVED, Stage.ENTERED, Stage.ON_HOLD, Stage.CANCELLED}


@dataclass
class _Pharmacy:
    """What is being made."""

    chance: Random
    now: datetime
    staff: Staff
    prescribers: list[Prescriber] = field(default_factory=list)
    patients: list[tuple[Patient, History]] = field(default_factory=list)
    shelf: dict[str, StockItem] = field(default_factory=dict)
    sent: int = 0


def load(seed: int = SEED) -> None:
    """Make the demo pharmacy as of now. Its people must be there already (`accounts.demo.load`)."""
    now = clock.now()
    made = _Pharmacy(Random(seed), now, _staff())
    with clock.fixed(now - timedelta(days=100)):
        made.prescribers = add_prescribers(made.chance, made.staff.enters)
        made.shelf = add_stock(made.chance, _products(), timezone.localdate(now), made.staff.fills)
        _people(made)
    for moment, job in sorted(_past(made), key=lambda pair: pair[0]):
        with clock.fixed(moment):
            _history(made, job)
    _morning(made)
    add_stays(now, made.staff, {history.id: person for person, history in reversed(made.patients)})
    add_arrivals(now)


def _staff() -> Staff:
    people = {u.username: u for u in User.objects.all()}
    return Staff(enters=people["tess"], reviews=people["priya"], fills=people["carla"], verifies=people["ines"])


def _products() -> dict[str, tuple[Product, str, Decimal]]:
    """Every product a table names, the unit it is counted in and the largest quantity asked for."""
    found: dict[str, tuple[Product, str, Decimal]] = {}
    for history in histories():
        for text in [*history.taken, *history.new, *(c.rx for c in history.catch)]:
            line = Line.read(text)
            product = product_of(line)
            most = max(line.quantity, found[product.id][2] if product.id in found else Decimal(0))
            found[product.id] = (product, line.unit, most)
    return found


def product_of(line: Line) -> Product:
    """The product a line of the tables means. Raises ValueError when the knowledge does not hold it for certain."""
    medicine = identify(line.medicine, knowledge_in_use.current())
    if medicine.product is None:
        raise ValueError(f"the demo's {line.medicine!r} is not one product: {medicine.certainty}, {medicine.reason}")
    return medicine.product


def _people(made: _Pharmacy) -> None:
    on = timezone.localdate(made.now)
    for history in histories():
        for _ in range(history.count):
            person = add_patient(made.chance, history, len(made.patients), on, made.staff.enters)
            for text in history.elsewhere:
                if made.chance.random() < 0.7:
                    since = on - timedelta(days=made.chance.randint(40, 900))
                    record_elsewhere(person, text, since, made.staff.enters)
            made.patients.append((person, history))


def _past(made: _Pharmacy) -> Iterator[tuple[datetime, tuple[Patient, History, str]]]:
    """When each medicine that is taken was handed over last: within the days it lasts."""
    for person, history in made.patients:
        for text in history.taken:
            line = Line.read(text)
            if made.chance.random() < 0.4:
                ago = made.chance.randint(max(1, min(line.days // 4, 60)), max(2, min(line.days - 8, 80)))
                yield _office_hours(made, ago), (person, history, text)
            else:
                since = timezone.localdate(made.now) - timedelta(days=made.chance.randint(60, 600))
                with clock.fixed(made.now - timedelta(days=99)):
                    record_elsewhere(person, text, since, made.staff.enters)


def _office_hours(made: _Pharmacy, days_ago: int) -> datetime:
    day = timezone.localdate(made.now) - timedelta(days=days_ago)
    return timezone.make_aware(datetime.combine(day, time(9 + made.chance.randrange(8), made.chance.randrange(60))))


def _history(made: _Pharmacy, job: tuple[Patient, History, str]) -> None:
    person, history, text = job
    bring(_receive(made, person, history, Line.read(text)), Stage.HANDED_OVER, made.staff, made.shelf)


def _receive(
    made: _Pharmacy,
    person: Patient,
    history: History,
    line: Line,
    *,
    minutes_ago: int = 0,
    priority: str = "routine",
    may_slip: bool = False,
) -> Job:
    """The message of a prescriber's system comes in."""
    made.sent += 1
    moment = clock.now() - timedelta(minutes=minutes_ago)
    product, prescriber = product_of(line), made.chance.choice(made.prescribers)
    code, words = history.conditions[0] if history.conditions else ("", "")
    slip = slip_for(made.chance, line, person, prescriber) if may_slip else Slip()
    with clock.fixed(moment):
        message = new_rx(
            f"DEMO{made.sent:05d}", line, person, prescriber, moment, rxcui=product.rxcui,
            reasons=[code] if code else [], reason_text=words, refill_of=line.replaces, slip=slip,
        )  # fmt: skip
        taken = take_in(format=Message.SCRIPT, content=message, sender="demo", by=SYSTEM)
    row = Prescription.objects.get(source=taken.message.source)
    return Job(row, line, person, prescriber, product.id, (code,) if code else (), _replaced(person, line), priority)


def _replaced(person: Patient, line: Line) -> Prescription | None:
    if not line.replaces:
        return None
    return Prescription.objects.filter(patient=person, product_name__icontains=line.replaces).order_by("-pk").first()


def _morning(made: _Pharmacy) -> None:
    """This morning's prescriptions, a third of them with something to catch, and messages nobody can read."""
    waiting = made.patients[:]
    made.chance.shuffle(waiting)
    stages = [stage for stage, count in STAGES.items() for _ in range(count)]
    made.chance.shuffle(stages)
    for number, stage in enumerate(stages):
        person, history = waiting[number % len(waiting)]
        catch = _catch(made, history, stage)
        line = Line.read(catch.rx if catch else made.chance.choice(history.new))
        _one(made, number, stage, person, history, line, catch)
    for content in PARKED:
        take_in(format=Message.SCRIPT, content=content, sender="demo", by=SYSTEM)


def _catch(made: _Pharmacy, history: History, stage: Stage) -> Catch | None:
    """Something to catch, for what no pharmacist has approved yet; beyond, only what one may approve with a reason."""
    early = stage in _BEFORE_REVIEW
    fitting = [c for c in history.catch if early or c.may_be_approved]
    return made.chance.choice(fitting) if fitting and made.chance.random() < (0.6 if early else 0.4) else None


def _one(
    made: _Pharmacy, number: int, stage: Stage, person: Patient, history: History, line: Line, catch: Catch | None
) -> None:
    if catch:
        record_allergy(person, catch, made.staff.enters)
    priority = made.chance.choices(["routine", "urgent", "waiting"], [6, 2, 2])[0]
    minutes = made.chance.randint(3, 14) if priority == "waiting" else made.chance.randint(5, 300)
    job = _receive(
        made, person, history, line, minutes_ago=minutes, priority=priority, may_slip=stage is Stage.RECEIVED
    )
    _promise(made, job, priority)
    before = {Stage.ON_HOLD: Stage.ENTERED, Stage.OWED: Stage.HANDED_OVER, Stage.CANCELLED: Stage.ENTERED}
    if stage is Stage.OWED:
        job = Job(job.row, line, person, job.prescriber, job.product_id, job.reasons, job.replaces, priority, True)
    row = bring(
        job, Stage.READY if stage is Stage.RETURNED_TO_STOCK else before.get(stage, stage), made.staff, made.shelf
    )
    _aside(made, row, stage, number)
    if stage is Stage.ENTERED and number % 4 == 1:
        actions.raise_concern(
            prescription=row, kind="dose", what="This is not what the patient told me they take.",
            how_sure="fairly-sure", by=made.staff.enters,
        )  # fmt: skip


def _promise(made: _Pharmacy, job: Job, priority: str) -> None:
    row = Prescription.objects.get(pk=job.row.pk)
    earliest, latest = {"waiting": (-5, 25), "urgent": (-20, 180)}.get(priority, (0, 0))
    promised = made.now + timedelta(minutes=made.chance.randint(earliest, latest)) if latest else None
    actions.promise(
        prescription=row, version=row.version, priority=priority, promised_at=promised, by=made.staff.enters
    )


def _aside(made: _Pharmacy, row: Prescription, stage: Stage, number: int) -> None:
    """The stages beside the road."""
    from tallman.server.dispensing import actions as dispensing

    match stage:
        case Stage.ON_HOLD:
            reason = ["insurance", "out-of-stock", "too-soon", "prescriber-call"][number % 4]
            by = made.staff.reviews if reason == "prescriber-call" else made.staff.enters
            actions.hold(prescription=row, version=row.version, reason=reason, by=by)
        case Stage.RETURNED_TO_STOCK:
            dispensing.return_to_stock(
                prescription=row, version=row.version, reason="Not picked up in 14 days", by=made.staff.fills
            )
        case Stage.CANCELLED:
            actions.cancel(
                prescription=row, version=row.version, reason="The prescriber withdrew it", by=made.staff.reviews
            )
