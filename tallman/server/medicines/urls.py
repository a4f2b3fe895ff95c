"""Addresses of medicines, of the names a pharmacy keeps, and of its lists."""

from __future__ import annotations

from django.urls import path

from tallman.server.medicines import name_views, pair_views, views

app_name = "medicines"
urlpatterns = [
    path("medicines/", views.search, name="search"),
    path("medicines/pairs/", pair_views.pairs, name="pairs"),
    path("medicines/pairs/accept", pair_views.accept, name="accept"),
    path("medicines/pairs/dismiss", pair_views.dismiss, name="dismiss"),
    path("medicines/pairs/<int:pk>/", pair_views.retire, {"kind": "pairs"}, name="pair"),
    path("medicines/names/", name_views.names, name="names"),
    path("medicines/names/<int:pk>/", pair_views.retire, {"kind": "names"}, name="name"),
    path("medicines/lists/import/", name_views.import_list, name="import"),
    path("medicines/lists/retire", pair_views.retire_list, name="retire-list"),
    path("medicines/<str:ref>/", views.medicine, name="medicine"),
]
