"""Medicines can be found in a version of the knowledge before it is taken up."""

from __future__ import annotations

from django.apps import AppConfig


class MedicinesConfig(AppConfig):
    name = "tallman.server.medicines"

    def ready(self) -> None:
        from tallman.server.knowledge_in_use import PREPARE
        from tallman.server.medicines.confusion import prepare

        if prepare not in PREPARE:
            PREPARE.append(prepare)
