"""Addresses of the accounts pages."""

from __future__ import annotations

from django.urls import path

from tallman.server.accounts import people, views

app_name = "accounts"
urlpatterns = [
    path("login", views.log_in, name="login"),
    path("logout", views.log_out, name="logout"),
    path("switch", views.switch, name="switch"),
    path("lock", views.lock, name="lock"),
    path("here", views.here, name="here"),
    path("password", views.own_password, name="own-password"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/password", people.password, name="password"),
    path("tokens/", people.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke", people.revoke, name="revoke-token"),
    path("unlock", views.unlock, name="unlock"),
]
