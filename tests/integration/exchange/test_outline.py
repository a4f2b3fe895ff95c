"""Messages in words: short things together, nothing left out."""

from __future__ import annotations

from lxml import etree

from tallman.server.exchange.outline import Line, of_json, of_xml
from tests.unit.script.newrx import newrx


def xml(text: str) -> list[Line]:
    return list(of_xml(etree.fromstring(text)))


def test_short_elements_stand_together_on_one_line() -> None:
    assert xml("<Name><LastName>Ruiz</LastName><FirstName>Ana</FirstName></Name>") == [
        Line(0, "Name", (("Last name", "Ruiz"), ("First name", "Ana")))
    ]


def test_a_chain_is_one_heading_and_attributes_are_said() -> None:
    assert xml("<Patient><HumanPatient><Gender>F</Gender><NPI q='x'>1</NPI></HumanPatient></Patient>") == [
        Line(0, "Patient › Human patient", (("Gender", "F"), ("NPI", "1"), ("Q", "x")))
    ]


def test_long_or_nested_things_stand_below() -> None:
    lines = xml(f"<Sig><SigText>{'x' * 200}</SigText><Code>1</Code></Sig>")
    assert [(line.depth, line.label) for line in lines] == [(0, "Sig"), (1, "Sig text"), (1, "Code")]


def test_texts_between_elements_are_kept() -> None:
    assert xml("<A>one<B>two</B>three</A>") == [Line(0, "A", (("", "one three"), ("B", "two")))]


def test_no_text_of_a_full_message_is_missing() -> None:
    root = etree.fromstring(newrx())
    shown = " ".join(text for line in of_xml(root) for _, text in line.said)
    assert [t for t in root.itertext() if t.strip() and t.strip() not in shown] == []


def test_json_in_words() -> None:
    sent = {"name": [{"family": "Ruiz", "use": "official"}], "active": True, "photo": None, "given": ["a", "b"]}
    lines = [line for name, value in sent.items() for line in of_json(name, value)]
    assert lines == [
        Line(0, "Name", (("Family", "Ruiz"), ("Use", "official"))),
        Line(0, "Active", (("", "yes"),)),
        Line(0, "Photo", (("", ""),)),
        Line(0, "Given 1", (("", "a"),)),
        Line(0, "Given 2", (("", "b"),)),
    ]
