"""A server that runs takes up a newer knowledge, and outlives a broken one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tallman.knowledge.choice import choose
from tallman.server.accounts.demo import PASSWORD
from tests.integration.web.test_serve import PATIENCE, environment, serving
from tests.small_knowledge import copy_installed

HASH = re.compile(r"<dd class=\"mono\">([0-9a-f]{64})</dd>")


def logged_in(address: str) -> OpenerDirector:
    """A browser without a screen in which the demo's pharmacist has logged in."""
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    page = browser.open(f"{address}/login", timeout=60).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert token
    typed = {"name": "priya", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert browser.open(f"{address}/login", urlencode(typed).encode(), timeout=60).status == 200
    return browser


def knowledge(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`tallman knowledge …` beside the server."""
    command = [sys.executable, "-c", "from tallman.cli import main; main()", "knowledge", *arguments]
    return subprocess.run(command, env=environment(home), capture_output=True, text=True, check=False, timeout=PATIENCE)


def test_a_running_server_takes_up_a_newer_version_and_outlives_a_broken_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with serving(home, "--demo") as (address, printed):
        browser = logged_in(address)

        def page() -> str:
            return str(browser.open(f"{address}/knowledge/", timeout=60).read().decode())

        def in_use() -> str:
            found = HASH.search(page())
            assert found
            return found[1]

        def until(holds: Callable[[], bool]) -> None:
            end = time.monotonic() + PATIENCE
            while not holds():
                assert time.monotonic() < end, printed.read_text()
                time.sleep(0.2)

        first = in_use()
        newer = copy_installed(tmp_path / "newer")
        path = newer / "medicines" / "warfarin.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("daily_max: 15 mg", "daily_max: 14 mg"), "utf-8")
        second = knowledge(home, "use", str(newer)).stdout.split()[-1]
        assert second != first
        until(lambda: in_use() == second)

        path.write_text(path.read_text(encoding="utf-8").replace("daily_max: 14 mg", "daily_max: a lot"), "utf-8")
        refused = knowledge(home, "use", str(newer))
        assert refused.returncode == 1
        assert "medicines/warfarin.yaml: warfarin: " in refused.stdout
        assert in_use() == second

        (home / "knowledge" / "releases").mkdir(exist_ok=True)
        (home / "knowledge" / "releases" / "rxnorm.release").write_bytes(b"cut off")
        choose(home / "knowledge", "0" * 64)
        until(lambda: "could not be used" in page())
        assert in_use() == second
        assert browser.open(f"{address}/queue/", timeout=60).status == 200

        (home / "knowledge" / "releases" / "rxnorm.release").unlink()
        assert knowledge(home, "use", "installed").returncode == 0
        until(lambda: in_use() != second)
        assert "could not be used" not in page()
    log = printed.read_text()
    assert "a newer knowledge cannot be used: the imported release rxnorm is damaged" in log
    assert os.linesep.join(re.findall(r"Traceback.*", log)) == ""


def test_a_version_with_errors_is_not_put_in_use(tmp_path: Path) -> None:
    newer = copy_installed(tmp_path / "newer")
    (newer / "classes").rename(newer / "klasses")
    answer = knowledge(tmp_path / "home", "use", str(newer))
    assert answer.returncode == 1
    assert "is not known: write one of" in answer.stdout
    assert "Not put in use: " in answer.stdout
    assert not (tmp_path / "home" / "knowledge" / "chosen").exists()
