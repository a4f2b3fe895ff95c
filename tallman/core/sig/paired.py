"""Into how many places one dose goes: both eyes, each cheek, the affected ear(s)."""

from __future__ import annotations

from tallman.core.sig.model import Step

__all__ = ["fewest_places", "places"]

_PAIRED = frozenset({"both eyes", "both ears", "each nostril", "both nostrils"})
_ONE_OR_BOTH = frozenset({"affected eye(s)", "affected ear(s)"})
_ON_SKIN = frozenset({"application", "fingertip unit", "pump", "g", "actuation", "spray", "click", "patch", "drop"})
_CHEEKS = frozenset({"each cheek", "both cheeks"})
_MUSCLES = frozenset({"buttock", "glute", "hip", "thigh", "deltoid"})
_SIDES = frozenset(
    "shoulder arm knee foot hand leg thigh axilla armpit underarm elbow wrist ankle hip forearm heel".split()
)


def places(step: Step) -> int:
    """How many places one dose goes into: a drop in both eyes is two drops."""
    unit = step.dose.unit if step.dose else None
    site = (step.site or "").split()
    on_skin = site[:1] == ["each"] and site[-1] in _SIDES and unit in _ON_SKIN
    inside = step.site in _PAIRED | _ONE_OR_BOTH and unit in ("drop", "spray", "puff", "application", "inch", "cm")
    injected = step.route == "intramuscular" and site[:1] == ["each"] and site[-1].rstrip("s") in _MUSCLES
    return 2 if step.site in _CHEEKS or inside or on_skin or injected else 1


def fewest_places(step: Step) -> int:
    """As `places`, the least where one or both may be meant: "affected eye(s)"."""
    return 1 if step.site in _ONE_OR_BOTH else places(step)
