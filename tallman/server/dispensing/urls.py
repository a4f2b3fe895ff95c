"""Addresses of the queue and of the steps of a fill."""

from __future__ import annotations

from django.urls import path

from tallman.server.dispensing import label_views, queue

app_name = "dispensing"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("rx/<str:rx_number>/label.pdf", label_views.label, name="label"),
]
