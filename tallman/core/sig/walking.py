"""Every phrase of a direction is understood by one of the grammar's functions, or stays unread."""

from __future__ import annotations

from tallman.core.sig.clinical import for_whom, taken_down
from tallman.core.sig.grammar import grammar_of, is_amount, kinds_of, may_be_decimal
from tallman.core.sig.lexicon import Item
from tallman.core.sig.links import BEHIND
from tallman.core.sig.needed import asked_for
from tallman.core.sig.notes import notes, set_aside_plain
from tallman.core.sig.nursing import headed
from tallman.core.sig.ordering import labelled, ordered
from tallman.core.sig.reader import Reader

__all__ = ["walk"]

_SILENT = frozenset(",:()[]\"'*•·–—-!`“”{}|_~\\^")
_ENDS = frozenset(".;\n")
_ASKED = asked_for()
_OF_A_CHOICE = frozenset(
    "freq interval every weekday for once prn max max_day day event week over at num until start cycle within may_repeat".split()
)
"""Kinds of phrases that say something of the dose, and behind "or" something else than what was said."""


def walk(r: Reader) -> None:
    """Try on every phrase the readings of its kinds, in their order, until one takes it."""
    aside = notes(r)
    headed(r)
    if r.at == 0 and not (taken_down(r) or for_whom(r) or labelled(r)):
        ordered(r)
    grammar = grammar_of(_ASKED & r.said)
    while r.at < r.n:
        item = r.items[r.at]
        if aside and r.at in aside:
            r.note(item.start, r.items[aside[r.at] - 1].end)
            r.at = aside[r.at]
            continue
        text = item.text
        if text == "." and may_be_decimal(r):
            r.refuse(r.at + 1)
            continue
        if text in _ENDS:
            r.sentence = True
            r.clause += 1
            r.at += 1
            continue
        choice = (len(r.drafts), len(r.unread)) if r.pending == "or" and _may_be_chosen(item) else None
        for reading in grammar[kinds_of(r, item)]:
            if reading(r):
                if choice and choice == (len(r.drafts), len(r.unread)):
                    r.doubts.append("or: what the choice is between is not said")  # "2 times a day or on Mondays"
                break
        else:
            if (text == "/" and _parts_phrases(r)) or (text == "=" and not r.at and r.term(1, "num") is not None):
                r.at += 1  # "twice a day/avoid alcohol", "= 1 tab, oral"
                continue
            begins = not r.at or (r.term(r.at - 1, "verb") is not None and not r.glued(r.at))
            is_minus = text == "-" and begins and r.glued(r.at + 1) and r.term(r.at + 1, "num") is not None
            if is_minus or not (text in _SILENT and not r.glued_number(r.at)):
                r.unread.append((item.start, item.end))
            r.at += 1
    last = r.draft
    is_empty = last.first < 0 and last.link == "then" and not _points_back(r)
    if r.n and not last.instructions and (is_empty or _is_cut_off(r)):
        r.doubts.append("what follows is not said")
    if r.unread:
        set_aside_plain(r)


def _may_be_chosen(item: Item) -> bool:
    return bool(item.terms) and not _OF_A_CHOICE.isdisjoint(item.terms)


def _points_back(r: Reader) -> bool:
    """Whether the last "then" stands behind what it speaks of: "2 tablets daily thereafter"."""
    said = next((r.word(i) for i in reversed(range(r.n)) if r.term(i, "link") == "then"), "")
    return said in BEHIND


def _is_cut_off(r: Reader) -> bool:
    """Whether the last word joins something to nothing: "1 tablet daily and"."""
    if r.pending is None or r.term(r.n - 1, "link") not in ("and", "or", "then"):
        return False
    return r.word(r.n - 1).isalpha() and not _points_back(r)


def _parts_phrases(r: Reader) -> bool:
    """Whether the stroke at the cursor stands between two phrases, as a comma would: "twice a day/avoid alcohol"."""
    before, after = r.items[r.at - 1], r.items[r.at + 1]
    if not r.at:
        return False
    if r.draft.wear and r.draft.last == before.end:
        return "num" in after.terms or after.text == "off"  # "12h on/12h off"
    if "num" in before.terms:
        return False
    if "event" in before.terms and "num" in after.terms:
        return r.draft.last == before.end and is_amount(r, r.at + 1)  # "20 units am/10 units pm"
    if "period" in before.terms and "num" in after.terms and r.draft.duration:
        return not r.glued(r.at) and not r.glued(r.at + 1)  # "40 mg x 3 d / 30 mg x 3 d"
    if not after.terms:
        return after.text.isalpha() and any(kind in before.terms for kind in ("freq", "event", "interval", "prn"))
    return any(
        kind in after.terms
        for kind in ("prn", "instr", "directed", "not", "event", "noise", "max", "place", "freq", "for", "remark")
    )
