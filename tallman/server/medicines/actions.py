"""What is done to the names that a pharmacy keeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction

from tallman.core.quantity import UNITS
from tallman.server.accounts.models import User
from tallman.server.audit.actions import record
from tallman.server.medicines.models import DismissedMixUp, Kept, LookAlikePair, TallManName, key_of
from tallman.server.refusal import refuse, unless_may
from tallman.server.web import clock

__all__ = ["add_name", "add_pair", "dismiss_mix_up", "import_names", "import_pairs", "retire", "retire_list"]

MAY = "keep-names"
SHORTEST, SHORTEST_OF_PAIR = 4, 3
"""Letters of a display name (a shorter one would change ordinary words), and of a name in a pair."""
_SET_HERE = {"by", "at", "retired_by", "retired_at"}
K = TypeVar("K", bound=Kept)


@transaction.atomic
def add_pair(*, one: str, other: str, why: str, by: User, source: str = "own") -> LookAlikePair:
    """Two names that are taken for each other here. `source` is own or near-miss."""
    unless_may(by, MAY)
    if not why.strip():
        raise refuse("why", "Say why: what happened, or what may.")
    pair = _pair(one, other, by, source=source, why=why.strip())
    if LookAlikePair.objects.filter(one_key=pair.one_key, other_key=pair.other_key, retired_at=None).exists():
        raise refuse("one", f"{pair} is on record already.")
    pair.save()
    data = {"one": pair.one, "other": pair.other, "why": pair.why, "source": source}
    record(action="medicines.add_pair", by=by, subject=pair, data=data)
    return pair


@transaction.atomic
def add_name(*, name: str, by: User) -> TallManName:
    """How this pharmacy writes a name from now on."""
    unless_may(by, MAY)
    row = _name(name, by)
    if before := TallManName.objects.filter(key=row.key, retired_at=None).first():
        raise refuse("name", f"It is written {before} already: retire that first.")
    row.save()
    record(action="medicines.add_name", by=by, subject=row, data={"name": row.name})
    return row


@transaction.atomic
def import_pairs(*, list_name: str, pairs: Iterable[tuple[str, str]], by: User) -> int:
    """Take over the pairs of the pharmacy's own copy of a list; those on record already stay as they are.

    Returns how many are new. Raises Refused when none is.
    """
    unless_may(by, MAY)
    title = _title(list_name)
    rows = {(r.one_key, r.other_key): r for r in (_pair(*p, by, source="list", list_name=title) for p in pairs)}
    known = set(LookAlikePair.objects.filter(retired_at=None).values_list("one_key", "other_key"))
    new = [row for key, row in rows.items() if key not in known]
    _import(LookAlikePair, new, title, by)
    return len(new)


@transaction.atomic
def import_names(*, list_name: str, names: Iterable[str], by: User) -> int:
    """Take over the names with tall-man letters of such a list. Returns how many are new; Refused when none is."""
    unless_may(by, MAY)
    title = _title(list_name)
    rows = {row.key: row for row in (_name(n, by, source="list", list_name=title) for n in names)}
    known = set(TallManName.objects.filter(retired_at=None).values_list("key", flat=True))
    new = [row for key, row in rows.items() if key not in known]
    _import(TallManName, new, title, by)
    return len(new)


def _import(model: type[K], new: list[K], title: str, by: User) -> None:
    if not new:
        raise refuse("text", "Everything in it is on record already.")
    model._default_manager.bulk_create(new)
    kind = "pairs" if model is LookAlikePair else "names"
    data = {"list": title, kind: [str(row) for row in new]}
    record(action=f"medicines.import_{kind}", by=by, subject=None, data=data)


@transaction.atomic
def retire(*, kept: K, reason: str, by: User) -> K:
    """A pair or a name no longer counts. It stays on record."""
    unless_may(by, MAY)
    row = type(kept)._default_manager.select_for_update().get(pk=kept.pk)
    if not row.is_active:
        raise refuse("retired", f"{row.retired_by} has retired it already.")
    if not reason.strip():
        raise refuse("reason", "Say why it no longer holds.")
    row.retired_by, row.retired_at, row.retired_because = by, clock.now(), reason.strip()
    row.save()
    data = {"what": str(row), "reason": reason}
    record(action="medicines.retire", by=by, subject=row, data=data)
    return row


@transaction.atomic
def retire_list(*, list_name: str, reason: str, by: User) -> int:
    """Everything that came with a list no longer counts, as before a newer copy. Returns how much there was."""
    unless_may(by, MAY)
    if not reason.strip():
        raise refuse("reason", "Say why it no longer holds.")
    said = {"retired_by": by, "retired_at": clock.now(), "retired_because": reason.strip()}
    count = sum(
        model._default_manager.filter(list_name=list_name, source="list", retired_at=None).update(**said)
        for model in (LookAlikePair, TallManName)
    )
    if not count:
        raise refuse("list", "Nothing of that list counts now.")
    data = {"list": list_name, "count": count, "reason": reason}
    record(action="medicines.retire_list", by=by, subject=None, data=data)
    return count


@transaction.atomic
def dismiss_mix_up(*, one: str, other: str, reason: str, by: User) -> DismissedMixUp:
    """Two medicines were taken for each other, and no pair is needed. Asked again when it happens again."""
    unless_may(by, MAY)
    if not reason.strip():
        raise refuse("reason", "Say why it needs no pair.")
    keys = sorted((key_of(one), key_of(other)))
    row = DismissedMixUp(one_key=keys[0], other_key=keys[1], reason=reason.strip(), by=by, at=clock.now())
    row.full_clean()
    row.save()
    data = {"one": one, "other": other, "reason": reason}
    record(action="medicines.dismiss_mix_up", by=by, subject=row, data=data)
    return row


def _pair(one: str, other: str, by: User, **said: str) -> LookAlikePair:
    """An unsaved pair, its names in order. Raises Refused or ValidationError for what is no pair of names."""
    names = sorted((" ".join(n.split()) for n in (one, other)), key=key_of)
    if any(sum(c.isalpha() for c in n) < SHORTEST_OF_PAIR for n in names):
        raise refuse("one", "A pair has two names of three letters or more.")
    if key_of(names[0]) == key_of(names[1]):
        raise refuse("other", "That is one name twice.")
    row = LookAlikePair(
        one=names[0], other=names[1], one_key=key_of(names[0]), other_key=key_of(names[1]), by=by, at=clock.now(),
        **said,
    )  # fmt: skip
    row.clean_fields(exclude=_SET_HERE)
    return row


def _name(name: str, by: User, **said: str) -> TallManName:
    """An unsaved name. Raises Refused or ValidationError for what cannot be one."""
    text = " ".join(name.split())
    if sum(c.isalpha() for c in text) < SHORTEST:
        raise refuse("name", f"A name has {SHORTEST} letters or more.")
    if not any(c.isupper() for c in text):
        raise refuse("name", f"{text} has no tall letters: write it as it is to be shown, such as hydrOXYzine.")
    if key_of(text) in UNITS or key_of(text) in {u.plural for u in UNITS.values()}:
        raise refuse("name", f"{text} is a unit, not a medicine.")
    row = TallManName(name=text, key=key_of(text), by=by, at=clock.now(), **said)
    row.clean_fields(exclude=_SET_HERE)
    return row


def _title(list_name: str) -> str:
    if not list_name.strip():
        raise refuse("list_name", "Give the list a name with its date, so that a newer copy can take its place.")
    return " ".join(list_name.split())
