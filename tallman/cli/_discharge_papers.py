"""The papers of `tallman discharge`: each is written where it is asked for, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from tallman.core.reconciliation.papers import Discharge
from tallman.documents.letter import letter_pdf
from tallman.documents.patient_list import patient_list_pdf
from tallman.documents.sheet import UnprintableText
from tallman.interchange.fhir.discharge_out import discharge_document

__all__ = ["refusals"]


def refusals(discharge: Discharge, asked: dict[str, Any], sha256: str) -> Iterator[str]:
    """Write the papers that are asked for; a sentence for each that must not or cannot be made."""

    def patient_list() -> bytes:
        return patient_list_pdf(discharge, language=asked["language"], is_large=asked["large_print"])

    def document() -> bytes:
        return discharge_document(discharge, id=uuid5(NAMESPACE_OID, sha256), written=datetime.now().astimezone())

    papers: list[tuple[str, str | None, Callable[[], bytes], bool]] = [
        ("list", asked["pdf"], patient_list, asked["draft"]),
        ("letter", asked["letter"], lambda: letter_pdf(discharge), False),
        ("document", asked["fhir"], document, False),
    ]
    for name, path, make, may_be_draft in papers:
        if path and (why := _why_not(discharge, may_be_draft=may_be_draft) or _written(path, make)):
            yield f"The {name} was not made: {why}"


def _why_not(discharge: Discharge, *, may_be_draft: bool) -> str:
    if not discharge.patient:
        return "no file has a Patient with a name."
    if discharge.undecided and not may_be_draft:
        names = ", ".join(dict.fromkeys(line.name for row in discharge.undecided for line in row.now_or_was))
        return f"nobody has decided about {names}. Decide it first; the patient's list alone may be a --draft."
    return ""


def _written(path: str, make: Callable[[], bytes]) -> str:
    try:
        Path(path).write_bytes(make())
    except UnprintableText as error:
        return str(error)
    except OSError as error:
        return f"{path}: {error.strerror or type(error).__name__}"
    return ""
