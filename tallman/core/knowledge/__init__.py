"""What Tallman knows about medicines: typed, sourced records and the indexes the checks look them up in.

`build(records)` turns the records into an immutable `Knowledge`. Records are authored as YAML under
`tallman/knowledge/` or imported from public releases; nothing in this module reads a file.
"""

from tallman.core.knowledge.allergies import AllergyGroup, CrossReaction
from tallman.core.knowledge.building import build
from tallman.core.knowledge.indexed import Knowledge
from tallman.core.knowledge.records import ConfusedNames, Package, Records, ReleaseName
from tallman.core.knowledge.rules import DoseLimit, Interaction, MedicineClass
from tallman.core.rule import Review, Selector, Source

__all__ = [
    "AllergyGroup",
    "ConfusedNames",
    "CrossReaction",
    "DoseLimit",
    "Interaction",
    "Knowledge",
    "MedicineClass",
    "Package",
    "Records",
    "ReleaseName",
    "Review",
    "Selector",
    "Source",
    "build",
]
