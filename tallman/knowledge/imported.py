"""Imported releases joined with the authored knowledge, compiled once and laid over it at every start."""

from __future__ import annotations

import hashlib
import mmap
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import astuple, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from tallman.core.drug import DoseForm, Ingredient, Listing, Product
from tallman.core.knowledge import Knowledge, Package, ReleaseName
from tallman.core.quantity import Amount
from tallman.knowledge.importers.store import Header, headers
from tallman.knowledge.kept import is_kept
from tallman.knowledge.snapshot import Layers, Packed, Table, pack

__all__ = ["Compiled", "hash_with", "packed", "reopened", "stored", "unusable", "with_releases"]

HERE = Path(__file__).parent


class Compiled(msgspec.Struct):
    """What the stored releases add to one version of the authored knowledge. Tables are read row by row.

    `authored` is the hash of that version, `releases` are the names of the releases.
    """

    ingredients: tuple[Ingredient, ...]
    forms: tuple[DoseForm, ...]
    made_of: tuple[tuple[str | None, tuple[str, ...]], ...]
    codes: dict[str, str]
    same: dict[str, str]
    unusable: tuple[str, ...]
    products: Packed
    products_of: Packed
    packages: Packed
    ndcs_of: Packed
    listings: Packed
    labels: Packed
    ratings: Packed
    authored: str = ""
    releases: tuple[str, ...] = ()
    names: Packed | None = None


def stored(folder: Path) -> list[Header]:
    """The releases kept under the folder of the snapshots."""
    return headers(folder / "releases")


def hash_with(authored: str, releases: list[Header]) -> str:
    """The hash of the authored knowledge with these releases; the authored one's own without any."""
    if not releases:
        return authored
    digest = hashlib.sha256(authored.encode())
    code = [*sorted((HERE / "importers").glob("*.*")), HERE / "imported.py", HERE / "snapshot.py"]
    for path in code:
        if path.is_file():
            digest.update(path.read_bytes())
    for release in releases:
        digest.update(f"{release.name} {release.sha256}".encode())
    return digest.hexdigest()


def with_releases(knowledge: Knowledge, folder: Path) -> Knowledge:
    """The knowledge with what is imported under `folder`, compiled first where that has not been done."""
    releases = stored(folder)
    if not releases:
        return knowledge
    sha256 = hash_with(knowledge.sha256, releases)
    found = _read(_place(folder, sha256))
    if found is None:
        from tallman.knowledge.importers.compile import compile_releases

        found = compile_releases(folder / "releases", releases, knowledge.records)
        found.authored, found.releases = knowledge.sha256, tuple(r.name for r in releases)
        found = _written(_place(folder, sha256), found)
    return _over(knowledge, found, sha256)


def reopened(folder: Path, sha256: str, authored: Callable[[str], Knowledge | None]) -> Knowledge | None:
    """A version as it was compiled once, over the authored one that `authored` finds by its hash; None when gone."""
    found = _read(_place(folder, sha256))
    knowledge = authored(found.authored) if found else None
    return _over(knowledge, found, sha256) if found and knowledge else None


def unusable(knowledge: Knowledge, folder: Path) -> tuple[str, ...]:
    """What of the imported releases could not be made a product of this knowledge, and why."""
    found = _read(_place(folder, knowledge.sha256))
    return found.unusable if found else ()


def _place(folder: Path, sha256: str) -> Path:
    return folder / f"imported-{sha256}"


def _over(knowledge: Knowledge, added: Compiled, sha256: str) -> Knowledge:
    more = f" + {len(added.releases) - 1} more" if len(added.releases) > 1 else ""
    new = {i.name: i for i in added.ingredients}
    packages = Table(added.packages, _package)
    products = Layers(knowledge.products, Table(added.products, _product))
    ingredients = Layers(knowledge.ingredients, new)
    return replace(
        knowledge,
        version=f"{knowledge.version} + {added.releases[0]}{more}",
        sha256=sha256,
        ingredients=ingredients,
        products=products,
        products_of=_ProductsOf(knowledge.products_of, Table(added.products_of, _decoded), products),
        by_rxcui=Layers(
            knowledge.by_rxcui,
            {code: ingredients[name] for code, name in added.codes.items()},
            {code: products[id] for code, id in added.same.items()},
            Table(added.products, _product),
        ),
        by_ndc=packages,
        ndcs=packages.ordered,
        ndcs_of=Table(added.ndcs_of, _decoded),
        forms=MappingProxyType({f.name: f for f in added.forms} | dict(knowledge.forms)),
        made_of=knowledge.made_of | frozenset(added.made_of),
        releases=added.releases,
        release_names=Table(added.names, _release_name) if added.names else {},
        listings=Table(added.listings, _listing),
        labels=Table(added.labels, _decoded),
        ratings=Table(added.ratings, _decoded),
    )


