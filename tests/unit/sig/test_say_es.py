"""Directions in Spanish: whole, or not at all."""

from __future__ import annotations

import re

import pytest
from hypothesis import given

from tallman.core.sig import parse, say
from tallman.core.sig.say_es import say_in_spanish
from tests.generative.test_say import steps

SAID = {
    "1 tab po bid prn pain": "Tome 1 tableta por la boca 2 veces al día, si lo necesita para el dolor.",
    "take 1/2 tablet by mouth every morning with food": (
        "Tome media tableta por la boca por la mañana. Tómelo con comida."
    ),
    "1 drop os qid x 7 days": "Ponga 1 gota en el ojo izquierdo 4 veces al día durante 7 días.",
    "apply thin layer to affected area bid": "Aplique una capa fina en el área afectada 2 veces al día.",
    "2 puffs inh q4-6h prn wheezing max 12/day": (
        "Inhale 2 disparos cada 4 a 6 horas, si lo necesita para los silbidos en el pecho. "
        "No use más de 12 disparos al día."
    ),
    "2 tabs po today then 1 tab po daily for 4 days": (
        "Tome 2 tabletas por la boca hoy. Después, tome 1 tableta por la boca una vez al día durante 4 días."
    ),
    "1 tab on mon and thu": "Tome 1 tableta los lunes y los jueves.",
    "1/2 patch weekly": "Aplique medio parche sobre la piel una vez por semana. Quite primero el parche usado.",
    "4 tabs for 3 days, then 2 tabs for 3 days": (
        "Tome 4 tabletas al día durante 3 días. Después, tome 2 tabletas al día durante 3 días."
    ),
    "1 tab daily. May take extra tablet in afternoon as needed for pain": (
        "Tome 1 tableta una vez al día. Además, tome 1 tableta por la tarde, si lo necesita para el dolor."
    ),
    "swish and spit 15 mL bid": "Enjuáguese con 15 mL 2 veces al día. Después escupa. No lo trague.",
    "1 tab daily at 9 pm": "Tome 1 tableta una vez al día a las 9:00 de la noche.",
    "1 tab 30 min before breakfast": "Tome 1 tableta 30 minutos antes del desayuno.",
    "2 tabs on day 1, then 1 tab daily on days 2-5": (
        "Tome 2 tabletas el día 1. Después, tome 1 tableta una vez al día los días 2 a 5."
    ),
    "1 tab at first sign of migraine; may repeat after 2 hours": (
        "Tome 1 tableta a la primera señal de la migraña. Puede repetir después de 2 horas."
    ),
    "apply 1 patch on for 12 hours then off for 12 hours": (
        "Aplique 1 parche sobre la piel. Déjelo puesto durante 12 horas. Luego quíteselo durante 12 horas."
    ),
    "Tome 1 tableta al día para el empacho": "Tome 1 tableta una vez al día, para empacho.",
    "Disuelva 1 tableta debajo de la lengua. Llame al 911": "Disuelva 1 tableta debajo de la lengua. Llame al 911.",
    "4 tabs 1 hour before dental appointment": "Tome 4 tabletas 1 hora antes de la cita con el dentista.",
    "apply 2 g to the affected knee qid": "Aplique 2 g en la rodilla afectada 4 veces al día.",
    "apply to face, neck and chest bid": "Aplique en la cara, el cuello y el pecho 2 veces al día.",
    "Tome 2 cápsulas después de cada evacuación líquida": "Tome 2 cápsulas después de cada evacuación líquida.",
    "1 tab q6h prn, max 3 g acetaminophen a day": (
        "Tome 1 tableta cada 6 horas, si lo necesita. No use más de 3 g de acetaminofén al día."
    ),
    "1 vial via neb q4h prn wheezing": (
        "Inhale 1 frasquito con el nebulizador cada 4 horas, si lo necesita para los silbidos en el pecho."
    ),
    "20 mg IV once": "Dé 20 mg en la vena una sola vez.",
    "1 tab SL q5min x3 prn chest pain, call 911 if no relief": (
        "Ponga 1 tableta debajo de la lengua cada 5 minutos hasta 3 dosis, si lo necesita para el dolor de pecho. "
        "Llame al 911 si no se alivia."
    ),
    "use as directed": "Use según las indicaciones.",
}


@pytest.mark.parametrize("text", SAID)
def test_said(text: str) -> None:
    assert say_in_spanish(parse(text)) == SAID[text]


@pytest.mark.parametrize(
    "text",
    ["1 tab po bid prn borborygmus", "1 tab po bid per 3 zorks", "apply to the philtrum bid", "start 1 then increase"],
)
def test_what_has_no_certain_translation_is_not_said(text: str) -> None:
    assert say_in_spanish(parse(text)) is None


@given(steps())
def test_every_number_of_the_english_is_in_the_spanish(text: str) -> None:
    sig = parse(text)
    spanish = say_in_spanish(sig)
    if spanish is not None:
        said = re.findall(r"\d[\d.,:]*\d|\d", say(sig) or "")
        assert [n for n in said if n != "1" and n not in spanish] == [], "only a 1 may become a word"


def test_a_spanish_direction_keeps_the_name_of_its_medicine() -> None:
    said = say_in_spanish(parse("Ondansetrón 4 mg EV c/8 hrs si náuseas"))
    assert said == "Ondansetrón: dé 4 mg en la vena cada 8 horas, si lo necesita para las náuseas."
