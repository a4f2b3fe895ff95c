"""Reconciliation: at admission, transfer and discharge the lists are compared and every difference gets its reason."""
