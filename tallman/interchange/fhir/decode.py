"""From bytes to typed resources, losing nothing silently: what is not as FHIR has it is left out and named."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Any, TypeVar

import msgspec

from tallman.core.received import ReadWarning
from tallman.interchange.fhir.datatypes import Number
from tallman.interchange.fhir.warnings import Unreadable, warning

__all__ = ["as_type", "document"]

T = TypeVar("T")
_PLACE = re.compile(r" - at `\$([^`]*)`$")
_EXPECTED = re.compile(r"Expected `(array|object)\b")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_LARGEST = 12
_MOST_REPAIRS = 200


def _number(text: str) -> Decimal | bool:
    """A decimal as sent; False, which no field takes, for one of a size that nothing in medicine has."""
    value = Decimal(text)
    exponent = value.as_tuple().exponent
    is_sane = value.adjusted() <= _LARGEST and isinstance(exponent, int) and exponent >= -2 * _LARGEST
    return value if is_sane else False


_DECODER = msgspec.json.Decoder(float_hook=_number)


def document(data: bytes) -> dict[str, Any]:
    """The JSON object in `data`, its nulls left out. Raises Unreadable when it is none, or one with a name twice."""
    text = data.removeprefix(b"\xef\xbb\xbf").strip()
    if text.startswith(b"<"):
        raise Unreadable("IS-XML")
    try:
        value = _without_nulls(_DECODER.decode(text))
        json.loads(text, object_pairs_hook=_once, parse_float=str, parse_int=str)
    except RecursionError as error:
        raise Unreadable("TOO-DEEP") from error
    except UnicodeDecodeError as error:
        raise Unreadable("NOT-UTF-8") from error
    except msgspec.DecodeError as error:
        raise Unreadable(_why(text, str(error)), _byte(str(error))) from error
    if not isinstance(value, dict) or not isinstance(value.get("resourceType"), str):
        raise Unreadable("NOT-FHIR")
    return value


def _once(pairs: list[tuple[str, Any]]) -> None:
    """Nothing but a look at the names: which of two that are the same counts, JSON does not say."""
    if len({name for name, _ in pairs}) != len(pairs):
        raise Unreadable("NAME-TWICE")


def _why(text: bytes, message: str) -> str:
    if "truncated" in message and text:
        return "CUT-OFF"
    is_utf_16_or_32 = text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text[:4]
    return "NOT-UTF-8" if is_utf_16_or_32 or "utf-8" in message.lower() else "NOT-JSON"


def _byte(message: str) -> str:
    found = re.search(r"\(byte (\d+)\)", message)
    return f"byte {found[1]}" if found else ""


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nulls(v) for k, v in value.items() if v is not None}
    if isinstance(value, list):
        return [_without_nulls(v) for v in value if v is not None]
    if isinstance(value, int) and abs(value) >= 10**_LARGEST:
        return False
    return value


def as_type(raw: Any, kind: type[T], where: str) -> tuple[T, tuple[ReadWarning, ...]]:
    """A resource of this type. What does not fit is left out, each with a warning.

    A repeated element that was sent as one is taken as one of one. Raises Unreadable when nothing can be read.
    """
    warnings: list[ReadWarning] = []
    for _ in range(_MOST_REPAIRS):
        try:
            return msgspec.convert(raw, kind, dec_hook=_as_number), tuple(warnings)
        except msgspec.ValidationError as error:
            found = _PLACE.search(str(error))
            steps = _steps(found[1]) if found else []
            if not steps:
                break
            expected = _EXPECTED.match(str(error))
            raw = _repaired(raw, steps, expected[1] if expected else "")
            warnings.append(warning("FIELD-UNREADABLE", where + (found[1] if found else "")))
    raise Unreadable("ENTRY-UNREADABLE", where)


def _as_number(kind: type, sent: Any) -> Number:
    if kind is Number and isinstance(sent, int | Decimal) and not isinstance(sent, bool):
        return Number(sent)
    raise ValueError("Expected a number")


def _steps(place: str) -> list[str | int]:
    return [name or int(index) for name, index in _STEP.findall(place)]


def _repaired(raw: Any, steps: list[str | int], expected: str) -> Any:
    """A copy in which the element at the end of the steps is missing, or is the one element of a list.

    A bare text for an object (a status before R4) stands as its `text`.
    """
    step, rest = steps[0], steps[1:]
    copy: Any = dict(raw) if isinstance(raw, dict) else list(raw)
    if rest:
        copy[step] = _repaired(copy[step], rest, expected)
    elif expected == "array" and isinstance(copy[step], dict | str):
        copy[step] = [copy[step]]
    elif expected == "object" and isinstance(copy[step], str):
        copy[step] = {"text": copy[step]}
    else:
        del copy[step]
    return copy
