"""Bytes → the elements of a SCRIPT message, with nothing that an XML document can do to its reader.

No document type, no entities of the sender's, no network, no huge texts; size, depth and number of elements are
limited. Real messages are some 5 to 50 kB and about a dozen levels deep.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from tallman.interchange.ncpdp_script.header import guess_header
from tallman.interchange.ncpdp_script.warnings import Unreadable

__all__ = ["LARGEST", "document", "pretty"]

LARGEST = 2_000_000
"""Bytes."""
DEEPEST = 40
MOST = 20_000


def document(data: bytes) -> Any:
    """The root element. Raises Unreadable: too-large, doctype, not-xml, too-deep."""
    if len(data) > LARGEST:
        raise Unreadable("too-large", header=guess_header(data))
    plain = data.replace(b"\0", b"")  # UTF-16 and UTF-32 without their zeros
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise Unreadable("doctype", header=guess_header(data))
    try:
        root = etree.fromstring(data, _parser())
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        code = "too-deep" if getattr(error, "code", None) == etree.ErrorTypes.ERR_RESOURCE_LIMIT else "not-xml"
        raise Unreadable(code, header=guess_header(data)) from None  # the parser's message quotes the content
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable("doctype", header=guess_header(data))
    if _is_too_deep(root):
        raise Unreadable("too-deep", header=guess_header(data))
    return root


def _parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _is_too_deep(root: Any) -> bool:
    depth = 0
    for number, (event, _) in enumerate(etree.iterwalk(root, events=("start", "end"))):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST or number > 2 * MOST:
            return True
    return False


def pretty(data: bytes) -> str | None:
    """The message laid out for people, line by line; None when it is not sound XML."""
    try:
        root = document(data)
    except Unreadable:
        return None
    etree.indent(root)
    return str(etree.tostring(root, encoding="unicode"))
