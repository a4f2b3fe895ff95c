"""Reminders as a calendar that any telephone opens (RFC 5545)."""
