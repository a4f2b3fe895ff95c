"""Addresses of a prescription's pages: all by Rx number."""

from __future__ import annotations

from django.urls import path

from tallman.server.prescriptions import (
    concern_views,
    entry_views,
    hold_views,
    new_views,
    patient_views,
    prescriber_views,
    record_views,
    review_views,
)

app_name = "prescriptions"
urlpatterns = [
    path("patients/<int:pk>/prescriptions/", patient_views.of_patient, name="of-patient"),
    path("concerns/", concern_views.concerns, name="concerns"),
    path("concerns/<int:pk>/", concern_views.concern, name="concern"),
    path("prescribers/", prescriber_views.prescribers, name="prescribers"),
    path("prescribers/new/", prescriber_views.new, name="prescriber-new"),
    path("prescribers/<int:pk>/", prescriber_views.prescriber, name="prescriber"),
    path("prescribers/<int:pk>/edit/", prescriber_views.edit, name="prescriber-edit"),
    path("records/", record_views.records, name="records"),
    path("rx/new/", new_views.new, name="new"),
    path("rx/<str:rx_number>/entry/", entry_views.entry, name="entry"),
    path("rx/<str:rx_number>/entry/live", entry_views.live, name="entry-live"),
    path("rx/<str:rx_number>/entry/replaces", entry_views.replaces, name="entry-replaces"),
    path("rx/<str:rx_number>/entry/find/<slug:name>", entry_views.choices, name="entry-choices"),
    path("rx/<str:rx_number>/entry/products", entry_views.products, name="entry-products"),
    path("rx/<str:rx_number>/entry/patient", entry_views.add_patient, name="entry-add-patient"),
    path("rx/<str:rx_number>/entry/prescriber", entry_views.add_prescriber, name="entry-add-prescriber"),
    path("rx/<str:rx_number>/entry/allergies", entry_views.add_allergies, name="entry-allergies"),
    path("rx/<str:rx_number>/", review_views.show, name="show"),
    path("rx/<str:rx_number>/review/", review_views.review, name="review"),
    path("rx/<str:rx_number>/findings/<int:pk>/decide", review_views.decide, name="decide"),
    path("rx/<str:rx_number>/approve", review_views.approve, name="approve"),
    path("rx/<str:rx_number>/send-back", review_views.send_back, name="send-back"),
    path("rx/<str:rx_number>/concern", concern_views.raise_concern, name="raise-concern"),
    path("rx/<str:rx_number>/hold", hold_views.hold, name="hold"),
    path("rx/<str:rx_number>/resume", hold_views.resume, name="resume"),
    path("rx/<str:rx_number>/promise", hold_views.promise, name="promise"),
    path("rx/<str:rx_number>/cancel", hold_views.cancel, name="cancel"),
    path("rx/<str:rx_number>/next", hold_views.next_one, name="next"),
]
