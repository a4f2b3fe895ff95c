"""FHIR R4: Bundles and prescriptions in, OperationOutcomes out."""
