"""Importers of public drug-data releases: RxNorm, the FDA's NDC directory and Drugs@FDA, the DailyMed mapping.

A reader takes a release as it is published and returns its facts, with a report of what it could not use. The facts
are kept in a store of their own (`store`), apart from what is authored; `tallman.knowledge.compile` joins the two.
"""
