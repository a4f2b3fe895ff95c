"""Where and how: verbs, routes, sites on the body."""

from __future__ import annotations

import re

from tallman.core.sig.amounts import SHAPED, is_measured, measure
from tallman.core.sig.model import Event, Frequency
from tallman.core.sig.reader import Reader
from tallman.core.sig.sentences import begins_dose
from tallman.core.sig.spelling import may_be_name

__all__ = ["lower_part", "place", "take", "verb"]

_PREPOSITIONS = frozenset("the your to a".split())
_SIDES = {"l": "left", "lt": "left", "r": "right", "rt": "right"}
_JOINING = frozenset(
    {",", "and", "&", "or", "to", "on", "the", "/", "of", "on the", "of the", "between", "between the", "to the"}
)
_EITHER = frozenset({"/", "or", ","})
_AREAS = frozenset({"area", "areas", "skin", "lesions", "patches", "spots"})
_BRITISH = re.compile(r"(?<![\d/])\d{1,2}/(?:7|52|12)(?![\d/])")
"""So many days, weeks or months as Britain writes them, where "od" is once a day."""
_ORGANS = {"ophthalmic": "eye", "otic": "ear"}
_EYES = {"od": "right eye", "os": "left eye", "ou": "both eyes"}
_LATIN = frozenset({"od", "os", "ou", "ad", "as", "au"})
_ON_THE_BODY = frozenset({"apply", "rub", "spray", "wash", "use"})
_SKIN_OF = frozenset({"transdermal", "vaginal", "rectal", "nasal", "otic", "ophthalmic"})
_DOWN = frozenset({"drink", "chew", "dissolve", "swish", "gargle"})
_DROPPED = frozenset({"drop", "mL", "spray", "application", "inch", "cm", "dose", "each"})
"""Units in which something may be given into an eye or an ear."""
_RECTAL = frozenset({"suppository", "enema", "insert", "applicatorful", "mL", "application", "bottle", "kit"})
_THROUGH_SKIN = frozenset(
    {"patch", "g", "mg", "mcg", "mL", "pump", "application", "fingertip unit", "actuation", "spray"}
)
_SWALLOWED = frozenset({"take", "give", "drink", "swallow"})
_SUGAR = frozenset("sugar sugars glucose bs bg fbs fsbs fsbg".split())
_SYSTEMIC = frozenset({"oral", "sublingual", "buccal", "enteral tube", "intravenous", "intramuscular", "subcutaneous"})
_GENERIC = frozenset({"take", "use", "give", "place"})
_PAIRS = {("dissolve", "drink"), ("mix", "drink"), ("chew", "take"), ("inhale", "use"), ("dissolve", "take"), ("swish", "take"), ("gargle", "take"), ("swish", "gargle"),
          ("suck", "dissolve"), ("place", "dissolve"), ("mix", "take"), ("instill", "place"), ("insert", "place"),
          ("apply", "wear"), ("inject", "give"), ("place", "chew"), ("place", "insert"), ("spray", "use"), ("dissolve", "place")}  # fmt: skip

_LETTERS = {"t": "take", "u": "use", "d": "dissolve"}
"""How pharmacies shorten the verb that begins a direction."""


def take(r: Reader) -> bool:
    """ "T1T PO QD", "U 1 SPR": the letter that stands for take, use or dissolve, right before the number."""
    held = measure(r, r.at + 1) if r.word(r.at) == "hold" and r.draft.is_blank() else None
    if held and held[2] == "mL" and "mouth" in r.text.lower():
        r.draft.method = "swish"
        return r.took(r.at + 1)  # "hold 10 mL in the mouth for 2 minutes"
    if r.word(r.at) == "d" and _is_daily_letter(r):
        r.draft.frequency, r.draft.is_weak = Frequency(1, 1), True
        return r.took(r.at + 1)  # "TK 1 T PO D"
    method = _LETTERS.get(r.word(r.at))
    near = r.at == 0 or (method == "take" and r.glued(r.at + 1))
    if method is None or r.draft.method or r.draft.dose or not near:
        return False
    found = r.numbers(r.at + 1)
    unit = r.term(found[2], "unit") if found else None
    if unit is None or (method == "dissolve" and unit not in ("tablet", "film")):
        return False
    r.draft.method = method
    return r.took(r.at + 1)


