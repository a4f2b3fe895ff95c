"""Versions of the knowledge by name: what is in use, a copy somebody edits, or one that was compiled before."""

from __future__ import annotations

from pathlib import Path

from tallman.core.knowledge import Knowledge, build
from tallman.knowledge.imported import reopened
from tallman.knowledge.load import HERE, KnowledgeError, load, load_authored, read_snapshot, snapshot_folder

__all__ = ["opened", "version_named"]

_SHORTEST = 6
"""Digits by which a hash may be called."""


def opened(sha256: str) -> Knowledge | None:
    """The version with this hash, from the snapshots; None when it is gone."""
    records = read_snapshot(snapshot_folder() / f"{sha256}.msgpack")
    if records is not None:
        return build(records, version=f"authored-{sha256[:12]}", sha256=sha256)
    return reopened(snapshot_folder(), sha256, opened)


def version_named(name: str) -> Knowledge:
    """The version somebody means: "current" (with what is imported), "authored" (without), a folder of authored files,
    a snapshot file, or the hash of a version, or the beginning of one, that was compiled here.

    Raises KnowledgeError for what is none of these, or cannot be read.
    """
    if name == "current":
        return load()
    path = HERE if name == "authored" else Path(name)
    if path.is_dir():
        return load_authored(path)
    if path.is_file():
        return _from_file(path)
    hashes = sorted(_compiled(name)) if len(name) >= _SHORTEST else []
    if len(hashes) > 1:
        raise KnowledgeError(f"{name!r} begins {len(hashes)} versions: write more of the hash")
    found = opened(hashes[0]) if hashes else None
    if found is None:
        raise KnowledgeError(f"{name!r} is no folder, no snapshot, and no version compiled in {snapshot_folder()}")
    return found


def _from_file(path: Path) -> Knowledge:
    records = read_snapshot(path)
    if records is None:
        raise KnowledgeError(f"{path} is no snapshot of the knowledge, or one of another Tallman")
    return build(records, version=path.stem[:12], sha256=path.stem)


def _compiled(start: str) -> set[str]:
    """The hashes of versions in the snapshot folder that begin so."""
    start = start.removeprefix("authored-")
    authored = {p.stem for p in snapshot_folder().glob(f"{start}*.msgpack")}
    return authored | {p.name.removeprefix("imported-") for p in snapshot_folder().glob(f"imported-{start}*")}
