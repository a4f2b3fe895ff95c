"""What the words of a text demand of the dose form: tablet or liquid, extended release, by eye or by ear."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from tallman.core.drug import DoseForm
from tallman.core.identify.text import Token
from tallman.core.knowledge import Knowledge

__all__ = ["Demand", "demands"]

Demand = Callable[[DoseForm], bool]


def _name_has(*words: str) -> Demand:
    return lambda form: any(word in form.name for word in words)


def _unit(unit: str) -> Demand:
    return lambda form: form.unit == unit


def _route(*routes: str) -> Demand:
    return lambda form: not set(routes).isdisjoint(form.routes)


def _release(kind: str) -> Demand:
    return lambda form: form.release == kind


_LIQUID = _name_has("solution", "suspension", "liquid")
_INJECTED = _route("intravenous", "intramuscular", "subcutaneous")
_ORAL = _route("oral", "buccal", "sublingual")


def _both(a: Demand, b: Demand) -> Demand:
    return lambda form: a(form) and b(form)


_TABLET = _both(_unit("tablet"), lambda form: "vaginal" not in form.name)
_CAPSULE = _both(_unit("capsule"), lambda form: "inhalation" not in form.name)
_EXTENDED, _DELAYED = _release("extended"), _release("delayed")
WORDS: dict[str, Demand] = {
    **dict.fromkeys("tab tabs tablet tablets tbs caplet caplets tb".split(), _TABLET),
    **dict.fromkeys("cap caps capsule capsules softgel softgels gelcap cps".split(), _CAPSULE),
    **dict.fromkeys("er xr xl sr cr la xt sa extended sustained 24hr 12hr".split(), _EXTENDED),
    **dict.fromkeys("dr ec delayed enteric".split(), _DELAYED),
    **dict.fromkeys("odt disintegrating rapidly".split(), _name_has("disintegrating")),
    **dict.fromkeys("chew chewable chewables chewtab".split(), _name_has("chewable")),
    **dict.fromkeys("sl sublingual".split(), _route("sublingual")),
    **dict.fromkeys("soln sol solution solutions".split(), _name_has("solution")),
    **dict.fromkeys("susp suspension sus".split(), _name_has("suspension")),
    **dict.fromkeys("syrup syrp syp elixir elix liquid liq oralsoln".split(), _both(_LIQUID, _ORAL)),
    **dict.fromkeys("cream crm crea".split(), _name_has("cream")),
    **dict.fromkeys("oint ointment ung".split(), _name_has("ointment")),
    **dict.fromkeys("gel".split(), _name_has("gel")),
    **dict.fromkeys("lotion".split(), _name_has("lotion")),
    **dict.fromkeys("foam".split(), _name_has("foam")),
    **dict.fromkeys("shampoo".split(), _name_has("shampoo")),
    **dict.fromkeys("patch patches transdermal ptch".split(), _unit("patch")),
    **dict.fromkeys("ophthalmic ophth opth oph op eye".split(), _route("ophthalmic")),
    **dict.fromkeys("otic ear".split(), _route("otic")),
    **dict.fromkeys("nasal nose".split(), _route("nasal")),
    **dict.fromkeys("topical top".split(), _route("topical")),
    **dict.fromkeys("vaginal vag".split(), _route("vaginal")),
    **dict.fromkeys("rectal".split(), _route("rectal")),
    **dict.fromkeys("supp suppository suppositories".split(), _unit("suppository")),
    **dict.fromkeys("hfa mdi".split(), _name_has("metered dose inhaler", "inhalation spray")),
    **dict.fromkeys("inhaler inhalers inh aerosol".split(), _name_has("inhaler", "inhalation spray", "inhalation capsule")),
    **dict.fromkeys("diskus ellipta dpi respiclick flexhaler inhub".split(), _name_has("dry powder")),
    **dict.fromkeys("respimat".split(), _name_has("inhalation spray")),
    **dict.fromkeys("handihaler".split(), _name_has("inhalation capsule", "dry powder")),
    **dict.fromkeys("neb nebs nebulizer nebulization nebules respules".split(), _name_has("inhalation solution", "inhalation suspension")),
    **dict.fromkeys("pen pens kwikpen flexpen solostar flextouch sensoready penfill".split(), _name_has("pen injector", "cartridge")),
    **dict.fromkeys("autoinjector autoinj sureclick".split(), _name_has("auto-injector")),
    **dict.fromkeys("syringe syringes pfs".split(), _name_has("prefilled syringe")),
    **dict.fromkeys("vial vials inj injection injectable inject subcut sq subq im iv".split(), _INJECTED),
    **dict.fromkeys("film films".split(), _unit("film")),
    **dict.fromkeys("lozenge lozenges troche".split(), _name_has("lozenge")),
    **dict.fromkeys("spray".split(), _name_has("spray")),
    **dict.fromkeys("ring".split(), _unit("ring")),
    **dict.fromkeys("oral po".split(), _ORAL),
    **dict.fromkeys("drop drops gtt gtts".split(), _name_has("ophthalmic", "otic", "oral solution", "oral suspension")),
    **dict.fromkeys("packet packets sachet".split(), _unit("packet")),
    **dict.fromkeys("powder pwd".split(), _name_has("powder", "dry powder")),
    **dict.fromkeys("gum".split(), _unit("gum")),
    **dict.fromkeys("device".split(), _unit("each")),
}
# Words that say something true of the form but settle nothing.
EMPTY = frozenset(
    "release hour hours metered dose dry breath activated coated film-coated dispersible mouth by for use act actuat actuation hr "
    "24 12 generic brand name usp nf oral. strength maximum max the of with and per in puff system medicated bottle "
    "box pack pak kit each vial ds acting long orally adult multi single unit units".split()
)


@lru_cache(maxsize=4)
def _whole_names(knowledge: Knowledge) -> dict[tuple[str, ...], str]:
    return {tuple(name.replace("-", " ").split()): name for name in knowledge.forms}


def demands(tokens: list[Token], taken: set[int], knowledge: Knowledge) -> tuple[list[Demand], set[int], str | None]:
    """What the free words demand of the form, the tokens used, and the form's full name where it is written out."""
    words = [(i, t.text) for i, t in enumerate(tokens) if i not in taken and t.is_word]
    names = _whole_names(knowledge)
    for first in range(len(words)):
        for last in range(min(len(words), first + 5), first, -1):
            run = words[first:last]
            name = names.get(tuple(w for _, w in run))
            if name and len(run) > 1:
                used = {i for i, _ in run}
                more, also, _ = _by_word([w for w in words if w[0] not in used])
                return [lambda form: form.name == name, *more], used | also, name
    found, used, _ = _by_word(words)
    return found, used, None


def _by_word(words: list[tuple[int, str]]) -> tuple[list[Demand], set[int], None]:
    known = [(i, WORDS[w]) for i, w in words if w in WORDS]
    return [d for _, d in known], {i for i, _ in known}, None
