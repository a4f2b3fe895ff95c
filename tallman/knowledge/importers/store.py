"""Where imported releases are kept: one file a kind, apart from each other and from what is authored.

A file begins with a line of JSON that says what it holds; the facts follow. It is written beside its place and then put
there in one step, so that an import that breaks off leaves the release that was there, and can simply be run again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from tallman.knowledge.importers.facts import Labels, Listings, Ratings, RxNorm

__all__ = ["KINDS", "Header", "damaged", "facts_of", "headers", "save"]

KINDS: dict[str, Any] = {
    "rxnorm": RxNorm,
    "ndc": Listings,
    "ndc-unfinished": Listings,
    "dailymed-map": Labels,
    "drugsfda": Ratings,
}
FORMAT = 1
"""Rises when the facts of a release are kept in another shape: what has another format must be imported again."""


class Header(msgspec.Struct, frozen=True):
    """What a stored release is: its kind, the day it was released, the hash of its facts, how many rows were read."""

    kind: str
    released: date
    sha256: str
    format: int = FORMAT
    counts: dict[str, int] = {}

    @property
    def name(self) -> str:
        """As it is shown: "rxnorm 2025-10-06"."""
        return f"{self.kind} {self.released}"


def save(folder: Path, kind: str, released: date, facts: Any, counts: dict[str, int]) -> Header:
    """Keep a release in place of the one of its kind that was there. Raises OSError when it cannot be written."""
    content = msgspec.msgpack.encode(facts)
    header = Header(kind, released, hashlib.sha256(content).hexdigest(), counts=counts)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{kind}-", delete=False) as file:
        try:
            file.write(msgspec.json.encode(header) + b"\n" + content)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(file.name, 0o644)  # Public data, and the server may run as somebody else.
            os.replace(file.name, _place(folder, kind))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return header


def headers(folder: Path) -> list[Header]:
    """What is stored, in the order of the kinds; what cannot be read, or was kept in another format, is left out."""
    found = (_header(_place(folder, kind)) for kind in KINDS)
    return [h for h in found if h is not None and h.format == FORMAT]


def facts_of(folder: Path, kind: str) -> Any:
    """The facts of the stored release of a kind; None when there is none that can be read."""
    try:
        with _place(folder, kind).open("rb") as file:
            header = msgspec.json.decode(file.readline(), type=Header)
            content = file.read()
        return msgspec.msgpack.decode(content, type=KINDS[kind]) if header.format == FORMAT else None
    except (OSError, msgspec.DecodeError):
        return None


def damaged(folder: Path) -> list[str]:
    """The kinds of the stored releases that cannot be used: cut off, altered, or kept in another format."""
    found = []
    for kind in KINDS:
        path = _place(folder, kind)
        header = _header(path)
        if path.exists() and (header is None or header.format != FORMAT or header.sha256 != _hash_of_facts(path)):
            found.append(kind)
    return found


def _hash_of_facts(path: Path) -> str:
    with path.open("rb") as file:
        file.readline()
        return hashlib.file_digest(file, "sha256").hexdigest()


def _place(folder: Path, kind: str) -> Path:
    return folder / f"{kind}.release"


def _header(path: Path) -> Header | None:
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.readline(), type=Header)
    except (OSError, msgspec.DecodeError):
        return None
