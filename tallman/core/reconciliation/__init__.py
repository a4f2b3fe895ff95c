"""Reconciliation: lists of one person's medicines held beside each other, what matches, what differs and how likely
that was meant. A technician gathers and proposes; a pharmacist decides."""
