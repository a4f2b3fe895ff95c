"""How names are written: the FDA's letters, the pharmacy's own before them, from one request to the next."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tallman.server.medicines import actions
from tallman.server.medicines.models import TallManName
from tallman.server.medicines.names import display
from tallman.server.medicines.once import OncePerRequest
from tallman.server.refusal import Refused

pytestmark = pytest.mark.django_db


def shown(text: str) -> str:
    return Template("{{ text|drug_name }}").render(Context({"text": text}))


@pytest.mark.parametrize(
    "text, html",
    [
        ("hydroxyzine HCl 25 mg", 'hydr<b class="tall">OXY</b>zine HCl 25 mg'),
        ("PREDNISONE", 'predni<b class="tall">SONE</b>'),
        ("dopamine", '<b class="tall">DOP</b>amine'),
        ("metformin ER 500 mg", "metformin ER 500 mg"),
        ("<b>x</b> & y", "&lt;b&gt;x&lt;/b&gt; &amp; y"),
    ],
)
def test_a_name_shows_its_tall_letters_and_nothing_else(text: str, html: str) -> None:
    assert shown(text) == html


def test_a_name_of_the_pharmacys_own_is_shown_everywhere_at_once(chief) -> None:
    assert display("metformin 500 mg oral tablet") == "metformin 500 mg oral tablet"
    actions.add_name(name="metFORMIN", by=chief)
    assert display("metformin 500 mg oral tablet") == "metFORMIN 500 mg oral tablet"
    assert shown("Metformin") == 'met<b class="tall">FORMIN</b>'
    assert Template("{{ 'metformin'|tall_man }}").render(Context()) == "metFORMIN"


def test_it_stands_before_the_published_spelling_until_it_is_retired(chief) -> None:
    own = actions.add_name(name="HYDROXYzine", by=chief)
    assert display("hydroxyzine and hydralazine") == "HYDROXYzine and hydrALAZINE"
    actions.retire(kept=own, reason="The FDA's spelling is enough", by=chief)
    assert display("hydroxyzine") == "hydrOXYzine"


def test_a_request_reads_the_names_once_and_the_next_one_anew(chief) -> None:
    def view(request):
        return HttpResponse(" ".join(display("metformin") for _ in range(5)))

    answer = OncePerRequest(view)
    with CaptureQueriesContext(connection) as asked:
        assert b"metformin" in answer(RequestFactory().get("/")).content
    assert len(asked) == 1
    actions.add_name(name="metFORMIN", by=chief)
    assert answer(RequestFactory().get("/")).content == b" ".join([b"metFORMIN"] * 5)


def test_a_name_that_would_change_ordinary_words_is_refused(chief) -> None:
    for name in ("mg", "TABLET", "metformin", "  ", "ABC"):
        with pytest.raises(Refused):
            actions.add_name(name=name, by=chief)
    assert not TallManName.objects.exists()
