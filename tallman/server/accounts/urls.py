"""Addresses of the accounts pages."""

from __future__ import annotations

from django.urls import path

from tallman.server.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
    path("switch", views.switch, name="switch"),
    path("lock", views.lock, name="lock"),
    path("here", views.here, name="here"),
    path("unlock", views.unlock, name="unlock"),
]
