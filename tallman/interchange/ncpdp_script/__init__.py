"""NCPDP SCRIPT: prescriptions as prescribing systems send them, and the answers they get.

The element names are those of 2017071 and 2023011, which both use; the flatter shapes of 10.6 and of careless
senders are read where that is unambiguous. Source: public knowledge of the standard; its schemas and guide are
NCPDP's and no part of Tallman.
"""