def _is_daily_letter(r: Reader) -> bool:
    """Whether a D behind the route says daily, as pharmacies write it: "TK 1 T PO D", "INJ 40 UNITS SC D HS"."""
    j = r.at + 1
    ends = (
        j >= r.n
        or r.word(j) in (".", ",", ";", "*")
        or any(r.term(j, k) for k in ("for", "event", "prn", "instr", "directed", "remark"))
    )
    return bool(r.draft.dose and r.draft.route and r.term(r.at - 1, "route") and not r.draft.has_timing() and ends)


def _past_watching(r: Reader) -> int:
    """Past "monitor blood pressure weekly", with its time, to the end of the clause; 0 where a dose is told in it, or sugar is tested."""
    end = next((k for k in range(r.at, r.n) if r.word(k) in (".", ";", ",", ")", "\n")), r.n)
    told = any(begins_dose(r, k) or r.term(k, "link") == "then" for k in range(r.at + 1, end))
    sugar = not _SUGAR.isdisjoint(r.words(r.at, end).split())
    return 0 if told or sugar or r.word(r.at - 1) not in (",", ".", ";", "and", "-", "\n") else end


def _past_checked(r: Reader) -> int:
    """Past "check BG q1h" beside what runs, to the end of the clause; 0 where a dose is told in it."""
    end = next((k for k in range(r.at, r.n) if r.word(k) in (".", ";", ",", ")", "\n")), r.n)
    told = any(begins_dose(r, k) or r.term(k, "link") == "then" for k in range(r.at + 1, end))
    return 0 if told else end


def verb(r: Reader) -> bool:
    """ "take", "apply"; after a dose it is held back until it is clear whether a new step begins."""
    method = r.term(r.at, "verb")
    if method is None:
        return False
    if r.word(r.at).startswith("unw") and "unwrap first" not in r.draft.instructions:
        r.draft.instructions.append("unwrap first")
    draft, j = r.draft, r.at + 1
    if r.word(r.at) in ("shampoo", "lather") and draft.method in ("apply", "use") and not (draft.dose or r.sentence):
        r.at += 1
        return True  # "apply shampoo to damp scalp, lather, leave in place 5 minutes"
    if method == "check" and "fasting" in r.word(r.at) and r.word(j) in ("and", ",", "&", "before"):
        draft.events.append(Event("ACM"))  # "test fasting and before dinner"
    if r.word(r.at) == "rinse" and draft.wear and (j >= r.n or r.word(j) in (".", ";", ",")):
        return r.advise("rinse off", j)  # "leave on for 10 minutes, rinse."
    if method == "check" and draft.rate and (end := _past_checked(r)):
        return r.advise(r.words(r.at, end), end)  # "3 units/h, check BG q1h"
    if method == "check" and draft.dose and draft.has_timing() and (end := _past_watching(r)):
        return r.advise(r.words(r.at, end), end)  # "5 mg once daily, monitor blood pressure weekly"
    akin = draft.method in (None, method) or method in _GENERIC or (draft.method, method) in _PAIRS
    if draft.dose and draft.method in _GENERIC and r.word(r.at).endswith("ed") and not (r.pending or r.sentence):
        draft.method = method  # "take 1 puff inhaled daily"
        return r.took(j)
    akin = akin or (method in _DOWN and draft.route in (None, "oral") and draft.method in _GENERIC)
    if draft.dose is None:
        if not akin and draft.method not in _GENERIC:
            return r.refuse(j)
        if draft.method is None or (draft.method in _GENERIC and method not in _GENERIC):
            draft.method, draft.clause = method, r.clause
        return r.took(j)
    if method == "check" and draft.has_timing() and not _SUGAR.isdisjoint(r.word(r.at).split()):
        measured = draft.dose.unit == "unit" or is_measured(draft.dose.unit) or draft.dose.unit in SHAPED
        return r.advise("check blood sugar" if measured else "to check blood sugar", j)
    pending, sentence = r.pending, r.sentence
    goes_on = pending == "and" and not draft.has_timing() and (r.term(j, "route") or r.term(j, "prep"))
    if draft.method is None and (goes_on or not (pending or sentence)):
        draft.method = method
        return r.took(j)  # "crush 1 tablet and give via the tube"
    if not (akin or pending == "then" or r.term(j, "num") is not None):
        return r.refuse(j)
    r.took(j)
    r.verb, r.pending, r.sentence = method, pending, sentence
    return True


