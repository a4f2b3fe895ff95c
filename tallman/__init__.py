"""Tallman: an open-source pharmacy system built around the pharmacy technician."""

__version__ = "0.1.0"
