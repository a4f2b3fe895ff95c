"""Pairs and names are added, imported and retired by the pharmacist in charge, and every deed is on record."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tallman.server.audit.models import Event
from tallman.server.medicines import actions
from tallman.server.medicines.models import LookAlikePair, TallManName
from tallman.server.refusal import Refused

pytestmark = pytest.mark.django_db
ROLES_WITHOUT = ["trainee", "technician", "certified-technician", "pharmacist", "administrator"]


def pair(by, one="Celebrex", other="Celexa", why="Taken from the wrong bin in May"):
    return actions.add_pair(one=one, other=other, why=why, by=by)


def events() -> list[str]:
    return list(Event.objects.filter(action__startswith="medicines.").values_list("action", flat=True))


def test_a_pair_is_kept_in_order_with_who_and_why(chief) -> None:
    row = pair(chief, one=" Celexa ", other="Celebrex")
    assert (row.one, row.other, row.one_key, row.other_key) == ("Celebrex", "Celexa", "celebrex", "celexa")
    assert (row.by, row.origin, row.is_active) == (chief, "This pharmacy", True)
    assert events() == ["medicines.add_pair"]
    assert Event.objects.last().data["why"] == "Taken from the wrong bin in May"


@pytest.mark.parametrize(
    "one, other, why",
    [("Celebrex", "CELEBREX", "x"), ("Ce", "Celexa", "x"), ("Celebrex", "Celexa", " "), ("Celebrex", "", "x")],
)
def test_what_is_no_pair_is_refused(chief, one: str, other: str, why: str) -> None:
    with pytest.raises(Refused):
        pair(chief, one, other, why)
    assert events() == []


def test_a_pair_stands_once_until_it_is_retired(chief) -> None:
    row = pair(chief)
    with pytest.raises(Refused, match="on record already"):
        pair(chief, one="celexa", other="CELEBREX")
    with pytest.raises(Refused, match="Say why"):
        actions.retire(kept=row, reason=" ", by=chief)
    actions.retire(kept=row, reason="We no longer stock either", by=chief)
    with pytest.raises(Refused, match="already"):
        actions.retire(kept=row, reason="again", by=chief)
    pair(chief)
    assert LookAlikePair.objects.count() == 2
    assert events() == ["medicines.add_pair", "medicines.retire", "medicines.add_pair"]


@pytest.mark.parametrize("role", ROLES_WITHOUT)
def test_only_the_pharmacist_in_charge_keeps_names(person, chief, role: str) -> None:
    somebody, row = person(role), pair(chief)
    deeds = [
        lambda: pair(somebody, "Zantac", "Xanax"),
        lambda: actions.add_name(name="metFORMIN", by=somebody),
        lambda: actions.import_pairs(list_name="L", pairs=[("Zantac", "Xanax")], by=somebody),
        lambda: actions.import_names(list_name="L", names=["metFORMIN"], by=somebody),
        lambda: actions.retire(kept=row, reason="x", by=somebody),
        lambda: actions.retire_list(list_name="L", reason="x", by=somebody),
        lambda: actions.dismiss_mix_up(one="a", other="b", reason="x", by=somebody),
    ]
    for deed in deeds:
        with pytest.raises(Refused):
            deed()
    assert events() == ["medicines.add_pair"]


def test_a_list_is_taken_over_once_and_retired_as_a_whole(chief) -> None:
    pair(chief)
    pairs = [("Celebrex", "Celexa"), ("Zantac", "Xanax"), ("xanax", "zantac")]
    assert actions.import_pairs(list_name="Our list 2026-05", pairs=pairs, by=chief) == 1
    with pytest.raises(Refused, match="on record already"):
        actions.import_pairs(list_name="Our list 2026-05", pairs=pairs, by=chief)
    assert actions.import_names(list_name="Our list 2026-05", names=["metFORMIN", "METformin"], by=chief) == 1
    with pytest.raises(Refused, match="name with its date"):
        actions.import_names(list_name=" ", names=["alPRAZolam"], by=chief)
    assert actions.retire_list(list_name="Our list 2026-05", reason="A newer copy came", by=chief) == 2
    assert [str(p) for p in LookAlikePair.objects.filter(retired_at=None)] == ["Celebrex / Celexa"]
    assert not TallManName.objects.filter(retired_at=None).exists()
    told = ["add_pair", "import_pairs", "import_names", "retire_list"]
    assert events() == [f"medicines.{deed}" for deed in told]


@pytest.mark.parametrize(
    "said",
    [
        {"retired_because": "no time and nobody"},
        {"source": "list"},
        {"list_name": "a list", "source": "own"},
        {"other_key": "celebrex"},
    ],
)
def test_the_database_holds_what_goes_together(chief, said: dict[str, str]) -> None:
    keys = {"one": "Celebrex", "other": "Celexa", "one_key": "celebrex", "other_key": "celexa"}
    with pytest.raises(IntegrityError), transaction.atomic():
        LookAlikePair.objects.create(**{**keys, **said}, by=chief)
