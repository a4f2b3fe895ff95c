"""Addresses of the stays."""

from __future__ import annotations

from django.urls import path

from tallman.server.reconciliation import decision_views, history_views

app_name = "reconciliation"
urlpatterns = [
    path("stays/<int:pk>/decisions/", decision_views.decisions, name="decisions"),
    path("stays/<int:pk>/discharge/", decision_views.discharge, name="discharge"),
    path("stays/<int:pk>/<slug:stage>/sign", decision_views.sign, name="sign"),
    path("stays/<int:pk>/<slug:stage>/<slug:key>/decide", decision_views.decide, name="decide"),
    path("stays/<int:pk>/decisions/<int:decision>/withdraw", decision_views.withdraw, name="withdraw"),
    path("stays/<int:pk>/history/", history_views.history, name="history"),
    path("stays/<int:pk>/history/answer", history_views.answer, name="answer"),
    path("stays/<int:pk>/history/add", history_views.add, name="add-history"),
    path("stays/<int:pk>/history/<int:line>/take-back", history_views.take_back, name="take-back"),
    path("stays/<int:pk>/history/complete", history_views.complete, name="complete-history"),
    path("stays/<int:pk>/history/reopen", history_views.reopen, name="reopen-history"),
]
