"""Addresses of the queue and of the steps of a fill."""

from __future__ import annotations

from django.urls import path

from tallman.server.dispensing import chart_views, check_views, fill_views, give_views, label_views, queue

app_name = "dispensing"
urlpatterns = [
    path("queue/", queue.queue, name="queue"),
    path("rx/<str:rx_number>/fill/", fill_views.fill, name="fill"),
    path("rx/<str:rx_number>/fill/scan", fill_views.scan, name="scan"),
    path("rx/<str:rx_number>/verify/", check_views.verify, name="verify"),
    path("rx/<str:rx_number>/verify/reject", check_views.reject, name="reject"),
    path("rx/<str:rx_number>/shelve/", check_views.shelve, name="shelve"),
    path("rx/<str:rx_number>/hand-over/", give_views.hand_over, name="hand-over"),
    path("rx/<str:rx_number>/owed/", give_views.owed, name="owed"),
    path("rx/<str:rx_number>/return/", give_views.return_to_stock, name="return"),
    path("rx/<str:rx_number>/label.pdf", label_views.label, name="label"),
    path("patients/<int:pk>/chart.pdf", chart_views.chart, name="chart"),
    path("patients/<int:pk>/reminders.ics", chart_views.reminders, name="reminders"),
]
