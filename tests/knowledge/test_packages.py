"""Every package on record is the product that RxNorm says it is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tallman.knowledge.checking import Book, read, release
from tallman.knowledge.load import HERE


def test_every_ndc_is_of_the_product_on_record(shared_data: Path) -> None:
    book = read(HERE, date(2026, 11, 28))
    assert isinstance(book, Book)
    told = list(release.check(book, release.read(shared_data / "rxnorm")))
    assert [str(p) for p in told if not p.is_warning] == []
    missing = [p for p in told if p.code == "NDC-UNVERIFIED"]
    assert len(missing) < len(book.records.packages) / 100
