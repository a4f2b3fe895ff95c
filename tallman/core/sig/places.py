"""Where and how: verbs, routes, sites on the body."""

from __future__ import annotations

from tallman.core.sig.reader import Reader

__all__ = ["place", "take", "verb"]

_PREPOSITIONS = frozenset(
    "to in into on onto per each via by over around under inside near the from your at of all for throughout affecting".split()
)
_GENERIC = frozenset({"take", "use", "give", "place"})
_PAIRS = {("dissolve", "drink"), ("mix", "drink"), ("chew", "take"), ("inhale", "use"), ("dissolve", "take"), ("swish", "take"),
          ("suck", "dissolve"), ("place", "dissolve"), ("mix", "take"), ("instill", "place"), ("insert", "place"),
          ("apply", "wear"), ("inject", "give"), ("place", "chew"), ("spray", "use"), ("dissolve", "place")}  # fmt: skip


def take(r: Reader) -> bool:
    """ "T1T PO QD": the T that stands for take, right before the number."""
    if r.word(r.at) != "t" or r.draft.method or r.draft.dose or not r.glued(r.at + 1):
        return False
    number = r.number(r.at + 1)
    if number is None or not r.term(number[1], "unit"):
        return False
    r.draft.method = "take"
    return r.took(r.at + 1)


def verb(r: Reader) -> bool:
    """ "take", "apply"; after a dose it is held back until it is clear whether a new step begins."""
    method = r.term(r.at, "verb")
    if method is None:
        return False
    draft, j = r.draft, r.at + 1
    if draft.method is None and draft.dose is None:
        draft.method = method
        return r.took(j)
    if draft.dose is None or draft.method == method:
        known = draft.method == method or draft.method in _GENERIC or method in _GENERIC
        if draft.dose is not None:
            pending, sentence = r.pending, r.sentence
            r.took(j)
            r.verb, r.pending, r.sentence = method, pending, sentence
            return True
        if draft.method in _GENERIC and method not in _GENERIC and draft.dose is None:
            draft.method = method
        return r.took(j) if known or (draft.method, method) in _PAIRS else r.refuse(j)
    pending, sentence = r.pending, r.sentence
    if draft.method is None and not (pending or sentence):
        draft.method = method
        return r.took(j)
    if (
        draft.method is None
        or method in _GENERIC
        or (draft.method, method) in _PAIRS
        or pending == "then"
        or r.term(j, "num")
    ):
        r.took(j)
        r.verb, r.pending, r.sentence = method, pending, sentence
        return True
    return r.refuse(j)


def _parts(r: Reader, i: int) -> tuple[str, int] | None:
    """ "left and right knee", "face, neck and chest"."""
    j = i
    names: list[str] = []
    while True:
        k = j
        sides: list[str] = []
        while r.term(k, "side") or (sides and r.word(k) in ("and", "or", "/") and r.term(k + 1, "side")):
            sides.append(r.word(k))
            k += 1
        if r.term(k, "part") is None:
            return (" ".join(names).replace(" ,", ","), j) if names else None
        names.append(" ".join([*sides, r.term(k, "part")]))
        j = k + 1
        if r.word(j) == "(" and r.word(j + 1) in ("s", "es") and r.word(j + 2) == ")":
            j += 3
        k = j
        while r.word(k) in (",", "and", "&", "or", "to", "on", "the", "/", "of"):
            k += 1
        if k == j or not (r.term(k, "part") or (r.term(k, "side") and r.term(k + 1, "part"))):
            return " ".join(names), j
        joint = [r.word(x) for x in range(j, k)]
        names.append(
            "of the" if "of" in joint else "or" if "or" in joint else "and" if {"and", "&"} & set(joint) else ","
        )
        j = k


def _named(r: Reader, i: int) -> tuple[str | None, str | None, int] | None:
    """(site, route, end) of the place at `i`."""
    route = r.term(i, "route")
    found = r.term(i, "place")
    if found:
        site, implied = found
        j = i + 1
        if r.word(j) == "(" and r.word(j + 1) in ("s", "es") and r.word(j + 2) == ")":
            j += 3
        if implied == "topical" and r.word(j) in ("of", "on", "in", "to", "at"):
            more = _parts(r, j + 1 + (r.word(j + 1) == "the"))
            if more:
                return f"{site} of the {more[0]}", implied, more[1]
            if r.word(j + 1) == "skin" or r.word(j + 2) == "skin":
                return site, implied, j + (2 if r.word(j + 1) == "skin" else 3)
        return site, implied, j
    parts = _parts(r, i)
    if parts:
        return parts[0], None, parts[1]
    return (None, route, i + 1) if route else None


def place(r: Reader) -> bool:
    """A route or a site, with the preposition before it."""
    j = r.at
    while r.word(j) in _PREPOSITIONS and r.term(j, "route") is None and r.term(j, "place") is None:
        if r.term(j, "side") and r.term(j + 1, "part"):
            break
        j += 1
    found = _named(r, j)
    if found is None:
        return False
    site, route, j = found
    if r.word(j - 1) == "iv" and r.term(j, "unit"):
        return False  # "take iv tabs" counts in Roman numerals.
    if site and route is None and r.at + 1 > j - 1 and r.draft.method not in ("apply", "rub", "spray", "wash"):
        return False
    j += r.word(j) == "route"
    return _put_place(r, site, route, j)


def _put_place(r: Reader, site: str | None, route: str | None, to: int) -> bool:
    draft = r.draft
    if route == "oral" and (draft.method == "inhale" or draft.route == "inhalation"):
        route = draft.route or "inhalation"
    if (
        draft.route == "oral"
        and route in ("inhalation", "sublingual", "buccal")
        and draft.method in ("inhale", "dissolve", "place", "use")
    ):
        draft.route = route
    if draft.route == "topical" and route in ("transdermal", "vaginal", "rectal", "ophthalmic", "nasal", "otic"):
        draft.route = route
    if route == "topical" and draft.route in ("transdermal", "vaginal", "rectal", "nasal", "otic", "ophthalmic"):
        route = None
    if route == "oral" and draft.route in ("sublingual", "buccal"):
        route = None
    if route and draft.route not in (None, route):
        return r.refuse(to)
    if site and draft.site not in (None, site):
        return r.refuse(to)
    draft.route = draft.route or route
    draft.site = draft.site or site
    return r.took(to)
