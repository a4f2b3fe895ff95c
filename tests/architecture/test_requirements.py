"""What is installed: locked by hash, the same in every list, under licences that fit."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.architecture.source import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)(?:\[[a-z,]+\])?==(?P<version>\S+)(?P<rest>.*)$")
COPYLEFT = re.compile(r"\bA?GPL|Affero|(?<!Lesser )General Public License", re.IGNORECASE)


def pins(name: str) -> dict[str, set[str]]:
    """Versions by package of one locked file; one package may have a version for each Python."""
    found: dict[str, set[str]] = {}
    for entry in entries(name):
        pin = PIN.match(entry[0])
        assert pin, f"requirements/{name}: {entry[0]!r} is not pinned"
        found.setdefault(pin["name"], set()).add(pin["version"])
    return found


def entries(name: str) -> list[list[str]]:
    """The locked requirements: the package's line, then its hashes."""
    text = (ROOT / "requirements" / name).read_text().replace("\\\n", "")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [re.split(r"\s+(?=--hash)", line.strip()) for line in lines]


@pytest.mark.parametrize("name", ["runtime.txt", "dev.txt"])
def test_every_requirement_is_locked_by_hash(name: str) -> None:
    assert len(entries(name)) > 10
    for package, *hashes in entries(name):
        assert hashes, f"{package} has no hash"
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", h.strip()) for h in hashes)


def test_the_lists_agree() -> None:
    runtime, dev = pins("runtime.txt"), pins("dev.txt")
    assert {name: dev.get(name) for name in runtime} == runtime, "lock requirements/*.txt again"


def test_what_the_project_declares_is_what_is_locked() -> None:
    source = (ROOT / "requirements" / "runtime.in").read_text().split()
    assert sorted(source) == sorted(PROJECT["dependencies"])
    names = {re.split(r"[\[<>=~!]", line)[0] for line in source}
    assert names <= set(pins("runtime.txt"))


def licence(name: str) -> str:
    """What a package says of its licence: the expression, else the text's first line; then classifiers."""
    facts = metadata(name)
    said = facts.get("License-Expression") or next(iter((facts.get("License") or "").splitlines()), "")
    return " ".join([said, *(c for c in facts.get_all("Classifier", []) if c.startswith("License"))])


@pytest.mark.parametrize("name", sorted(pins("dev.txt")))
def test_every_licence_fits(name: str) -> None:
    try:
        stated = licence(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not for this platform")
    assert stated.strip(), f"{name} states no licence"
    assert not COPYLEFT.search(re.sub(r"LGPL\S*", "", stated)), stated