class _ProductsOf(Mapping[str, tuple[Product, ...]]):
    """Authored products of an ingredient, then the imported ones."""

    def __init__(
        self, authored: Mapping[str, tuple[Product, ...]], ids: Table[list[str]], products: Mapping[str, Product]
    ) -> None:
        self._authored, self._ids, self._products = authored, ids, products
        self._known: dict[str, tuple[Product, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Product, ...]:
        if name not in self._known:
            added = tuple(self._products[id] for id in self._ids.get(name, ()))
            if not added and name not in self._authored:
                raise KeyError(name)
            self._known[name] = self._authored.get(name, ()) + added
        return self._known[name]

    def __iter__(self) -> Any:
        return iter(Layers(self._authored, self._ids))

    def __len__(self) -> int:
        return len(Layers(self._authored, self._ids))


def packed(
    *, ingredients: tuple[Ingredient, ...], forms: tuple[DoseForm, ...], codes: dict[str, str], same: dict[str, str],
    unusable: tuple[str, ...], names: Mapping[str, ReleaseName],
    products: Mapping[str, Product], packages: Mapping[str, Package], listings: Mapping[str, Listing],
    labels: Mapping[str, tuple[str, ...]], ratings: Mapping[str, tuple[str, ...]],
) -> Compiled:  # fmt: skip
    """The tables of what is imported."""
    by_ingredient: defaultdict[str, list[str]] = defaultdict(list)
    for id, product in products.items():
        for name in dict.fromkeys(product.ingredients):
            by_ingredient[name].append(id)
    ndcs_of: defaultdict[str, list[str]] = defaultdict(list)
    for ndc, package in packages.items():
        ndcs_of[package.product].append(ndc)
    return Compiled(
        ingredients,
        forms,
        tuple({(p.brand, p.ingredients): None for p in products.values()}),
        codes,
        same,
        unusable,
        products=pack(products),
        products_of=pack(by_ingredient),
        packages=pack({ndc: (p.product, p.size and (str(p.size.value), p.size.unit)) for ndc, p in packages.items()}),
        ndcs_of=pack(ndcs_of),
        listings=pack({ndc: astuple(listing) for ndc, listing in listings.items()}),
        labels=pack(labels),
        ratings=pack(ratings),
        names=pack({name: astuple(what) for name, what in names.items()}),
    )


_PRODUCT = msgspec.msgpack.Decoder(Product)


def _product(_: str, row: memoryview) -> Product:
    return _PRODUCT.decode(row)


def _package(ndc: str, row: memoryview) -> Package:
    product, size = msgspec.msgpack.decode(row)
    return Package(ndc, product, Amount(Decimal(size[0]), size[1]) if size else None)


def _listing(_: str, row: memoryview) -> Listing:
    return Listing(*msgspec.msgpack.decode(row))


def _release_name(_: str, row: memoryview) -> ReleaseName:
    ingredients, is_brand, is_sold = msgspec.msgpack.decode(row)
    return ReleaseName(tuple(ingredients), is_brand, is_sold)


def _decoded(_: str, row: memoryview) -> Any:
    return msgspec.msgpack.decode(row)


def _read(path: Path) -> Compiled | None:
    try:
        with path.open("rb") as file:
            content = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return msgspec.msgpack.decode(memoryview(content), type=Compiled)
    except (OSError, ValueError, msgspec.DecodeError):
        return None


def _written(path: Path, fresh: Compiled) -> Compiled:
    """The same, kept for the next start in place of what was compiled before, unless somebody screened with that; as
    it is where it cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".imported-", delete=False) as file:
            file.write(msgspec.msgpack.encode(fresh))
        os.chmod(file.name, 0o644)
        os.replace(file.name, path)
        for old in path.parent.glob("imported-*"):
            if old != path and not is_kept(path.parent, old.name.removeprefix("imported-")):
                old.unlink(missing_ok=True)
    except OSError:
        return fresh
    return _read(path) or fresh
