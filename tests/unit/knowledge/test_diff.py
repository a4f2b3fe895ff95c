"""What another version changes is told: records by subject, and what it says of the demo's synthetic people."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner, Result

from tallman.cli import main
from tallman.core.knowledge import Knowledge, build
from tallman.core.patient import Patient
from tallman.core.screening.case import Case
from tallman.knowledge.differences import Changed, records_that_differ, said_differently
from tallman.knowledge.examples import order_from_text
from tallman.knowledge.load import HERE, load, snapshot_folder
from tallman.knowledge.versions import version_named
from tallman.server.demo.population import SEED, population
from tallman.server.prescriptions.replay import read
from tests.small_knowledge import copy_installed

Edit = Callable[[str, str, str], None]
Diff = Callable[..., Result]
ON = date(2026, 11, 28)


@pytest.fixture
def small(folder: Path) -> Knowledge:
    """The small knowledge."""
    return load(folder)


@pytest.fixture
def diff() -> Diff:
    """`diff("authored", folder)`: the command on one day."""
    fixed = ["knowledge", "diff", "--today", ON.isoformat()]
    return lambda *arguments: CliRunner().invoke(main, [*fixed, *map(str, arguments)])


def test_records_are_added_removed_and_changed(small: Knowledge, folder: Path, edit: Edit) -> None:
    edit("medicines/warfarin.yaml", "daily_max: 15 mg", "daily_max: 12 mg")
    edit("interactions/bleeding.yaml", "severity: high", "severity: critical")
    (folder / "medicines/naproxen.yaml").rename(folder / "medicines/ketoprofen.yaml")
    edit("medicines/ketoprofen.yaml", "name: naproxen", "name: ketoprofen")
    found = {s.name: s for s in records_that_differ(small, load(folder))}
    assert sorted(found) == ["ingredients", "interactions", "limits", "products", "reviews"]
    assert (found["ingredients"].added, found["ingredients"].removed) == (("ketoprofen",), ("naproxen",))
    assert found["products"].added == ("ketoprofen 500 mg oral tablet [198014]",)
    assert found["limits"].changed == (Changed("warfarin/limit-1", ("daily_max",)),)
    assert found["interactions"].changed == (Changed("INT-WARFARIN-NSAID", ("severity",)),)


def test_the_same_is_no_difference(small: Knowledge, folder: Path) -> None:
    assert records_that_differ(small, load(folder)) == []


def said(old: Knowledge, new: Knowledge) -> list[tuple[str, str, str, str]]:
    """What changes for one person on warfarin who brings ibuprofen, and what kind of change it is."""

    def case(knowledge: Knowledge) -> Case:
        taken = order_from_text("taken", "warfarin 5 mg tablet; take 1 tablet by mouth daily", knowledge)
        new = order_from_text("new", "ibuprofen 600 mg tablet; take 1 tablet by mouth 3 times a day", knowledge)
        return Case(Patient(birth_date=date(1950, 1, 1), sex="female", allergies=()), (taken,), (new,), ON)

    found = said_differently([("somebody", case(old), case(new))], old, new)
    return [(s.what, s.code, s.was, s.now) for s in found if s.who == "somebody"]


def test_what_is_said_graver_milder_otherwise_or_not_any_more(small: Knowledge) -> None:
    (rule,) = small.records.interactions

    def with_rules(*rules: object) -> Knowledge:
        return build(replace(small.records, interactions=rules), version="other", sha256="0" * 64)  # type: ignore[arg-type]

    one, id = small, rule.id
    assert said(one, with_rules(replace(rule, severity="critical"))) == [("graver", id, "high", "critical")]
    assert said(one, with_rules(replace(rule, severity="low"))) == [("milder", id, "high", "low")]
    assert said(one, with_rules(replace(rule, advice="Ask."))) == [("other words", id, "high", "high")]
    assert said(one, with_rules()) == [("disappears", id, "high", "")]
    assert said(with_rules(), one) == [("appears", id, "", "high")]
    assert said(one, with_rules(rule)) == []


def test_what_cannot_be_looked_at_any_more_is_told_once_with_its_checks(small: Knowledge, folder: Path) -> None:
    (folder / "medicines/ibuprofen.yaml").unlink()
    found = said(small, load(folder))
    assert ("appears", "not checked", "", "not checked") in found
    assert ("disappears", "INT-WARFARIN-NSAID", "high", "") in found
    assert len([f for f in found if f[1] == "not checked" and f[0] == "appears"]) == 1


def test_the_people_are_the_same_every_time_and_some_of_them_are_caught() -> None:
    everybody = list(population(SEED, ON))
    assert everybody == list(population(SEED, ON))
    assert everybody != list(population(SEED + 1, ON))
    assert len({b.who for b in everybody}) == 80
    case = read(everybody[0].case, load())
    assert all(o.medicine.is_known for o in (*case.current, *case.proposed))


def test_the_command_tells_what_changes_with_synthetic_examples(diff: Diff, tmp_path: Path) -> None:
    copy = copy_installed(tmp_path / "copy")
    path = copy / "interactions/bleeding.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("- id: INT-WARFARIN-NSAID\n")
    path.write_text(text[:start] + text[start:].replace("severity: high", "severity: critical", 1), encoding="utf-8")
    result = diff("authored", copy)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[3:5] == ["interactions: 1 changed", "  ~ INT-WARFARIN-NSAID: severity"]
    assert "graver      INT-WARFARIN-NSAID  high → critical" in result.output
    assert any(line.strip().startswith("demo ") for line in lines)


def test_the_same_version_changes_nothing(diff: Diff, folder: Path) -> None:
    result = diff(folder, folder)
    assert "Every record is the same." in result.output
    assert result.output.splitlines()[-1].endswith("cases of the demo's synthetic people: nothing changes")


def test_json_holds_everything(diff: Diff, folder: Path, tmp_path: Path) -> None:
    copy = copytree(folder, tmp_path / "other")
    (copy / "medicines/naproxen.yaml").unlink()
    found = json.loads(diff(folder, copy, "--json").output)
    assert found["old"]["sha256"] != found["new"]["sha256"]
    assert {s["name"] for s in found["records"]} == {"ingredients", "products", "reviews"}
    assert found["cases"] > 300


def test_a_version_is_called_by_its_hash_or_its_file(folder: Path) -> None:
    made = load(folder)
    path = snapshot_folder() / f"{made.sha256}.msgpack"
    for name in (made.sha256, made.sha256[:10], made.version, str(path)):
        assert version_named(name).sha256 == made.sha256
        assert version_named(name).records == made.records


@pytest.mark.parametrize("name", ["nowhere", "0000000", "abc", ""])
def test_what_is_no_version_is_refused(diff: Diff, name: str) -> None:
    result = diff("authored", name or str(HERE / "SOURCES.md"))
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
