"""The envelope of a message: MSH."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from tallman.interchange.hl7v2.message import Message, Segment, Separators
from tallman.interchange.hl7v2.place import Place
from tallman.interchange.hl7v2.times import moment_of, offset_of

__all__ = ["Header", "read_header"]

_USUAL = Separators()
_TEST = ("T", "D")


@dataclass(frozen=True, slots=True)
class Header:
    """Who sent what to whom. Empty means not said.

    `sender` and `receiver` are application and facility as read; the `raw` fields are as sent, for the answer. `kind`
    is ADT …, `event` A01 …, `version` as sent ("2.5.1"), `zone` the offset that holds for times without one.
    """

    separators: Separators = _USUAL
    codec: str = "utf-8"
    charset: str = ""
    kind: str = ""
    event: str = ""
    control_id: str = ""
    version: str = ""
    sender: tuple[str, str] = ("", "")
    receiver: tuple[str, str] = ("", "")
    raw_sender: tuple[str, str] = ("", "")
    raw_receiver: tuple[str, str] = ("", "")
    raw_control_id: str = ""
    raw_processing: str = ""
    raw_version: str = ""
    sent_at: datetime | None = None
    zone: tzinfo | None = None
    is_test: bool = False


def read_header(message: Message, zone: tzinfo) -> Header:
    """The header. `zone` is the time zone of times without an offset, unless the message's own time has one."""
    msh, evn = message.first("MSH"), message.first("EVN")
    kind, _, rest = msh.text(9).upper().partition("_")
    event = (msh.text(9, 2) or rest[:3] or msh.text(9, 3)[4:7]).upper()
    said = evn.text(1).upper()
    if event and said and said != event:
        evn.warn("EVENT-DIFFERS", 1)
    own_zone = offset_of(msh.part(7)) or zone
    _warn(message, msh)
    return Header(
        separators=message.separators,
        codec=message.codec,
        charset=msh.raw(18),
        kind=kind,
        event=event or said,
        control_id=msh.part(10).text_of_all(),
        version=msh.text(12),
        sender=(msh.part(3).text_of_all(), msh.part(4).text_of_all()),
        receiver=(msh.part(5).text_of_all(), msh.part(6).text_of_all()),
        raw_sender=(msh.raw(3), msh.raw(4)),
        raw_receiver=(msh.raw(5), msh.raw(6)),
        raw_control_id=msh.raw(10),
        raw_processing=msh.raw(11),
        raw_version=msh.raw(12),
        sent_at=moment_of(msh.part(7), own_zone),
        zone=own_zone,
        is_test=msh.text(11).upper() in _TEST,
    )


def _warn(message: Message, msh: Segment) -> None:
    if not msh.raw(10).strip():
        msh.warn("CONTROL-ID-MISSING", 10)
    if not msh.text(12).startswith("2."):
        msh.warn("VERSION-UNKNOWN", 12)
    if msh.text(11).upper() in _TEST:
        message.warn("TEST-MESSAGE", Place("MSH", 1, 11))
