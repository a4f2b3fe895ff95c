"""The systems that may ask over CDS Hooks: known by the keys they sign with."""
