"""Releases of RxNorm for tests: rows with the real column layouts, and a whole release made from the flattened one."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["attribute", "name", "relation", "write", "write_flattened"]


def name(rxcui: str, term: str, text: str, sab: str = "RXNORM", suppress: str = "N") -> str:
    """A row of RXNCONSO.RRF."""
    return f"{rxcui}|ENG||||||{rxcui}1|{rxcui}|{rxcui}||{sab}|{term}|{rxcui}|{text}||{suppress}|4096|"


def relation(of: str, rela: str, to: str, sab: str = "RXNORM", suppress: str = "") -> str:
    """A row of RXNREL.RRF: what `of` is to `to`; the first concept of the row is `to`."""
    return f"{to}||CUI|RO|{of}||CUI|{rela}|{of}{to}||{sab}|{sab}|||{suppress}|4096|"


def attribute(rxcui: str, atn: str, value: str, sab: str = "RXNORM", suppress: str = "N") -> str:
    """A row of RXNSAT.RRF."""
    return f"{rxcui}|||{rxcui}1|AUI|{rxcui}|||{atn}|{sab}|{value}|{suppress}|4096|"


def write(folder: Path, names: Iterable[str], relations: Iterable[str], attributes: Iterable[str]) -> Path:
    """The three files in `folder`/rrf, with the readme that bears the date; the folder."""
    (folder / "rrf").mkdir(parents=True)
    (folder / "Readme_Full_Prescribe_10062025.txt").write_text("October 06, 2025\n")
    for file, rows in (("RXNCONSO", names), ("RXNREL", relations), ("RXNSAT", attributes)):
        with (folder / "rrf" / f"{file}.RRF").open("w", encoding="utf-8", newline="") as out:
            out.writelines(f"{row}\n" for row in rows)
    return folder


_INVERSE = {
    "consists_of": "constitutes", "has_ingredient": "ingredient_of", "tradename_of": "has_tradename",
    "contains": "contained_in", "has_dose_form": "dose_form_of", "has_precise_ingredient": "precise_ingredient_of",
    "form_of": "has_form",
}  # fmt: skip
_FORM = re.compile(r"^(?:.*\s)?[\d.]+ \S+ (?:a 1-U )?(.*)$")


def write_flattened(source: Path, folder: Path) -> Path:
    """The flattened release in `source` written back as RRF, dose forms taken from the names of the drugs."""
    concepts = {row["rxcui"]: row for row in _csv(source / "concepts.csv")}
    forms = _forms(concepts)
    codes = {form: str(9_000_000 + n) for n, form in enumerate(sorted(set(forms.values())))}
    relations = [
        *_relations(source, concepts),
        *((rxcui, "has_dose_form", codes[form]) for rxcui, form in forms.items()),
    ]
    return write(
        folder,
        [name(c["rxcui"], c["tty"], c["name"]) for c in concepts.values()]
        + [name(c, "DF", f) for f, c in codes.items()],
        (row for of, rela, to in relations for row in (relation(of, rela, to), relation(to, _INVERSE[rela], of))),
        (attribute(row["rxcui"], "NDC", row["ndc11"]) for row in _csv(source / "ndc11.csv")),
    )


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _forms(concepts: dict[str, dict[str, str]]) -> dict[str, str]:
    drugs = {rxcui: re.sub(r" \[[^]]*]$", "", c["name"]) for rxcui, c in concepts.items() if c["tty"] in ("SCD", "SBD")}
    return {rxcui: match[1] for rxcui, text in drugs.items() if (match := _FORM.match(text))}


def _relations(source: Path, concepts: dict[str, dict[str, str]]) -> Iterator[tuple[str, str, str]]:
    """The relations by the names RxNorm gives them; a salt is tied to the ingredient its components share with it."""
    bases: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"IN": set(), "PIN": set()})
    for row in _csv(source / "relations.csv"):
        of, rela, to = row["rxcui1"], row["rela"], row["rxcui2"]
        if rela == "has_brand":
            yield of, "has_ingredient", to
        elif rela == "has_ingredient" and concepts[to]["tty"] == "PIN":
            yield of, "has_precise_ingredient", to
        elif rela != "has_ingredient" or concepts[to]["tty"] == "IN":
            yield of, rela, to
        if rela == "has_ingredient" and concepts[to]["tty"] in ("IN", "PIN"):
            bases[of][concepts[to]["tty"]].add(to)
    pairs = {(salt, base) for found in bases.values() for salt in found["PIN"] for base in found["IN"]}
    yield from ((salt, "form_of", base) for salt, base in sorted(pairs))
