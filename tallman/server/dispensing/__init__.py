"""Filling, checking and handing over."""
