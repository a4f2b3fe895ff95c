"""Addresses of the start page and the health endpoint."""

from __future__ import annotations

from django.urls import path

from tallman.server.web import views

app_name = "web"
urlpatterns = [path("", views.home, name="home"), path("healthz", views.healthz, name="healthz")]
