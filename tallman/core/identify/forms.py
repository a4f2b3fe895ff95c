"""What the words of a text demand of the dose form: tablet or liquid, extended release, by eye or by ear."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Container
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from tallman.core.drug import DoseForm
from tallman.core.identify.text import Token
from tallman.core.identify.vocabulary import words
from tallman.core.knowledge import Knowledge
from tallman.core.routes import INJECTED, SHORT_ROUTES

__all__ = ["FORM_WORDS", "RELEASES", "FormDemands", "demands", "is_container", "is_other_device"]

Demand = Callable[[DoseForm], bool]


def _name_has(*words: str) -> Demand:
    return lambda form: any(word in form.name for word in words)


def _unit(*units: str) -> Demand:
    return lambda form: form.unit in units


def _route(*routes: str) -> Demand:
    return lambda form: not set(routes).isdisjoint(form.routes)


def _release(kind: str) -> Demand:
    return lambda form: form.release == kind


def _not_made_for_other(hours: str) -> Demand:
    other = {"12": "24 hour ", "24": "12 hour "}[hours]
    return lambda form: not form.name.startswith(other)


def _hours(hours: str) -> Demand:
    """Extended release, and not made for another number of hours."""
    return _both(_EXTENDED, _not_made_for_other(hours))


def _without_hours(name: str) -> str:
    return name.removeprefix("12 hour ").removeprefix("24 hour ")


def _both(a: Demand, b: Demand) -> Demand:
    return lambda form: a(form) and b(form)


def _liquid(kind: str, other: str) -> Demand:
    """A solution and no suspension: also pens, syringes, sprays, whose names do not say which."""
    fluid = ("inject", "syringe", "cartridge", "spray", "enema")
    return lambda form: kind in form.name or (other not in form.name and any(f in form.name for f in fluid))


is_container = _name_has("pen injector", "auto-injector", "syringe", "cartridge")
"""Whether a form is a pen or a syringe, not a vial."""
_LIQUID = _name_has("solution", "suspension", "liquid")
_INJECTED = _route("intravenous", "intramuscular", "subcutaneous")
_OF_ONE_DOSE = _name_has("ophthalmic solution", "ophthalmic suspension", "inhalation solution", "inhalation suspension")


def _in_a_vial(form: DoseForm) -> bool:
    """An injection that is drawn up; drops for the eye and what is nebulized come in vials of one dose too."""
    return (_INJECTED(form) and not is_container(form)) or _OF_ONE_DOSE(form)


def _in_a_syringe(form: DoseForm) -> bool:
    """A prefilled syringe; a depot comes in one of two chambers."""
    return "prefilled syringe" in form.name or (form.release == "extended" and _INJECTED(form))


_ORAL = _route("oral", "buccal", "sublingual")
_IN_THE_MOUTH = _route("mucous membrane", "oral", "buccal")
_SPREAD = _both(_unit("g"), _route("topical"))
"""What is spread on the skin comes in packets of one dose too."""
_TABLET = _both(_unit("tablet"), lambda form: "vaginal" not in form.name)
_CAPSULE = _unit("capsule")
_EXTENDED, _DELAYED = _release("extended"), _release("delayed")
_EXTENDED_DOSE = _both(_EXTENDED, lambda form: form.unit not in ("patch", "ring", "implant"))
CONTAINERS = words(
    "pen pens kwikpen flexpen solostar flextouch sensoready pushtouch penfill penfills injector autoinjector autoinj "
    "sureclick syringe syringes syr pfs cartridge cartridges prefilled sopn soaj sosy susy prsy soct "
    "syrg inpn pnij atin"
)
_DEVICES = {
    **{word: word for word in words("kwikpen solostar penfill sureclick clickject statdose")},
    "flexpen": "flex", "flextouch": "flex",
}  # fmt: skip
"""Pens by what is called so; of the two of one maker an insulin has been sold in either."""
RELEASES = words(
    "er xr xl sr cr la xt sa cd ir retard extended sustained controlled dr ec delayed enteric long "
    "immediate tb24 tb12 tr24 tr12 cp24 cp12 tbcr tbsr tber cpcr cpsr cper tbec tbdr cpdr cpep cpec"
)


def is_other_device(text: str, brand: str) -> bool:
    """Whether a pen that is written is one by which another brand is called: "Lantus KwikPen" is no Lantus SoloStar."""
    said, own = ({_DEVICES[w] for w in written.lower().split() if w in _DEVICES} for written in (text, brand))
    return bool(said and own) and said.isdisjoint(own)


FORM_WORDS: dict[str, Demand] = {
    **dict.fromkeys(words("tab tabs tabl tablet tablets tbs caplet caplets tb tbl"), _TABLET),
    **dict.fromkeys(words("cap caps capsule capsules softgel softgels gelcap cps cp"), _CAPSULE),
    **dict.fromkeys(words("er xr sa"), _EXTENDED_DOSE),
    **dict.fromkeys(words("extended controlled retard"), _EXTENDED),
    **dict.fromkeys(words("sprinkle sprinkles"), _name_has("capsule", "granules", "pellet")),
    **dict.fromkeys(words("la xt"), _both(_EXTENDED_DOSE, _not_made_for_other("24"))),
    "cd": _both(_hours("24"), _CAPSULE),
    **dict.fromkeys(words("ir immediate"), _release("immediate")),
    "ns": lambda form: not {"nasal", "intravenous"}.isdisjoint(form.routes),
    "cr": lambda form: _EXTENDED(form) or "cream" in form.name,
    **dict.fromkeys(words("sr sustained"), _hours("12")),
    "xl": _hours("24"),
    **dict.fromkeys(words("dr ec delayed enteric"), _DELAYED),
    **dict.fromkeys(
        words("odt disintegrating rapidly rapdis zydis discmelt soltab soltabs solutab reditabs mtab mtabs"),
        _name_has("disintegrating"),
    ),
    **dict.fromkeys(words("chew chewable chewables chewtab chw"), _name_has("chewable")),
    **dict.fromkeys(words("sl sublingual subling"), _route("sublingual")),
    **dict.fromkeys(words("soln sol solution solutions"), _liquid("solution", "suspension")),
    **dict.fromkeys(words("susp suspension sus"), _liquid("suspension", "solution")),
    **dict.fromkeys(words("syrup syrp syp elixir elix oralsoln"), _both(_LIQUID, _ORAL)),
    **dict.fromkeys(words("liquid liq"), lambda form: (_LIQUID(form) and _ORAL(form)) or "nasal" in form.routes),
    **dict.fromkeys(words("cream crm crea cre"), _name_has("cream")),
    **dict.fromkeys(words("oint ointment ointm ung oin"), _name_has("ointment")),
    **dict.fromkeys(words("gel jelly"), _name_has("gel")),
    **dict.fromkeys(words("lotion lot"), _name_has("lotion")),
    **dict.fromkeys(words("foam"), _name_has("foam")),
    **dict.fromkeys(words("shampoo sha"), _name_has("shampoo")),
    **dict.fromkeys(words("enema"), _name_has("enema")),
    **dict.fromkeys(words("patch patches ptch dis"), _unit("patch")),
    **dict.fromkeys(words("transdermal td"), lambda form: form.unit == "patch" or form.name == "topical gel"),
    **dict.fromkeys(words("ophthalmic ophth opth oph op eye eyedrops"), _route("ophthalmic")),
    **dict.fromkeys(words("otic ear eardrops"), _route("otic")),
    **dict.fromkeys(words("nasal nose intranasal"), _route("nasal")),
    **dict.fromkeys(words("topical top external"), _route("topical")),
    "mouth/throat": _IN_THE_MOUTH,
    **dict.fromkeys(words("vaginal vag"), _route("vaginal")),
    **dict.fromkeys(words("rectal"), _route("rectal")),
    **dict.fromkeys(words("supp sup suppository suppositories"), _unit("suppository", "insert")),
    **dict.fromkeys(words("hfa mdi"), _name_has("metered dose inhaler", "inhalation spray")),
    **dict.fromkeys(words("inhaler inhalers inh aerosol inhalation"), lambda form: "inhalation" in form.routes),
    **dict.fromkeys(words("diskus ellipta dpi respiclick flexhaler inhub"), _name_has("dry powder")),
    "aer": lambda form: "inhalation" in form.routes or any(kind in form.name for kind in ("foam", "spray")),
    **dict.fromkeys(words("respimat"), _name_has("inhalation spray")),
    **dict.fromkeys(words("handihaler"), _name_has("inhalation capsule", "dry powder")),
    **dict.fromkeys(
        words("neb nebs nebulizer nebulization nebules respules"),
        _name_has("inhalation solution", "inhalation suspension"),
    ),
    **dict.fromkeys(
        words("pen pens kwikpen flexpen solostar flextouch sensoready pushtouch"),
        _name_has("pen injector", "auto-injector"),
    ),
    **dict.fromkeys(words("penfill penfills"), _name_has("cartridge", "pen injector")),
    **dict.fromkeys(words("injector"), _name_has("injector")),
    **dict.fromkeys(words("autoinjector autoinj sureclick"), _name_has("auto-injector")),
    **dict.fromkeys(words("syringe syringes syr pfs"), _in_a_syringe),
    **dict.fromkeys(words("cartridge"), _name_has("cartridge")),
    **dict.fromkeys(words("vial vials vl"), _in_a_vial),
    **dict.fromkeys(
        words("inj injection injectable shot shots subcut subcutaneous intramuscular intravenous sq subq im iv"),
        _INJECTED,
    ),
    **dict.fromkeys(words("film films"), _unit("film")),
    **dict.fromkeys(words("lozenge lozenges troche"), _name_has("lozenge")),
    **dict.fromkeys(words("spray spr"), _name_has("spray")),
    **dict.fromkeys(words("ring"), _unit("ring")),
    **dict.fromkeys(words("oral orally po"), _ORAL),
    **dict.fromkeys(
        words("drop drops gtt gtts"),
        lambda form: form.name.endswith(("solution", "suspension")) and "intravenous" not in form.routes,
    ),
    "lar": lambda form: "powder for injection" in form.name or (_EXTENDED(form) and _INJECTED(form)),
    **dict.fromkeys(words("packet packets sachet"), lambda form: form.unit == "packet" or _SPREAD(form)),
    **dict.fromkeys(words("powder pwd"), _name_has("powder")),
    **dict.fromkeys(words("gum"), _unit("gum")),
    **{w: _name_has(w) for w in words("granules paste pellet insert wafer irrigation swab kit")},
    **dict.fromkeys(words("emulsion emul"), _name_has("emulsion", "injectable suspension", "ophthalmic")),
    "tds": _unit("patch"),
    "gfs": _name_has("ophthalmic gel"),
    **dict.fromkeys(words("rns visc viscous"), _both(_LIQUID, _IN_THE_MOUTH)),
    "pad": lambda form: "pad" in form.name or form.unit == "patch",
    "oil": lambda form: "oil" in form.name or ("inject" in form.name and "intramuscular" in form.routes),
    **dict.fromkeys(words("concentrate conc intensol"), _LIQUID),
    **dict.fromkeys(words("strip strips"), _unit("film")),
    **dict.fromkeys(words("implant"), _unit("implant")),
    **dict.fromkeys(words("iud ius intrauterine"), _route("intrauterine")),
    "device": lambda form: form.unit == "each" or "inhalation" in form.routes,
    # As prescribing systems shorten them: "TB24" is a tablet for 24 hours, "SOSY" a solution in a syringe.
    **dict.fromkeys(words("tb24 tr24"), _both(_TABLET, _hours("24"))),
    **dict.fromkeys(words("tb12 tr12"), _both(_TABLET, _hours("12"))),
    "cp24": _both(_CAPSULE, _hours("24")),
    "cp12": _both(_CAPSULE, _hours("12")),
    **dict.fromkeys(words("tbcr tbsr tber"), _both(_TABLET, _EXTENDED)),
    **dict.fromkeys(words("cpcr cpsr cper"), _both(_CAPSULE, _EXTENDED)),
    **dict.fromkeys(words("tbec tbdr"), _both(_TABLET, _DELAYED)),
    **dict.fromkeys(words("cpdr cpep cpec"), _both(_CAPSULE, _DELAYED)),
    **dict.fromkeys(words("tbdp tbdl"), _name_has("disintegrating")),
    "subl": _both(_TABLET, _route("sublingual")),
    **dict.fromkeys(words("tbpk dosepak dosepk dosepack"), _TABLET),
    "solr": lambda form: _INJECTED(form) or form.name == "powder for oral solution",
    "susr": _liquid("suspension", "solution"),
    "sopn": _name_has("pen injector", "auto-injector"),
    "soaj": _name_has("auto-injector", "pen injector"),
    **dict.fromkeys(words("sosy susy prsy syrg"), _name_has("syringe")),
    **dict.fromkeys(words("inpn pnij"), _name_has("pen injector", "auto-injector")),
    "atin": _name_has("auto-injector", "pen injector"),
    "soct": _name_has("cartridge"),
    "nebu": _name_has("inhalation solution", "inhalation suspension"),
    **dict.fromkeys(words("aepb dsdv"), _name_has("dry powder", "inhalation capsule")),
    "hfaa": _name_has("metered dose inhaler"),
    "spry": _name_has("spray"),
    "drps": lambda form: form.name.endswith(("solution", "suspension")) and "intravenous" not in form.routes,
    "liqd": lambda form: (_LIQUID(form) and _ORAL(form)) or "nasal" in form.routes,
    "pwpk": lambda form: form.unit == "packet" or "powder" in form.name,
    **dict.fromkeys(words("pt24 pt72 ptwk pttw ptsw"), _unit("patch")),
    "lotn": _name_has("lotion"),
    "sham": _name_has("shampoo"),
    "enem": _name_has("enema"),
    "lozg": _name_has("lozenge"),
}
_OF_TWO_WORDS = {
    ("ext", "rel"): "er",
    ("sust", "rel"): "er",
    ("del", "rel"): "dr",
    ("slow", "release"): "er",
    ("mouth", "throat"): "mouth/throat",
}
_NOT_LASTING = words("/ per q every each for in over after within x")
_IN_AN_AEROSOL = words("solution soln sol suspension susp sus powder")
_STARTERS = words("starter starting titration titrating dosepak dosepk dosepack")
_BEFORE_A_STRENGTH, _MEASURES = words("tds lot"), words("mg mcg g gm %")
"""Three times a day, and a number of what was made together, where no strength follows."""
_MAKE_NONE, _SOLUTIONS = words("nebulizer nebulization neb forming"), words("solution soln sol")
"""What is nebulized is called a solution, be it a suspension; a "gel forming solution" is the gel."""
_MISSPELT = tuple(w for w in FORM_WORDS if len(w) > 5)


@dataclass(frozen=True)
class FormDemands:
    """What the form must satisfy, and the tokens that said so.

    `by_word` is what the words demand one by one where together they are the name of one form ("oral tablet");
    `says_release`, `says_hours` and `says_container` whether a release, its hours, a pen or syringe was named;
    `says_several` whether a pack of several strengths, to start with, `says_pack` any pack of tablets.
    """

    demands: tuple[Demand, ...] = ()
    used: frozenset[int] = frozenset()
    says_release: bool = False
    says_container: bool = False
    says_hours: bool = False
    says_several: bool = False
    says_pack: bool = False
    by_word: tuple[Demand, ...] | None = None

    def fit(self, form: DoseForm) -> bool:
        """Whether a form satisfies every word."""
        return all(demand(form) for demand in self.demands)

    def loosely(self) -> FormDemands:
        """The demands of the single words alone: "oral tablet" is also what an extended release one is."""
        return self if self.by_word is None else replace(self, demands=self.by_word, by_word=None)


@lru_cache(maxsize=4)
def _whole_names(knowledge: Knowledge) -> dict[tuple[str, ...], str]:
    # "Pen-injector" and "auto-injector" are said of the same things, so that neither demands itself.
    return {tuple(n.split()): n for n in knowledge.forms if " " in n and "injector" not in n}


def demands(tokens: list[Token], taken: Container[int], knowledge: Knowledge) -> FormDemands:
    """What the words outside `taken` demand of the form.

    A full name ("oral tablet") demands exactly that form, unless the words around it say more of it ("oral
    tablet extended release").
    """
    free = [(i, t.text) for i, t in enumerate(tokens) if i not in taken and t.is_word]
    whole = _written_out(free, _whole_names(knowledge))
    if whole:
        name, used = whole
        rest = _by_words([(i, w) for i, w in free if i not in used], tokens)
        if rest.fit(knowledge.forms[name]):
            exact = (lambda form: name in (form.name, _without_hours(form.name)), *rest.demands)
            contained = rest.says_container or is_container(knowledge.forms[name])
            words_alone = _by_words(free, tokens).demands
            return FormDemands(
                exact,
                rest.used | used,
                True,
                contained,
                rest.says_hours,
                rest.says_several,
                rest.says_pack,
                words_alone,
            )
    return _by_words(free, tokens)


def _by_words(free: list[tuple[int, str]], tokens: list[Token]) -> FormDemands:
    silent = {i for (i, w), (_, following) in itertools.pairwise(free) if w == "film" and following == "coated"}
    silent |= {i for (_, before), (i, w) in itertools.pairwise(free) if before == "aerosol" and w in _IN_AN_AEROSOL}
    silent |= {i for (_, before), (i, w) in itertools.pairwise(free) if before in _MAKE_NONE and w in _SOLUTIONS}
    silent |= {i for (_, before), (i, w) in itertools.pairwise(free) if before == "intrauterine" and w == "device"}
    silent |= _routes_left_open(free) | {i for i, w in free if w in _BEFORE_A_STRENGTH and not _is_measured(tokens, i)}
    known = [(i, None if i in silent else _as_form_word(w)) for i, w in free]
    known += [(i, _OF_TWO_WORDS.get((free[n - 1][1], w))) for n, (i, w) in enumerate(free) if n]
    said = [(i, w) for i, w in known if w]
    hours = _hours_said(tokens)
    says_release = any(w in RELEASES for _, w in said) or bool(hours)
    lasting = [_not_made_for_other(h) for h in hours]
    several = any(w in _STARTERS for _, w in free) or any(_is_dose_pack(*p) for p in itertools.pairwise(free))
    return FormDemands(
        (*(FORM_WORDS[w] for _, w in said), *lasting),
        frozenset(i for i, _ in said),
        says_release,
        any(w in CONTAINERS for _, w in said),
        bool(hours),
        says_several=several,
        says_pack=several or any(w == "tbpk" for _, w in free),
    )


def _is_measured(tokens: list[Token], i: int) -> bool:
    """Whether a strength with its unit stands behind: "desonide lot 0.05%", not "lot 12345"."""
    return i + 2 < len(tokens) and tokens[i + 1].is_number and tokens[i + 2].text in _MEASURES


def _routes_left_open(free: list[tuple[int, str]]) -> set[int]:
    """The words for routes where one is by mouth and another by a needle: "IM or PO" demands neither."""
    told = {i: SHORT_ROUTES[w] for i, w in free if w in SHORT_ROUTES}
    is_either = "oral" in told.values() and not INJECTED.isdisjoint(told.values())
    return {*told} if is_either else set()


def _is_dose_pack(one: tuple[int, str], other: tuple[int, str]) -> bool:
    return one[1] == "dose" and other[1] in ("pack", "pak", "pk")


def _hours_said(tokens: list[Token]) -> list[str]:
    """ "24 HR metoprolol …", "12hr": the hours that an extended release lasts."""
    return [
        t.text
        for i, t in enumerate(tokens)
        if t.text in ("12", "24") and i + 1 < len(tokens) and tokens[i + 1].text in ("hr", "hour", "h")
        and not (i and tokens[i - 1].text in _NOT_LASTING)
    ]  # fmt: skip


def _as_form_word(word: str) -> str | None:
    if word in FORM_WORDS:
        return word
    if len(word) < 5:
        return None
    return next((w for w in _MISSPELT if w[0] == word[0] and OSA.distance(word, w, score_cutoff=1) <= 1), None)


def _written_out(free: list[tuple[int, str]], names: dict[tuple[str, ...], str]) -> tuple[str, set[int]] | None:
    for first in range(len(free)):
        for last in range(min(len(free), first + 5), first + 1, -1):
            run = free[first:last]
            if name := names.get(tuple(w for _, w in run)):
                return name, {i for i, _ in run}
    return None
