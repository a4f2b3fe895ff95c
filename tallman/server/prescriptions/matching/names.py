"""Names of people against each other: accents, hyphens, suffixes, short forms, slips."""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum

from rapidfuzz.fuzz import ratio

__all__ = ["Likeness", "family_likeness", "given_likeness", "parts", "suffix_of"]

_SUFFIXES = {"jr": "Jr", "junior": "Jr", "sr": "Sr", "senior": "Sr", "ii": "II", "iii": "III", "iv": "IV", "2nd": "II"}
_TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "md", "do", "np", "pa", "dds", "dmd", "dpm", "aprn", "phd"})
_NEAR = 80
"""Similarity of two spellings of one name, in percent."""

# A name and the short forms it is called by; both directions count.
_SHORT_FORMS = """
    alexander: alex al sandy xander | alexandra: alex sandra lexi | amanda: mandy | andrew: andy drew | anthony: tony
    barbara: barb babs | benjamin: ben benny | catherine: cathy kate katie cat | charles: charlie chuck chas
    christina: tina chris christy | christine: tina chris christy | christopher: chris kit topher | cynthia: cindy
    daniel: dan danny | david: dave davey | deborah: deb debbie | donald: don donnie | dorothy: dot dottie
    edward: ed eddie ted ned | eleanor: ellie nell nora | elizabeth: liz beth betty betsy eliza lizzie libby ellie
    francis: frank fran | frances: fran frannie | frederick: fred freddie | gabriel: gabe | gerald: gerry jerry
    gregory: greg | guadalupe: lupe | harold: harry hal | henry: hank harry | isabella: bella izzy | jacob: jake
    jacqueline: jackie | james: jim jimmy jamie | janet: jan | jennifer: jen jenny | jeffrey: jeff | jessica: jess
    john: jack johnny | jonathan: jon jonny | joseph: joe joey | joshua: josh | judith: judy | katherine: kathy kate
    kenneth: ken kenny | kimberly: kim | lawrence: larry | leonard: len lenny | louis: lou | margaret: maggie peggy meg
    maria: mary | matthew: matt | michael: mike mikey mick | nancy: nan | nathaniel: nate nathan | nicholas: nick nicky
    nicole: nikki | pamela: pam | patricia: pat patty trish tricia | patrick: pat paddy | peter: pete | philip: phil
    raymond: ray | rebecca: becky becca | richard: rick ricky dick rich | robert: bob bobby rob robbie bert
    ronald: ron ronnie | samantha: sam | samuel: sam sammy | sandra: sandy | sarah: sally | stephanie: steph
    stephen: steve | steven: steve | susan: sue susie | theodore: ted teddy theo | theresa: terry tess | thomas: tom
    timothy: tim | veronica: ronnie | victoria: vicky tori | vincent: vince | virginia: ginny | walter: walt
    william: bill billy will willie | zachary: zach
"""
_CALLED = {
    name.strip(): frozenset(forms.split())
    for name, _, forms in (entry.partition(":") for entry in _SHORT_FORMS.strip().replace("\n", "|").split("|"))
}


class Likeness(IntEnum):
    """How near two names are."""

    OTHER = 0
    NEAR = 1
    PART = 2
    SHORT_FORM = 3
    INITIAL = 4
    SAME = 5


def parts(name: str) -> list[str]:
    """The words of a name in lower case, without accents, titles and suffixes.

    >>> parts("O'Brien-García, Jr.")
    ['obrien', 'garcia']
    """
    plain = unicodedata.normalize("NFKD", name.replace("'", "").replace("’", ""))
    words = re.findall(r"[^\W\d_]+|2nd", "".join(c for c in plain if not unicodedata.combining(c)).lower())
    return [w for w in words if w not in _SUFFIXES and w not in _TITLES]


def suffix_of(name: str) -> str:
    """Jr, Sr, II …; empty when the name has none.

    >>> suffix_of("Hollis, Walter, Jr.")
    'Jr'
    """
    words = re.findall(r"\w+", name.lower())[1:]
    return next((_SUFFIXES[w] for w in words if w in _SUFFIXES), "")


def family_likeness(one: str, other: str) -> Likeness:
    """Family names: one half of a double name is a part."""
    a, b = parts(one), parts(other)
    if not a or not b:
        return Likeness.OTHER
    if a == b or "".join(a) == "".join(b):
        return Likeness.SAME
    if set(a) & set(b):
        return Likeness.PART
    return Likeness.NEAR if ratio(" ".join(a), " ".join(b)) >= _NEAR else Likeness.OTHER


def given_likeness(one: str, other: str) -> Likeness:
    """First given names; an initial stands for every name that begins so."""
    a, b = (next(iter(parts(n)), "") for n in (one, other))
    if not a or not b:
        return Likeness.OTHER
    if a == b:
        return Likeness.SAME
    if a[0] == b[0] and 1 in (len(a), len(b)):
        return Likeness.INITIAL
    if _called(a) & _called(b):
        return Likeness.SHORT_FORM
    if {a, b} & {*parts(one)} & {*parts(other)}:
        return Likeness.PART
    return Likeness.NEAR if ratio(a, b) >= _NEAR else Likeness.OTHER


def _called(name: str) -> frozenset[str]:
    """The full names a name may stand for: itself, and those of which it is a short form."""
    return frozenset({name, *(full for full, forms in _CALLED.items() if name in forms)})
