"""Addresses of the start page, the page about the knowledge and the health endpoint."""

from __future__ import annotations

from django.urls import path

from tallman.server.web import knowledge_views, views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.healthz, name="healthz"),
    path("knowledge/", knowledge_views.knowledge, name="knowledge"),
    path("knowledge/quality/", knowledge_views.quality, name="quality"),
]
