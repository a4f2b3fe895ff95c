"""What a dose is measured, breathed or changed with: a spacer, an oral syringe, an infusion set."""

from __future__ import annotations

import re

from tallman.core.sig.places import place
from tallman.core.sig.reader import Reader

__all__ = ["CANNULA", "breathed_through", "changed_for_new", "measured_with"]

_MEASURE = re.compile(
    r"\b(?:(?:oral|dosing) syringe|dosing (?:card|cup|spoon)|measuring (?:cup|spoon)|medicine (?:cup|dropper)|dropper)\b"
)
_INHALERS = re.compile(
    r"\b(?:handihaler|diskhaler|accuhaler|autohaler|turb[ou]haler|diskus|ellipta|respimat|flexhaler|twisthaler|mouthpiece)\b"
)
_SPACERS = frozenset({"spacer", "aerochamber", "volumatic"})
CANNULA, _CANNULAS = "by nasal cannula", frozenset({"cannula", "nc", "n/c"})
_MASKS = frozenset({"mask", "facemask"})
_CHANGED = re.compile(
    r"(?:change|chg|replace|changing) (?:the )?(infusion set|needle|cartridge|tubing|iv tubing|dressing|site|bag)"
)


def measured_with(r: Reader) -> bool:
    """ "Use the oral syringe provided", "using dosing card"."""
    found = _MEASURE.search(r.word(r.at)) if r.draft.dose else None
    return found is not None and r.advise(f"use the {found[0]}", r.at + 1)


def breathed_through(r: Reader) -> bool:
    """ "Via spacer", "via handihaler": the way in, and what it takes."""
    if r.term(r.at, "route") != "inhalation":
        return False
    words = set(r.word(r.at).split())
    named = _INHALERS.search(r.word(r.at))
    said = "use a spacer" if words & _SPACERS else "with a mask" if words & _MASKS else ""
    said = f"using the {named[0]}" if named else said
    said = CANNULA if _CANNULAS & words else said
    if not said or not place(r):
        return False
    r.draft.instructions += [said] if said not in r.draft.instructions else []
    return True


def changed_for_new(r: Reader) -> bool:
    """ "Change infusion set every 3 days", where that is all there is to do."""
    found = _CHANGED.fullmatch(r.word(r.at)) if r.draft.is_blank() and not r.draft.method else None
    return found is not None and r.advise(f"change the {found[1]}", r.at + 1)
