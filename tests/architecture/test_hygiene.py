"""What is committed: nothing of one machine, no registry, no loose ends, no large files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, kept

LARGEST = 400_000  # bytes
FILES = kept()
# Written in pieces, so that this file does not hold what it looks for.
RULES = {
    "a path of one machine": r"(?<![\w.$}~])/(?:" + "work|tmp|root|home/[a-z]+|Users/[A-Za-z]+" + r")/\w",
    "a folder beside the checkout": "shared" + "/(?:design|hooks)",
    "a registry or index address": "|".join(
        [
            "--(?:extra-)?index" + "-url",
            r"pypi\." + "org",
            "python" + "hosted",
            "registry" + r"\.npmjs",
            r"deb\." + "debian",
            r"crates\." + "io",
        ]
    ),
    "a mark of unfinished work": r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "Not" + "ImplementedError"]) + r")\b",
    "a conflict left in": r"(?m)^(?:<{7}|>{7}) ",
    "a secret key": "-----BEGIN [A-Z ]*PRIVATE" + " KEY",
}
TEXTS = {p: text for p in FILES if b"\0" not in p.read_bytes()[:8192] for text in [p.read_text("utf-8", "replace")]}


@pytest.mark.parametrize("what", RULES)
def test_no_file_holds(what: str) -> None:
    pattern = re.compile(RULES[what])
    found = [
        f"{path.relative_to(ROOT)}:{text[: hit.start()].count(chr(10)) + 1}: {hit.group()}"
        for path, text in TEXTS.items()
        for hit in pattern.finditer(text)
    ]
    assert found == [], f"{what}: {found}"


@pytest.mark.parametrize(
    "what, text",
    [
        ("a path of one machine", 'open("/wo' + 'rk/main/x")'),
        ("a path of one machine", "see /ho" + "me/anna/notes"),
        ("a folder beside the checkout", "../shar" + "ed/design/x.md"),
        ("a registry or index address", "--ind" + "ex-url x"),
        ("a mark of unfinished work", "# TO" + "DO later"),
        ("a conflict left in", "a\n<<<<<<" + "< HEAD\n"),
        ("a secret key", "-----BEGIN RSA PRIV" + "ATE KEY-----"),
    ],
)
def test_each_rule_sees_what_it_is_for(what: str, text: str) -> None:
    assert re.search(RULES[what], text)


def test_the_real_data_is_named_by_tests_and_their_guide_only() -> None:
    named = {p.relative_to(ROOT) for p, text in TEXTS.items() if "shared" + "/data" in text}
    assert {p for p in named if p.parts[0] != "tests"} <= {Path("DEVELOPING.md")}


def test_no_file_is_large() -> None:
    assert [(str(p), p.stat().st_size) for p in FILES if p.stat().st_size > LARGEST] == []


def test_no_file_is_left_in_a_folder_that_is_not_kept() -> None:
    loose = {".sqlite3", ".pyc", ".log", ".orig", ".rej", ".bak"}
    assert [p for p in FILES if p.suffix in loose] == []


def test_text_files_end_with_one_newline_and_carry_no_carriage_returns() -> None:
    own = {p: t for p, t in TEXTS.items() if t and p.suffix in {".py", ".md", ".toml", ".yaml", ".html", ".css", ".js"}}
    assert [p for p, t in own.items() if not t.endswith("\n") or t.endswith("\n\n") or "\r" in t] == []


def test_there_are_files_to_look_at() -> None:
    assert ROOT / "pyproject.toml" in TEXTS
    assert len(TEXTS) > 100
