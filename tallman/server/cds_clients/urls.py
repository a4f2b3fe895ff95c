"""Addresses of the page on which the systems that may ask are kept."""

from __future__ import annotations

from django.urls import path

from tallman.server.cds_clients import views

app_name = "cds_clients"
urlpatterns = [
    path("cds-clients/", views.clients, name="clients"),
    path("cds-clients/<int:pk>/", views.client, name="client"),
    path("cds-clients/<int:pk>/change", views.change, name="change"),
    path("cds-clients/<int:pk>/keys", views.keys, name="keys"),
    path("cds-clients/<int:pk>/switch", views.switch, name="switch"),
]
