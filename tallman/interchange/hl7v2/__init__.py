"""HL7 v2: admissions, transfers and discharges (ADT) as messages of 2.3 to 2.8 carry them."""
