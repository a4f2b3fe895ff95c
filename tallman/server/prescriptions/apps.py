"""Prescriptions are screened again when the record of their patient changes; what was entered for another medicine is
told to those who keep the list of look-alikes."""

from __future__ import annotations

from django.apps import AppConfig


class PrescriptionsConfig(AppConfig):
    name = "tallman.server.prescriptions"

    def ready(self) -> None:
        from tallman.server.medicines.mixups import SOURCES
        from tallman.server.patients.actions import AFTER_CHANGE
        from tallman.server.prescriptions.mispicks import mispicks
        from tallman.server.prescriptions.waiting import rescreen_waiting

        if rescreen_waiting not in AFTER_CHANGE:
            AFTER_CHANGE.append(rescreen_waiting)
        if mispicks not in SOURCES:
            SOURCES.append(mispicks)
