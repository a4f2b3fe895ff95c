"""Every address of the program × every role. An address without a row fails the build."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.decorators.http import require_http_methods

from tallman.core.workflow import Role
from tallman.server.accounts.roles import ROLES, Permission
from tests.integration.access import Row

REFUSED_OR_BROKEN = {401, 403, *range(500, 600)}
HERE = Path(__file__).parent


def rows_of(path: Path) -> dict[str, Row]:
    spec = spec_from_file_location(f"permissions_of_{path.parent.name}", path)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.ROWS


def addresses(patterns: list[Any], namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry.url_patterns, inner)
        else:
            yield f"{namespace}{entry.name or entry.pattern}", entry


ROWS = {name: row for path in sorted(HERE.glob("*/permissions.py")) for name, row in rows_of(path).items()}
ADDRESSES = dict(addresses(get_resolver().url_patterns))
CASES = [
    pytest.param(name, row, method, id=f"{name}-{method}")
    for name, row in sorted(ROWS.items())
    for method in row.methods
]


def methods_of(view: Any) -> set[str] | None:
    """The methods one of Django's decorators opened a view for, found in its closure; None without one."""
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and code.co_filename == require_http_methods.__code__.co_filename:
            cells = dict(zip(code.co_freevars, (c.cell_contents for c in view.__closure__), strict=True))
            if "request_method_list" in cells:
                return set(cells["request_method_list"])
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_address_has_a_row_and_every_row_an_address() -> None:
    assert set(ADDRESSES) == set(ROWS), "write the row in tests/integration/<area>/permissions.py"


def test_no_two_addresses_share_a_name() -> None:
    names = [name for name, _ in addresses(get_resolver().url_patterns)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_every_method_a_view_takes_is_in_its_row(name: str) -> None:
    methods = methods_of(ADDRESSES[name].callback)
    assert methods is not None, "say which methods the view takes: require_safe, require_POST …"
    assert methods - {"HEAD"} == set(ROWS[name].methods)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_the_permission_a_view_asks_for_belongs_to_just_the_roles_of_its_row(name: str) -> None:
    view, row = ADDRESSES[name].callback, ROWS[name]
    for attribute, allowed in (("required_permission", "GET"), ("permission_to_change", "POST")):
        permission = getattr(view, attribute, None)
        if permission and (allowed in row.methods):
            granted = {role.name for role in ROLES.values() if Permission(permission) in role.permissions()}
            assert granted == row.allowed(allowed)


@pytest.mark.parametrize("name, row, method", CASES)
def test_a_stranger_is_met_as_the_row_says(name: str, row: Row, method: str, db: None) -> None:
    response = Client().generic(method, reverse(name, kwargs=row.kwargs))
    if row.anonymous == "token":
        assert response.status_code == 401
        assert "Bearer" in response.headers["WWW-Authenticate"]
    elif row.anonymous == "login":
        assert response.status_code == 302
        assert response.url.startswith(reverse("accounts:login"))
    else:
        assert response.status_code not in REFUSED_OR_BROKEN


@pytest.mark.parametrize("name, row, method", CASES)
@pytest.mark.parametrize("role", [r.value for r in Role])
def test_a_role_opens_what_its_row_says_and_nothing_else(
    name: str, row: Row, method: str, role: str, client_as: Callable[[str], Client]
) -> None:
    response = client_as(role).generic(method, reverse(name, kwargs=row.kwargs))
    if row.anonymous == "token":
        assert response.status_code == 401, "a person's session must not open a machine's address"
    elif row.anonymous == "open" or Role(role) in row.allowed(method):
        assert response.status_code not in REFUSED_OR_BROKEN
        if row.anonymous != "open":
            assert not getattr(response, "url", "").startswith(reverse("accounts:login"))
    else:
        assert response.status_code == 403


def test_the_gate_sees_a_view_without_a_row() -> None:
    known = get_resolver().url_patterns
    stray = URLPattern(known[0].pattern, lambda request: None, name="stray")
    assert set(dict(addresses([*known, stray]))) - set(ROWS) == {"stray"}
