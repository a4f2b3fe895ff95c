"""Every stored field has a privacy class. An unclassed field fails the build."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

import pytest
from django.apps import apps
from django.conf import settings

from tallman.server.web.privacy import Privacy


def fields_of(area: str) -> set[str]:
    """ "Model.field" for every column of the area's own tables, links between tables included."""
    return {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config(area).get_models(include_auto_created=True)
        if not model._meta.proxy
        for field in model._meta.get_fields()
        if not field.auto_created or getattr(field, "primary_key", False)
    }


AREAS_WITH_TABLES = [area for area in settings.AREAS if fields_of(area)]


@pytest.mark.parametrize("area", AREAS_WITH_TABLES)
def test_every_field_has_a_privacy_class(area: str) -> None:
    name = f"tallman.server.{area}.privacy"
    assert find_spec(name), f"write {name} with its FIELDS"
    classes = import_module(name).FIELDS
    assert set(classes) == fields_of(area)
    assert all(isinstance(c, Privacy) for c in classes.values())


def test_some_area_has_tables() -> None:
    assert {"accounts", "audit"} <= set(AREAS_WITH_TABLES)


def test_what_opens_doors_is_secret() -> None:
    classes = import_module("tallman.server.accounts.privacy").FIELDS
    secrets = {name for name, c in classes.items() if c is Privacy.SECRET}
    assert secrets == {"User.password", "ApiToken.token_hash"}
