"""The page about the knowledge in use: its version, who answers for it, how far it reaches."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallman.core.knowledge import Knowledge
from tallman.knowledge.choice import chosen
from tallman.knowledge.coverage import Count, coverage
from tallman.knowledge.importers.rxnorm import ATTRIBUTION
from tallman.knowledge.load import snapshot_folder
from tallman.knowledge.measured import measured
from tallman.knowledge.signed import signed
from tallman.server import knowledge_in_use
from tallman.server.web import clock
from tallman.server.web.access import require_login

__all__ = ["about", "knowledge", "quality"]


@require_login
@require_safe
def knowledge(request: HttpRequest) -> HttpResponse:
    """What the checks rest on, and whether something newer could not be used."""
    subjects = [(name, list(counts)) for name, counts in _counted(knowledge_in_use.current(), clock.today())]
    return render(request, "web/knowledge.html", {"subjects": subjects, "is_chosen": bool(chosen(snapshot_folder()))})


@require_login
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    """How much harm the checks find and how often they interrupt for nothing, as last measured."""
    return render(request, "web/quality.html", {"measured": measured()})


def about() -> dict[str, Any]:
    """What every page says of the knowledge: the version, how much of it is signed, what was refused."""
    held = knowledge_in_use.current()
    return {
        "version": held.version,
        "sha256": held.sha256,
        "releases": held.releases,
        "attribution": ATTRIBUTION if any(r.startswith("rxnorm") for r in held.releases) else "",
        "signed": signed(held),
        "refused": knowledge_in_use.refused(),
    }


@lru_cache(maxsize=1)
def _counted(held: Knowledge, on: date) -> list[tuple[str, list[Count]]]:
    return [(name, list(counts)) for name, counts in groupby(coverage(held, on), key=lambda c: c.subject)]
