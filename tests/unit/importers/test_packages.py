"""The NDC directory, DailyMed's mapping and Drugs@FDA: their real columns, encodings and habits."""

from __future__ import annotations

import zipfile
from pathlib import Path

import msgspec
import pytest

from tallman.knowledge.importers import dailymed, drugsfda, ndc_directory, ndc_unfinished
from tallman.knowledge.importers.facts import Listing, Ratings
from tallman.knowledge.importers.packages import listed, products_of_packages, size_of
from tallman.knowledge.importers.release import Release, UnusableRelease

PRODUCT = (
    "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\t"
    "ROUTENAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tMARKETINGCATEGORYNAME\tAPPLICATIONNUMBER\tLABELERNAME\t"
    "SUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\tPHARM_CLASSES\tDEASCHEDULE\tNDC_EXCLUDE_FLAG\t"
    "LISTING_RECORD_CERTIFIED_THROUGH"
)
PACKAGE = (
    "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tNDC_EXCLUDE_FLAG\t"
    "SAMPLE_PACKAGE"
)
OPSUMIT = (
    "66215-501_1\t66215-501\tHUMAN PRESCRIPTION DRUG\tOpsumit\t\tmacitentan\tTABLET, FILM COATED\tORAL\t20131018\t\t"
    "NDA\tNDA204410\tActelion Pharmaceuticals US, Inc.\tMACITENTAN\t10\tmg/1\t\t\tN\t20261231"
)
THIRTY = "66215-501_1\t66215-501\t66215-501-30\t30 TABLET, FILM COATED in 1 BOTTLE (66215-501-30) \t20131018\t\tN\tN"


def directory(folder: Path, products: list[str], packages: list[str]) -> Release:
    """The directory's two files, with the line ends and the encoding that the FDA uses."""
    for file, rows in (("product.txt", [PRODUCT, *products]), ("package.txt", [PACKAGE, *packages])):
        (folder / file).write_bytes("".join(f"{row}\r\n" for row in rows).encode("cp1252"))
    return Release(folder)


def test_a_package_with_what_its_product_is_listed_as(tmp_path: Path) -> None:
    release = directory(tmp_path, [OPSUMIT.replace("Actelion", "Actélion")], [THIRTY])
    (listing,) = ndc_directory.read(release).packages
    assert (listing.ndc, listing.name, listing.generic) == ("66215050130", "Opsumit", "macitentan")
    assert listing.labeler == "Actélion Pharmaceuticals US, Inc."
    assert (listing.category, listing.application, listing.started) == ("NDA", "NDA204410", "20131018")
    assert release.report.problems == []


@pytest.mark.parametrize(
    "package, what",
    [
        (THIRTY.replace("66215-501_1", "66215-501_2"), "NDC 66215-501-30 is of a product that is not listed"),
        (THIRTY.replace("66215-501-30\t", "66215-501-XX\t"), "'66215-501-XX' is no NDC"),
        (THIRTY + "\tmore", "9 fields instead of 8"),
    ],
)
def test_a_row_that_cannot_be_used_is_told_by_its_line(tmp_path: Path, package: str, what: str) -> None:
    release = directory(tmp_path, [OPSUMIT], [THIRTY.replace("-30\t", "-15\t", 1), package])
    assert len(ndc_directory.read(release).packages) == 1
    assert [str(p) for p in release.report.problems] == [f"package.txt, line 3: {what}"]


def test_a_package_listed_twice_counts_once(tmp_path: Path) -> None:
    release = directory(tmp_path, [OPSUMIT], [THIRTY, THIRTY])
    assert len(ndc_directory.read(release).packages) == 1
    assert release.report.problems[0].what == "NDC 66215-501-30 is listed a second time"


def test_what_the_fda_excludes_is_left_out(tmp_path: Path) -> None:
    release = directory(tmp_path, [OPSUMIT], [THIRTY, THIRTY.replace("-30", "-31").replace("\tN\tN", "\tE\tN")])
    assert len(ndc_directory.read(release).packages) == 1
    assert release.report.left_out["package.txt", "excluded by the FDA"] == 1


def test_a_file_without_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "product.txt").write_text("A\tB\r\n")
    (tmp_path / "package.txt").write_text(PACKAGE)
    with pytest.raises(UnusableRelease, match=r"product\.txt .* has no column PRODUCTID"):
        ndc_directory.read(Release(tmp_path))


def test_unfinished_drugs_are_told_apart(tmp_path: Path) -> None:
    columns = "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\tSTARTMARKETINGDATE\t"
    columns += "ENDMARKETINGDATE\tMARKETINGCATEGORYNAME\tLABELERNAME\tSUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\t"
    columns += "ACTIVE_INGRED_UNIT\tDEASCHEDULE\tLISTING_RECORD_CERTIFIED_THROUGH"
    product = "1_a\t38779-0082\tBULK INGREDIENT\tProgesterone\tPOWDER\t20100101\t\tBULK INGREDIENT\tMedisca Inc.\t"
    with zipfile.ZipFile(tmp_path / "unfinished.zip", "w") as archive:
        rest = "PROGESTERONE\t1\tg/g\t\t20261231\r\n"
        archive.writestr("unfinished_product.txt", f"{columns}\r\n{product}{rest}")
        package = "1_a\t38779-0082\t38779-0082-5\t100 g in 1 BOTTLE (38779-0082-5) "
        archive.writestr("unfinished_package.txt", f"{PACKAGE[:55].strip()}\r\n{package}\r\n")
    (listing,) = ndc_unfinished.read(Release(tmp_path / "unfinished.zip")).packages
    assert (listing.ndc, listing.generic, listing.finished) == ("38779008205", "Progesterone", False)


