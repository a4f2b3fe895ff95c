from __future__ import annotations

import json

from click.testing import CliRunner

from tallman.cli.identify import as_object, command
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge


def test_an_object_a_line() -> None:
    texts = ["lisinopril 10 mg tab", "", "lisinopril/hctz 20-12.5", "qwertyuiop"]
    result = CliRunner().invoke(command, ["--json"], input="\n".join(texts))
    objects = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert [o["text"] for o in objects] == texts, "a blank line is answered too"
    assert [o["status"] for o in objects] == ["product", "unknown", "product", "unknown"]
    assert objects[0]["ingredients"] == [{"rxcui": "29046", "name": "lisinopril", "strength": "10 mg"}]
    assert objects[3]["unread"] == [[0, 10]]


def test_bytes_that_are_no_text_are_answered_line_by_line() -> None:
    lines = b"\xff\xfe lisinopril 10 mg tab\r\n\n\x00\x01\nlisinopril 10 mg tab"
    result = CliRunner().invoke(command, ["--json"], input=lines)
    statuses = [json.loads(line)["status"] for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert statuses == ["product", "unknown", "unknown", "product"]


def test_a_plain_answer_is_one_line_whatever_the_text_holds() -> None:
    result = CliRunner().invoke(command, ["lisinopril\n10 mg\ttab"])
    assert result.output.count("\n") == 1


def test_products_that_differ_clinically_are_ambiguous(knowledge: Knowledge) -> None:
    read = as_object(identify("metoprolol 50 mg", knowledge), knowledge)
    assert read["status"] == "ambiguous"
    assert [i["strength"] for i in read["ingredients"]] == ["50 mg"]
    assert {c["rxcui"] for c in read["candidates"]} == {"866514", "866436"}
    assert "which is meant is not said" in read["reason"]


def test_keys_are_always_there(knowledge: Knowledge) -> None:
    keys = "text status rxcui name ingredients form route brand candidates unread confidence conflict reason"
    for text in ("Tylenol #3", "metoprolol 50", "MS 10", "", "314076"):
        assert " ".join(as_object(identify(text, knowledge), knowledge)) == keys


def test_strengths_are_plain_numbers(knowledge: Knowledge) -> None:
    def strengths(text: str) -> list[str | None]:
        return [i["strength"] for i in as_object(identify(text, knowledge), knowledge)["ingredients"]]

    assert strengths("amox 400/5 susp") == ["400 mg/5 mL"]
    assert strengths("lantus solostar") == ["100 unit/mL"]
    assert strengths("lisinopril 1,000 mg") == ["1000 mg"]
    assert strengths("lisinopril") == [None]


def test_ambiguous_names_its_candidates(knowledge: Knowledge) -> None:
    found = as_object(identify("metop 50", knowledge), knowledge)["candidates"]
    assert found == [{"rxcui": "6918", "name": "metoprolol"}, {"rxcui": None, "name": "metoclopramide"}]


def test_plain_lines() -> None:
    result = CliRunner().invoke(command, ["lisinopril 10 mg tab", "qwertyuiop"])
    assert result.output.splitlines()[0] == "lisinopril 10 mg tab\tproduct\tlisinopril 10 mg oral tablet"
    assert result.output.splitlines()[1].startswith("qwertyuiop\tunknown")
