"""Places into which few medicines are ever put by needle, and what those are: anything else there is a slip."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tallman.core.drug import DoseForm, Ingredient
from tallman.core.prescription import Order

__all__ = ["Place", "is_depot_elsewhere", "is_put_there", "strange_place"]

_ANESTHETICS = frozenset({"local-anesthetic", "amide-anesthetic", "ester-anesthetic"})
_STEROIDS = frozenset({
    "betamethasone", "dexamethasone", "hydrocortisone", "methylprednisolone", "prednisolone", "triamcinolone",
})  # fmt: skip
_HARMLESS = frozenset({
    "epinephrine", "glucose", "hyaluronate", "hyaluronidase", "sodium bicarbonate", "sodium chloride",
    "water for injection",
})  # fmt: skip
"""What goes along with others, or dilutes them."""


_NO_WORDS = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Place:
    """A place, the route and the words that say it, and the ingredients and classes that are put there by practice.

    `sites` are words of the body that say it only of what is injected.
    """

    name: str
    route: str
    ingredients: frozenset[str]
    classes: frozenset[str] = _ANESTHETICS
    words: re.Pattern[str] = _NO_WORDS
    sites: re.Pattern[str] = _NO_WORDS
    of_injections: bool = False
    """Whether only what is made for needles is strange there."""

    def takes(self, ingredient: Ingredient) -> bool:
        """Whether it is put there; of what only the name is known nobody can tell that it is not."""
        known = ingredient.name in self.ingredients or not self.classes.isdisjoint(ingredient.classes)
        return known or not ingredient.is_authored


_BY_NEEDLE = frozenset({"intramuscular", "subcutaneous", "intradermal", "intravenous"})
_SIDE = r"(?:the |both |each |right |left |affected |R |L |rt |lt )*"
_PLACES = (
    Place(
        "a joint",
        "intra-articular",
        _STEROIDS
        | _HARMLESS
        | {
            "amikacin", "botulinum toxin type A", "buprenorphine", "cefazolin", "clonidine", "dexmedetomidine",
            "fentanyl", "gentamicin", "ketamine", "ketorolac", "magnesium sulfate", "meloxicam", "meperidine",
            "morphine", "neostigmine", "sufentanil", "tobramycin", "tramadol", "tranexamic acid", "vancomycin",
        },
        _ANESTHETICS | {"contrast-medium", "iodinated-contrast"},
        re.compile(r"\bintra-? ?(?:articular|bursal)", re.IGNORECASE),
        re.compile(rf"\binto {_SIDE}(?:\w+ )?(?:knees?|ankles?|wrists?|elbows?|joints?|bursa)\b", re.IGNORECASE),
    ),
    Place(
        "a lesion of the skin",
        "intralesional",
        _STEROIDS
        | _HARMLESS
        | {
            "aldesleukin", "amphotericin B", "bevacizumab", "bleomycin", "botulinum toxin type A", "candida albicans",
            "cholecalciferol", "cidofovir", "collagenase", "collagenase clostridium histolyticum", "deoxycholic acid",
            "doxycycline", "fluorouracil", "interferon alfa-2b", "interferon gamma-1b", "methotrexate", "metronidazole",
            "polidocanol", "rituximab", "sodium tetradecyl sulfate", "talimogene laherparepvec", "verapamil",
            "vinblastine", "vincristine",
        },
        _ANESTHETICS | {"vaccine"},
        re.compile(r"\bintra-? ?lesional", re.IGNORECASE),
        re.compile(rf"\binto {_SIDE}(?:keloids?|lesions?|plaques?|warts?)\b", re.IGNORECASE),
    ),
    Place(
        "the inside of an eye",
        "intravitreal",
        frozenset({
            "adalimumab", "alteplase", "amikacin", "amphotericin B", "bevacizumab", "cefazolin", "ceftazidime",
            "clindamycin", "dexamethasone", "fluocinolone", "foscarnet", "ganciclovir", "gentamicin", "infliximab",
            "melphalan", "methotrexate", "moxifloxacin", "rituximab", "sodium chloride", "topotecan", "triamcinolone",
            "vancomycin", "voriconazole",
        }),
        frozenset({"retinal-injection"}),
    ),
    Place(
        "the skin itself",
        "intradermal",
        _STEROIDS
        | _HARMLESS
        | {
            "antithymocyte globulin", "ascorbic acid", "atropine", "bleomycin", "botulinum toxin type A", "fluorescein",
            "fluorouracil", "indocyanine green", "isosulfan blue", "methylene blue", "tranexamic acid", "tuberculin",
        },
        _ANESTHETICS | {"beta-lactam", "vaccine"},
    ),
    Place(
        "the lungs",
        "inhalation",
        _HARMLESS
        | {
            "acetylcysteine", "albuterol", "aldesleukin", "alprostadil", "alteplase", "amikacin", "aminophylline",
            "amphotericin B", "amphotericin B lipid complex", "amphotericin B liposomal", "atropine", "aztreonam",
            "bumetanide", "cefotaxime", "ceftazidime", "cidofovir", "clonidine", "colistimethate", "cyclosporine",
            "desmopressin", "dexamethasone", "dexmedetomidine", "epoprostenol", "fentanyl", "furosemide", "gentamicin",
            "glycopyrronium", "heparin", "hydromorphone", "interferon alfa-2b", "ketamine", "lidocaine",
            "magnesium sulfate", "meropenem", "midazolam", "milrinone", "morphine", "naloxone", "nitroglycerin",
            "nitroprusside", "pentamidine", "polymyxin B", "sargramostim", "terbutaline", "tobramycin",
            "tranexamic acid", "treprostinil", "vancomycin", "voriconazole",
        },
        of_injections=True,
    ),
)  # fmt: skip
_ROUTES = frozenset(p.route for p in _PLACES)
_TESTED = re.compile(r"\btest|\bprick|desensiti|challenge|papule", re.IGNORECASE)
"""What is tried on the skin may be anything."""
_INJECTED = frozenset({"intravenous", "intramuscular", "subcutaneous"})
_NEVER_A_DEPOT = frozenset({
    "oral", "enteral tube", "sublingual", "buccal", "rectal", "vaginal", "nasal", "otic", "ophthalmic", "inhalation",
    "topical", "intravenous", "intrathecal", "epidural", "intradermal", "intra-articular",
})  # fmt: skip
_WEEKS = re.compile(r"decanoate|enanthate|cypionate|valerate|undecanoate|palmitate|pamoate|lauroxil", re.IGNORECASE)
_BRANDS = re.compile(
    r"\b(?:depo-?\s?(?:provera|subq|testosterone|estradiol)|sandostatin lar|lupron depot|eligard|trelstar|faslodex|"
    r"sublocade|brixadi|vivitrol|zoladex|firmagon|somatuline|bydureon|cabenuva|apretude)",
    re.IGNORECASE,
)


def strange_place(order: Order) -> Place | None:
    """The place that the directions say and that takes none of this medicine; None where there is none such."""
    held = order.medicine.ingredients
    return next((p for p in _places_of(order) if not all(map(p.takes, held))), None)


def is_put_there(order: Order) -> bool:
    """Whether the directions say one of these places, and that takes the whole medicine."""
    meant = _places_of(order)
    return bool(meant) and all(p.takes(i) for p in meant for i in order.medicine.ingredients)


def _places_of(order: Order) -> list[Place]:
    """The places into which the directions put something."""
    routes = {s.route for s in order.sig.steps}
    by_words, by_sites = _named_in(order.sig.text)
    if (_ROUTES.isdisjoint(routes) and not by_words and not by_sites) or _TESTED.search(order.sig.text):
        return []
    is_injected = any(s.method == "inject" or s.route in _BY_NEEDLE for s in order.sig.steps)
    named = by_words | by_sites if is_injected else by_words
    said = [p for p in _PLACES if p.route in routes or p.name in named]
    return [p for p in said if not p.of_injections or _is_for_needles_alone(order, p.route)]


@lru_cache(maxsize=1 << 13)
def _named_in(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names of the places that directions say by words of their own, and by words of the body."""
    by_words = frozenset(p.name for p in _PLACES if p.words.search(text))
    return by_words, frozenset(p.name for p in _PLACES if p.sites.search(text))


def is_depot_elsewhere(order: Order) -> bool:
    """Whether what is made to lie in a muscle or under the skin for weeks is to go another way."""
    routes = {s.route for s in order.sig.steps if s.route}
    return bool(routes) and routes <= _NEVER_A_DEPOT and _is_depot(order)


def _is_depot(order: Order) -> bool:
    """By its form, its salt or its brand."""
    form = _form_of(order)
    if form and form.name in ("extended release injectable suspension", "drug implant"):
        return True
    product = order.medicine.product
    said = f"{product.salt if product else ''} {order.medicine.text}"
    is_injected = bool(form) and _is_for_needles_alone(order)
    return (is_injected and bool(_WEEKS.search(said))) or bool(_BRANDS.search(said))


def _is_for_needles_alone(order: Order, route: str = "") -> bool:
    form = _form_of(order)
    return form is not None and not _INJECTED.isdisjoint(form.routes) and route not in form.routes


def _form_of(order: Order) -> DoseForm | None:
    return order.medicine.product.form if order.medicine.product else order.medicine.form