def _is_part(r: Reader, i: int) -> bool:
    """Whether a part of the body stands at `i`, or a place that is one."""
    place = r.term(i, "place")
    return r.term(i, "part") is not None or (place is not None and ("eyelid" in place[0] or place[0].endswith("nails")))


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
        if not _is_part(r, k):
            return (" ".join(names).replace(" ,", ","), j) if names else None
        behind = not sides and r.term(k, "part") and r.word(k + 1) in ("left", "right", "affected")
        sides += [r.word(k + 1)] if behind else ()  # "rodilla derecha", "knee right"
        names.append(" ".join([*(_SIDES.get(s, s) for s in sides), r.word(k)]))
        j = k = k + 1 + bool(behind)
        while r.word(k) in _JOINING:
            k += 1
        if k == j or not (_is_part(r, k) or (r.term(k, "side") and _is_part(r, k + 1))):
            return " ".join(names).replace(" ,", ","), j
        joint = {r.word(x) for x in range(j, k)}
        names.append(
            "of the"
            if joint & {"of", "of the", "on", "on the"}
            else "or"
            if "or" in joint
            else "and"
            if joint & {"and", "&"}
            else ","
        )
        j = k


def _described(r: Reader, i: int) -> tuple[str, int] | None:
    """ "To crusted or infected areas": a place on the skin told by words of no vocabulary."""
    if r.draft.method not in _ON_THE_BODY or not r.term(i - 1, "prep"):
        return None
    j = i
    while j < i + 4 and (_is_adjective(r, j) or r.term(j, "side") or (j > i and r.word(j) in ("/", "and", "or"))):
        j += 1
    ends = r.word(j) in _AREAS or (j > i and r.term(j, "part") is not None)
    return (r.words(i, j + 1), j + 1) if j > i and ends and r.word(j - 1).isalpha() else None


def _is_adjective(r: Reader, i: int) -> bool:
    return not r.knows(i) and r.word(i).isalpha() and may_be_name(r.word(i))


def _named(r: Reader, i: int) -> tuple[str | None, str | None, int] | None:
    """(site, route, end) of the place at `i`."""
    found = r.term(i, "place")
    if r.word(i) == "the affected" and (more := _parts(r, i + 1)):
        return f"affected {more[0]}", None, more[1]
    if found:
        site, implied = found
        j = i + 1
        if implied == "topical" and r.word(j) in ("of", "of the", "on", "in", "to", "at", "on the", "around"):
            more = _parts(r, j + 1 + (r.word(j + 1) == "the"))
            if more:
                return f"{site} of the {more[0]}", implied, more[1]
            if r.word(j + 1) == "skin" or r.word(j + 2) == "skin":
                return site, implied, j + (2 if r.word(j + 1) == "skin" else 3)
        if "eyelid" in site and r.word(j) in ("of", "of the", "in", "in the") and (eye := r.term(j + 1, "place")):
            return f"{site} of {'' if eye[0].startswith('both') else 'the '}{eye[0]}", implied, j + 2
        lid = site.removeprefix("inside the ")
        if lid in ("lower eyelid", "upper eyelid", "eyelid", "lower eyelid pocket"):  # "lower lid OS"
            beside = r.term(j, "place")
            eye = _EYES.get(r.word(j)) or (beside[0] if beside else "")
            if eye in _EYES.values():
                side, one = eye.split()[0], site.endswith("lid")
                within = "" if lid == site else "inside " if side == "both" else "inside the "
                return (
                    f"{within}{side} {lid}{'s' if side == 'both' else ''}" if one else f"{site} of the {eye}",
                    implied,
                    j + 1,
                )
        return site, implied, j
    parts = _parts(r, i) or _described(r, i)
    if parts:
        return parts[0], None, parts[1]
    route = r.term(i, "route")
    return (None, route, i + 1) if route else None


