"""The shape of the authored YAML files, and their translation into core records.

Every file is validated against these types; an error says which file, which field and what was expected.
"""

from tallman.knowledge.schema.allergy import AllergyEntry, CrossEntry
from tallman.knowledge.schema.example import ExampleEntry
from tallman.knowledge.schema.limit import limit_records
from tallman.knowledge.schema.medicine import (
    FormEntry,
    HandlingEntry,
    LimitEntry,
    MedicineFile,
    ProductsEntry,
    ingredient_record,
)
from tallman.knowledge.schema.parts import Age, BoundEntry, ReviewEntry, SourceEntry, Strict, months
from tallman.knowledge.schema.product import alias_records, product_records, slug, strength
from tallman.knowledge.schema.rule import ClassEntry, InteractionEntry, SideEntry

__all__ = [
    "Age", "AllergyEntry", "BoundEntry", "ClassEntry", "CrossEntry", "ExampleEntry", "FormEntry",
    "HandlingEntry", "InteractionEntry", "LimitEntry", "MedicineFile", "ProductsEntry", "ReviewEntry", "SideEntry",
    "SourceEntry", "Strict", "alias_records", "ingredient_record", "limit_records", "months", "product_records", "slug",
    "strength",
]  # fmt: skip
