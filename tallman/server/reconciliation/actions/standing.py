"""What every action on a stay does: lock, compare versions, look at the lists again, write."""

from __future__ import annotations

from tallman.server.audit.actions import Author
from tallman.server.reconciliation.comparison import Compared, Row, Stay, stays
from tallman.server.reconciliation.models import Encounter, Found, SignOff, Stage
from tallman.server.reconciliation.risk import risk_of_stay
from tallman.server.reconciliation.signed import rows_of
from tallman.server.refusal import Conflict, refuse
from tallman.server.web import clock

__all__ = ["begun", "locked", "looked_at", "settled", "touched"]


def locked(encounter: Encounter, version: int | None = None) -> Encounter:
    """The row, locked, as it is now. Raises Conflict when it is not the version that was seen."""
    row = Encounter.objects.select_for_update(of=("self",)).get(pk=encounter.pk)
    if version is not None and row.version != version:
        raise Conflict(row.changed_by, row.changed_at)
    return row


def begun(encounter: Encounter, version: int | None = None) -> Encounter:
    """The row of a stay that was not cancelled, locked. Raises Refused when it was."""
    row = locked(encounter, version)
    if row.status == "cancelled":
        raise refuse("cancelled", "The stay was cancelled: nothing about it is decided.")
    return row


def looked_at(row: Encounter) -> Stay:
    """The stay with its lists and all that was decided, read anew."""
    return Stay(stays().get(pk=row.pk), clock.today())


def touched(row: Encounter, by: Author) -> None:
    """Save the row as changed by somebody now."""
    row.version += 1
    row.changed_by, row.changed_at = by.author_name, clock.now()
    row.save()


def settled(row: Encounter) -> None:
    """Compare anew what the stage of now asks for, keep what is found for the measures, and weigh the stay.

    Sets the fields of `row` and saves it.
    """
    row.save()
    stay = looked_at(row)
    if stay.encounter.stage is None and _superseded(stay):
        stay = looked_at(row)
    stage = stay.encounter.stage
    compared = stay.compared(stage) if stage and row.status != "cancelled" else None
    if compared and compared.has_orders:
        _kept(row, compared, stay)
    counts = compared and (compared.has_orders or stage is Stage.DISCHARGE)
    row.undecided = len(compared.open_rows) if compared and counts else 0
    row.risk, row.risk_reasons = risk_of_stay(stay, compared)
    row.save()


def _superseded(stay: Stay) -> bool:
    """Mark the signature under the discharge where what was signed no longer stands; whether it was."""
    signed = [one for one in stay.encounter.signed if one.stage == Stage.DISCHARGE]
    if not signed or signed[-1].rows == rows_of(stay.compared(Stage.DISCHARGE)):
        return False
    SignOff.objects.filter(pk__in=[one.pk for one in signed]).update(superseded_at=clock.now())
    return True


def _kept(row: Encounter, compared: Compared, stay: Stay) -> None:
    """The differences of a comparison as rows: new ones added, those no longer there marked, decisions linked."""
    known = {(f.key, f.type, f.summary): f for f in Found.objects.filter(encounter=row, stage=compared.stage)}
    now = {(f.key, f.type, f.summary): f for one in compared.rows for f in _found(row, compared.stage, one, stay)}
    for identity, found in known.items():
        if identity not in now:
            found.gone_at = found.gone_at or clock.now()
    decisions = {one.key: one.decision for one in compared.rows}
    for identity, found in now.items():
        kept = known.get(identity, found)
        kept.gone_at, kept.decision = None, decisions[kept.key]
        kept.is_explained, kept.because = found.is_explained, found.because
    Found.objects.bulk_create(found for identity, found in now.items() if identity not in known)
    Found.objects.bulk_update(known.values(), ["gone_at", "decision", "is_explained", "because"])


def _found(row: Encounter, stage: Stage, one: Row, stay: Stay) -> list[Found]:
    sources = stay.kinds(one.match) if one.match else []
    common = {"encounter": row, "stage": stage, "key": one.key, "sources": sources, "found_at": clock.now()}
    different = [
        Found(type=d.type, harm=d.harm, is_explained=d.explained, summary=d.summary, because=d.because, **common)
        for d in one.differences
    ]
    not_compared = [
        Found(type="not-compared", harm="", is_explained=False, summary=f"{n.what}: {n.reason}", because="", **common)
        for n in one.not_compared
    ]
    return [*different, *not_compared]
