"""What is wrong with an authored record, in one line that says what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Problem"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault or one thing to know.

    `code` is stable (SOURCE-UNDATED) and names the rule; `file` is relative to the folder, `record` the name or id in
    it. A warning makes nobody stop: a review that is due, a code that is not confirmed.
    """

    file: str
    record: str
    what: str
    do: str
    code: str
    is_warning: bool = False

    def __str__(self) -> str:
        return f"{self.file}: {self.record}: {self.what}: {self.do}"
