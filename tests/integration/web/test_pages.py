"""What every page has, what every answer's headers say, and what a log line leaves out."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import Client, RequestFactory

from tallman.core.screening.finding import Category, Finding, Severity
from tallman.server.config.database import database
from tallman.server.config.logs import QuietFormatter
from tallman.server.web import clock, errors

pytestmark = pytest.mark.django_db


def test_a_page_has_a_title_a_way_past_the_bar_places_and_keys(client_as) -> None:
    page = client_as("pharmacist-in-charge").get("/audit/").content.decode()
    assert "<title>Audit · Tallman</title>" in page
    assert 'href="#main"' in page
    assert '<main id="main" tabindex="-1">' in page
    assert re.search(r'<a href="/audit/" data-key="g a" aria-current="true">', page)
    assert 'data-key="?"' in page
    assert 'id="keys"' in page


def test_places_are_those_the_role_opens(client_as) -> None:
    assert "/audit/" not in client_as("technician").get("/").content.decode()
    assert client_as("administrator").get("/").url == "/audit/"


def test_no_page_has_inline_script_style_or_another_host(client_as, client) -> None:
    boss = client_as("pharmacist-in-charge")
    for page in (
        boss.get("/audit/"),
        boss.get("/people/"),
        boss.get("/tokens/"),
        client.get("/login"),
        client.get("/x"),
    ):
        html = page.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|javascript:", html)
        assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", html)


def test_the_headers_are_strict(client_as) -> None:
    response = client_as("pharmacist").get("/")
    policy = dict(part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert not {"script-src", "style-src"} & set(policy)
    assert "unsafe" not in str(policy)
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert django_settings.DEBUG is False
    assert django_settings.SESSION_COOKIE_HTTPONLY


def test_a_strange_host_is_refused(client: Client) -> None:
    assert client.get("/login", headers={"host": "evil.example"}).status_code == 400


def test_refusals_say_what_to_do(client_as, client) -> None:
    assert "Nothing here" in client.get("/nowhere").content.decode()
    page = client_as("technician").get("/audit/")
    assert (page.status_code, "A technician may not do this" in page.content.decode()) == (403, True)


def test_a_failure_is_answered_without_the_database(django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = errors.server_error(RequestFactory().get("/"))
    assert (response.status_code, "Nothing is half-saved" in response.content.decode()) == (500, True)


def test_health_tells_whether_the_database_answers(client: Client, monkeypatch) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").json()) == (200, {"status": "ok"})
    from django.db import DatabaseError, connection

    def broken(*args: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503


def test_static_files_are_named_by_their_content() -> None:
    address = Template("{% asset 'web/tallman.css' %}").render(Context())
    assert re.fullmatch(r"/static/web/tallman\.css\?[0-9a-f]{12}", address)
    with pytest.raises(FileNotFoundError):
        Template("{% asset 'web/missing.css' %}").render(Context())


@pytest.mark.parametrize("value", ["critical", "high", "moderate", "low", "unchecked", "clear"])
def test_a_severity_has_a_shape_and_a_word(value: str) -> None:
    html = Template("{% severity value %}").render(Context({"value": value}))
    assert f"#{value}" in html
    assert re.search(r">\w[\w ]+</span>", html)
    assert f'id="{value}"' in Path(finders.find("web/icons.svg")).read_text()


def test_a_log_line_names_the_place_and_not_the_person() -> None:
    try:
        raise ValueError("Key (name)=(Jane Roe) already exists")
    except ValueError:
        record = logging.getLogger("x").makeRecord(
            "x", 40, "f", 1, "failed at %s", ("/p",), __import__("sys").exc_info()
        )
    line = QuietFormatter().format(record)
    assert "failed at /p" in line
    assert "ValueError" in line
    assert "test_pages.py" in line
    assert "Jane" not in line


def test_the_query_of_an_address_is_not_logged(client: Client, caplog) -> None:
    """With Django's request logger as talkative as it can be."""
    logger = logging.getLogger("django.request")
    logger.addHandler(caplog.handler)
    try:
        with caplog.at_level(logging.DEBUG, "django.request"):
            client.get("/nowhere?name=Jane+Roe")
            client.get("/logout?name=Jane+Roe")
    finally:
        logger.removeHandler(caplog.handler)
    lines = [QuietFormatter().format(record) for record in caplog.records]
    assert any("/nowhere" in line for line in lines)
    assert "Jane" not in "".join(lines)


def test_the_clock_is_held_and_the_day_may_be_set(settings) -> None:
    moment = datetime(2026, 3, 1, 3, 30, tzinfo=UTC)
    with clock.fixed(moment):
        assert clock.now() == moment
        assert clock.today() == date(2026, 2, 28)  # still the evening before in New York
    settings.TALLMAN_TODAY = "2026-02-15"
    assert clock.today() == date(2026, 2, 15)


def test_a_database_url_is_read() -> None:
    home = Path("/h")
    assert database("", home)["NAME"] == "/h/tallman.sqlite3"
    found = database("postgresql://a%40b:p%2Fw@db.example:5433/rx?sslmode=require", home)
    assert [found[k] for k in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "a@b",
        "p/w",
        "db.example",
        "5433",
        "rx",
    ]
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert database("postgres:///rx?host=/run/pg", home)["OPTIONS"] == {"host": "/run/pg"}
    with pytest.raises(ValueError, match="postgresql://"):
        database("oracle://x", home)


def test_a_finding_shows_evidence_sources_and_whether_the_rule_is_signed() -> None:
    finding = Finding(
        code="DOSE-DAILY-MAX", category=Category.DOSE_HIGH, severity=Severity.HIGH, order="1",
        summary="Too much <acetaminophen>", advice="Call", evidence=("2 x 650 mg x 4", "limit 4000 mg"),
    )  # fmt: skip
    html = Template('{% include "web/finding.html" %}').render(Context({"finding": finding}))
    assert html.count('class="finding-evidence"') == 2
    assert "Too much &lt;acetaminophen&gt;" in html
    assert "has not been reviewed by a pharmacist" in html
    html = Template('{% include "web/finding.html" %}').render(Context({"finding": replace(finding, reviewed=True)}))
    assert "signed by a pharmacist" in html


def test_a_check_that_could_not_run_looks_like_an_alert() -> None:
    context = Context({"check": "renal", "reason": "Weight unknown"})
    html = Template('{% include "web/not_checked.html" %}').render(context)
    assert "Not checked" in html
    assert "Weight unknown" in html