def test_the_labels_of_a_drug(tmp_path: Path) -> None:
    file = tmp_path / "rxnorm_mappings.txt"
    file.write_text(
        "SETID|SPL_VERSION|RXCUI|RXSTRING|RXTTY\n"
        "00011703-bc55-4c0c-858c-149dc674bc3c|1|312075|Ofloxacin 3 MG/ML Ophthalmic Solution|SCD\n"
        "00011703-bc55-4c0c-858c-149dc674bc3c|1|312075|ofloxacin 0.3 % Ophthalmic Solution|PSN\n"
        "000155A8-709C-44E5-A75F-CD890F3A7CAF|5|312075|Ofloxacin 3 MG/ML Ophthalmic Solution|SCD\n"
        "not a label|5|312075|x|SCD\n"
    )
    release = Release(file)
    assert dailymed.read(release).setids == {
        "312075": ("00011703-bc55-4c0c-858c-149dc674bc3c", "000155a8-709c-44e5-a75f-cd890f3a7caf")
    }
    assert [p.line for p in release.report.problems] == [5]


def fda(folder: Path, te: str) -> Ratings:
    """Three strengths of one application and one of another, with the ratings given."""
    products = "ApplNo\tProductNo\tForm\tStrength\tReferenceDrug\tDrugName\tActiveIngredient\tReferenceStandard"
    rows = [f"076502\t00{n}\tTABLET;ORAL\t{s}\t0\tX\tY\t0" for n, s in ((1, "25MG"), (2, "50MG"), (3, "EQ 100MG BASE"))]
    rows.append("070000\t001\tTABLET;ORAL\t5MG\t0\tX\tY\t0")
    (folder / "Products.txt").write_bytes("\r\n".join([products, *rows, ""]).encode())
    (folder / "TE.txt").write_bytes(f"ApplNo\tProductNo\tMarketingStatusID\tTECode\r\n{te}".encode())
    return drugsfda.read(Release(folder))


def listing(application: str, strengths: str) -> Listing:
    """A package of which nothing else is listed."""
    empty = dict.fromkeys(Listing.__struct_fields__, "")
    return Listing(**empty | {"application": application, "strengths": strengths, "finished": True})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "application, strengths, code",
    [
        ("ANDA076502", "50", "AB2"),
        ("ANDA076502", "100", "BX"),
        ("ANDA076502", "75", ""),
        ("NDA099999", "50", ""),
        ("ANDA070000", "5", ""),
        ("", "5", ""),
    ],
)
def test_the_rating_of_a_package_is_that_of_its_strength(
    tmp_path: Path, application: str, strengths: str, code: str
) -> None:
    ratings = fda(tmp_path, "076502\t001\t1\tAB\r\n076502\t002\t1\tAB2\r\n076502\t003\t1\tBX\r\n")
    (found,) = listed([listing(application, strengths)], ratings, "ndc")
    assert found.equivalence == code


def test_one_rating_for_a_whole_application_needs_no_strength(tmp_path: Path) -> None:
    ratings = fda(tmp_path, "".join(f"076502\t00{n}\t1\tAB\r\n" for n in (1, 2, 3)))
    (found,) = listed([listing("ANDA076502", "")], ratings, "ndc")
    assert found.equivalence == "AB"


def test_a_package_rxnorm_lacks_is_what_its_product_code_is() -> None:
    rows = [msgspec.structs.replace(listing("", ""), ndc=n) for n in ("66215050115", "00378003203", "11111000101")]
    found = products_of_packages({"66215050130": "1442143", "00378003201": "a", "00378003202": "b"}, rows)
    assert found["66215050115"] == "1442143"
    assert "00378003203" not in found, "two products have that code"
    assert "11111000101" not in found


@pytest.mark.parametrize(
    "description, size",
    [
        ("30 TABLET, FILM COATED in 1 BOTTLE (66215-501-30) ", "30 tablets"),
        ("3 BLISTER PACK in 1 CARTON (0093-1234-93)  > 10 CAPSULE in 1 BLISTER PACK", "30 capsules"),
        ("1 VIAL in 1 CARTON (0002-0800-01)  > 10 mL in 1 VIAL", "10 mL"),
        ("1 TUBE in 1 CARTON / 45 g in 1 TUBE", "45 g"),
        ("1 KIT in 1 KIT (0023-9232-21)  *  5 mL in 1 BOTTLE", "None"),
        ("something else", "None"),
        ("", "None"),
    ],
)
def test_what_a_package_holds(description: str, size: str) -> None:
    assert str(size_of(description)) == size
