"""CDS Hooks 2.0: what another system asks while somebody prescribes, and the cards it is answered with."""
