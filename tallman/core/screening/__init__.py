"""Screening: every check a sharp technician and a tireless pharmacist would make."""
