"""`python -m tests.spec.manual`: write the clinical manual under docs/reference/ from the spec tables."""

from __future__ import annotations

from pathlib import Path

from tests.spec.classes.membership import classes_index, classes_page
from tests.spec.discharge.tables import discharge_index, discharge_page
from tests.spec.reconciliation.tables import reconciliation_index, reconciliation_page
from tests.spec.screening.chapters import chapter_page, chapters, index_page
from tests.spec.sig.reading import reading_index, reading_page

__all__ = ["FOLDER", "pages"]

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every page of the manual by its file name."""
    found = chapters()
    index = index_page(found) + reading_index() + reconciliation_index() + discharge_index() + classes_index()
    checks = {f"{c.check}.md": chapter_page(c) for c in found}
    others = {
        "reading.md": reading_page(), "reconciliation.md": reconciliation_page(), "discharge.md": discharge_page(),
        "classes.md": classes_page(),
    }  # fmt: skip
    return {"README.md": index} | checks | others


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for stale in set(FOLDER.glob("*.md")) - {FOLDER / name for name in pages()}:
        stale.unlink()
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(FOLDER / name)
