"""What is held of a medicine, subject by subject, each statement with its sources and whether anybody signed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tallman.core.knowledge import AllergyGroup, CrossReaction, Knowledge
from tallman.knowledge.describe import Description
from tallman.knowledge.statements import SUBJECTS, Statement
from tallman.server.medicines.catalogue import Medicine

__all__ = ["Section", "sections"]

_NONE = {
    "Dose limits": "No dose limit is held: its doses are not checked.",
    "Interactions": "No rule speaks of it. That does not mean that it goes with everything.",
    "Precautions": "Nothing is held of kidney, liver, pregnancy, age or conditions.",
    "Monitoring": "",
    "Allergies": "It belongs to no allergy group: an allergy is recognised only by its own name.",
}
"""What a subject without any statement says. Silence never stands for "nothing to fear"."""


@dataclass(frozen=True, slots=True)
class Section:
    """One subject: its statements, or what it means that there is none."""

    subject: str
    statements: tuple[Statement, ...]
    none: str

    @property
    def unsigned(self) -> int:
        """How many no pharmacist has signed."""
        return sum(not s.review.startswith("signed") for s in self.statements)


def sections(medicine: Medicine, description: Description, knowledge: Knowledge) -> list[Section]:
    """The subjects, one after the other; one without statements whose absence means nothing is left out."""
    said = [*description.statements, *_crossing(medicine, knowledge)]
    found = [
        Section(subject, tuple(s for s in said if s.subject == subject), _NONE[subject])
        for subject in SUBJECTS
        if subject in _NONE
    ]
    return [section for section in found if section.statements or section.none]


def _crossing(medicine: Medicine, knowledge: Knowledge) -> Iterator[Statement]:
    """What an allergy to a group says of it though it is no member: a cephalosporin after penicillin."""
    classes = {c for name in medicine.ingredients for c in knowledge.ingredients[name].classes}
    names = set(medicine.ingredients)
    for group in knowledge.allergy_groups.values():
        if not names & group.ingredients and not classes & group.classes:
            yield from (_cross(group, c) for c in group.cross if _means(c, names, classes))


def _means(cross: CrossReaction, names: set[str], classes: set[str]) -> bool:
    meant = names & cross.ingredients or classes & cross.classes
    return bool(meant) and not (names | classes) & cross.excluding


def _cross(group: AllergyGroup, cross: CrossReaction) -> Statement:
    review = group.review
    signed = f"signed by {review.reviewed_by}" if review and review.reviewed_by else "not signed by a pharmacist"
    after = f"after a severe reaction {cross.severity_if_severe or 'nothing'}"
    says = (cross.why or "can cross-react", f"after a mild one: {cross.severity or 'nothing'}, {after}")
    return Statement(
        "Allergies", f"after an allergy to {group.name}", says, rule=group.id,
        sources=tuple(map(str, cross.sources or group.sources)), review=signed,
    )  # fmt: skip
