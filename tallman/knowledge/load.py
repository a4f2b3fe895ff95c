"""Read the authored knowledge with what is imported, and keep a compiled snapshot so that the next start is fast.

A version is the hash of the content: the same files always give the same version, on any machine.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from tallman.core.drug import DoseForm
from tallman.core.knowledge import Knowledge, Records, build
from tallman.knowledge.choice import chosen
from tallman.knowledge.imported import hash_with, stored, with_releases

if TYPE_CHECKING:
    from tallman.knowledge import schema

__all__ = [
    "KnowledgeError", "authored_files", "content_hash", "current_hash", "load", "load_authored", "load_chosen",
    "read_records", "read_snapshot", "snapshot_folder",
]  # fmt: skip

HERE = Path(__file__).parent
SINGLE = (
    "forms", "tall_man", "other_names", "former_names", "abbreviations", "labs", "laws", "lookalikes",
    "conditions", "condition_words", "reasons", "equal_doses", "transition_harms",
)  # fmt: skip
SUBJECTS = (
    "medicines", "combinations", "supplies", "classes", "interactions", "allergies", "precautions", "monitoring",
    "burdens", "looked_at",
)  # fmt: skip
_SHAPES = (
    "knowledge", "drug", "rule", "lab", "law", "precaution", "burden", "condition_names", "reasons", "transition",
)  # fmt: skip
"""Modules of the core whose values the snapshot holds."""
SNAPSHOT_FORMAT = b"1"


class KnowledgeError(ValueError):
    """An authored file that cannot be used: says which file, where in it and what to do."""


def snapshot_folder() -> Path:
    """Where compiled snapshots are kept: `$TALLMAN_HOME/knowledge` (default `var/knowledge`)."""
    return Path(os.environ.get("TALLMAN_HOME", "var")) / "knowledge"


def authored_files(folder: Path = HERE) -> list[Path]:
    """Every authored file, in a stable order."""
    single = [folder / f"{name}.yaml" for name in SINGLE]
    return single + [p for subject in SUBJECTS for p in sorted((folder / subject).glob("*.yaml"))]


def content_hash(files: list[Path]) -> str:
    """SHA-256 over the files, by their places under the folder, and the code that compiles them."""
    schemas = [*sorted((HERE / "schema").glob("*.py")), *sorted(HERE.glob("*_schema.py"))]
    digest = hashlib.sha256(SNAPSHOT_FORMAT + b"".join(path.read_bytes() for path in schemas))
    for shape in _SHAPES:
        core = HERE.parent / "core" / shape
        for path in sorted(core.glob("*.py")) if core.is_dir() else [core.with_suffix(".py")]:
            digest.update(path.read_bytes())
    root = os.path.commonpath([path.parent for path in files])
    for path in files:
        digest.update(f"{path.relative_to(root).as_posix()}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def read_yaml(path: Path, shape: Any) -> Any:
    """One YAML file as the given type. Raises KnowledgeError that names the file and the field."""
    import yaml  # Not needed, and not waited for, where there is a snapshot.

    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return msgspec.convert(raw, shape, strict=True)
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise KnowledgeError(f"{path.parent.name}/{path.name}: {error}") from error


def read_records(folder: Path = HERE) -> Records:
    """All authored records. Raises KnowledgeError for the first file that cannot be used."""
    from tallman.core.lookalike.tall_man import tall_man_display
    from tallman.knowledge import (
        burden_schema,
        law_schema,
        lookalike_schema,
        precaution_schema,
        schema,
        transition_schema,
    )  # fmt: skip

    forms = read_yaml(folder / "forms.yaml", list[schema.FormEntry])
    tall_man = tuple(read_yaml(folder / "tall_man.yaml", dict[str, list[str]])["names"])
    display = tall_man_display(tall_man)
    by_name = {f.name: f.record() for f in forms}
    records = Records(
        forms=tuple(by_name.values()),
        form_synonyms=tuple((word, f.name) for f in forms for word in f.written_as),
        classes=tuple(e.record() for e in _entries(folder, "classes", schema.ClassEntry)),
        other_names=tuple(_other_names(folder / "other_names.yaml")),
        abbreviations=tuple(_abbreviations(folder / "abbreviations.yaml")),
        interactions=tuple(e.record() for e in _entries(folder, "interactions", schema.InteractionEntry)),
        allergy_groups=tuple(e.record() for e in _entries(folder, "allergies", schema.AllergyEntry)),
        tall_man=tall_man,
        former_names=tuple(_other_names(folder / "former_names.yaml")),
        lookalikes=read_yaml(folder / "lookalikes.yaml", lookalike_schema.LookalikesFile).records(),
        burdens=tuple(e.record() for e in _entries(folder, "burdens", burden_schema.BurdenEntry)),
        looked_at=tuple(p for e in _entries(folder, "looked_at", precaution_schema.LookedAtEntry) for p in e.record()),
        laws=tuple(e.record() for e in read_yaml(folder / "laws.yaml", list[law_schema.LawEntry])),
        equal_doses=tuple(
            e.record() for e in read_yaml(folder / "equal_doses.yaml", list[transition_schema.EqualDosesEntry])
        ),
        transition_harms=tuple(
            e.record() for e in read_yaml(folder / "transition_harms.yaml", list[transition_schema.TransitionHarmEntry])
        ),
        conditions=tuple(
            e.record() for e in read_yaml(folder / "conditions.yaml", precaution_schema.ConditionsFile).names
        ),
        condition_words=read_yaml(folder / "condition_words.yaml", precaution_schema.ConditionWordsFile).records(),
        reasons=tuple(e.record() for e in read_yaml(folder / "reasons.yaml", precaution_schema.ReasonsFile).names),
        labs=tuple(e.record() for e in read_yaml(folder / "labs.yaml", list[precaution_schema.LabEntry])),
        precautions=tuple(e.record() for e in _entries(folder, "precautions", precaution_schema.PrecautionEntry)),
        monitoring=tuple(e.record() for e in _entries(folder, "monitoring", precaution_schema.MonitoringEntry)),
    )
    for subject in ("medicines", "combinations", "supplies"):
        for path in sorted((folder / subject).glob("*.yaml")):
            records = _with_medicine(records, path, by_name, display)
    return records


def _other_names(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    for ingredients, brands in read_yaml(path, dict[str, dict[str, list[str]]])["names"].items():
        parts = tuple(ingredients.split(" / "))
        yield from ((name, parts) for name in ([ingredients, *brands] if len(parts) == 1 else brands))


def _abbreviations(path: Path) -> Iterator[tuple[str, tuple[tuple[str, ...], ...]]]:
    for name, readings in read_yaml(path, dict[str, list[str]]).items():
        yield name, tuple(tuple(reading.split(" / ")) for reading in readings)


def _entries(folder: Path, subject: str, entry: Any) -> Iterator[Any]:
    for path in sorted((folder / subject).glob("*.yaml")):
        yield from read_yaml(path, list[entry])


def _with_medicine(records: Records, path: Path, forms: dict[str, DoseForm], display: Any) -> Records:
    from tallman.knowledge import schema

    file: schema.MedicineFile = read_yaml(path, schema.MedicineFile)
    try:
        products, packages = schema.product_records(file, forms, display)
        limits = schema.limit_records(file)
        aliases = schema.alias_records(file, products)
    except (ValueError, KeyError) as error:
        raise KnowledgeError(f"{path.parent.name}/{path.name}: {error}") from error
    ingredients = () if file.ingredients else (schema.ingredient_record(file, display(file.name)),)
    return replace(
        records,
        ingredients=(*records.ingredients, *ingredients),
        products=(*records.products, *products),
        packages=(*records.packages, *packages),
        limits=(*records.limits, *limits),
        aliases=(*records.aliases, *aliases),
        combination_names=(*records.combination_names, *_names_of_combination(file)),
        reviews=(*records.reviews, (file.name, file.review.record())),
    )


def _names_of_combination(file: schema.MedicineFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    if file.ingredients:
        names = [file.name, *file.also, *(w for w in file.written_as if " = " not in w)]
        yield from ((name, tuple(file.ingredients)) for name in names)


def load(folder: Path | None = None) -> Knowledge:
    """The knowledge to work with: authored, with the releases imported beside it; from compiled snapshots where there
    are. What is authored is that of a folder, else the version that was chosen here, else what is installed.

    Raises KnowledgeError when a file cannot be used. A snapshot folder that cannot be written is no error.
    """
    with _kept():
        authored = load_chosen() if folder is None else None
        return with_releases(authored or load_authored(folder or HERE), snapshot_folder())


@contextmanager
def _kept() -> Iterator[None]:
    """Do not look for garbage in what is made within, now or later: that takes as long as the making. What is let go
    when newer knowledge takes its place is freed all the same, for nothing in it refers back."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def load_chosen() -> Knowledge | None:
    """The authored version that was chosen here; None without a choice. Raises KnowledgeError when it is gone."""
    sha256 = chosen(snapshot_folder())
    if sha256 is None:
        return None
    records = read_snapshot(snapshot_folder() / f"{sha256}.msgpack")
    if records is None:
        raise KnowledgeError(
            f"the chosen version {sha256[:12]} cannot be read: choose again with `tallman knowledge use`"
        )
    return build(records, version=f"authored-{sha256[:12]}", sha256=sha256)


