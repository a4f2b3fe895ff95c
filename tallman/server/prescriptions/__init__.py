"""Prescriptions: received, entered, screened, reviewed; findings, concerns and holds."""
