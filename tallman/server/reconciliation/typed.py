"""A list as somebody types or scans it: a medicine a line, each read at once and shown back before it is kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tallman.core.drug import Certainty, Medicine, Product
from tallman.core.identify import identify
from tallman.core.identify.written import Written, take_apart
from tallman.core.reconciliation.line import State
from tallman.core.reconciliation.not_taken import says_not_taken
from tallman.server import knowledge_in_use
from tallman.server.inventory import package_codes
from tallman.server.medicines.search import find
from tallman.server.prescriptions.readings import Reading, reading_of
from tallman.server.reconciliation.models import ListLine

__all__ = ["MOST_LINES", "TypedLine", "read_line", "read_lines"]

MOST_LINES = 60
"""More medicines than that are no list that somebody types."""
NOTE = "//"
"""What begins a note in a typed line."""


@dataclass(frozen=True)
class TypedLine:
    """One line as it was read. `code` is the package code it began with, `why` says why a code names no product."""

    written: str
    text: str
    directions: str
    note: str
    medicine: Medicine
    reading: Reading
    code: str = ""
    why: str = ""

    @property
    def state(self) -> State:
        """Not taken where the line says so."""
        return State.NOT_TAKEN if says_not_taken(f"{self.directions}\n{self.note}") else State.ACTIVE

    @property
    def doubt(self) -> str:
        """Why the medicine is not certain; empty where it is."""
        if self.medicine.is_known:
            return ""
        if self.why:
            return self.why
        if self.medicine.certainty is Certainty.AMBIGUOUS:
            return self.medicine.reason or "it may mean more than one medicine"
        return "not recognised: check the spelling, or keep it as it is written"

    @property
    def row(self) -> ListLine:
        """The line to keep: what was typed, word for word."""
        rxcui = self.medicine.product.rxcui if self.code and self.medicine.product else ""
        return ListLine(
            text=self.text, rxcui=rxcui or "", directions=self.directions, note=self.note, state=self.state,
            ref=self.code and f"package {self.code}"[:120],
        )  # fmt: skip


def read_lines(text: str) -> list[TypedLine]:
    """Every line that is not empty; those beyond `MOST_LINES` are not looked at."""
    return [read_line(line) for line in text.splitlines() if line.strip()][:MOST_LINES]


def read_line(written: str) -> TypedLine:
    """One line: a medicine with directions, or the code of a package with directions, and a note after "//"."""
    said, _, note = (part.strip() for part in written.partition(NOTE))
    first, _, rest = said.partition(" ")
    if package_codes.read(first).ndcs:
        return _scanned(written, first, rest.strip(" -:,"), note)
    apart = _apart(said, knowledge_in_use.current().sha256)
    return TypedLine(written, apart.text, apart.directions, note, apart.medicine, reading_of(apart.directions))


@lru_cache(2048)
def _apart(line: str, knowledge_sha256: str) -> Written:
    """Read once while the knowledge is the same: a page that is typed on is read again and again."""
    return take_apart(line, knowledge_in_use.current())


def _scanned(written: str, code: str, directions: str, note: str) -> TypedLine:
    knowledge = knowledge_in_use.current()
    products: list[Product] = list({p.id: p for p in find(code, knowledge).products}.values())
    if len(products) == 1:
        medicine, why = identify(products[0].name, knowledge, rxcui=products[0].rxcui), ""
        text = products[0].name
    else:
        text = f"package {code}"
        medicine = Medicine(text, Certainty.UNKNOWN)
        several = " or ".join(p.name for p in products)
        why = f"the code may be {several}: type the name" if products else "this code is not known: type the name"
    return TypedLine(written, text, directions, note, medicine, reading_of(directions), code, why)
