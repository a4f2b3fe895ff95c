"""A system that signs its calls is let in by its signature, once for each call, and nobody else is."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tallman.interchange.cds_hooks.keys import read_keys
from tallman.server.audit.actions import SYSTEM
from tallman.server.audit.models import Event
from tallman.server.cds_clients import actions
from tallman.server.cds_clients.models import CdsClient, CdsKey, UsedCall
from tallman.server.exchange.models import Card
from tallman.server.web import clock
from tests.integration.cds_clients.signing import ISSUER, SERVICE, claims, key_set, private, public, signed
from tests.integration.exchange.test_cds_hooks import IBUPROFEN, WARFARIN, call, prefetch

pytestmark = [pytest.mark.django_db, pytest.mark.database]

Register = Callable[..., CdsClient]


@pytest.fixture
def register() -> Register:
    def make(*keys: dict[str, Any], **more: Any) -> CdsClient:
        held = read_keys(key_set(*(keys or (public("one"),))))
        return actions.register(name="St. Mary's", issuer=ISSUER, keys=held, by=SYSTEM, **more)

    return make


def post(token: str, path: str = SERVICE, body: Any = None, **headers: str) -> Any:
    sent = json.dumps(body or call("order-sign", IBUPROFEN, sent=prefetch(WARFARIN)))
    client = Client(headers={"Authorization": f"Bearer {token}", **headers})
    return client.post(path, data=sent, content_type="application/json")


def refused(answer: Any, word: str) -> bool:
    """Whether the answer is 401, says the word in its sentence, and challenges as RFC 6750 has it."""
    challenge = answer.headers.get("WWW-Authenticate", "")
    parts = challenge.split('"')
    return (
        answer.status_code == 401
        and word in answer.json()["error"]
        and challenge.startswith('Bearer realm="tallman", error="invalid_token", error_description="')
        and len(parts) == 7
    )


@pytest.mark.parametrize("algorithm", ["ES384", "RS384", "ES512", "RS512", "PS384", "PS512"])
def test_a_signed_call_is_answered(register: Register, algorithm: str) -> None:
    system = register(public("one", algorithm))
    answer = post(signed(claims(), algorithm=algorithm))
    assert answer.status_code == 200
    assert answer.json()["cards"]
    assert set(Card.objects.values_list("client", "token")) == {(system.pk, None)}
    event = Event.objects.get(action="exchange.note_advice")
    assert (event.actor, event.actor_name) == (f"cds-client:{system.pk}", "St. Mary's")
    system.refresh_from_db()
    assert system.last_used_at is not None


def test_the_token_of_this_pharmacy_goes_on_working_beside_it(register: Register, token: str) -> None:
    register()
    assert post(token).status_code == 200
    assert set(Card.objects.values_list("client", flat=True)) == {None}


def test_several_audiences_may_be_named_and_a_tenant_where_none_is_asked_for(register: Register) -> None:
    register()
    said = claims(tenant="2ddd6c3a")
    assert post(signed(said | {"aud": ["https://other.example.org", said["aud"]]})).status_code == 200


def test_no_call_comes_twice(register: Register) -> None:
    system = register()
    token = signed(claims())
    assert post(token).status_code == 200
    assert refused(post(token), "came before")
    event = Event.objects.get(action="cds_clients.refuse_repeated")
    assert (event.subject_id, event.data) == (str(system.pk), {"kid": "one"})
    assert refused(post(signed(claims(jti=(jti := "again")))), "x") is False
    assert refused(post(signed(claims(jti=jti))), "came before")


def test_a_call_that_was_made_is_forgotten_when_its_token_has_ended(register: Register) -> None:
    register()
    token = signed(claims())
    post(token)
    with clock.fixed(clock.now() + timedelta(minutes=7)):
        assert refused(post(token), "expired")
        assert UsedCall.objects.count() == 1
        assert post(signed(claims())).status_code == 200
        assert UsedCall.objects.count() == 1


WRONG = {
    "another issuer": ({"iss": "https://other.example.org/"}, "iss"),
    "no issuer": ({"iss": None}, "iss"),
    "another service": ({"aud": "http://testserver/cds-services/tallman-order-select"}, "aud"),
    "another host": ({"aud": "https://cds.example.org" + SERVICE}, "aud"),
    "the list of services": ({"aud": "http://testserver/cds-services"}, "aud"),
    "no audience": ({"aud": None}, "aud"),
    "an empty audience": ({"aud": []}, "aud"),
    "expired": ({"exp": 1422568860}, "exp"),
    "no end": ({"exp": None}, "exp"),
    "an end in words": ({"exp": "tomorrow"}, "exp"),
    "good for ever": ({"exp": 99999999999}, "exp"),
    "issued in the future": ({"iat": 99999999999}, "iat"),
    "no time of issue": ({"iat": None}, "iat"),
    "no id": ({"jti": None}, "jti"),
    "an empty id": ({"jti": ""}, "jti"),
}


@pytest.mark.parametrize("other, word", WRONG.values(), ids=WRONG)
def test_a_token_that_says_something_else_is_refused(register: Register, other: dict[str, Any], word: str) -> None:
    register()
    assert refused(post(signed(claims(**other))), word)
    assert not UsedCall.objects.exists()


def test_two_clocks_may_be_a_little_apart(register: Register) -> None:
    register()
    at = int(clock.now().timestamp())
    assert post(signed(claims(exp=at - 30))).status_code == 200
    assert post(signed(claims(iat=at + 30))).status_code == 200
    assert refused(post(signed(claims(exp=at - 90))), "exp")


def test_no_other_key_opens(register: Register) -> None:
    register(public("one"), public("two", "RS384"))
    assert refused(post(signed(claims(), key=private("stranger"))), "signature")
    assert refused(post(signed(claims(), kid="three")), "kid")
    assert refused(post(signed(claims(), kid="two", key=private("one"))), "alg")
    assert refused(post(signed(claims(), kid="one", algorithm="RS384", key=private("two", "RS384"))), "alg")


def test_a_key_for_one_algorithm_is_not_used_for_another(register: Register) -> None:
    register(public("one", "RS384"))
    assert refused(post(signed(claims(), algorithm="PS384", key=private("one", "RS384"))), "alg")


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_a_weaker_algorithm_is_refused(register: Register, algorithm: str) -> None:
    register()
    assert refused(post(signed(claims(), algorithm=algorithm)), "alg")


@pytest.mark.parametrize("algorithm", ["none", "None", "HS256", "HS384"])
def test_no_signature_and_no_shared_secret_are_accepted(register: Register, algorithm: str) -> None:
    """The public key as the secret of an HMAC is the oldest trick there is."""
    register()
    parts = [{"alg": algorithm, "kid": "one", "typ": "JWT"}, claims()]
    text = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
    proof = hmac.digest(CdsKey.objects.get().jwk.encode(), text.encode(), "sha256" if "256" in algorithm else "sha384")
    signature = "" if algorithm.lower() == "none" else base64.urlsafe_b64encode(proof).decode().rstrip("=")
    assert refused(post(f"{text}.{signature}"), "alg")


def test_a_changed_token_is_refused(register: Register) -> None:
    register()
    head, body, signature = signed(claims()).split(".")
    said = json.loads(base64.urlsafe_b64decode(body + "=="))
    other = base64.urlsafe_b64encode(json.dumps(said | {"jti": "x"}).encode()).decode().rstrip("=")
    assert refused(post(f"{head}.{other}.{signature}"), "signature")
    assert refused(post(f"{head}.{body}."), "signature")


@pytest.mark.parametrize("header", [{"typ": "at+jwt"}, {"crit": ["exp"]}, {"crit": ["b64"], "b64": True}])
def test_a_token_of_another_kind_is_refused(register: Register, header: dict[str, Any]) -> None:
    register()
    assert post(signed(claims(), **header)).status_code == 401


@pytest.mark.parametrize("token", ["a.b.c", "..", "e30.e30.e30", "bnVsbA.bnVsbA.", "x" * 9000 + "..", "é.é.é"])
def test_what_is_no_token_at_all_is_refused(register: Register, token: str) -> None:
    register()
    assert post(token).status_code == 401


def test_the_address_of_keys_is_the_one_that_is_registered_and_nothing_is_fetched(register: Register) -> None:
    system = register(key_address="https://ehr.example.org/jwks")
    assert post(signed(claims(), jku="https://ehr.example.org/jwks")).status_code == 200
    assert post(signed(claims())).status_code == 200
    assert refused(post(signed(claims(), jku="https://evil.example.org/jwks")), "jku")
    actions.change(client=system, name="x", tenant="", key_address="", origins="", by=SYSTEM)
    assert refused(post(signed(claims(), jku="https://ehr.example.org/jwks")), "jku")


def test_a_tenant_that_is_registered_must_be_named(register: Register) -> None:
    register(tenant="west")
    assert post(signed(claims(tenant="west"))).status_code == 200
    assert refused(post(signed(claims(tenant="east"))), "tenant")
    assert refused(post(signed(claims())), "tenant")


def test_a_key_that_was_rolled_opens_nothing(register: Register) -> None:
    system = register(public("one"))
    actions.replace_keys(client=system, keys=read_keys(key_set(public("one"), public("two"))), by=SYSTEM)
    assert [post(signed(claims(), kid=kid)).status_code for kid in ("one", "two")] == [200, 200]
    actions.replace_keys(client=system, keys=read_keys(key_set(public("two"))), by=SYSTEM)
    assert refused(post(signed(claims(), kid="one")), "rolled")
    assert post(signed(claims(), kid="two")).status_code == 200


def test_a_system_that_is_switched_off_is_refused_until_it_is_on_again(register: Register) -> None:
    system = register()
    actions.switch(client=system, on=False, by=SYSTEM)
    assert refused(post(signed(claims())), "switched off")
    actions.switch(client=system, on=True, by=SYSTEM)
    assert post(signed(claims())).status_code == 200


def test_feedback_is_taken_from_whom_the_card_was_given_and_from_nobody_else(register: Register, token: str) -> None:
    register()
    card = post(signed(claims())).json()["cards"][0]
    told = {"card": card["uuid"], "outcome": "overridden", "outcomeTimestamp": "2026-03-02T10:05:31Z"}
    path = f"{SERVICE}/feedback"
    post(token, path, {"feedback": [told]})
    assert Card.objects.get(uuid=card["uuid"]).outcome == ""
    for audience in (path, SERVICE):
        said = claims(aud=f"http://testserver{audience}", jti=str(uuid4()))
        assert post(signed(said), path, {"feedback": [told]}).status_code == 200
    assert Card.objects.get(uuid=card["uuid"]).outcome == "overridden"
    assert refused(post(signed(claims(aud=f"http://testserver{path}"))), "aud")


def test_the_address_behind_a_proxy_is_the_one_in_the_settings(register: Register, settings: Any) -> None:
    register()
    settings.PUBLIC_URL = "https://cds.example.org"
    assert post(signed(claims(aud=f"https://cds.example.org{SERVICE}"))).status_code == 200
    assert refused(post(signed(claims())), "https://cds.example.org")


def test_other_doors_stay_shut(register: Register) -> None:
    register()
    said = claims(aud="http://testserver/fhir/r4")
    assert post(signed(said), "/fhir/r4").status_code == 401


def test_a_refusal_tells_a_browser_of_a_named_origin_why_and_no_other(register: Register) -> None:
    register(origins="https://ehr.example.org")
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for origin, named in (("https://ehr.example.org", True), ("https://evil.example.org", False)):
        first = Client().options(SERVICE, headers={"Origin": origin, **ask})
        assert (first.headers.get("Access-Control-Allow-Origin") == origin) is named
        assert ("Authorization" in first.headers.get("Access-Control-Allow-Headers", "")) is named
        answers = [post(signed(claims()), Origin=origin), post("x", Origin=origin)]
        assert [a.status_code for a in answers] == [200, 401]
        assert all((a.headers.get("Access-Control-Allow-Origin") == origin) is named for a in answers)
        assert all("Origin" in a.headers["Vary"] for a in answers)


def test_the_list_of_services_is_for_every_page_also_with_a_token() -> None:
    asked = {"Origin": "https://x.example.org", "Access-Control-Request-Method": "GET"}
    first = Client().options("/cds-services", headers=asked)
    assert (first.status_code, first.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "Authorization" in first.headers["Access-Control-Allow-Headers"]
