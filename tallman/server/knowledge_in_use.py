"""The knowledge that this process screens with, and how a newer version takes its place.

A version is exchanged whole: a request that has begun ends with the one it began with. One that cannot be used leaves
the old one in place, and the status says why.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock, Thread

from django.http import HttpRequest, HttpResponse

from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.knowledge.importers.store import damaged
from tallman.knowledge.kept import keep
from tallman.knowledge.load import KnowledgeError, current_hash, load, load_authored, snapshot_folder
from tallman.knowledge.versions import opened

__all__ = ["PREPARE", "OneVersion", "Refused", "current", "look", "one_version", "prepare", "refused", "use", "watch"]

INTERVAL = 2.0
"""Seconds between two looks for something newer."""
PATIENCE = 30.0
"""Seconds that whoever put a newer version there has for compiling it, before this process does."""

PREPARE: list[Callable[[Knowledge], None]] = []
"""What the areas build for a version before anybody has to wait for it; each puts itself here when it starts."""

log = logging.getLogger("tallman.knowledge")


@dataclass(frozen=True, slots=True)
class Refused:
    """A newer version that could not be taken up: its hash and why."""

    sha256: str
    reason: str


@dataclass
class _State:
    """What this process knows of versions. Written under the lock, read without."""

    knowledge: Knowledge | None = None
    refused: Refused | None = None
    refused_with: tuple[tuple[str, int, int], ...] = ()  # the files as they were then
    noticed: tuple[str, float] = ("", 0.0)
    looked: float = 0.0
    watching: bool = False


_state, _lock = _State(), Lock()
_of_request: ContextVar[list[Knowledge] | None] = ContextVar("the version this request works with", default=None)


def current() -> Knowledge:
    """The knowledge in use. Within a request it is the same from beginning to end."""
    held = _of_request.get()
    if held is None:
        return _latest()
    if not held:
        held.append(_latest())
    return held[0]


def refused() -> Refused | None:
    """The newer version that could not be taken up; None when there is none."""
    return _state.refused


def use(knowledge: Knowledge | None) -> None:
    """Screen with another knowledge from now on; None loads the one to work with at the next call."""
    with _lock:
        _state.knowledge, _state.refused = knowledge, None


def watch(on: bool = True) -> None:
    """Look for newer versions from now on, as a server does; a command works with one to its end."""
    _state.watching = on


def prepare(knowledge: Knowledge | None = None) -> None:
    """Build the indexes of a version, of the one in use without any, before anybody has to wait for them."""
    held = knowledge or current()
    identify("aspirin 81 mg tablet", held)
    for build in PREPARE:
        build(held)


class OneVersion:
    """Middleware: a request works with one version, whatever happens beside it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_version():
            return self.get_response(request)


@contextmanager
def one_version() -> Iterator[None]:
    """What is done within works with one version, as a request does."""
    token = _of_request.set([])
    try:
        yield
    finally:
        _of_request.reset(token)


def _latest() -> Knowledge:
    if _state.knowledge is None:
        with _lock:
            if _state.knowledge is None:
                _state.knowledge = _first()
    elif _state.watching and time.monotonic() - _state.looked > INTERVAL:
        _state.looked = time.monotonic()
        Thread(target=look, daemon=True).start()
    return _state.knowledge


def _first() -> Knowledge:
    """What a start begins with: the version to work with, or else what is installed, and then it says so."""
    try:
        knowledge = load()
        _state.refused = _damage()
    except KnowledgeError as error:
        knowledge = load_authored()
        _state.refused = Refused("", str(error))
    if _state.refused:
        log.error("the knowledge to work with cannot be used: %s", _state.refused.reason)
    keep(snapshot_folder(), knowledge.sha256)
    return knowledge


def look() -> None:
    """Take up a newer version if there is one. Nobody waits for this: everybody else works on with the old one."""
    if not _lock.acquire(blocking=False):
        return
    try:
        _look()
    finally:
        _lock.release()


def _look() -> None:
    sha256, files = "", _files()
    try:
        sha256 = current_hash()
        if _state.knowledge is None or (_is_refused(sha256) and _state.refused_with == files):
            return
        if _state.knowledge.sha256 == sha256:
            _state.refused = None
            return
        if damage := _damage():
            raise KnowledgeError(damage.reason)
        fresh = opened(sha256) or _compiled(sha256)
        if fresh is None:
            return
        prepare(fresh)
        keep(snapshot_folder(), fresh.sha256)
    except Exception as error:  # whatever is wrong with it, the old one goes on
        _state.refused, _state.refused_with = Refused(sha256, str(error) or type(error).__name__), files
        log.error("a newer knowledge cannot be used: %s", _state.refused.reason)
        return
    log.warning("the knowledge is now %s, it was %s", fresh.version, _state.knowledge.version)
    _state.knowledge, _state.refused = fresh, None


def _compiled(sha256: str) -> Knowledge | None:
    """A version nobody has compiled yet: after some patience with whoever put it there, it is done here."""
    if _state.noticed[0] != sha256:
        _state.noticed = (sha256, time.monotonic())
    return load() if time.monotonic() - _state.noticed[1] >= PATIENCE else None


def _is_refused(sha256: str) -> bool:
    return _state.refused is not None and _state.refused.sha256 == sha256


def _files() -> tuple[tuple[str, int, int], ...]:
    """What versions are made of, as it lies there: a mended file makes a version good again that was refused."""
    stamps = []
    for pattern in ("*.msgpack", "releases/*.release"):
        for path in sorted(snapshot_folder().glob(pattern)):
            with suppress(FileNotFoundError):
                stamps.append((path.name, (found := path.stat()).st_mtime_ns, found.st_size))
    return tuple(stamps)


def _damage() -> Refused | None:
    """What of the imported releases cannot be used any more."""
    kinds = damaged(snapshot_folder() / "releases")
    reason = f"the imported release {', '.join(kinds)} is damaged or of another Tallman: import it again"
    return Refused(current_hash(), reason) if kinds else None
