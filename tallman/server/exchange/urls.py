"""Addresses of the exchange: for machines, and for the people who look after what they send."""

from __future__ import annotations

from django.urls import path

from tallman.server.exchange import api, cds_api, lists_api, views

app_name = "exchange"
urlpatterns = [
    path("exchange/script", api.script, name="script"),
    path("exchange/hl7v2", api.hl7v2, name="hl7v2"),
    path("exchange/stays/lists", lists_api.lists, name="stay-lists"),
    path("fhir/r4", api.fhir, name="fhir"),
    path("fhir/r4/MedicationRequest", api.fhir_medication_request, name="fhir-medication-request"),
    path("fhir/r4/Encounter", api.fhir_encounter, name="fhir-encounter"),
    path("cds-services", cds_api.discovery, name="cds-services"),
    path("cds-services/<str:id>", cds_api.service, name="cds-service"),
    path("cds-services/<str:id>/feedback", cds_api.feedback, name="cds-feedback"),
    path("exceptions/", views.exceptions, name="exceptions"),
    path("exceptions/<int:pk>/read", views.read_again, name="read-again"),
    path("exceptions/<int:pk>/set-aside", views.set_aside, name="set-aside"),
    path("exceptions/<int:pk>/who", views.say_who, name="say-who"),
    path("messages/<int:pk>/", views.message, name="message"),
    path("messages/<int:pk>/content", views.content, name="content"),
    path("rx/<str:rx_number>/original/", views.original, name="original"),
]
