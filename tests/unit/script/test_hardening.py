"""What an XML document can do to its reader, and does not do here."""

from __future__ import annotations

from pathlib import Path

import pytest

from tallman.interchange.ncpdp_script.document import DEEPEST, LARGEST, document, pretty
from tallman.interchange.ncpdp_script.read import read
from tallman.interchange.ncpdp_script.warnings import Unreadable
from tests.unit.script.newrx import newrx

LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
BILLION_LAUGHS = f'<?xml version="1.0"?><!DOCTYPE m [<!ENTITY l0 "ha">{LAUGHS}]><Message a="&l9;">&l9;</Message>'


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read(data)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-32"])
def test_entities_are_never_expanded(encoding: str) -> None:
    assert refusal(BILLION_LAUGHS.encode(encoding)) == "doctype"


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("do not read me")
    data = f'<!DOCTYPE m [<!ENTITY x SYSTEM "{secret.as_uri()}">]><Message><Body>&x;</Body></Message>'
    assert refusal(data.encode()) == "doctype"


def test_a_document_type_alone_is_refused() -> None:
    assert refusal(b'<!DOCTYPE Message SYSTEM "http://localhost/x.dtd"><Message/>') == "doctype"
    assert refusal(newrx().replace(b"<Message ", b"<!DOCTYPE Message><Message ")) == "doctype"


def test_a_document_type_in_an_encoding_that_hides_it_is_refused() -> None:
    data = '<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE m+AD4-<Message/>'.encode("ascii")
    assert refusal(data) in {"doctype", "not-xml"}


def test_an_undeclared_entity_is_no_text() -> None:
    assert refusal(newrx().replace(b"Okafor", b"&secret;")) == "not-xml"


def test_fifty_megabytes_are_refused_unread() -> None:
    assert refusal(b"<Message>" + b"x" * 50_000_000 + b"</Message>") == "too-large"
    assert LARGEST < 10_000_000


@pytest.mark.parametrize("depth", [DEEPEST + 1, 255, 300, 100_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    data = b"<Message>" + b"<a>" * depth + b"</a>" * depth + b"</Message>"
    assert refusal(data) == "too-deep"


def test_too_many_elements_are_refused() -> None:
    assert refusal(b"<Message><Body>" + b"<a/>" * 30_000 + b"</Body></Message>") == "too-deep"


def test_includes_and_instructions_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_text("<b>do not read me</b>")
    include = f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{secret.as_uri()}"/>'
    text = pretty(newrx().replace(b"Please call when ready.", include.encode()))
    assert text
    assert "do not read me" not in text
    assert read(newrx().replace(b"Please call", b"<?evil do?>Please call")).prescription.notes == (
        "Please call when ready.",
    )


def test_a_comment_does_not_cut_a_text() -> None:
    data = newrx().replace(b"Take 1 tablet by", b"Take <!-- one -->1 tablet by")
    assert read(data).prescription.sig.startswith("Take 1 tablet by mouth")


def test_a_refusal_does_not_quote_the_message() -> None:
    with pytest.raises(Unreadable) as caught:
        read(b"<Message><Patient>Okafor</Pa")
    assert "Okafor" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_are_read(encoding: str) -> None:
    text = newrx().decode().replace("UTF-8", encoding).replace("Okafor", "Núñez")
    assert read(text.encode(encoding)).prescription.patient.family_name == "Núñez"


def test_pretty_lays_out_and_changes_nothing() -> None:
    laid_out = pretty(newrx())
    assert laid_out
    assert laid_out.count("\n") > 50
    assert read(laid_out.encode()) == read(newrx())
    assert pretty(b"<broken") is None


def test_document_gives_the_root() -> None:
    assert document(newrx()).tag == "Message"
