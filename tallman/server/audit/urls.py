"""Address of the record."""

from __future__ import annotations

from django.urls import path

from tallman.server.audit import views

app_name = "audit"
urlpatterns = [path("audit/", views.log, name="log")]
