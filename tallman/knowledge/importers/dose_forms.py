"""RxNorm's dose forms in our words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from tallman.core.drug import DoseForm
from tallman.core.quantity import COUNTED
from tallman.knowledge.schema import FormEntry

__all__ = ["TABLE", "DoseForms", "guessed"]

TABLE = Path(__file__).with_name("dose_forms.yaml")


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    called: dict[str, str]
    dry: dict[str, str]
    added: list[FormEntry]


@cache
def _table() -> _Table:
    import yaml

    return msgspec.convert(yaml.load(TABLE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), _Table)


class DoseForms:
    """Our form for each of RxNorm's. `ours` are the authored ones; `used` collects those that were added to them."""

    def __init__(self, ours: Mapping[str, DoseForm]) -> None:
        self._ours = ours
        self._added = {entry.name: entry.record() for entry in _table().added}
        self.used: dict[str, DoseForm] = {}

    def of(self, rxnorm_form: str, *, is_dry: bool) -> DoseForm:
        """The form a drug is in; `is_dry` when its strength names no volume, weight or time."""
        table = _table()
        dry = table.dry.get(rxnorm_form) if is_dry else None
        return self.named(dry or table.called.get(rxnorm_form, rxnorm_form.lower()))

    def named(self, name: str) -> DoseForm:
        """The form of that name: authored, added, or one of its own that says no more than the name does."""
        if name in self._ours:
            return self._ours[name]
        return self.used.setdefault(name, self._added.get(name) or guessed(name))


_ROUTES = {
    "oral": "oral", "topical": "topical", "ophthalmic": "ophthalmic", "otic": "otic", "nasal": "nasal",
    "inhalation": "inhalation", "rectal": "rectal", "vaginal": "vaginal", "sublingual": "sublingual",
    "buccal": "buccal", "transdermal": "transdermal", "dental": "dental", "urethral": "urethral",
}  # fmt: skip


def guessed(name: str) -> DoseForm:
    """A form nobody has described: the routes, the release and the piece its name says, none where it says none."""
    words = name.lower().split()
    routes = tuple(route for word, route in _ROUTES.items() if word in words)
    release = next((r for r in ("extended", "delayed") if r in words), "immediate")
    unit = words[-1] if words[-1] in COUNTED else "each"
    return DoseForm(name.lower(), routes, unit, release, may_be_split=False, may_be_crushed=False)
