"""Every action function is keyword-only and writes its audit event in its own transaction."""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType

import pytest
from django.conf import settings

# What is not a deed: noting that a token was used leaves its event where the machine does something.
WITHOUT_EVENT = {"tallman.server.accounts.actions.note_use"}


def modules() -> list[str]:
    names = [f"tallman.server.{area}.actions" for area in settings.AREAS if area != "audit"]
    return [name for name in names if find_spec(name)]


def actions() -> list[tuple[str, FunctionType]]:
    """Every public function of every actions module, or of the modules of an actions package."""
    found = []
    for name in modules():
        module = import_module(name)
        for attribute in module.__all__:
            value = inspect.unwrap(getattr(module, attribute))
            if isinstance(value, FunctionType):
                found.append((f"{name}.{attribute}", value))
    return found


def calls(function: FunctionType) -> set[str]:
    """Names called in the function's own text."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(function)))
    called = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    return {c.id if isinstance(c, ast.Name) else getattr(c, "attr", "") for c in called}


def reaches_record(function: FunctionType, seen: frozenset[str] = frozenset()) -> bool:
    """Whether the function, or one among the actions that it calls, calls `record`."""
    called = calls(function)
    if "record" in called:
        return True
    siblings = {name: inspect.unwrap(function.__globals__[name]) for name in called if name in function.__globals__}
    return any(
        reaches_record(sibling, seen | {name})
        for name, sibling in siblings.items()
        if name not in seen and isinstance(sibling, FunctionType) and "actions" in sibling.__module__.split(".")
    )


ACTIONS = actions()


@pytest.mark.parametrize("name, function", ACTIONS, ids=[name for name, _ in ACTIONS])
def test_an_action_takes_names_only_and_leaves_an_event(name: str, function: FunctionType) -> None:
    kinds = {p.kind for p in inspect.signature(function).parameters.values()}
    assert kinds <= {inspect.Parameter.KEYWORD_ONLY}, "actions are called by name: def fill(*, fill, scans, by)"
    if name not in WITHOUT_EVENT:
        assert reaches_record(function), "an action appends its audit event"
        assert "transaction.atomic" in inspect.getsource(function), (
            "the event stands or falls with the deed: @transaction.atomic"
        )


def test_there_are_actions() -> None:
    assert {n for n, _ in ACTIONS} >= {"tallman.server.accounts.actions.add_person", *WITHOUT_EVENT}
    assert Path(inspect.getfile(ACTIONS[0][1])).name == "actions.py"
