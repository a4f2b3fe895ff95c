"""What the scanner catches is told to those who keep the list of look-alikes."""

from __future__ import annotations

from django.apps import AppConfig


class DispensingConfig(AppConfig):
    name = "tallman.server.dispensing"

    def ready(self) -> None:
        from tallman.server.dispensing.near_misses import near_misses
        from tallman.server.medicines.mixups import SOURCES

        if near_misses not in SOURCES:
            SOURCES.append(near_misses)
