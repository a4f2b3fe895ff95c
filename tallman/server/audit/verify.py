"""Recomputing the chain.

What is found: an event edited, dropped, put in or moved, and events cut off at the end, as long as the head
row or one noted head (`anchors.py`) is older than the deed and was not forged with it.

What cannot be found from inside: somebody who may write to the database and to the notes can compute a
whole new chain. Against that, keep the head that `tallman audit verify` prints where they cannot write
(paper will do) and compare with `--anchor SEQUENCE:HASH`. Nor can any chain say that an event was true, or
that none was left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tallman.server.audit.chain import GENESIS, link
from tallman.server.audit.models import Event, Head

__all__ = ["Anchor", "Fault", "Verification", "verify"]

LINKED = [f.name for f in Event._meta.fields if f.name != "hash"]


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head as it was once: `sequence` events, the last with `hash`."""

    sequence: int
    hash: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Where the chain does not hold, and how it shows. Says nothing of what the event holds."""

    sequence: int
    text: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a run over the whole chain found; sound when `faults` is empty."""

    head: Anchor
    faults: tuple[Fault, ...]


def verify(anchors: Iterable[Anchor] = ()) -> Verification:
    """Recompute every link and compare with the head row and with `anchors`, heads noted earlier."""
    before = _head()
    expected = {a.sequence: a.hash for a in anchors if a.sequence}
    last = Anchor(0, GENESIS)
    faults: list[Fault] = []
    for event in Event.objects.order_by("sequence").iterator(chunk_size=2000):
        faults += _faults(event, last)
        noted = expected.pop(event.sequence, event.hash)
        if noted != event.hash:
            faults.append(Fault(event.sequence, "is not the event that was noted at an earlier verification"))
        last = Anchor(event.sequence, event.hash)
    faults += [Fault(s, "was noted at an earlier verification and is gone") for s in sorted(expected)]
    faults += _head_faults(last, before, _head())
    return Verification(last, tuple(faults))


def _faults(event: Event, last: Anchor) -> Iterator[Fault]:
    if event.sequence != last.sequence + 1:
        yield Fault(event.sequence, f"follows {last.sequence}: events between them are missing")
    if event.previous_hash != last.hash:
        yield Fault(event.sequence, "does not join the event before it")
    if event.hash != link(**{name: getattr(event, name) for name in LINKED}):
        yield Fault(event.sequence, "was changed after it was written")


def _head() -> Anchor:
    head = Head.objects.first()
    return Anchor(head.sequence, head.hash) if head else Anchor(0, GENESIS)


def _head_faults(last: Anchor, before: Anchor, after: Anchor) -> Iterator[Fault]:
    """Work goes on while the chain is read: it must end between the head before and the head after."""
    if last.sequence < before.sequence:
        yield Fault(before.sequence, f"was the last event; the log now ends at {last.sequence}")
    if last.sequence > after.sequence or (last.sequence == after.sequence and last.hash != after.hash):
        yield Fault(last.sequence, "is last, but the head row does not know it")
