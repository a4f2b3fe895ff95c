"""What segments and fields of HL7 v2 are called on the page of a message, in our own words."""

from __future__ import annotations

__all__ = ["FIELDS", "SEGMENTS"]

SEGMENTS = {
    "MSH": "Header", "EVN": "Event", "PID": "Patient", "PD1": "Patient, more", "PV1": "Visit", "PV2": "Visit, more",
    "AL1": "Allergy", "IAM": "Allergy", "DG1": "Diagnosis", "OBX": "Observation", "NK1": "Next of kin",
    "MRG": "Merged record", "IN1": "Insurance", "GT1": "Guarantor", "NTE": "Note", "PR1": "Procedure",
}  # fmt: skip
FIELDS = {
    "MSH": {
        3: "From", 4: "From the house", 5: "To", 6: "To the house", 7: "Sent", 9: "Kind", 10: "Id",
        11: "For use or test", 12: "Version", 18: "Character set",
    },
    "EVN": {1: "Kind", 2: "Entered", 4: "Reason", 5: "By", 6: "Happened"},
    "PID": {
        2: "Number", 3: "Number", 4: "Number", 5: "Name", 7: "Born", 8: "Sex", 11: "Address", 13: "Phone at home",
        14: "Phone at work", 15: "Language", 18: "Account", 19: "Social security", 29: "Died", 30: "Has died",
    },
    "PV1": {
        2: "Class", 3: "Place", 6: "Place before", 7: "Attending", 8: "Referring", 9: "Consulting", 10: "Service",
        14: "Came from", 17: "Admitting", 18: "Kind of patient", 19: "Visit number", 36: "Went to", 44: "Admitted",
        45: "Discharged", 50: "Other visit number",
    },
    "PV2": {3: "Reason", 8: "Expected", 9: "Discharge expected"},
    "AL1": {2: "Kind", 3: "To", 4: "Severity", 5: "Reaction", 6: "Since"},
    "IAM": {2: "Kind", 3: "To", 4: "Severity", 5: "Reaction", 6: "Action", 11: "Since", 17: "Status"},
    "DG1": {2: "Code system", 3: "Code", 4: "Words", 5: "Since", 6: "Kind"},
    "OBX": {2: "Type", 3: "Of", 5: "Value", 6: "Unit", 11: "Status", 14: "Measured"},
    "MRG": {1: "Number before", 3: "Account before", 5: "Visit before", 7: "Name before"},
}  # fmt: skip
"""By segment and number; the others are called by their number."""
