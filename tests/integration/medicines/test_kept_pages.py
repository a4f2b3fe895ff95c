"""The pages on which the pharmacist in charge keeps pairs, names and lists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tallman.server.medicines import mixups
from tallman.server.medicines.mixups import MixUp, suggestions
from tallman.server.medicines.models import DismissedMixUp, LookAlikePair, TallManName
from tallman.server.web import clock

pytestmark = pytest.mark.django_db
HYDRALAZINE, HYDROXYZINE, METFORMIN = "905225", "995258", "861007"
LIST = {"kind": "pairs", "list_name": "Our list 2026-05"}


@pytest.fixture
def client(client_as):
    return client_as("pharmacist-in-charge")


@pytest.fixture
def happened(monkeypatch) -> list[MixUp]:
    """What the other areas tell of."""
    told: list[MixUp] = []
    monkeypatch.setattr(mixups, "SOURCES", [lambda since: [m for m in told if m.at >= since]])
    return told


def product(name: str) -> str:
    from tallman.server.knowledge_in_use import current

    return next(p.id for p in current().products.values() if p.name == name)


def mix_up(days: int = 1, where: str = "filling") -> MixUp:
    intended, picked = product("hydralazine 25 mg oral tablet"), product("lisinopril 10 mg oral tablet")
    return MixUp(intended, picked, clock.now() - timedelta(days=days), where)


def found() -> list[mixups.Suggestion]:
    return suggestions(clock.now() - timedelta(days=365))


def test_a_pair_is_added_shown_and_retired(client) -> None:
    said = {"one": "Celexa", "other": "Celebrex", "why": "Wrong bin"}
    assert client.post("/medicines/pairs/", said).status_code == 302
    pair = LookAlikePair.objects.get()
    assert "Wrong bin" in client.get("/medicines/pairs/?q=cele").content.decode()
    assert "Wrong bin" not in client.get("/medicines/pairs/?q=zan").content.decode()
    again = client.post("/medicines/pairs/", said)
    assert again.status_code == 422
    assert "on record already" in again.content.decode()
    assert client.post(f"/medicines/pairs/{pair.pk}/", {"reason": "No longer stocked"}).status_code == 302
    assert "Wrong bin" not in client.get("/medicines/pairs/").content.decode()
    assert "No longer stocked" in client.get("/medicines/pairs/?retired=1").content.decode()
    assert "No longer stocked" in client.get(f"/medicines/pairs/{pair.pk}/").content.decode()


def test_a_name_is_added_and_at_once_shown_on_other_pages(client) -> None:
    assert client.post("/medicines/names/", {"name": "metFORMIN"}).status_code == 302
    assert 'met<b class="tall">FORMIN</b>' in client.get("/medicines/metformin/").content.decode()
    row = TallManName.objects.get()
    assert client.post(f"/medicines/names/{row.pk}/", {"reason": "Not helpful"}).status_code == 302
    assert 'met<b class="tall">' not in client.get("/medicines/metformin/").content.decode()
    assert client.post("/medicines/names/", {"name": "lower"}).status_code == 422


def test_what_happened_here_is_suggested_and_becomes_a_pair(client, happened) -> None:
    happened += [mix_up(1), mix_up(9), mix_up(20, "entry"), mix_up(400)]
    (one,) = found()
    assert (one.one, one.other, one.count) == ("hydralazine", "lisinopril", 3)
    assert one.why.startswith("Mixed up here 1 × in entry, 2 × in filling, last on ")
    page = client.get("/medicines/pairs/").content.decode()
    assert 'hydr<b class="tall">ALAZINE</b> / lisinopril' in page
    said = {"one": one.one, "other": one.other, "why": one.why}
    assert client.post("/medicines/pairs/accept", said).status_code == 302
    assert LookAlikePair.objects.get().source == "near-miss"
    assert found() == []


def test_a_suggestion_put_aside_comes_back_when_it_happens_again(client, happened) -> None:
    happened.append(mix_up(5))
    said = {"one": "hydralazine", "other": "lisinopril"}
    assert client.post("/medicines/pairs/dismiss", said | {"reason": " "}).status_code == 422
    assert client.post("/medicines/pairs/dismiss", said | {"reason": "One day's chaos"}).status_code == 302
    assert found() == []
    DismissedMixUp.objects.update(at=clock.now() - timedelta(days=3))
    happened.append(mix_up(1))
    (again,) = found()
    assert again.dismissed.reason == "One day's chaos"
    assert "It happened again since." in client.get("/medicines/pairs/").content.decode()


def test_another_strength_an_unknown_product_and_a_known_pair_suggest_nothing(happened) -> None:
    metformin, hydralazine = product("metformin 500 mg oral tablet"), product("hydralazine 25 mg oral tablet")
    now = clock.now()
    happened += [
        MixUp(metformin, product("metformin 850 mg oral tablet"), now, "filling"),
        MixUp(metformin, "999999999", now, "filling"),
        MixUp(hydralazine, product("hydroxyzine hydrochloride 25 mg oral tablet"), now, "filling"),
    ]
    assert found() == []


def test_a_list_is_looked_at_before_it_is_taken_over(client) -> None:
    text = "Drug,Confused with\nCelebrex,Celexa\nZzyqua,Celexa\nalone\n"
    looked = client.post("/medicines/lists/import/", LIST | {"text": text})
    page = looked.content.decode()
    assert looked.status_code == 200
    assert "2 new of 3 lines, 1 cannot be used" in page
    assert "not a name we know: Zzyqua" in page
    assert not LookAlikePair.objects.exists()
    assert client.post("/medicines/lists/import/", LIST | {"text": text, "save": "yes"}).status_code == 302
    assert {(p.one, p.origin) for p in LookAlikePair.objects.all()} == {
        ("Celebrex", "Our list 2026-05"),
        ("Celexa", "Our list 2026-05"),
    }
    again = client.post("/medicines/lists/import/", LIST | {"text": text, "save": "yes"})
    assert again.status_code == 422
    assert "on record already" in again.content.decode()
    assert "Our list 2026-05" in client.get("/medicines/pairs/").content.decode()
    said = {"list_name": "Our list 2026-05", "reason": "Newer copy"}
    assert client.post("/medicines/lists/retire", said).status_code == 302
    assert not LookAlikePair.objects.filter(retired_at=None).exists()


def test_a_file_is_uploaded_and_its_text_carried_to_the_saving(client) -> None:
    file = SimpleUploadedFile("list.csv", "metFORMIN,metroNIDAZOLE\n".encode("utf-8-sig"))
    said = {"kind": "names", "list_name": "Names 2026"}
    page = client.post("/medicines/lists/import/", said | {"file": file}).content.decode()
    assert '<textarea name="text" hidden>metFORMIN,metroNIDAZOLE' in page
    client.post("/medicines/lists/import/", said | {"text": "metFORMIN,metroNIDAZOLE\n", "save": "yes"})
    assert {n.name for n in TallManName.objects.all()} == {"metFORMIN", "metroNIDAZOLE"}


@pytest.mark.parametrize("said", [{}, {"text": " "}, {"text": "x" * 600_000}])
def test_a_list_without_text_or_of_too_much_is_refused(client, said: dict[str, str]) -> None:
    assert client.post("/medicines/lists/import/", LIST | said).status_code == 422


def test_others_read_but_are_offered_nothing_to_change(client_as, happened) -> None:
    happened.append(mix_up())
    page = client_as("technician").get("/medicines/pairs/").content.decode()
    assert "The pharmacist in charge decides about it." in page
    assert "Tell them apart" not in page
    assert "Import a list" not in page
