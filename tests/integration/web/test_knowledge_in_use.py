"""A newer version of the knowledge takes the place of the one in use, whole, while requests are answered."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from django.http import HttpRequest, HttpResponse

from tallman.knowledge.choice import choose
from tallman.knowledge.load import load_authored, snapshot_folder
from tallman.server import knowledge_in_use
from tallman.server.knowledge_in_use import OneVersion, current, look, refused
from tests.small_knowledge import copy_small

Publish = Callable[[int], str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own; whoever watches looks at every question."""
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(knowledge_in_use, "INTERVAL", 0.0)
    knowledge_in_use.use(None)
    yield
    knowledge_in_use.watch(False)
    with knowledge_in_use._lock:  # a look that has begun ends with this home
        pass
    knowledge_in_use.use(None)


@pytest.fixture
def publish(tmp_path: Path) -> Publish:
    """`publish(12)`: put a version in use in which warfarin goes up to 12 mg a day; its hash."""
    folder = copy_small(tmp_path / "authored")

    path = folder / "medicines" / "warfarin.yaml"
    text = path.read_text(encoding="utf-8")

    def put(most: int) -> str:
        path.write_text(text.replace("daily_max: 15 mg", f"daily_max: {most} mg"), encoding="utf-8")
        sha256 = load_authored(folder).sha256
        choose(snapshot_folder(), sha256)
        return sha256

    return put


def request(*, between: Callable[[], object] = lambda: None) -> tuple[str, str]:
    """The versions a request works with at its beginning and at its end."""
    seen = []

    def answer(_: HttpRequest) -> HttpResponse:
        seen.append(current().sha256)
        between()
        seen.append(current().sha256)
        return HttpResponse()

    OneVersion(answer)(HttpRequest())
    return seen[0], seen[1]


def until(holds: Callable[[], bool]) -> None:
    """Wait for what happens beside the requests."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_request_ends_with_the_version_it_began_with_and_the_next_has_the_newer(publish: Publish) -> None:
    old = publish(15)
    assert request() == (old, old)
    new = ""

    def swap() -> None:
        nonlocal new
        new = publish(12)
        look()
        assert knowledge_in_use._state.knowledge is not None
        assert knowledge_in_use._state.knowledge.sha256 == new

    assert request(between=swap) == (old, old)
    assert request() == (new, new)
    assert old != new


def test_a_newer_version_is_taken_up_without_being_asked_to(publish: Publish) -> None:
    publish(15)
    current()
    knowledge_in_use.watch()
    new = publish(12)
    until(lambda: request() == (new, new))
    assert refused() is None


def test_a_broken_version_leaves_the_old_one_and_says_why(publish: Publish, caplog: pytest.LogCaptureFixture) -> None:
    old = publish(15)
    assert request() == (old, old)
    broken = publish(12)
    (snapshot_folder() / f"{broken}.msgpack").write_bytes(b"cut off")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_in_use, "PATIENCE", 0.0)
        look()
    assert request() == (old, old)
    told = refused()
    assert told is not None
    assert "tallman knowledge use" in told.reason
    assert "a newer knowledge cannot be used" in caplog.text
    look()
    assert len(caplog.records) == 1  # said once, not at every look
    new = publish(11)
    look()
    assert request() == (new, new)
    assert refused() is None


def test_a_version_nobody_has_compiled_is_waited_for(publish: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    old = publish(15)
    current()
    new = publish(12)
    path = snapshot_folder() / f"{new}.msgpack"
    held = path.read_bytes()
    path.unlink()
    look()
    assert (request(), refused()) == ((old, old), None)
    path.write_bytes(held)
    look()
    assert request() == (new, new)


def test_going_back_is_no_failure(publish: Publish) -> None:
    old = publish(15)
    current()
    choose(snapshot_folder(), "0" * 64)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_in_use, "PATIENCE", 0.0)
        look()
    assert refused() is not None
    publish(15)
    look()
    assert (request(), refused()) == ((old, old), None)


def test_a_damaged_release_is_refused_and_nothing_is_lost(publish: Publish) -> None:
    old = publish(15)
    current()
    releases = snapshot_folder() / "releases"
    releases.mkdir()
    (releases / "rxnorm.release").write_bytes(b'{"kind": "rxnorm"')
    look()
    assert request() == (old, old)
    publish(12)
    look()
    told = refused()
    assert request() == (old, old)
    assert told is not None
    assert told.reason == "the imported release rxnorm is damaged or of another Tallman: import it again"


def test_a_version_that_was_refused_is_taken_up_when_what_was_broken_is_mended(publish: Publish) -> None:
    """Not remembered by its hash alone: the release that spoilt it is gone, or imported again as it was."""
    old = publish(15)
    current()
    releases = snapshot_folder() / "releases"
    releases.mkdir()
    (releases / "rxnorm.release").write_bytes(b"cut off")
    new = publish(12)
    look()
    assert (request(), refused() is None) == ((old, old), False)
    (releases / "rxnorm.release").unlink()
    look()
    assert (request(), refused()) == ((new, new), None)


def test_a_snapshot_that_was_gone_and_is_written_again_is_taken_up(publish: Publish) -> None:
    old = publish(15)
    current()
    new = publish(12)
    path = snapshot_folder() / f"{new}.msgpack"
    held = path.read_bytes()
    path.unlink()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knowledge_in_use, "PATIENCE", 0.0)
        look()
    assert (request(), refused() is None) == ((old, old), False)
    path.write_bytes(held)
    look()
    assert (request(), refused()) == ((new, new), None)


def test_a_start_without_its_version_works_with_what_is_installed_and_says_so(publish: Publish) -> None:
    publish(15)
    choose(snapshot_folder(), "f" * 64)
    assert "warfarin" in current().ingredients
    assert len(current().ingredients) > 100
    told = refused()
    assert told is not None
    assert "the chosen version ffffffffffff cannot be read" in told.reason


def test_what_somebody_screened_with_is_kept(publish: Publish) -> None:
    first = publish(15)
    current()
    second = publish(12)
    look()
    assert {p.name for p in (snapshot_folder() / "kept").iterdir()} == {first, second}


def test_no_request_of_many_threads_ever_sees_two_versions(publish: Publish) -> None:
    published = [publish(15)]
    current()
    knowledge_in_use.watch()
    done = Event()

    def work() -> list[tuple[str, str]]:
        seen = []
        while not done.is_set():
            seen.append(request())
        return seen

    with ThreadPoolExecutor(8) as pool:
        running = [pool.submit(work) for _ in range(8)]
        for most in (14, 13, 12):
            published.append(publish(most))
            until(lambda: request() == (published[-1], published[-1]))
        done.set()
        seen = [pair for future in running for pair in future.result()]
    assert [pair for pair in seen if pair[0] != pair[1]] == []
    assert {first for first, _ in seen} <= set(published)
    assert len({first for first, _ in seen}) > 1


def test_a_command_works_with_one_version_to_its_end(publish: Publish) -> None:
    old = publish(15)
    current()
    publish(12)
    assert [request() for _ in range(3)] == [(old, old)] * 3
