"""Addresses of the stays."""

from __future__ import annotations

from django.urls import path

from tallman.server.reconciliation import history_views

app_name = "reconciliation"
urlpatterns = [
    path("stays/<int:pk>/history/", history_views.history, name="history"),
    path("stays/<int:pk>/history/answer", history_views.answer, name="answer"),
    path("stays/<int:pk>/history/add", history_views.add, name="add-history"),
    path("stays/<int:pk>/history/<int:line>/take-back", history_views.take_back, name="take-back"),
    path("stays/<int:pk>/history/complete", history_views.complete, name="complete-history"),
    path("stays/<int:pk>/history/reopen", history_views.reopen, name="reopen-history"),
]
