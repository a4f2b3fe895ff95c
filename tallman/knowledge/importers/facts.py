"""What the readers take out of a release: plain facts as they stand there, not yet joined with what is authored.

Amounts stay text here: `compile` reads them and says where it cannot.
"""

from __future__ import annotations

import msgspec

__all__ = ["Drug", "Labels", "Listing", "Listings", "Pack", "Part", "Ratings", "RxNorm"]


class Part(msgspec.Struct, frozen=True, array_like=True):
    """One ingredient of a drug: its code (IN), the salt's (PIN, "" where none) and the strength, "80 MG/ML"."""

    ingredient: str
    precise: str
    strength: str


class Drug(msgspec.Struct, frozen=True, array_like=True):
    """A clinical (SCD) or, with `brand`, a branded drug (SBD). `quantity` is "10 ML", "24 HR" or ""."""

    rxcui: str
    name: str
    parts: tuple[Part, ...]
    form: str
    brand: str = ""
    quantity: str = ""
    schedule: str = ""


class Pack(msgspec.Struct, frozen=True, array_like=True):
    """A package of several drugs (GPCK, with `brand` BPCK). `contents` are codes of drugs."""

    rxcui: str
    name: str
    contents: tuple[str, ...]
    brand: str = ""
    schedule: str = ""


class RxNorm(msgspec.Struct, frozen=True):
    """RxNorm's prescribable drugs. `salts` are PINs with the ingredient each is a form of (by its code); `brands` and
    `mixtures` are all names there are, of what is in no drug too, brands with their ingredients (by their codes)."""

    ingredients: dict[str, str]
    salts: dict[str, tuple[str, str]]
    synonyms: dict[str, tuple[str, ...]]
    drugs: tuple[Drug, ...]
    packs: tuple[Pack, ...]
    ndcs: dict[str, str]
    brands: dict[str, tuple[str, ...]] = {}
    mixtures: tuple[str, ...] = ()


class Listing(msgspec.Struct, frozen=True, array_like=True):
    """One package in the NDC directory, by its NDC (11 or 12 digits). Days are YYYYMMDD, as listed."""

    ndc: str
    name: str
    generic: str
    form: str
    route: str
    labeler: str
    category: str
    application: str
    substances: str
    strengths: str
    units: str
    schedule: str
    package: str
    started: str
    ended: str
    finished: bool


class Listings(msgspec.Struct, frozen=True):
    """The NDC directory."""

    packages: tuple[Listing, ...]


class Labels(msgspec.Struct, frozen=True):
    """The labels (DailyMed set ids) that describe a drug, by its RxCUI."""

    setids: dict[str, tuple[str, ...]]


class Ratings(msgspec.Struct, frozen=True):
    """Approved products of Drugs@FDA by application number: strength, form and route, therapeutic equivalence code;
    and the name and the ingredients of all that were ever approved, as they are written there."""

    products: dict[str, tuple[tuple[str, str, str], ...]]
    names: tuple[tuple[str, str], ...] = ()
