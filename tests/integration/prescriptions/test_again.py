"""A stored screening names its version, and is run again with that one, whatever is in use by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tallman.cli import main
from tallman.core.knowledge import Knowledge
from tallman.knowledge.load import load, load_authored, snapshot_folder
from tallman.server import knowledge_in_use
from tallman.server.audit.actions import SYSTEM
from tallman.server.prescriptions import actions, again
from tallman.server.prescriptions.again import Again, Outcome, screened_again
from tallman.server.prescriptions.models import Finding, Prescription, Screening
from tests.small_knowledge import copy_installed

Entered = Callable[..., Prescription]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A home of its own, whose versions nobody has opened yet."""
    monkeypatch.setenv("TALLMAN_HOME", str(tmp_path / "home"))
    again._version.cache_clear()
    knowledge_in_use.use(None)
    yield
    knowledge_in_use.use(None)
    again._version.cache_clear()


@pytest.fixture
def newer(tmp_path: Path) -> Knowledge:
    """A version in which ibuprofen beside warfarin is critical."""
    folder = copy_installed(tmp_path / "newer")
    path = folder / "interactions" / "bleeding.yaml"
    before, rule, after = path.read_text(encoding="utf-8").partition("- id: INT-WARFARIN-NSAID\n")
    path.write_text(before + rule + after.replace("severity: high", "severity: critical", 1), encoding="utf-8")
    return load_authored(folder)


def severity(screening: Screening) -> str:
    """How grave the rule was then."""
    return Finding.objects.get(screening=screening, code="INT-WARFARIN-NSAID").severity


def test_screenings_before_and_after_a_swap_name_their_own_versions(entered: Entered, newer: Knowledge) -> None:
    row = entered()
    first = row.screening
    knowledge_in_use.use(newer)
    second = actions.rescreen(prescription=row, by=SYSTEM).screening
    assert first.knowledge_sha256 == load().sha256 != second.knowledge_sha256 == newer.sha256
    assert (severity(first), severity(second)) == ("high", "critical")
    assert screened_again(first) == screened_again(second) == Again(Outcome.SAME)


def test_what_says_something_else_is_named_by_its_codes(entered: Entered) -> None:
    screening = entered().screening
    Finding.objects.filter(screening=screening, code="INT-WARFARIN-NSAID").update(severity="critical")
    assert screened_again(screening) == Again(Outcome.DIFFERS, ("INT-WARFARIN-NSAID",))


def test_a_version_that_is_gone_is_said_to_be(entered: Entered) -> None:
    screening = entered().screening
    (snapshot_folder() / f"{screening.knowledge_sha256}.msgpack").unlink()
    assert screened_again(screening) == Again(Outcome.GONE)


def replay(*arguments: str) -> tuple[int, str]:
    """Exit status and output of the command."""
    result = CliRunner().invoke(main, ["knowledge", "replay", *arguments])
    return result.exit_code, result.output


def test_the_command_counts_by_version(entered: Entered) -> None:
    version = f"{load().version}  {load().sha256}"
    screening = entered().screening
    assert replay() == (0, f"{version}: 1 the same\n1 screening.\n")
    assert replay("--since", "2026-06-04") == (0, "0 screenings.\n")
    Finding.objects.filter(screening=screening, code="INT-WARFARIN-NSAID").delete()
    assert replay() == (
        1,
        f"screening {screening.pk} differs in INT-WARFARIN-NSAID\n{version}: 1 differs\n1 screening.\n",
    )
    (snapshot_folder() / f"{screening.knowledge_sha256}.msgpack").unlink()
    again._version.cache_clear()
    assert replay() == (1, f"{version}: 1 gone; this version is not kept here any more\n1 screening.\n")
