"""A version that somebody screened with can be opened again, with the releases it was laid over with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tallman.knowledge.choice import choose, chosen
from tallman.knowledge.importers.run import import_release
from tallman.knowledge.importers.store import damaged
from tallman.knowledge.kept import keep
from tallman.knowledge.load import KnowledgeError, current_hash, load, load_authored, snapshot_folder
from tallman.knowledge.versions import opened, version_named
from tests.knowledge.rrf import write
from tests.unit.importers.miniature import rows

Edit = Callable[[str, str, str], None]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Snapshots of one test are none of another's."""
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path / "home"))


@pytest.fixture
def imported(tmp_path: Path) -> None:
    """A miniature release of RxNorm is imported."""
    write(tmp_path / "release", *rows())
    import_release("rxnorm", tmp_path / "release", snapshot_folder() / "releases")


def test_a_copy_in_a_folder_of_another_name_is_the_same_version(folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(folder, tmp_path / "ours")
    assert load_authored(copy).sha256 == load_authored(folder).sha256
    moved = copy / "medicines" / "other.yaml"
    (copy / "medicines" / "warfarin.yaml").rename(moved)
    assert load_authored(copy).sha256 != load_authored(folder).sha256


def test_an_authored_version_is_opened_again(folder: Path, edit: Edit) -> None:
    first = load(folder)
    edit("medicines/warfarin.yaml", "daily_max: 15 mg", "daily_max: 12 mg")
    second = load(folder)
    again = opened(first.sha256)
    assert again is not None
    assert (again.sha256, again.version, again.records) == (first.sha256, first.version, first.records)
    assert again.records != second.records


@pytest.mark.usefixtures("imported")
def test_a_version_with_releases_is_opened_again_when_somebody_screened_with_it(folder: Path, edit: Edit) -> None:
    first = load(folder)
    assert "rxnorm" in first.version
    keep(snapshot_folder(), first.sha256)
    edit("medicines/warfarin.yaml", "daily_max: 15 mg", "daily_max: 12 mg")
    second = load(folder)
    again = opened(first.sha256)
    assert again is not None
    assert (again.sha256, again.version, again.releases) == (first.sha256, first.version, first.releases)
    assert again.records == first.records != second.records
    assert dict(again.products) == dict(first.products)
    assert len(again.products) > len(again.records.products)


@pytest.mark.usefixtures("imported")
def test_a_version_nobody_screened_with_makes_room(folder: Path, edit: Edit) -> None:
    first = load(folder)
    edit("medicines/warfarin.yaml", "daily_max: 15 mg", "daily_max: 12 mg")
    load(folder)
    assert opened(first.sha256) is None


@pytest.mark.usefixtures("imported")
def test_the_chosen_version_is_the_one_to_work_with_and_releases_lie_over_it(folder: Path) -> None:
    small = load_authored(folder)
    choose(snapshot_folder(), small.sha256)
    held = load()
    assert held.records == small.records
    assert held.releases
    assert current_hash() == held.sha256 != small.sha256
    choose(snapshot_folder(), None)
    assert chosen(snapshot_folder()) is None
    assert len(load().records.ingredients) > 100


def test_a_chosen_version_that_is_gone_is_no_silent_other_one(folder: Path) -> None:
    load_authored(folder)
    choose(snapshot_folder(), "1" * 64)
    with pytest.raises(KnowledgeError, match="the chosen version 111111111111 cannot be read"):
        load()


@pytest.mark.usefixtures("imported")
@pytest.mark.parametrize("spoil", [lambda b: b[:-40], lambda b: b[5:], lambda b: b[:-9] + b"x" + b[-8:]])
def test_a_damaged_release_is_found(spoil: Callable[[bytes], bytes]) -> None:
    releases = snapshot_folder() / "releases"
    assert damaged(releases) == []
    path = releases / "rxnorm.release"
    path.write_bytes(spoil(path.read_bytes()))
    assert damaged(releases) == ["rxnorm"]


@pytest.mark.parametrize("name", ["", "0000", "00000000", "no-such-folder"])
def test_what_is_no_version_is_refused(folder: Path, name: str) -> None:
    load(folder)
    with pytest.raises(KnowledgeError):
        version_named(name or str(folder / "forms.yaml"))