def place(r: Reader) -> bool:
    """A route or a site, with the preposition before it."""
    j, word = r.at, r.word(r.at)
    if word in _LATIN and (_up_from_daily(r) or not _is_eye_or_ear(r, j)):
        return _once_daily(r)
    while (r.word(j) in _PREPOSITIONS or r.term(j, "prep")) and not (r.term(j, "route") or r.term(j, "place")):
        if r.term(j, "side") and _parts(r, j):
            break
        j += 1
    k = j
    while r.term(k, "side") or (k > j and r.word(k) in (",", "and")):
        k += 1
    if r.word(j + 1) in _EITHER and r.draft.route is None and (either := _either(r, j)):
        ways = [str(r.term(x, "route")) for x in range(j, either, 2)]
        return r.advise(f"{', '.join(ways[:-1])} or {ways[-1]}", either)
    found = _named(r, k if k > j and r.word(k) == "skin" else j)  # "to clean, dry, hairless skin"
    if found is None:
        return False
    site, route, j = found
    site = _one_or_both(r, site, route, j)
    if word == "for" and j < r.n and (not r.knows(j) or r.term(j, "part")) and r.word(j).isalpha():
        return False  # "for hip pain"
    if word == "for" and r.term(j - 1, "part"):
        return False  # "to affected area for eczema"
    if r.word(j - 1) == "iv" and r.term(j, "unit"):
        return False  # "take iv tabs" counts in Roman numerals.
    if (
        site
        and route is None
        and r.at + 1 > j - 1
        and r.draft.method not in _ON_THE_BODY
        and "lumen" not in site
        and r.draft.route not in ("topical", "intramuscular", "subcutaneous")
        and not (r.draft.dose and (r.draft.dose.unit == "patch" or "patch" in r.text.lower()))
    ):
        return False
    j += r.word(j) == "route"
    return _put_place(r, site, route, j)


def _one_or_both(r: Reader, site: str | None, route: str | None, to: int) -> str | None:
    """ "Affected eye(s)", "affected eyes", "ear(s)": one of them or both, as the words leave open."""
    organ = _ORGANS.get(route or "")
    if organ is None or site not in (None, f"affected {organ}"):
        return site
    written = r.text[r.items[r.at].start : r.items[to - 1].end].lower()
    several = f"{organ}(s)" in written.replace(" ", "") or (site and f"{organ}s" in written)
    return f"affected {organ}(s)" if several else site


def _either(r: Reader, j: int) -> int:
    """Past "PO/IV", "PO/IM/IV", "oral, intramuscular or intravenous": one way in or another; 0 when it is something else."""
    if r.word(j + 1) not in _EITHER:
        return 0
    ways, end = [r.term(j, "route")], j + 1
    while ways[-1] and r.word(end) in _EITHER and (way := r.term(end + 1, "route")):
        ways.append(way)
        end += 2
    several = len(ways) > 1 and len(set(ways)) == len(ways) and r.word(end) != "/"
    return end if several and r.word(end - 2) != "," else 0


def lower_part(r: Reader) -> bool:
    """ "To lower back": a place, and no purpose."""
    found = _parts(r, r.at + 1) if r.word(r.at) == "to lower" else None
    if not found or (
        found[1] < r.n and r.word(found[1]).isalpha() and (r.term(found[1], "reason") or not r.knows(found[1]))
    ):
        return False
    return _put_place(r, f"lower {found[0]}", None, found[1])


def _is_eye_or_ear(r: Reader, i: int) -> bool:
    """Whether the letters that name an eye or an ear do so here: drops, ointments, nothing else to be swallowed."""
    draft = r.draft
    unit = draft.dose.unit if draft.dose else None
    if draft.route == "intravitreal":
        return r.word(i) in ("od", "os", "ou")
    if draft.route == "oral" or (unit and unit not in _DROPPED):
        return False
    if unit == "mL" and draft.method in _SWALLOWED:
        return False
    twice = r.word(i) == r.word(i - 1) == "od" and not draft.has_timing()  # "1 gtt od od"
    if twice or (unit == "mL" and r.word(i) == "od" and draft.method is None and draft.route is None):
        r.doubts.append("the right eye, or once a day?")
    if r.word(i) == "od" and draft.route not in (None, "ophthalmic"):
        return False
    if r.word(i) == "od" and unit is None and draft.dose and _BRITISH.search(r.text):
        return False  # "1 od 6/7"
    if r.word(i) == "od" and draft.dose and unit is None and draft.method != "instill" and draft.route is None:
        r.doubts.append("the right eye, or once a day?")
    if r.word(i) in ("as", "ad"):
        follows = i + 1 >= r.n or r.knows(i + 1) or not r.word(i + 1).isalpha()
        return follows and (unit in ("drop", "spray", "mL") or draft.method == "instill")
    return True


