"""Reviews: who wrote a record, which pharmacist signed it, and when it is due again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tallman.knowledge.checking.book import Book
from tallman.knowledge.checking.problem import Problem
from tallman.knowledge.schema import ReviewEntry

__all__ = ["check"]


def check(book: Book) -> Iterator[Problem]:
    """Reviews that are due or cannot be, and how many records nobody has signed."""
    reviews = [(s.file, s.entry.name, s.entry.review) for s in book.sheets]
    reviews += [(r.file, r.id, r.entry.review) for r in book.rules if r.entry.review]
    unsigned, total = Counter[str](), Counter[str]()
    for file, record, review in reviews:
        yield from _of_review(book, file, record, review)
        subject = file.partition("/")[0]
        total[subject] += 1
        unsigned[subject] += review.reviewed_by is None
    for subject, count in unsigned.items():
        if count:
            what = f"{count} of {total[subject]} records are not signed by a pharmacist"
            yield Problem(f"{subject}/", "-", what, "review them: reviewed_by, reviewed_on", "REVIEW-UNSIGNED", True)


def _of_review(book: Book, file: str, record: str, review: ReviewEntry) -> Iterator[Problem]:
    if review.next_review < book.on:
        what = f"its review was due on {review.next_review.isoformat()}"
        yield Problem(file, record, what, "read its sources again, then set next_review", "REVIEW-EXPIRED", True)
    if (review.reviewed_by is None) is not (review.reviewed_on is None):
        what = "the review names a person or a day, not both"
        yield Problem(file, record, what, "fill in reviewed_by and reviewed_on", "REVIEW-INCOMPLETE")
    elif review.reviewed_on and not review.written_on <= review.reviewed_on <= book.on:
        what = f"it was signed on {review.reviewed_on.isoformat()}, before it was written or after today"
        yield Problem(file, record, what, "correct reviewed_on", "REVIEW-DATE")
    if review.next_review <= review.written_on:
        what = "its next review is no later than its writing"
        yield Problem(file, record, what, "correct next_review", "REVIEW-DATE")
