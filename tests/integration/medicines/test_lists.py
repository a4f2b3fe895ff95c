"""A pharmacy's own copy of a list, however it is written down, is read line by line; nothing is taken silently."""

from __future__ import annotations

import pytest

from tallman.server.medicines.lists import decoded, names_in, pairs_in

PAIR = ("hydrALAZINE", "hydrOXYzine")


@pytest.mark.parametrize(
    "line",
    [
        "hydrALAZINE — hydrOXYzine", "hydrALAZINE – hydrOXYzine", "hydrALAZINE - hydrOXYzine",
        "hydrALAZINE\thydrOXYzine", "hydrALAZINE,hydrOXYzine", "hydrALAZINE; hydrOXYzine",
        "hydrALAZINE vs. hydrOXYzine",
        '"hydrALAZINE","hydrOXYzine"', "hydrALAZINE* | hydrOXYzine†", "  hydrALAZINE   with   hydrOXYzine  ",
        "hydrALAZINE,hydrOXYzine,and a remark",
    ],
)  # fmt: skip
def test_a_pair_is_read_however_it_is_divided(line: str) -> None:
    (read,) = pairs_in(line)
    assert (read.names, read.fault) == (PAIR, "")


@pytest.mark.parametrize("name", ["Toprol-XL", "NovoLOG Mix 70/30", "Depo-Medrol", "K-Phos"])
def test_a_hyphen_or_slash_inside_a_name_divides_nothing(name: str) -> None:
    assert pairs_in(f"{name} — Celexa")[0].names == (name, "Celexa")


def test_a_heading_and_empty_lines_are_passed_over_and_every_line_keeps_its_number() -> None:
    read = pairs_in("Drug name,Confused drug name\n\nCelebrex,Celexa\nonly one\nCelexa,CELEXA\nab,Celexa\n")
    assert [(x.number, x.fault) for x in read] == [
        (3, ""),
        (4, "Only one name."),
        (5, "One name twice."),
        (6, "A name has three letters or more."),
    ]


def test_of_a_list_of_names_those_with_tall_letters_are_taken() -> None:
    read = names_in("Name\nmetFORMIN\nmetroNIDAZOLE — metFORMIN\nlisinopril\n")
    assert [(x.number, x.names) for x in read] == [
        (2, ("metFORMIN",)),
        (3, ("metroNIDAZOLE", "metFORMIN")),
        (4, ()),
    ]
    assert read[-1].fault


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_file_is_read_as_spreadsheets_write_it(coding: str) -> None:
    assert pairs_in(decoded("hydrALAZINE — hydrOXYzine\r\n".encode(coding)))[0].names == PAIR


@pytest.mark.parametrize(
    "line",
    [
        "Celebrex\tCelexa",
        '"Celebrex";"Celexa"',
        "12,Celebrex,Celexa",
        "3.\tCelebrex*\tCelexa\tsound alike, look alike",
        "Celebrex / Celexa",
        "Celebrex vs. Celexa",
    ],
)
def test_a_spreadsheet_parts_its_cells_by_what_it_likes(line: str) -> None:
    assert [found.names for found in pairs_in(line)] == [("Celebrex", "Celexa")]
