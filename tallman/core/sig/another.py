"""Another medicine in the directions of one: an order is for one, so that it is said and doubted."""

from __future__ import annotations

from tallman.core.sig.amounts import measure
from tallman.core.sig.products import past_name
from tallman.core.sig.reader import Reader

__all__ = ["another_medicine"]

_TIMED = ("freq", "every", "interval", "event", "route", "prn")


def another_medicine(r: Reader) -> bool:
    """ "Amoxicillin 500 mg tid and ibuprofen 600 mg q6h", "125 mg IV x1 then prednisone 40 mg daily"."""
    draft = r.draft
    if draft.product and draft.dose and draft.has_schedule() and not (r.term(r.at, "period") or r.term(r.at, "side")):
        return _begins_another(r)
    return draft.link == "then" and draft.is_blank() and draft.first < 0 and _follows_another(r)


def _begins_another(r: Reader) -> bool:
    """ "Amoxicillin 500 mg tid and ibuprofen 600 mg q6h": another medicine with a dose of its own. An order is for one."""
    joined = r.pending == "and" or r.term(r.at - 1, "verb") is not None or r.word(r.at - 1) in (",", ";", ".", "-")
    named = past_name(r, r.at) if joined else r.at
    found = measure(r, named) if named > r.at else None
    if not found or not any(r.term(found[3], kind) for kind in (*_TIMED, "at")):
        return False
    if r.words(r.at, named) != r.draft.product:
        r.doubts.append("more than one medicine")
    draft = r.begin("and")
    draft.product, draft.method, r.verb = r.words(r.at, named), draft.method or r.verb, None
    return r.took(named)


def _follows_another(r: Reader) -> bool:
    """ "40 mg IV q6h x 48 hours then prednisone 40 mg daily": the same once more, or another medicine that follows."""
    named = past_name(r, r.at)
    found = measure(r, named) if named > r.at else None
    if not found or not any(r.term(found[3], kind) for kind in _TIMED):
        return False
    said = r.words(r.at, named).split()
    if any((d.product or "").split()[: len(said)] == said for d in r.drafts):
        return r.took(named)
    r.doubts.append("more than one medicine")
    return r.put("product", " ".join(said), named)
