"""What a reader of HL7 v2 may say: one fixed table each for warnings and refusals, and never a word of the message.

The place is as HL7 names it: `PID-7` is the seventh field of PID, `AL1[2]-3` the third of the second AL1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallman.core.received import ReadWarning
from tallman.interchange.hl7v2.place import Place

if TYPE_CHECKING:
    from tallman.interchange.hl7v2.header import Header

__all__ = ["REFUSALS", "WARNINGS", "Refusal", "Unreadable", "warning"]

WARNINGS = {
    "CHARSET-GUESSED": "the character set is not named: it was told from the bytes",
    "CHARSET-UNKNOWN": "the character set named here is not known: it was told from the bytes",
    "CHARSET-WRONG": "the bytes are not of the character set named here: read names and words in the original",
    "CLASS-UNKNOWN": "this class of patient is not known here",
    "CODE-MALFORMED": "this is no code of its code system: only the words were used",
    "CONTROL-ID-MISSING": "the message has no id: only its bytes tell it from others",
    "DATE-UNREADABLE": "this date or time cannot be read",
    "ESCAPE-UNKNOWN": "an escape sequence here is not known and was left as it stands",
    "EVENT-TIME-MISSING": "the message says nowhere when it happened: the moment it arrived counts",
    "EVENT-DIFFERS": "the event named here is not the one of the header: the header's was taken",
    "LINE-CONTINUED": "a line break stands inside this segment: the next line was taken as its continuation",
    "NAME-MISSING": "the patient has no name here",
    "NO-IDENTIFIER": "the patient has no number here",
    "NO-VISIT-NUMBER": "the visit has no number of its own here",
    "REPEATED": "this segment came more often than once: the first one was taken",
    "SEX-UNKNOWN": "this is no administrative sex of HL7",
    "SEGMENT-MISSING": "this segment was expected and is not there",
    "STATUS-UNKNOWN": "this status or action is not known: the entry was kept",
    "SUBSTANCE-MISSING": "no substance is named here",
    "TEST-MESSAGE": "the sender marks this message as one for training or for finding faults",
    "TIME-MISSING": "no time of day is given here: the beginning of the day was taken",
    "TOO-MANY": "this is repeated more often than is read: the rest stands in the original",
    "VALUE-UNREADABLE": "this value cannot be used",
    "VERSION-UNKNOWN": "the version of the standard is not named or not one of 2.1 to 2.9",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message gives no event. `text` goes to the sender; `error` is the code of HL7 table 0357."""

    text: str
    error: str = "100"
    rejected: bool = False
    """Whether the message is rejected as such (AR), not for what it holds (AE)."""


REFUSALS = {
    "NOT-HL7": Refusal("This is no HL7 v2 message: it does not begin with MSH and its separators.", "100", True),
    "BAD-SEPARATORS": Refusal("The separators in MSH-1 and MSH-2 are not five different signs.", "102", True),
    "SEVERAL-MESSAGES": Refusal("There is more than one message here: send each by itself.", "100", True),
    "TOO-MANY-SEGMENTS": Refusal("The message has more segments than any of its kind.", "100", True),
    "NOT-ADT": Refusal("Only ADT messages are taken in here.", "200", True),
    "EVENT-UNKNOWN": Refusal("This event is not processed here.", "201", True),
    "NO-PID": Refusal("There is no PID segment: it is not said who the patient is.", "101"),
    "NO-NAME-OR-NUMBER": Refusal("The patient has neither a number nor a name.", "101"),
    "NO-FORMER-NUMBER": Refusal("The merge does not say which record is merged: MRG-1 is empty.", "101"),
}


class Unreadable(ValueError):
    """A message that gives no event. `code` is one of `REFUSALS`, `place` where in the message.

    `header` is what could be read of the message's header, for the answer; None when not even that.
    """

    def __init__(self, code: str, place: Place | None = None, header: Header | None = None) -> None:
        self.code, self.place, self.header = code, place, header
        super().__init__(f"{REFUSALS[code].text} ({place})" if place else REFUSALS[code].text)


def warning(code: str, place: Place | None = None) -> ReadWarning:
    """The warning of this code at a place in the message."""
    return ReadWarning(code, WARNINGS[code], str(place) if place else "")
