"""The systems that may ask are kept on a page and on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tallman.cli.cds_client import command
from tallman.interchange.cds_hooks.keys import UnusableKeys, read_keys
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.cds_clients import actions
from tallman.server.cds_clients.models import CdsClient, CdsKey
from tests.integration.cds_clients.signing import ISSUER, key_set, private, public

pytestmark = [pytest.mark.django_db, pytest.mark.database]

NEW = {"name": "St. Mary's", "issuer": ISSUER, "keys": key_set(public("one"))}


def test_a_system_is_registered_on_the_page(client_as: Any) -> None:
    client = client_as("administrator")
    assert "No system is registered" in client.get("/cds-clients/").content.decode()
    page = client.post("/cds-clients/", NEW, follow=True)
    system = CdsClient.objects.get()
    key = system.keys.get()
    assert page.redirect_chain[0][0] == f"/cds-clients/{system.pk}/"
    assert (key.kid, key.algorithms, "may call now" in page.content.decode()) == ("one", "ES384", True)
    event = Event.objects.get(action="cds_clients.register")
    assert event.data["keys"] == [{"kid": "one", "thumbprint": key.thumbprint}]
    assert ISSUER in client.get("/cds-clients/").content.decode()


def test_keys_come_as_a_file_too(client_as: Any) -> None:
    file = SimpleUploadedFile("jwks.json", key_set(public("one"), public("two", "RS384")).encode())
    client_as("administrator").post("/cds-clients/", {**NEW, "keys": "", "file": file})
    assert set(CdsKey.objects.values_list("kid", "algorithms")) == {("one", "ES384"), ("two", "RS384")}


@pytest.mark.parametrize(
    "field, value",
    [
        ("keys", ""),
        ("keys", "{"),
        ("issuer", "ehr"),
        ("issuer", ""),
        ("name", ""),
        ("key_address", "http://ehr.example.org/jwks"),
        ("origins", "https://ehr.example.org/"),
        ("origins", "*"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(client_as: Any, field: str, value: str) -> None:
    answer = client_as("administrator").post("/cds-clients/", {**NEW, field: value})
    assert (answer.status_code, f'id="id_{field}_error"' in answer.content.decode()) == (422, True)
    assert not CdsClient.objects.exists()


def test_a_second_system_of_one_issuer_is_refused(client_as: Any) -> None:
    client = client_as("administrator")
    client.post("/cds-clients/", NEW)
    assert "registered already" in client.post("/cds-clients/", {**NEW, "name": "x"}).content.decode()


def test_keys_are_rolled_and_the_system_changed_and_switched_on_the_page(client_as: Any) -> None:
    client = client_as("administrator")
    client.post("/cds-clients/", NEW)
    home = f"/cds-clients/{CdsClient.objects.get().pk}/"
    assert client.post(f"{home}keys", {"keys": "{}"}).status_code == 422
    client.post(f"{home}keys", {"keys": key_set(public("two"))})
    assert {k.kid: k.retired_at is None for k in CdsKey.objects.all()} == {"one": False, "two": True}
    assert client.post(f"{home}change", {"name": ""}).status_code == 422
    client.post(f"{home}change", {"name": "Mary", "tenant": "west", "origins": "https://a.org https://b.org"})
    client.post(f"{home}switch", {"on": "0"})
    assert "off already" in client.post(f"{home}switch", {"on": "0"}, follow=True).content.decode()
    row = CdsClient.objects.get()
    assert (row.name, row.tenant, row.origins, row.ended_at is None) == (
        "Mary",
        "west",
        "https://a.org\nhttps://b.org",
        False,
    )
    client.post(f"{home}switch", {"on": "1"})
    assert client.get(home).status_code == 200
    told = list(Event.objects.filter(action__startswith="cds_clients.").values_list("action", flat=True))
    assert told == [f"cds_clients.{verb}" for verb in ("register", "replace_keys", "change", "switch", "switch")]
    assert Event.objects.get(action="cds_clients.replace_keys").data["retired"] == ["one"]


def test_a_key_in_use_keeps_its_place_when_the_set_comes_again() -> None:
    held = read_keys(key_set(public("one")))
    system = actions.register(name="x", issuer=ISSUER, keys=held, by=SYSTEM)
    actions.replace_keys(client=system, keys=held, by=SYSTEM)
    assert [key.retired_at for key in system.keys.all()] == [None]


def test_other_material_under_an_old_name_takes_its_place() -> None:
    system = actions.register(name="x", issuer=ISSUER, keys=read_keys(key_set(public("one"))), by=SYSTEM)
    other = public("another") | {"kid": "one"}
    actions.replace_keys(client=system, keys=read_keys(key_set(other)), by=SYSTEM)
    assert [k.retired_at is None for k in system.keys.order_by("pk")] == [False, True]


def test_the_database_holds_one_key_of_a_name() -> None:
    system = actions.register(name="x", issuer=ISSUER, keys=read_keys(key_set(public("one"))), by=SYSTEM)
    with pytest.raises(IntegrityError), transaction.atomic():
        CdsKey.objects.create(client=system, kid="one", jwk="{}", algorithms="ES384", thumbprint="x")


SECRET = {"kty": "oct", "kid": "s", "k": "c2VjcmV0"}
UNUSABLE = {
    "no JSON": ("keys", "not JSON"),
    "another thing": ("[1]", "no JWK set"),
    "no keys": ('{"keys": []}', "no key for signing"),
    "a key that is none": ('{"keys": [1]}', "no JWK set"),
    "a private key": (key_set(public("one") | {"d": "AA"}), "private key"),
    "a shared secret": (key_set(SECRET), "private key"),
    "for encryption alone": (key_set(public("one", use="enc")), "no key for signing"),
    "of a weaker algorithm": (key_set(public("one", "ES256")), "no key for signing"),
    "without a name": (key_set({k: v for k, v in public("one").items() if k != "kid"}), "no kid"),
    "two of a name": (key_set(public("one"), public("two") | {"kid": "one"}), "same kid"),
    "a broken one": (key_set(public("one") | {"x": "AA"}), "broken"),
    "half of one": (key_set({k: v for k, v in public("one").items() if k != "y"}), "broken"),
}


@pytest.mark.parametrize("text, said", UNUSABLE.values(), ids=UNUSABLE)
def test_keys_that_cannot_be_used_are_refused_with_a_reason(text: str, said: str) -> None:
    with pytest.raises(UnusableKeys, match=said):
        read_keys(text)


def test_a_short_rsa_key_is_refused() -> None:
    from jwt.algorithms import RSAAlgorithm

    jwk = json.loads(RSAAlgorithm.to_jwk(private("short", "RS384", bits=1024).public_key()))
    with pytest.raises(UnusableKeys, match="1024 bits"):
        read_keys(key_set(jwk | {"kid": "short"}))


def test_of_a_set_with_keys_for_other_things_those_for_signing_are_taken() -> None:
    mixed = key_set(public("enc", use="enc"), public("weak", "ES256"), public("one"), public("rsa", "RS384"))
    assert [key.kid for key in read_keys(mixed)] == ["one", "rsa"]
    free = {k: v for k, v in public("rsa", "RS384").items() if k != "alg"}
    assert read_keys(json.dumps(free))[0].algorithms == ("RS384", "RS512", "PS384", "PS512")


def test_systems_are_kept_on_the_command_line(tmp_path: Path) -> None:
    first, second = tmp_path / "one.json", tmp_path / "two.json"
    first.write_text(key_set(public("one")))
    second.write_text(key_set(public("two")))
    run = CliRunner()
    assert run.invoke(command, ["register", "Mary", ISSUER, str(first)]).output == "Mary may call now.\n"
    assert run.invoke(command, ["keys", "Mary", str(second)]).exit_code == 0
    assert run.invoke(command, ["switch-off", "Mary"]).exit_code == 0
    told = run.invoke(command, ["list"]).output
    assert [word in told for word in ("Mary", ISSUER, "two", "one,", "switched off")] == [True, True, True, False, True]
    assert run.invoke(command, ["switch-on", "Mary"]).exit_code == 0
    for wrong in (["keys", "Nobody", str(first)], ["register", "Mary", ISSUER, str(first)], ["switch-on", "Mary"]):
        done = run.invoke(command, wrong)
        assert (done.exit_code, "Traceback" in done.output) == (1, False)
    second.write_text("{")
    assert "not JSON" in run.invoke(command, ["keys", "Mary", str(second)]).output
