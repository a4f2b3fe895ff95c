"""An import from beginning to end: what breaks off changes nothing, what is newer takes the place of the older."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from tallman.knowledge.importers import store
from tallman.knowledge.importers.release import Release, UnusableRelease
from tallman.knowledge.importers.run import import_release
from tests.knowledge.rrf import write
from tests.unit.importers.miniature import rows


def test_what_is_imported_is_kept_with_its_day(release: Path, tmp_path: Path) -> None:
    done = import_release("rxnorm", release, tmp_path / "kept")
    assert done.header.name == "rxnorm 2025-10-06"
    assert done.header.counts == {"clinical and branded drugs": 11, "packs": 2, "NDCs": 5}
    assert store.headers(tmp_path / "kept") == [done.header]
    assert len(store.facts_of(tmp_path / "kept", "rxnorm").drugs) == 11


def test_the_same_release_has_the_same_hash(release: Path, tmp_path: Path) -> None:
    hashes = {import_release("rxnorm", release, tmp_path / place).header.sha256 for place in ("one", "other")}
    assert len(hashes) == 1


def test_a_zip_file_is_read_like_the_folder(release: Path, tmp_path: Path) -> None:
    packed = tmp_path / "RxNorm_full_prescribe_11032025.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (release / "rrf").iterdir():
            archive.write(file, f"rrf/{file.name}")
    done = import_release("rxnorm", packed, tmp_path / "kept")
    assert done.header.released == date(2025, 11, 3)
    assert done.header.sha256 == import_release("rxnorm", release, tmp_path / "other").header.sha256


def test_the_prescribable_part_of_a_full_release_counts(release: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    write(full, *rows())
    (release / "rrf").rename(full / "prescribe")
    assert Release(full).find("RXNCONSO.RRF") == "prescribe/RXNCONSO.RRF"


def test_progress_is_told_in_bytes(release: Path, tmp_path: Path) -> None:
    told: list[int] = []
    totals: list[int] = []
    import_release("rxnorm", release, tmp_path / "kept", begin=totals.append, advance=told.append)
    assert totals == [sum(f.stat().st_size for f in (release / "rrf").iterdir())]
    assert sum(told) == totals[0]


def test_an_import_that_breaks_off_leaves_what_was_there(release: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    first = import_release("rxnorm", release, kept)
    (release / "rrf" / "RXNSAT.RRF").unlink()
    with pytest.raises(UnusableRelease, match=r"lacks RXNSAT\.RRF"):
        import_release("rxnorm", release, kept)

    def stopped(_: int) -> None:
        raise KeyboardInterrupt

    write(tmp_path / "again", *rows())
    with pytest.raises(KeyboardInterrupt):
        import_release("rxnorm", tmp_path / "again", kept, advance=stopped)
    assert store.headers(kept) == [first.header]
    assert len(store.facts_of(kept, "rxnorm").drugs) == 11
    assert [f.name for f in kept.iterdir()] == ["rxnorm.release"], "nothing half written is left"


def test_a_release_that_cannot_be_kept_leaves_no_rest(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        import_release("rxnorm", release, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []


def test_an_older_release_does_not_take_the_place_of_a_newer_one_unasked(release: Path, tmp_path: Path) -> None:
    newer = import_release("rxnorm", release, tmp_path / "kept", released=date(2026, 1, 5))
    with pytest.raises(UnusableRelease, match="a newer one, of 2026-01-05"):
        import_release("rxnorm", release, tmp_path / "kept")
    assert store.headers(tmp_path / "kept") == [newer.header]
    older = import_release("rxnorm", release, tmp_path / "kept", replace_newer=True)
    assert store.headers(tmp_path / "kept") == [older.header]


def test_a_damaged_zip_file_is_told(release: Path, tmp_path: Path) -> None:
    packed = tmp_path / "r.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (release / "rrf").iterdir():
            archive.write(file, file.name)
    content = bytearray(packed.read_bytes())
    content[200:260] = b"\0" * 60
    packed.write_bytes(content)
    with pytest.raises(UnusableRelease, match=r"is damaged .* get the release once more"):
        import_release("rxnorm", packed, tmp_path / "kept")
    (tmp_path / "cut.zip").write_bytes(bytes(content[:300]))
    with pytest.raises(UnusableRelease, match="lacks"):
        import_release("rxnorm", tmp_path / "cut.zip", tmp_path / "kept")


def test_files_without_a_usable_row_are_refused(tmp_path: Path) -> None:
    empty = write(tmp_path / "r", ["x"], ["y"], ["z"])
    with pytest.raises(UnusableRelease, match="holds nothing that could be used as an RxNorm release"):
        import_release("rxnorm", empty, tmp_path / "kept")


def test_a_store_of_another_format_or_without_sense_is_left_out(release: Path, tmp_path: Path) -> None:
    import_release("rxnorm", release, tmp_path)
    place = tmp_path / "rxnorm.release"
    content = place.read_bytes()
    place.write_bytes(content.replace(b'"format":1', b'"format":0', 1))
    assert store.headers(tmp_path) == []
    assert store.facts_of(tmp_path, "rxnorm") is None
    place.write_bytes(content[:-9])
    assert store.facts_of(tmp_path, "rxnorm") is None
    place.write_bytes(b"nonsense")
    assert store.headers(tmp_path) == []
