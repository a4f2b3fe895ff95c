"""The papers of a discharge, each recorded as it is handed out."""

from __future__ import annotations

from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tallman.documents.letter import letter_pdf
from tallman.documents.patient_list import patient_list_pdf
from tallman.documents.sheet import UnprintableText
from tallman.interchange.fhir.discharge_out import discharge_document
from tallman.server.reconciliation import actions
from tallman.server.reconciliation.pages import find
from tallman.server.reconciliation.papers import papers_of
from tallman.server.refusal import refuse
from tallman.server.web import clock
from tallman.server.web.access import require
from tallman.server.web.answers import answered

__all__ = ["document", "letter", "patient_list"]


@require("gather-history")
@require_safe
@answered
def patient_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient's list, a draft until it is signed. `?language=` is en or es, the patient's own unless said;
    `?large=1` is for weak eyes."""
    stay = find(pk)
    papers = papers_of(stay)
    language = _language(request.GET.get("language") or stay.encounter.patient.language)
    is_large = request.GET.get("large") == "1"
    try:
        made = patient_list_pdf(papers.discharge, language=language, is_large=is_large)
    except UnprintableText as error:
        raise refuse("unprintable", f"{error} Write it with other letters.") from error
    told = {"language": language, "large": is_large, "draft": bool(papers.unsettled)}
    actions.hand_out(encounter=stay.encounter, paper="patient-list", told=told, by=request.user)
    return _file(made, "application/pdf", "medicine-list.pdf")


@require("gather-history")
@require_safe
@answered
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter to the next pharmacy and prescriber. Refused until the discharge is signed as it stands."""
    stay = find(pk)
    papers = papers_of(stay)
    if papers.unsettled:
        raise refuse("unsettled", f"There is no letter yet: {papers.unsettled}")
    try:
        made = letter_pdf(papers.discharge)
    except UnprintableText as error:
        raise refuse("unprintable", f"{error} Write it with other letters.") from error
    actions.hand_out(encounter=stay.encounter, paper="letter", told={}, by=request.user)
    return _file(made, "application/pdf", "discharge-letter.pdf")


@require("gather-history")
@require_safe
@answered
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The discharge as a FHIR document. Refused until it is signed as it stands."""
    stay = find(pk)
    papers = papers_of(stay)
    if papers.unsettled:
        raise refuse("unsettled", f"There is no document yet: {papers.unsettled}")
    id = uuid4()
    made = discharge_document(papers.discharge, id=id, written=clock.now())
    actions.hand_out(encounter=stay.encounter, paper="document", told={"id": str(id)}, by=request.user)
    return _file(made, "application/fhir+json", "discharge.json")


def _language(said: str) -> str:
    """Of the two that the list is made in: by a tag ("es-MX") or a name ("Spanish")."""
    return "es" if said.strip().lower().startswith(("es", "spa")) else "en"


def _file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'inline; filename="{name}"'})
