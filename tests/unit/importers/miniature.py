"""A faithful miniature of an RxNorm release.

Codes, names and strengths are RxNorm's (prescribable content of 2025-10-06); the rows around them are those that a real
release has beside them: other vocabularies, synonyms, both directions of a relation, obsolete and suppressed names.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.knowledge.rrf import attribute, name, relation

__all__ = ["rows"]

NAMES = """
    6918 IN metoprolol
    203191 PIN metoprolol tartrate
    221124 PIN metoprolol succinate
    6851 IN methotrexate
    7052 IN morphine
    30236 PIN morphine sulfate
    1442132 IN macitentan
    358263 IN tadalafil
    4124 IN ethinyl estradiol
    7518 IN norgestrel
    748794 IN inert ingredients
    1442138 BN Opsumit
    2677770 BN Opsynvi
    317541 DF Oral Tablet
    316968 DF Oral Solution
    316945 DF Extended Release Oral Tablet
    1649570 DF Auto-Injector
"""
# Component, its ingredient, its salt.
COMPONENTS = """
    316896 6918 203191 metoprolol tartrate 25 MG
    2712146 6918 203191 metoprolol tartrate 10 MG/ML
    866435 6918 221124 metoprolol succinate 50 MG
    1441406 6851 - methotrexate 25 MG/ML
    330555 7052 30236 morphine sulfate 15 MG
    1442133 1442132 - macitentan 10 MG
    316737 358263 - tadalafil 20 MG
    332480 4124 - ethinyl estradiol 0.03 MG
    331550 7518 - norgestrel 0.3 MG
    748795 748794 - inert ingredients 1 MG
"""
# Drug, its components, its form.
DRUGS = """
    866924 316896 317541 metoprolol tartrate 25 MG Oral Tablet
    2712147 2712146 316968 metoprolol tartrate 10 MG/ML Oral Solution
    866436 866435 316945 24 HR metoprolol succinate 50 MG Extended Release Oral Tablet
    1441402 1441406 1649570 0.4 ML methotrexate 25 MG/ML Auto-Injector
    892589 330555 317541 morphine sulfate 15 MG Oral Tablet
    1442137 1442133 317541 macitentan 10 MG Oral Tablet
    2677765 316737,1442133 317541 macitentan 10 MG / tadalafil 20 MG Oral Tablet
    240707 332480,331550 317541 ethinyl estradiol 0.03 MG / norgestrel 0.3 MG Oral Tablet
    748797 748795 317541 inert ingredients 1 MG Oral Tablet
"""
# Branded drug, the drug it is a brand of, its form, its brand name.
BRANDED = """
    1442143 1442137 317541 1442138 macitentan 10 MG Oral Tablet [Opsumit]
    2677771 2677765 317541 2677770 macitentan 10 MG / tadalafil 20 MG Oral Tablet [Opsynvi]
"""
_CYCLE = (
    "{21 (ethinyl estradiol 0.03 MG / norgestrel 0.3 MG Oral Tablet) / 7 (inert ingredients 1 MG Oral Tablet) } Pack"
)
PACKS = [("748856", "GPCK", _CYCLE), ("751870", "BPCK", f"{_CYCLE} [Cryselle 28 Day]")]
NDCS = """
    1442143 66215050130
    1442143 66215050115
    866924 00378003210
    1441402 54436001204
    751870 00555904958
"""
BESIDE = [
    name("6918", "SY", "metoprolol base"),
    name("1442132", "SY", "ACT-064992"),
    name("6918", "FN", "Metoprolol (substance)", sab="SNOMEDCT_US"),
    name("1442137", "DP", "Opsumit 10 MILLIGRAM In 1 TABLET", sab="MTHSPL"),
    name("866924", "PSN", "metoprolol tartrate 25 MG Oral Tablet"),
    name("105000", "SCD", "metoprolol 25 MG Oral Tablet", suppress="O"),
    name("105001", "SCDC", "metoprolol 25 MG", suppress="E"),
]
RELATED_BESIDE = [
    relation("105000", "has_dose_form", "317541"),
    relation("866924", "consists_of", "331550", suppress="O"),
    relation("866924", "consists_of", "331550", sab="SNOMEDCT_US"),
]
ATTRIBUTES_BESIDE = [
    attribute("1442143", "NDC", "66215-501-30", sab="MTHSPL"),
    attribute("866924", "NDC", "00000000000", suppress="O"),
    attribute("105000", "NDC", "00378003299"),
    attribute("866436", "RXN_QUANTITY", "24 HR"),
    attribute("892589", "DCSA", "CII", sab="MTHSPL"),
    attribute("1442143", "SPL_SET_ID", "2917c8d8", sab="MTHSPL"),
    attribute("866924", "RXN_HUMAN_DRUG", "US"),
]


def rows() -> tuple[list[str], list[str], list[str]]:
    """The rows of RXNCONSO, RXNREL and RXNSAT."""
    names = [name(*row) for row in _table(NAMES, 3)] + [name(*pack) for pack in PACKS]
    names += [name(code, "SCDC", text) for code, _, _, text in _table(COMPONENTS, 4)]
    names += [name(code, "SCD", text) for code, _, _, text in _table(DRUGS, 4)]
    names += [name(code, "SBD", text) for code, _, _, _, text in _table(BRANDED, 5)]
    relations = [row for of, rela, to in _related() for row in (relation(of, rela, to), relation(to, "inverse", of))]
    attributes = [attribute(code, "NDC", ndc) for code, ndc in _table(NDCS, 2)]
    return names + BESIDE, relations + RELATED_BESIDE, attributes + ATTRIBUTES_BESIDE


def _related() -> Iterator[tuple[str, str, str]]:
    for code, ingredient, salt, _ in _table(COMPONENTS, 4):
        yield code, "has_ingredient", ingredient
        if salt != "-":
            yield code, "has_precise_ingredient", salt
            yield salt, "form_of", ingredient
    for code, parts, form, _ in _table(DRUGS, 4):
        yield from ((code, "consists_of", part) for part in parts.split(","))
        yield code, "has_dose_form", form
    for code, of, form, brand, _ in _table(BRANDED, 5):
        yield from ((code, "tradename_of", of), (code, "has_dose_form", form), (code, "has_ingredient", brand))
    for code, _, _ in PACKS:
        yield from ((code, "contains", drug) for drug in ("240707", "748797"))


def _table(text: str, columns: int) -> Iterator[list[str]]:
    return (line.split(maxsplit=columns - 1) for line in text.strip().splitlines())
