"""Addresses of the patient pages."""

from __future__ import annotations

from django.urls import path

from tallman.server.patients import views

app_name = "patients"
urlpatterns = [
    path("patients/", views.patients, name="list"),
    path("patients/new/", views.new, name="new"),
    path("patients/<int:pk>/", views.patient, name="patient"),
    path("patients/<int:pk>/edit/", views.edit, name="edit"),
    path("patients/<int:pk>/no-known-allergies", views.no_known_allergies, name="no-known-allergies"),
    path("patients/<int:pk>/not/<int:other>", views.tell_apart, name="tell-apart"),
    path("patients/<int:pk>/<slug:kind>/new/", views.add_fact, name="add-fact"),
    path("patients/<int:pk>/<slug:kind>/<int:fact>/end", views.end_fact, name="end-fact"),
]
