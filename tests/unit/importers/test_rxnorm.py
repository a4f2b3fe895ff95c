"""What is taken out of RxNorm's files, and what is said of the rest."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tallman.knowledge.importers import rxnorm
from tallman.knowledge.importers.facts import Drug, Pack, Part
from tallman.knowledge.importers.release import Release, UnusableRelease
from tests.knowledge.rrf import attribute, name, relation, write
from tests.unit.importers.miniature import rows

DRUGS = 11
"""What the miniature holds."""


def test_drugs_with_their_parts_forms_brands_and_sizes(release: Path) -> None:
    read = Release(release)
    facts = rxnorm.read(read)
    drugs = {d.rxcui: d for d in facts.drugs}
    assert drugs["866436"] == Drug(
        "866436", "24 HR metoprolol succinate 50 MG Extended Release Oral Tablet", (Part("6918", "221124", "50 MG"),),
        "Extended Release Oral Tablet", quantity="24 HR",
    )  # fmt: skip
    assert drugs["1442143"].brand == "Opsumit"
    assert [p.strength for p in drugs["2677771"].parts] == ["10 MG", "20 MG"], "in the order of the name"
    assert drugs["1441402"].quantity == "0.4 ML", "from the name where no attribute gives it"
    assert drugs["892589"].schedule == "CII"
    assert "105000" not in drugs
    assert read.report.problems == []


def test_packs_and_packages(release: Path) -> None:
    facts = rxnorm.read(Release(release))
    assert {p.rxcui: (p.brand, p.contents) for p in facts.packs} == {
        "748856": ("", ("240707", "748797")),
        "751870": ("Cryselle 28 Day", ("240707", "748797")),
    }
    assert isinstance(facts.packs[0], Pack)
    assert facts.ndcs["66215050130"] == "1442143"
    assert "00000000000" not in facts.ndcs
    assert "00378003299" not in facts.ndcs, "of an obsolete drug"


def test_salts_and_synonyms_belong_to_their_ingredient(release: Path) -> None:
    facts = rxnorm.read(Release(release))
    assert facts.salts["203191"] == ("metoprolol tartrate", "6918")
    assert facts.synonyms == {"6918": ("metoprolol base",), "1442132": ("ACT-064992",)}


def test_what_is_left_out_on_purpose_is_counted(release: Path) -> None:
    read = Release(release)
    rxnorm.read(read)
    counted = {(Path(file).stem, why): n for (file, why), n in read.report.left_out.items()}
    assert counted["RXNCONSO", "not of RxNorm's own vocabulary"] == 2
    assert counted["RXNCONSO", "obsolete or suppressed"] == 2
    assert counted["RXNREL", "of a concept that is left out"] == 1
    assert counted["RXNREL", "obsolete or suppressed"] == 1
    assert counted["RXNSAT", "obsolete or suppressed"] == 1


def test_the_day_is_in_the_names_of_the_release(release: Path) -> None:
    assert rxnorm.released(Release(release)) == date(2025, 10, 6)


@pytest.mark.parametrize(
    "bad, what",
    [
        ("1234|ENG|", "2 fields instead of 18"),
        (name("1234", "IN", "nothing").removesuffix("|"), "17 fields instead of 18, and no pipe at its end"),
        (name("", "IN", "nothing"), "a name without a concept"),
        (name("7777", "IN", ""), "a concept without a name"),
    ],
)
def test_a_malformed_name_is_told_by_its_line(tmp_path: Path, bad: str, what: str) -> None:
    names, relations, attributes = rows()
    read = Release(write(tmp_path / "r", [names[0], bad, *names[1:]], relations, attributes))
    facts = rxnorm.read(read)
    (problem,) = read.report.problems
    assert (problem.file, problem.line) == ("rrf/RXNCONSO.RRF", 2)
    assert what in problem.what
    assert len(facts.drugs) == DRUGS, "the rest is read"


def test_bytes_that_are_no_text_are_told_and_the_rest_is_read(release: Path) -> None:
    file = release / "rrf" / "RXNCONSO.RRF"
    file.write_bytes(file.read_bytes() + name("9999", "IN", "caf?").encode().replace(b"?", b"\xe9") + b"\n")
    read = Release(release)
    assert len(rxnorm.read(read).drugs) == DRUGS
    assert [p.what for p in read.report.problems] == ["not written in UTF-8"]


def test_a_bad_relation_and_a_bad_ndc_are_told(tmp_path: Path) -> None:
    names, relations, attributes = rows()
    relations.append(relation("x", "consists_of", "316896"))
    attributes += [attribute("866924", "NDC", "12345"), attribute("866924", "NDC", "66215050130")]
    read = Release(write(tmp_path / "r", names, relations, attributes))
    facts = rxnorm.read(read)
    assert [p.what for p in read.report.problems] == [
        "consists_of between what is no concept: 'x' and '316896'",
        "'12345' is no NDC",
        "NDC 66215050130 is given to 866924 and to 1442143: the first is kept",
    ]
    assert facts.ndcs["66215050130"] == "1442143"


def test_a_drug_of_which_an_ingredient_is_missing_is_never_a_drug_of_the_others(tmp_path: Path) -> None:
    names, relations, attributes = rows()
    names = [n for n in names if not n.startswith("316737|")]
    read = Release(write(tmp_path / "r", names, relations, attributes))
    codes = {d.rxcui for d in rxnorm.read(read).drugs}
    assert codes.isdisjoint({"2677765", "2677771"})
    assert [p.what for p in read.report.problems] == [
        "2677765 macitentan 10 MG / tadalafil 20 MG Oral Tablet: "
        "not every ingredient is given with its strength: macitentan",
        "2677771 macitentan 10 MG / tadalafil 20 MG Oral Tablet [Opsynvi]: the drug it is a brand of is not given",
    ]
    line = names.index(name("2677765", "SCD", "macitentan 10 MG / tadalafil 20 MG Oral Tablet")) + 1
    assert read.report.problems[0].line == line


def test_a_drug_without_a_form_and_a_pack_without_a_part_are_told(tmp_path: Path) -> None:
    names, relations, attributes = rows()
    relations = [
        r for r in relations
        if r != relation("2712147", "has_dose_form", "316968") and r != relation("748856", "contains", "748797")
    ]  # fmt: skip
    read = Release(write(tmp_path / "r", names, relations, attributes))
    rxnorm.read(read)
    assert [p.what.partition(": ")[2] for p in read.report.problems] == [
        "its dose form is not given",
        "not all of its contents are given",
    ]


def test_what_is_made_for_animals_alone_is_left_out(tmp_path: Path) -> None:
    names, relations, attributes = rows()
    attributes += [attribute(code, "RXN_VET_DRUG", "US") for code in ("2712147", "866924")]
    read = Release(write(tmp_path / "r", names, relations, attributes))
    codes = {d.rxcui for d in rxnorm.read(read).drugs}
    assert "2712147" not in codes
    assert "866924" in codes, "for people too"
    assert read.report.left_out["rrf/RXNCONSO.RRF", "for animals only"] == 1


def test_another_folder_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "RXNCONSO.RRF").write_text("")
    (tmp_path / "notes.txt").write_text("")
    with pytest.raises(UnusableRelease, match=r"lacks RXNREL\.RRF, RXNSAT\.RRF\. Found: RXNCONSO\.RRF, notes\.txt"):
        rxnorm.read(Release(tmp_path))
