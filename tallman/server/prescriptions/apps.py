"""Prescriptions are screened again when the record of their patient changes."""

from __future__ import annotations

from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    name = "tallman.server.prescriptions"

    def ready(self) -> None:
        from tallman.server.patients.actions import AFTER_CHANGE
        from tallman.server.prescriptions.waiting import rescreen_waiting

        if rescreen_waiting not in AFTER_CHANGE:
            AFTER_CHANGE.append(rescreen_waiting)