def load_authored(folder: Path = HERE) -> Knowledge:
    """The authored knowledge of a folder alone; from its compiled snapshot where there is one. Raises like `load`."""
    sha256 = content_hash(authored_files(folder))
    path = snapshot_folder() / f"{sha256}.msgpack"
    records = read_snapshot(path)
    if records is None:
        records = read_records(folder)
        _write_snapshot(path, records)
    return build(records, version=f"authored-{sha256[:12]}", sha256=sha256)


def current_hash(folder: Path | None = None) -> str:
    """The hash that `load` would give its knowledge now, in a few milliseconds: whether something newer is there."""
    authored = chosen(snapshot_folder()) if folder is None else None
    if authored is None:
        files = authored_files(folder or HERE)
        authored = _hash_of(tuple((str(p), (s := p.stat()).st_mtime_ns, s.st_size) for p in files))
    return hash_with(authored, stored(snapshot_folder()))


@lru_cache(maxsize=2)
def _hash_of(stamps: tuple[tuple[str, int, int], ...]) -> str:
    return content_hash([Path(path) for path, _, _ in stamps])


def read_snapshot(path: Path) -> Records | None:
    """The records of a compiled snapshot; None when there is none that can be read."""
    try:
        return msgspec.msgpack.decode(path.read_bytes(), type=Records)
    except (OSError, msgspec.DecodeError):
        return None


def _write_snapshot(path: Path, records: Records) -> None:
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(msgspec.msgpack.encode(records))
        os.replace(file.name, path)
    except OSError:
        return
