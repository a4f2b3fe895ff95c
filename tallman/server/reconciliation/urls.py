"""Addresses of the stays: the worklist, and the pages of one stay."""

from __future__ import annotations

from django.urls import path

from tallman.server.reconciliation import (
    decision_views,
    guide_views,
    history_views,
    lists_views,
    measures_views,
    papers_views,
    stay_views,
    worklist_views,
)

app_name = "reconciliation"
urlpatterns = [
    path("stays/", worklist_views.stays, name="worklist"),
    path("stays/measures/", measures_views.measures, name="measures"),
    path("stays/measures.csv", measures_views.measures_file, name="measures-file"),
    path("stays/new/", stay_views.new, name="new"),
    path("stays/new/<int:patient>/", stay_views.admit, name="admit"),
    path("stays/<int:pk>/edit/", stay_views.edit, name="edit"),
    path("stays/<int:pk>/edit/change", stay_views.change, name="change"),
    path("stays/<int:pk>/edit/plan-discharge", stay_views.plan_discharge, name="plan-discharge"),
    path("stays/<int:pk>/edit/leave", stay_views.leave, name="leave"),
    path("stays/<int:pk>/edit/cancel", stay_views.cancel, name="cancel"),
    path("stays/<int:pk>/lists/", lists_views.lists, name="lists"),
    path("stays/<int:pk>/lists/add/", lists_views.add, name="add-list"),
    path("stays/<int:pk>/lists/read", lists_views.read, name="read-list"),
    path("stays/<int:pk>/lists/upload", lists_views.upload, name="upload-list"),
    path("stays/<int:pk>/lists/<int:number>/withdraw", lists_views.withdraw, name="withdraw-list"),
    path("stays/<int:pk>/guide/", guide_views.guide, name="guide"),
    path("stays/<int:pk>/guide/none-known", guide_views.none_known, name="none-known"),
    path("stays/<int:pk>/guide/<slug:code>/answer", guide_views.answer, name="answer-probe"),
    path("stays/<int:pk>/guide/<slug:code>/tell", guide_views.tell, name="tell"),
    path("stays/<int:pk>/decisions/", decision_views.decisions, name="decisions"),
    path("stays/<int:pk>/discharge/", decision_views.discharge, name="discharge"),
    path("stays/<int:pk>/patient-list.pdf", papers_views.patient_list, name="patient-list"),
    path("stays/<int:pk>/letter.pdf", papers_views.letter, name="letter"),
    path("stays/<int:pk>/document.json", papers_views.document, name="document"),
    path("stays/<int:pk>/discharge/continue", decision_views.continue_unchanged, name="continue-unchanged"),
    path("stays/<int:pk>/<slug:stage>/agree", decision_views.agree, name="agree"),
    path("stays/<int:pk>/<slug:stage>/sign", decision_views.sign, name="sign"),
    path("stays/<int:pk>/<slug:stage>/<slug:key>/decide", decision_views.decide, name="decide"),
    path("stays/<int:pk>/<slug:stage>/<slug:key>/propose", decision_views.propose, name="propose"),
    path("stays/<int:pk>/decisions/<int:decision>/withdraw", decision_views.withdraw, name="withdraw"),
    path("stays/<int:pk>/history/", history_views.history, name="history"),
    path("stays/<int:pk>/history/answer", history_views.answer, name="answer"),
    path("stays/<int:pk>/history/add", history_views.add, name="add-history"),
    path("stays/<int:pk>/history/<int:line>/take-back", history_views.take_back, name="take-back"),
    path("stays/<int:pk>/history/complete", history_views.complete, name="complete-history"),
    path("stays/<int:pk>/history/reopen", history_views.reopen, name="reopen-history"),
]
