"""Reading the names that a pharmacy keeps."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from tallman.server.medicines.models import LookAlikePair, TallManName, key_of

__all__ = ["keys_on_record", "lists_in_use", "names", "pairs"]


def pairs(text: str = "", *, is_active: bool = True) -> QuerySet[LookAlikePair]:
    """The pharmacy's pairs that count, or those that are retired; with `text`, those with it in a name."""
    key = key_of(text)
    found = LookAlikePair.objects.filter(retired_at__isnull=is_active).select_related("by", "retired_by")
    return found.filter(Q(one_key__contains=key) | Q(other_key__contains=key)) if key else found


def names(*, is_active: bool = True) -> QuerySet[TallManName]:
    """The pharmacy's own spellings that count, or those that are retired."""
    return TallManName.objects.filter(retired_at__isnull=is_active).select_related("by", "retired_by")


def keys_on_record(kind: str) -> set[tuple[str, ...]]:
    """The keys of all pairs, or of all names, that count now, to be compared with a list."""
    if kind == "pairs":
        return set(LookAlikePair.objects.filter(retired_at=None).values_list("one_key", "other_key"))
    return set(TallManName.objects.filter(retired_at=None).values_list("key"))


def lists_in_use() -> dict[str, int]:
    """The imported lists of which something counts, with how much."""
    found: dict[str, int] = {}
    for model in (LookAlikePair, TallManName):
        rows = model._default_manager.filter(source="list", retired_at=None).order_by().values_list("list_name")
        for name, count in rows.annotate(Count("pk")):
            found[name] = found.get(name, 0) + count
    return dict(sorted(found.items()))
