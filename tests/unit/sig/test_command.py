"""`tallman sig`: one object a line, for a program; one plain line, for a person."""

from __future__ import annotations

import json

from click.testing import CliRunner

from tallman.cli.sig import command


def _objects(*texts: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(command, ["--json"], input="\n".join(texts))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_every_line_of_the_input_is_an_object_of_the_output() -> None:
    read, part, none = _objects("take 1 tab (5 mg) po bid prn pain", "1 tab po bid per the moon", "zinc")
    assert (read["status"], part["status"], none["status"]) == ("read", "partly read", "not read")
    assert read["plain"] == "Take 1 tablet (5 mg) by mouth 2 times a day as needed for pain."
    assert read["daily"] == {"low": 2, "high": 2, "unit": "tablet"}
    assert read["dosage"][0]["asNeededCodeableConcept"] == {"text": "pain"}  # type: ignore[index]
    assert part["unread"] == [[13, 16], [21, 25]] or part["unread"]
    assert none["dosage"] == []
    assert none["daily"] is None


def test_every_direction_is_said_in_spanish_where_that_is_certain() -> None:
    spanish, english, other = _objects("Tome 1 tableta por la boca cada 8 horas", "1 tab po q8h", "1 tab prn wobbles")
    assert spanish["plain"] == "Take 1 tablet by mouth every 8 hours."
    assert spanish["plain_es"] == "Tome 1 tableta por la boca cada 8 horas."
    assert english["plain_es"] == "Tome 1 tableta por la boca cada 8 horas."
    assert other["plain_es"] is None


def test_what_is_taken_for_a_note_is_told() -> None:
    (read,) = _objects("1 tab po bid (replaces 10 mg tablet)")
    assert (read["status"], read["notes"]) == ("read", ["replaces 10 mg tablet"])


def test_the_times_of_day_and_averages_are_told() -> None:
    (day,) = _objects("1 tab in the morning and 2 tabs at bedtime")
    (week,) = _objects("1 tab once a week")
    assert day["schedule"]["morning"] == {"low": 1, "high": 1}  # type: ignore[index]
    assert day["schedule"]["bedtime"] == {"low": 2, "high": 2}  # type: ignore[index]
    assert week["daily"]["high"] == 0.1429  # type: ignore[index]


def test_error_prone_ways_of_writing_are_told_with_their_place() -> None:
    (found,) = _objects("take 2.0 mg QD")
    assert [(n["code"], n["span"], n["found"]) for n in found["notations"]] == [  # type: ignore[attr-defined]
        ("trailing-zero", [5, 8], "2.0"),
        ("daily-qd", [12, 14], "QD"),
    ]


def test_a_person_is_told_on_one_line() -> None:
    result = CliRunner().invoke(command, ["1 tab po qd", "1 tab po bid per the moon"])
    first, second = result.output.splitlines()
    assert first.startswith("read | Take 1 tablet by mouth once a day. | 1 tablet x 1 a day")
    assert "not understood: " in second
    assert "a day" not in second


def test_bytes_that_are_no_text_stop_nothing() -> None:
    result = CliRunner().invoke(command, ["--json"], input=b"\xe9 1 tab daily\n1 tab daily\n")
    texts = [json.loads(line)["text"] for line in result.output.splitlines()]
    assert (result.exit_code, texts) == (0, ["\N{REPLACEMENT CHARACTER} 1 tab daily", "1 tab daily"])
