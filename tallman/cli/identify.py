"""`tallman identify`: what a written medicine is, a JSON object or a plain line for each text."""

from __future__ import annotations

import json
from typing import Any

import click

from tallman.cli._standard_input import lines
from tallman.core.drug import Certainty, Medicine, Strength
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.core.quantity import Amount
from tallman.knowledge.load import load


@click.command("identify")
@click.argument("texts", metavar="[TEXT]...", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object per text and line.")
def command(texts: tuple[str, ...], as_json: bool) -> None:
    """Say what each TEXT (or each line of standard input) means: a product, or the narrowest thing it proves.

    A text may be a name as people write it ("metoprolol succ ER 50"), an NDC in any format, or an RxCUI.
    """
    knowledge = load()
    for text in texts or lines():
        medicine = identify(text, knowledge)
        if as_json:
            print(json.dumps(as_object(medicine, knowledge), ensure_ascii=False), flush=True)
        else:
            click.echo(_as_line(medicine, knowledge))


def as_object(medicine: Medicine, knowledge: Knowledge) -> dict[str, Any]:
    """The medicine as the JSON object that is printed; strengths are "10 mg", "400 mg/5 mL", ungrouped."""
    strengths = {s.ingredient: plain_strength(s) for s in medicine.strengths}
    product = None if medicine.conflict else medicine.product
    return {
        "text": medicine.text,
        "status": status(medicine, knowledge),
        "rxcui": product.rxcui if product else None,
        "name": product.name if product else medicine.name,
        "ingredients": [
            {"rxcui": i.rxcui, "name": i.name, "strength": strengths.get(i.name)} for i in medicine.ingredients
        ],
        "form": medicine.form.name if medicine.form else None,
        "route": medicine.route,
        "brand": medicine.brand,
        "candidates": [_candidate(c, knowledge) for c in medicine.candidates],
        "unread": [list(span) for span in medicine.unread],
        "confidence": medicine.confidence,
        "conflict": medicine.conflict,
        "reason": medicine.reason,
    }


def status(medicine: Medicine, knowledge: Knowledge) -> str:
    """The certainty; "ambiguous" also where a code and the text beside it say two things, or where the ingredients are
    certain and the products it may be differ clinically.

    Metoprolol 50 mg is certain and may be tartrate or the extended release succinate: whoever reads it must ask.
    """
    if medicine.conflict:
        return Certainty.AMBIGUOUS.value
    products = [knowledge.products[c] for c in medicine.candidates if c in knowledge.products]
    differs = len({p.form.release for p in products}) > 1 or len({p.salt for p in products}) > 1
    return "ambiguous" if medicine.certainty is Certainty.PARTIAL and differs else medicine.certainty.value


def _candidate(name: str, knowledge: Knowledge) -> dict[str, str | None]:
    held = knowledge.products.get(name) or knowledge.ingredients.get(name)
    return {"rxcui": held.rxcui, "name": held.name} if held else {"rxcui": None, "name": name}


def plain_strength(strength: Strength) -> str:
    """A strength for machines: no grouped thousands, "per one unit of the form" left out."""
    amount, per = strength.amount, strength.per
    if per.value == 1 and per.dimension == per.unit:
        return _plain(amount)
    return f"{_plain(amount)}/{per.unit if per.value == 1 else _plain(per)}"


def _plain(amount: Amount) -> str:
    return f"{amount.value.normalize():f} {amount.unit}"


def _as_line(medicine: Medicine, knowledge: Knowledge) -> str:
    shown = {"product": medicine.name, "partial": medicine.name}.get(medicine.certainty.value, "")
    if medicine.candidates and not shown:
        shown = "; ".join(str(_candidate(c, knowledge)["name"]) for c in medicine.candidates)
    reason = medicine.conflict or medicine.reason or ""
    # One line an answer, whatever a text holds.
    fields = (medicine.text, status(medicine, knowledge), shown, reason)
    return "\t".join(" ".join(field.split()) for field in fields).rstrip()
