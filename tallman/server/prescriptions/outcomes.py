"""What a pharmacist can decide about a finding: one table."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["OUTCOMES", "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One coded decision. `releases` says that the prescription may go on as it stands."""

    code: str
    text: str
    releases: bool = True
    needs_reason: bool = True


OUTCOMES = {
    o.code: o
    for o in (
        Outcome("accepted-change", "Right: the prescription must change", releases=False, needs_reason=False),
        Outcome("override-benefit-outweighs", "Known, and the benefit outweighs the risk"),
        Outcome("override-monitoring", "Known, and the patient is monitored for it"),
        Outcome("override-already-tolerated", "The patient has taken it so and tolerates it"),
        Outcome("override-prescriber-confirmed", "The prescriber was asked and confirmed it"),
        Outcome("override-counselled", "The patient knows what to do and to look out for"),
        Outcome("not-applicable", "Does not apply to this patient or prescription"),
        Outcome("record-wrong", "Rests on something in the record that is wrong"),
    )
}