def _up_from_daily(r: Reader) -> int:
    """How often at most in "od-bd", "od to tds"; 0 where it is something else."""
    more = r.term(r.at + 2, "freq") if r.word(r.at) == "od" and r.word(r.at + 1) in ("-", "to", "/", "or") else None
    return more[0] if more and more[1] == "d" and more[0] > 1 else 0


def _once_daily(r: Reader) -> bool:
    """ "1 tab od" is once daily; no other such letters mean anything beside a tablet."""
    if r.word(r.at) != "od" or r.draft.frequency not in (None, Frequency(1, 1)):
        return False
    more = _up_from_daily(r)
    if more:
        r.draft.frequency = Frequency(1, more)
        return r.took(r.at + 3)
    r.draft.frequency = Frequency(1, 1)
    return r.took(r.at + 1)


def _may_be_given(r: Reader) -> bool:
    """Whether "may" stands right before."""
    return "may" in r.text[: r.items[r.at].start].lower()[-12:].split()


def _put_place(r: Reader, site: str | None, route: str | None, to: int) -> bool:
    draft = r.draft
    if route == "oral" and (draft.method == "inhale" or draft.route == "inhalation"):
        route = draft.route or "inhalation"
    if {route, draft.route} == {"ophthalmic", "intravitreal"}:
        route = draft.route = "intravitreal"  # into which eye
    if r.pending == "or" and route and draft.route not in (None, route):
        chosen = (
            r.items[r.at - 2].end == draft.last and r.term(r.at - 2, "route") == draft.route and r.term(r.at, "route")
        )
        if not chosen or not {route, draft.route} <= _SYSTEMIC:
            return r.refuse(to)
        said, draft.route = f"{draft.route} or {route}", None  # "by mouth or under the tongue"
        return r.advise(said, to)
    if draft.route == "oral" and route in ("sublingual", "buccal") and draft.has_timing() and _may_be_given(r):
        said, draft.route = f"oral or {route}", None
        return r.advise(said, to)  # "by mouth every 4 hours, may give under the tongue"
    if (
        draft.route == "oral"
        and route in ("inhalation", "sublingual", "buccal")
        and draft.method not in ("swish", "gargle")
    ):
        draft.route = route
    if route == "topical" and draft.route in ("vaginal", "rectal") and r.word(r.at).startswith("ext"):
        return r.refuse(to)  # "1 applicatorful vaginally, may use externally"
    if draft.route == "topical" and route in _SKIN_OF:
        draft.route = route
    if (route == "topical" and draft.route in _SKIN_OF) or (
        route == "oral" and draft.route in ("sublingual", "buccal", "enteral tube")
    ):
        route = None
    if route and draft.route not in (None, route):
        return r.refuse(to)
    if draft.repeat and draft.site and site in ("alternating nostrils", "other nostril"):
        return r.advise(f"{'use' if site.startswith('alt') else 'next in the'} {site}", to)
    if site == "alternating nostrils" and draft.site == "one nostril" and draft.has_timing():
        draft.site = site  # "in one nostril daily, alternate nostrils each day"
    if site and draft.site not in (None, site):
        if draft.has_timing() and (draft.dose or draft.method in ("apply", "use")) and not r.verb:
            draft = r.begin(r.pending or "and")
        else:
            return r.refuse(to)
    unit = draft.dose.unit if draft.dose else None
    if r.word(r.at) == "pr" and draft.has_timing() and unit not in _RECTAL:
        r.doubts.append("rectally, or as needed?")
    if r.word(r.at) == "td" and draft.dose and unit not in _THROUGH_SKIN:
        r.doubts.append("through the skin, or three times a day?")
    draft.route = draft.route or route
    draft.site = draft.site or site
    return r.took(to)
