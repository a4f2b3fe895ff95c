"""How templates write the names of medicines. They are there without being loaded."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from tallman.server import knowledge_in_use
from tallman.server.medicines.confusion import known_of
from tallman.server.medicines.names import display, spelling

register = template.Library()

_CAPITALS = re.compile(r"[A-Z]{2,}")
_BOLD = r'<b class="tall">\g<0></b>'


@register.filter
def drug_name(text: str) -> SafeString:
    """A name, or a sentence with names in it, in tall-man letters; the capitals that tell a name from its neighbour
    are set bold."""
    said = spelling()
    shown = escape(said.write(str(text)))
    return mark_safe(said.written.sub(lambda m: _CAPITALS.sub(_BOLD, m[0]), shown))


@register.filter
def tall_man(text: str) -> str:
    """The same in plain letters, for titles and where nothing can be bold."""
    return display(str(text))


@register.filter
def medicine(prescription: Any) -> SafeString:
    """The matched product in tall-man letters; before it is matched, the medicine as received, just as it came."""
    if prescription.product_name:
        return drug_name(prescription.product_name)
    return escape(prescription.received_medicine)


@register.simple_tag
def drug_page(product_id: str) -> str:
    """The address of a product's page; empty for a product that the knowledge does not hold."""
    known = product_id in knowledge_in_use.current().products
    return reverse("medicines:medicine", args=[product_id]) if known else ""


@register.simple_tag
def look_alikes(product_id: str) -> list[str]:
    """The names that a product is known to be taken for, those of this pharmacy first."""
    product = knowledge_in_use.current().products.get(product_id)
    return [pair.other for pair in known_of(product)] if product else []
