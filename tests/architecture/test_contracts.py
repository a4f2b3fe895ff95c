"""The import contracts hold, and no area escapes them."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings

from tests.architecture.source import ROOT

LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def is_inside_an_area(contract: dict[str, Any]) -> bool:
    return all(name.startswith("tallman.server.") for name in contract.get("containers", [""]))


def test_the_contracts_are_kept() -> None:
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_area_is_under_the_contract_of_its_inside() -> None:
    inside = [name for c in LINTER["contracts"] if is_inside_an_area(c) for name in c["containers"]]
    areas = {f"tallman.server.{area}" for area in settings.AREAS if area != "web"}
    assert sorted(inside) == sorted(areas)


def test_the_layers_leave_nothing_out() -> None:
    ordered = [c for c in LINTER["contracts"] if c["type"] == "layers" and not is_inside_an_area(c)]
    assert {c["containers"][0] for c in ordered} == {"tallman", "tallman.core", "tallman.server"}
    assert all(c["exhaustive"] for c in ordered)
