"""Addresses of the stock pages."""

from __future__ import annotations

from django.urls import path

from tallman.server.inventory import views

app_name = "inventory"
urlpatterns = [
    path("stock/", views.stock, name="stock"),
    path("stock/new/", views.new, name="new"),
    path("stock/<int:pk>/", views.item, name="item"),
    path("stock/lots/<int:pk>/<slug:deed>/", views.lot, name="lot"),
]
