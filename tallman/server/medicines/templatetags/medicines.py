"""How templates write the names of medicines. They are there without being loaded."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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
