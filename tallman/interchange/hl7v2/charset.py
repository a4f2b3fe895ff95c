"""From bytes to text. MSH-18 names the character set (HL7 table 0211): believed when the bytes agree."""

from __future__ import annotations

import codecs
import re

__all__ = ["LAST_RESORT", "codec_named", "decode"]

LAST_RESORT = "cp1252"
"""What bytes that are no UTF-8 are taken for: Western European, as most senders that name nothing."""
_KNOWN = {
    "ASCII": "ascii", "UNICODE UTF-8": "utf-8", "UTF-8": "utf-8", "UTF8": "utf-8", "UNICODE": "utf-8",
    "GB 18030-2000": "gb18030", "KS X 1001": "euc_kr",
    "ISO IR87": "iso2022_jp", "ISO IR159": "iso2022_jp_1", "BIG-5": "big5", "CP1252": "cp1252",
    "WINDOWS-1252": "cp1252", "ISO-IR-100": "iso8859-1",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
    (b"M\0S\0H\0", "utf-16-le"), (b"\0M\0S\0H", "utf-16-be"),
)  # fmt: skip
"""How a message begins whose bytes are no ASCII, so that MSH-18 cannot be read before they are."""
_LATIN = re.compile(r"(?:ISO[ -]?)?8859[/-](\d{1,2})")


def decode(data: bytes) -> tuple[str, str, str]:
    """The text of a message, the codec it was read with, and the code of a warning (empty when all agrees).

    Never fails: bytes that no character set explains are read as `LAST_RESORT`, what that lacks as a replacement sign.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            text, fits = _attempt(data, codec)
            return text, codec.removesuffix("-sig"), "" if fits else "CHARSET-WRONG"
    named = _named(data)
    codec = codec_named(named)
    if codec:
        text, fits = _attempt(data, codec)
        if fits:
            return text, codec, ""
    fallback = "utf-8" if _attempt(data, "utf-8")[1] else LAST_RESORT
    text, _ = _attempt(data, fallback)
    if not named:
        return text, fallback, "" if data.isascii() else "CHARSET-GUESSED"
    return text, fallback, "CHARSET-WRONG" if codec else "" if data.isascii() else "CHARSET-UNKNOWN"


def codec_named(charset: str) -> str:
    """Python's codec for a name of table 0211; empty for none and for one not known here.

    >>> codec_named("8859/1"), codec_named("UNICODE UTF-8"), codec_named("JIS X 0202")
    ('iso8859-1', 'utf-8', '')
    """
    name = charset.strip().upper()
    if latin := _LATIN.fullmatch(name):
        try:
            return codecs.lookup(f"iso8859-{int(latin[1])}").name
        except LookupError:
            return ""
    return _KNOWN.get(name, "")


def _named(data: bytes) -> str:
    """The first name in MSH-18. The separators of a header are ASCII, so it can be read before the rest is."""
    start = data.find(b"MSH")
    line = re.split(rb"[\r\n]", data[start : start + 4_096], maxsplit=1)[0].decode("latin-1") if start >= 0 else ""
    fields = line.split(line[3:4]) if line[3:4] else []
    return re.split(f"[{re.escape(line[4:8])}]", fields[17])[0].strip() if len(fields) > 17 else ""


def _attempt(data: bytes, codec: str) -> tuple[str, bool]:
    try:
        return data.decode(codec), True
    except UnicodeError:
        return data.decode(codec, "replace"), False
