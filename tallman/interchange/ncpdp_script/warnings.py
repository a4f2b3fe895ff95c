"""What a reader of SCRIPT may say: one fixed table each for warnings and refusals, and never a word of the message.

Warnings and refusals go into logs, answers and work lists, so their texts are written here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tallman.core.received import ReadWarning

if TYPE_CHECKING:
    from tallman.interchange.ncpdp_script.header import Header

__all__ = ["REFUSALS", "WARNINGS", "Refusal", "Unreadable", "warning"]

WARNINGS = {
    "not-read": "This part is kept but not used: read it in the original.",
    "said-twice": "Said more than once: the first one was taken, read both in the original.",
    "mixed-content": "There is markup inside this text: all of its words were kept.",
    "no-message-id": "The message has no id: it is known by its content alone.",
    "no-sender": "The message does not say who sent it.",
    "version-unknown": "The message does not say a version of SCRIPT that is known.",
    "patient-missing": "No patient is named.",
    "prescriber-missing": "No prescriber is named.",
    "medicine-not-described": "The medicine is coded but not described in words.",
    "sig-missing": "There are no directions in words.",
    "sig-differs": "The coded directions do not say the same as the text. The text counts: ask if in doubt.",
    "quantity-missing": "No quantity is given.",
    "quantity-unreadable": "The quantity is not a number that can be dispensed.",
    "quantity-sufficient": "The prescriber leaves it to the pharmacy how much suffices for the directions.",
    "number-unreadable": "This is not a whole number in the range it can have.",
    "date-unreadable": "This is not a date.",
    "unit-unknown": "The unit is not one that Tallman counts or measures in.",
    "unit-unspecified": "The sender left the unit open.",
    "sex-unknown": "The sex is none of the codes for it, or not known to the sender.",
    "schedule-unknown": "The DEA schedule is none of the codes for it.",
    "substitution-unknown": "Whether another product may be given is not said clearly.",
    "diagnosis-not-icd10": "This diagnosis is not an ICD-10-CM code and is not carried over.",
    "do-not-fill": "The prescriber marked it: not to be filled, or not yet. Read the original.",
    "refills-as-needed": "Refills are marked as needed, without a number.",
    "allergy-without-substance": "An allergy is reported without saying to what.",
    "measurement-unreadable": "A measurement has no number that can be read.",
    "animal-prescriber": "The prescriber is a veterinarian.",
}
"""Code → sentence. A warning says that something needs a look, a refusal that nothing could be read."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a message is not taken as a prescription. `error` is the SCRIPT error code of the answer."""

    text: str
    error: str = "900"


REFUSALS = {
    "not-xml": Refusal("The message is not well-formed XML."),
    "doctype": Refusal("The message declares a document type or entities, which SCRIPT has no use for."),
    "too-large": Refusal("The message is larger than a SCRIPT message may be here."),
    "too-deep": Refusal("The message is nested deeper, or has more elements, than a SCRIPT message may have here."),
    "not-script": Refusal("The message is XML, but not a SCRIPT message."),
    "no-transaction": Refusal("The message has no body that says what it is for."),
    "cancel-request": Refusal("Requests to cancel are not processed here by machine: telephone the pharmacy.", "601"),
    "renewal-response": Refusal("Answers to renewal requests are not processed here: send a NewRx.", "601"),
    "change-response": Refusal("Answers to change requests are not processed here: send a NewRx.", "601"),
    "unsupported-transaction": Refusal("This transaction is not processed here: only NewRx is.", "601"),
    "answer-only": Refusal("The message is itself an answer and carries no prescription.", "601"),
    "no-medicine": Refusal("The NewRx names no medicine."),
    "several-medicines": Refusal("The NewRx names more than one medicine: send one message for each."),
    "animal": Refusal("The prescription is for an animal, which is not dispensed for here.", "601"),
}
"""Code → refusal. 900: rejected as it stands; 601: read, but not something this receiver processes."""


class Unreadable(ValueError):
    """A message that gives no prescription. `code` is one of `REFUSALS`, `place` where in the message.

    `header` is what could be read of the message's header, for the answer; None when not even that.
    """

    def __init__(self, code: str, place: str = "", header: Header | None = None) -> None:
        self.code, self.place, self.header = code, place, header
        super().__init__(f"{REFUSALS[code].text} ({place})" if place else REFUSALS[code].text)


def warning(code: str, where: str = "") -> ReadWarning:
    """The warning of this code at a place in the message."""
    return ReadWarning(code, WARNINGS[code], where)
