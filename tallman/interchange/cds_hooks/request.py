"""From the bytes of a call to what was asked, and to the FHIR Bundle that holds everything sent along.

Resources are passed on as they were sent, byte for byte, but for orders of which the call says that they are drafts.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import msgspec

from tallman.interchange.cds_hooks.prefetched import is_answer, not_sent
from tallman.interchange.cds_hooks.services import ORDER_SELECT, PATIENT_VIEW, Service

__all__ = ["Missing", "Request", "Resource", "Unreadable", "read"]

_OF_TAKEN = ("medications", "statements")
_NO_LONGER = ("cancelled", "stopped", "completed", "entered-in-error")
_DECODER = msgspec.json.Decoder(float_hook=Decimal)
_ENCODER = msgspec.json.Encoder(decimal_format="number")


class Unreadable(Exception):
    """The call is not as CDS Hooks has it; the text says where and what to do, and holds nothing of the call."""


class Missing(Exception):
    """The call is sound, but lacks what no check can do without."""


_Said = Annotated[str, msgspec.Meta(min_length=1)]


class _Entry(msgspec.Struct, rename="camel"):
    resource: msgspec.Raw = msgspec.Raw()
    full_url: str = ""


class _Head(msgspec.Struct, rename="camel"):
    resource_type: str
    id: str = ""
    status: str = ""
    entry: list[_Entry] = []


class _Context(msgspec.Struct, rename="camel"):
    patient_id: _Said
    selections: list[str] = []
    draft_orders: msgspec.Raw = msgspec.Raw()


class _Call(msgspec.Struct, rename="camel"):
    hook: str
    hook_instance: _Said
    context: _Context
    prefetch: dict[str, msgspec.Raw] = {}


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource of the call: type, id, full address if it had one, and its JSON."""

    kind: str
    id: str
    url: str
    json: bytes

    def content(self) -> dict[str, Any]:
        """The resource as values; numbers stay exact."""
        return _DECODER.decode(self.json)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Request:
    """One call. `drafts` and `record` are the resources sent; `selected` the ids of the drafts that are asked about
    (None: all of them); `not_sent` names what was left out or cut off, in plain words."""

    service: Service
    instance: str
    drafts: tuple[Resource, ...]
    record: tuple[Resource, ...]
    selected: frozenset[str] | None
    not_sent: tuple[str, ...]

    def bundle(self) -> bytes:
        """Everything sent, as one FHIR Bundle."""
        entries = b",".join(
            b'{"fullUrl":' + _ENCODER.encode(r.url) + b',"resource":' + r.json + b"}"
            if r.url
            else b'{"resource":' + r.json + b"}"
            for r in (*self.drafts, *self.record)
        )
        return b'{"resourceType":"Bundle","type":"collection","entry":[' + entries + b"]}"

    def find(self, id: str) -> Resource | None:
        """The medication request with an id, as an order of the case is called ("1" or "MedicationRequest/1")."""
        for resource in (*self.drafts, *self.record):
            if resource.kind == "MedicationRequest" and id in (resource.id, f"MedicationRequest/{resource.id}"):
                return resource
        return None


def read(data: bytes, service: Service) -> Request:
    """What is asked of a service. Raises Unreadable, and Missing where the patient was not sent along."""
    try:
        call = msgspec.json.decode(data, type=_Call)
        drafts = tuple(_resources(call.context.draft_orders))
        record = tuple(r for value in call.prefetch.values() for r in _resources(value))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unreadable(f"This is no call as CDS Hooks 2.0 has it ({_where(error)}).") from None
    if call.hook != service.hook:
        raise Unreadable(f"This service is for the hook {service.hook}.")
    if service is not PATIENT_VIEW and bytes(call.context.draft_orders) in (b"", b"null"):
        raise Unreadable("The context has no draftOrders: there is nothing to check.")
    _look_for_the_patient(record, call.context.patient_id)
    if service is PATIENT_VIEW and not any(is_answer(call.prefetch.get(key)) for key in _OF_TAKEN):
        raise Missing("What the patient takes was not sent: send the prefetch named medications.")
    drafts = tuple(_as_draft(r) for r in drafts)
    return Request(
        service=service,
        instance=call.hook_instance,
        drafts=drafts,
        record=tuple(r for r in _each_once(record) if not _is_in(r, drafts)),
        selected=_selected(call.context, service),
        not_sent=tuple(not_sent(call.prefetch)),
    )


def _look_for_the_patient(record: tuple[Resource, ...], id: str) -> None:
    """Raises Missing where nobody was sent, and Unreadable where somebody else was."""
    patients = [r for r in record if r.kind == "Patient"]
    if not patients:
        raise Missing("The patient was not sent: send the prefetch named patient.")
    if all(p.id and p.id != id.rpartition("/")[2] for p in patients):
        raise Unreadable("The patient that was sent is not the one whose patientId the context has.")


def _selected(context: _Context, service: Service) -> frozenset[str] | None:
    """The orders that are asked about; only order-select has some of them."""
    if service is not ORDER_SELECT or not context.selections:
        return None
    return frozenset(s.rpartition("/")[2] for s in context.selections)


def _where(error: Exception) -> str:
    """The place in a message of msgspec's; its other words may hold what stood there."""
    _, at, place = str(error).partition(" - at `")
    return f"at {place.rstrip('`')}" if at else "it is not the JSON expected"


def _resources(value: msgspec.Raw, url: str = "") -> list[Resource]:
    """The resource sent, or those in the Bundle sent; none for null or for an answer that only tells of a fault."""
    json = bytes(value)
    if json in (b"", b"null"):
        return []
    head = msgspec.json.decode(json, type=_Head)
    if head.resource_type == "Bundle":
        return [r for entry in head.entry for r in _resources(entry.resource, entry.full_url)]
    if head.resource_type == "OperationOutcome":
        return []
    return [Resource(head.resource_type, head.id, url, json)]


def _as_draft(resource: Resource) -> Resource:
    """A draft order with the status of one, whatever it says; one that is called off stays called off."""
    content = resource.content()
    if resource.kind != "MedicationRequest" or content.get("status") in ("draft", *_NO_LONGER):
        return resource
    return Resource(resource.kind, resource.id, resource.url, _ENCODER.encode(content | {"status": "draft"}))


def _each_once(resources: tuple[Resource, ...]) -> list[Resource]:
    return list({(r.kind, r.id or r.json): r for r in resources}.values())


def _is_in(resource: Resource, drafts: tuple[Resource, ...]) -> bool:
    return bool(resource.id) and any((d.kind, d.id) == (resource.kind, resource.id) for d in drafts)
