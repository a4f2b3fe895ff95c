"""`python -m tests.knowledge.identify_report` measures how written medicines are read: docs/measured/identify.md.

The texts are made of the names of RxNorm by rules of this file alone, which the reader never sees: other abbreviations,
other orders, slips, brands in brackets, directions behind. The truth is the drug whose name they were made of.
"""

from __future__ import annotations

import csv
import os
import random
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from tallman.core.drug import Ingredient, Medicine, Strength
from tallman.core.identify import identify
from tallman.core.knowledge import Knowledge
from tallman.knowledge.importers.run import import_release
from tallman.knowledge.load import load, snapshot_folder
from tests.knowledge.rrf import write_flattened

__all__ = ["DATA", "PAGE", "Drug", "drugs", "measured", "messy", "messy_strength", "verdict"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "measured" / "identify.md"
DATA = Path(os.environ.get("TALLMAN_SHARED_DATA") or Path(__file__).resolve().parents[3] / "shared" / "data")
TEXTS, SEED = 4000, 20261128
VERDICTS = (
    "the product",
    "less, and true",
    "ambiguous",
    "unknown",
    "another form",
    "wrong strength",
    "wrong ingredient",
)
_PART = re.compile(r"(.+?) ([\d.]+) (MG|MCG|UNT|MEQ|%)(?:/(ML|MG|ACTUAT))?(?: ([A-Z].*))?$")
_SALTS = {
    "hydrochloride": ["HCl", "hcl"], "succinate": ["succ", "suc"], "tartrate": ["tart", "tar"], "sodium": ["sod", "na"],
    "potassium": ["pot", "k"], "sulfate": ["sulf", "so4"], "acetate": ["acet"], "maleate": ["mal"], "besylate": ["bes"],
    "phosphate": ["phos"], "citrate": ["cit"], "hydrobromide": ["hbr"], "mesylate": ["mes"], "propionate": ["prop"],
}  # fmt: skip
_FORMS = {
    "Oral Tablet": ["tab", "tabs", "TABS", "tbl", ""], "Oral Capsule": ["cap", "caps", ""],
    "Extended Release Oral Tablet": ["ER tab", "ER", "XR tabs", "tab er"],
    "Extended Release Oral Capsule": ["ER cap", "XR caps", "cap er"],
    "Delayed Release Oral Tablet": ["DR tab", "EC tab"], "Delayed Release Oral Capsule": ["DR cap", "cap dr"],
    "Disintegrating Oral Tablet": ["ODT", "odt tab"], "Chewable Tablet": ["chew tab", "tab chew"],
    "Oral Solution": ["soln", "liquid"], "Oral Suspension": ["susp", "susp recon"], "Injection": ["inj", "vial"],
    "Injectable Solution": ["inj", "vial"], "Prefilled Syringe": ["syr", "pfs"], "Pen Injector": ["pen", "pen inj"],
    "Topical Cream": ["cream", "crm", "cre"], "Topical Ointment": ["oint", "oin"], "Topical Gel": ["gel"],
    "Ophthalmic Solution": ["eye drops", "op soln"], "Otic Solution": ["ear drops"], "Nasal Spray": ["nasal spray"],
    "Metered Dose Inhaler": ["HFA", "inhaler"], "Transdermal System": ["patch"], "Rectal Suppository": ["supp"],
}  # fmt: skip
_TAILS = ["", "", "", " #30", " bid", " qty 60 rf 2", " (generic ok)", ", disp 90", " daily in am"]


@dataclass(frozen=True)
class Drug:
    """A clinical or branded drug of RxNorm: `parts` are the names with salts, the amounts and their units."""

    rxcuis: frozenset[str]
    name: str
    brand: str | None
    parts: tuple[tuple[str, str, str, str | None], ...]
    form: str
    ingredients: frozenset[str]


def drugs(source: Path) -> Iterator[Drug]:
    """The drugs whose names say every ingredient with its strength, each part an ingredient of its own."""
    concepts = {row["rxcui"]: row for row in _rows(source / "concepts.csv")}
    links: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in _rows(source / "relations.csv"):
        links[row["rxcui1"], row["rela"]].add(row["rxcui2"])
    for rxcui, row in concepts.items():
        if row["tty"] not in ("SCD", "SBD"):
            continue
        plain, _, brand = row["name"].removesuffix("]").partition(" [")
        found = [_PART.match(part) for part in re.sub(r"^(?:[\d.]+ (?:HR|ML|ACTUAT) )+", "", plain).split(" / ")]
        components = {c for c in links[rxcui, "consists_of"] if concepts.get(c, {}).get("tty") == "SCDC"}
        ingredients = {i for c in components for i in links[c, "has_ingredient"] if concepts[i]["tty"] == "IN"}
        if all(found) and len(ingredients) == len(found) < 4 and found[-1] and found[-1][5]:
            parts = tuple((m[1], m[2], m[3], m[4]) for m in found if m)
            same = {rxcui, *links[rxcui, "tradename_of"]}
            yield Drug(frozenset(same), row["name"], brand or None, parts, found[-1][5], frozenset(ingredients))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def messy(drug: Drug, rng: random.Random) -> str:
    """One way to write a drug."""
    if rng.random() < 0.1:
        return rng.choice([drug.name, drug.name.lower(), drug.name.upper()])
    parts = list(drug.parts)
    if rng.random() < 0.2:
        parts.reverse()
    generic = rng.choice(["/", "-", " / ", " and "]).join(_short(name, rng) for name, *_ in parts)
    name = drug.brand if drug.brand and rng.random() < 0.6 else generic
    style = rng.random()
    if style < 0.15:
        name = _slip(name, rng)
    elif style < 0.3 and drug.brand:
        name = rng.choice([f"{generic} ({drug.brand.upper()})", f"{drug.brand} ({generic})"])
    strength = _strength(parts, drug, rng)
    form = rng.choice(_FORMS.get(drug.form, [drug.form.lower()]))
    text = f"{name} {strength} {form}" if rng.random() < 0.8 else f"{name} {form} {strength}"
    return rng.choice([str, str, str.lower, str.upper])(" ".join(text.split())) + rng.choice(_TAILS)


def messy_strength(drug: Drug, rng: random.Random) -> str:
    """One way to write the strength of a drug."""
    return _strength(list(drug.parts), drug, rng)


def _strength(parts: list[tuple[str, str, str, str | None]], drug: Drug, rng: random.Random) -> str:
    bare = rng.random() < 0.3
    return rng.choice(["/", "-"]).join(_amount(part, drug.form, rng, bare=bare) for part in parts)


def _short(name: str, rng: random.Random) -> str:
    return " ".join(rng.choice(_SALTS[w]) if w in _SALTS and rng.random() < 0.6 else w for w in name.split())


def _slip(name: str, rng: random.Random) -> str:
    longest = max(re.findall(r"[A-Za-z]+", name), key=len)
    if len(longest) < 6:
        return name
    i = rng.randrange(1, len(longest) - 1)
    wrong = rng.choice([longest[:i] + longest[i + 1 :], longest[:i] + longest[i] + longest[i:],
                        longest[:i] + longest[i + 1] + longest[i] + longest[i + 2 :],
                        longest[:i] + rng.choice("aeiou") + longest[i + 1 :]])  # fmt: skip
    return name.replace(longest, wrong, 1)


def _amount(part: tuple[str, str, str, str | None], form: str, rng: random.Random, *, bare: bool) -> str:
    _, number, unit, per = part
    value = Fraction(number)
    if unit == "MG" and (per == "MG" or (per == "ML" and form.startswith(("Topical", "Ophthalmic", "Otic")))):
        return f"{float(value * 100 if per == 'MG' else value / 10):g}%"
    size = ""
    if per == "ML" and form in ("Oral Solution", "Oral Suspension"):
        value, size = value * 5, "5"
    written = f"{float(value):f}".rstrip("0").rstrip(".")
    if bare and (per is None or size):
        return f"{written}/{size}" if size else written
    names = {"UNT": ["units", "u"], "MG": ["mg", "MG"]}.get(unit, [unit.lower()])
    behind = {"ML": f"/{size}ml", "ACTUAT": "/act"}.get(per or "", "")
    return written + rng.choice(["", " "]) + rng.choice(names) + behind


def verdict(drug: Drug, read: Medicine) -> str:
    """One of `VERDICTS`: what was made of a text about a drug."""
    if not read.ingredients:
        return "ambiguous" if read.candidates else "unknown"
    if read.product and read.product.rxcui in drug.rxcuis:
        return "the product"
    names = drug.name.lower()  # RxNorm files fenofibric acid under fenofibrate; here it stands by itself.
    if {i.rxcui for i in read.ingredients} != drug.ingredients and not all(
        _is_in(i.name, names) for i in read.ingredients
    ):
        return "wrong ingredient"
    if any(not _is_of(s, drug) for s in read.strengths):
        return "wrong strength"
    if read.product is None:
        return "less, and true"
    is_kind = ("Extended" in drug.form) == (read.product.form.release == "extended")
    return "the product" if is_kind else "another form"


_GRAMS = {"MG": Fraction(1, 1000), "MCG": Fraction(1, 10**6)}


def _is_in(name: str, text: str) -> bool:
    return all(word[:7] in text for word in name.lower().split())


def _size(number: str, unit: str, per: str | None) -> tuple[Fraction, Fraction]:
    """The amount in grams or in its own unit, and how much of a milliliter, gram or piece holds it."""
    return Fraction(number) * _GRAMS.get(unit, Fraction(1)), Fraction(1, 1000) if per == "MG" else Fraction(1)


def _is_of(strength: Strength, drug: Drug) -> bool:
    amount = strength.amount.to("g") if strength.amount.dimension == "mass" else strength.amount
    per = strength.per.to("g") if strength.per.dimension == "mass" else strength.per
    if strength.amount.unit == "dose" or {strength.amount.unit == "unit"} != {p[2] == "UNT" for p in drug.parts}:
        return True  # A vaccine is counted in doses; vitamin D is labelled in micrograms and in units.
    value, size = Fraction(amount.value), Fraction(per.value)
    for have, one in (_size(*part[1:]) for part in drug.parts):
        if value == have or abs(value / size - have / one) * 50 <= have / one:
            return True  # A label rounds: 1.14 mL, 16.7 mg/mL.
    return False


def measured(
    knowledge: Knowledge, source: Path, *, texts: int = TEXTS
) -> tuple[Counter[str], list[tuple[str, str, str]]]:
    """How often each verdict falls, and the texts that were read wrongly, with the drug and what was read."""
    rng = random.Random(SEED)
    held = [d for d in drugs(source) if all(_is_held(i, knowledge) for i in d.ingredients) and "HR" not in d.name]
    counted: Counter[str] = Counter()
    wrong = []
    for _ in range(texts):
        drug = rng.choice(held)
        text = messy(drug, rng)
        read = identify(text, knowledge)
        found = verdict(drug, read)
        counted[found] += 1
        if found.startswith("wrong"):
            wrong.append((text, drug.name, read.name))
    return counted, wrong


def _is_held(rxcui: str, knowledge: Knowledge) -> bool:
    return isinstance(knowledge.by_rxcui.get(rxcui), Ingredient)


def table(counts: tuple[Counter[str], ...]) -> str:
    """The verdicts in percent, a row each."""
    rows = [[f"{c[v] * 100 / c.total():.1f}" for c in counts] for v in VERDICTS]
    return "\n".join(f"| {v} | {' | '.join(row)} |" for v, row in zip(VERDICTS, rows, strict=True))


PAGE_TEXT = """# How written medicines are read

Written by `python -m tests.knowledge.identify_report`; never by hand.

`tallman identify` looks for names, then for what is written beside them. A name as it is known is never corrected; a
word that is none is taken for the nearest one only where nothing else is nearly as close, and only where no strength,
form or word beside it speaks against it; one that sounds as a name and has a strength of it ("plavics 75 mg") is taken
for it where no other that is near has that strength. Strengths are compared exactly, in whatever unit they are
written; those of a combination belong to the names in their order or, where each can be of one ingredient alone, in
any order ("Norco 325/5"). Words of form, salts and releases narrow it down. What is left decides: one product that
nothing left out could make another is proved; else the ingredients, and the strength if it is the same in all that
fits; else it is ambiguous, and the candidates are told. Two products that differ in release or salt are ambiguous,
however alike.

`tests/spec/identify` holds some 1,650 texts by kind with what each is, for a technician to mark.

## Measured on texts the reader never saw

{texts} texts made of RxNorm names by rules of the report alone (abbreviated salts and forms, other orders, slips,
brands in brackets, directions behind), of drugs whose every ingredient is on record: once with what is authored, once
with the whole release imported.

| read as, in percent | as authored | with RxNorm |
| --- | --- | --- |
{table}

"Less, and true" is the ingredients, and the strength where it is proved: often all the text says, as a tablet and a
solution may both hold that amount. "Another form" is the right strength of the right medicine in another release than
the one the text was made of. What counts as wrong:

{wrong}

By hand, once, so that no command counts it again: texts of every kind, written down with their answers before they were
read, a batch after the other, each mended by rule before the next:

| batch | texts | right, true in part or open | more than the text proves | another strength or medicine |
| --- | --- | --- | --- | --- |
| mixed lists | 254 | 251 | 2 | 1 |
| wards, fluids, own words, over the counter | 247 | 240 | 3 | 4 |
| listings of systems, strengths that do not exist, vaccines | 222 | 219 | 3 | 0 |
| price lists and discharge lists as they are public | 119 | 117 | 1 | 1 |
| mixed lists | 132 | 132 | 0 | 0 |
| claims, releases, withdrawn and foreign brands, near misses, two medicines on a line | 510 | 506 | 0 | 4 |
| names as health records write them, hospital lists, slips of sound | 479 | 478 | 0 | 1 |
| shorthand, run-together, misspelt, packs, supplies; names one letter away, withdrawn | 807 | 796 | 3 | 8 |
| dictation, patients' words, wholesalers, wards, cancer, children, herbs | 217 | 215 | 2 | 0 |
| over the counter, releases and new brands | 160 | 157 | 0 | 3 |
| inhalers, eyes, skin, hormones, infections | 132 | 132 | 0 | 0 |
| numbers that are a dose, a count or a quantity | 88 | 79 | 7 | 2 |
| brands of France, Britain and Australia | 290 | 288 | 1 | 1 |
| mind and nerves, after all of these | 100 | 100 | 0 | 0 |
| discharge lists, shorthand, strengths of another release | 164 | 155 | 3 | 6 |
| over the counter, eyes, vaccines, insulins, Spanish | 166 | 162 | 2 | 2 |
| slips of every kind, units exchanged, strengths that do not exist | 163 | 159 | 2 | 2 |
| wards, cancer, copies of biologics, brands since 2018 | 179 | 176 | 3 | 0 |
| combinations, releases and liquids | 134 | 131 | 1 | 2 |
| records, claims, wholesalers, wards, shorthand, the shelf, slips, contradictions, codes | 274 | 269 | 3 | 2 |
| contradictions, strengths that do not exist, slips between two names, pens, the shelf | 302 | 293 | 4 | 5 |
| records, claims, wholesalers, strengths of no product, codes beside texts, slips | 235 | 232 | 2 | 1 |
| packs, combinations in any order, percentages, liquids, patients' words | 138 | 137 | 0 | 1 |
| e-prescriptions, wards, hand lists, the shelf, vaccines, codes | 313 | 311 | 0 | 2 |
| brands and their numbers, slips, strengths that do not exist | 253 | 247 | 4 | 2 |
| pens, inhalers, claims in capitals, patients' words | 290 | 287 | 1 | 2 |
| brand extensions, units and ratios | 234 | 230 | 1 | 3 |
| orders of hospitals with brands in brackets, slips of sound | 178 | 177 | 0 | 1 |

Another strength or medicine were noradrenaline for adrenaline, "D5W 250" for glucose 50 %, a fluid without its saline,
"Sudafed 12 hr" for the tablet of four hours, a cream of another ingredient of its brand family, sodium picosulfate
drops for the bowel preparation, three blends of names that are mistaken for each other ("risperinole" is still read as
risperidone), a brand beside another salt or medicine in brackets, a brand that a word beside it makes another, and four
times two medicines of which a combination is made as well. The rows are in the table.

Also counted once: one or two letters of the names of products changed at random, with or without the strength and the
form, RxNorm imported. Of 58,319 such texts 17 proved a product of something else and 47 its ingredients before the
rivals of a misspelling were widened, 2 and 15 of 58,234 after. As authored, of 14,400 others with one or two slips in a
name (a part of a combination, a brand, a name alone) 13 were read as something else, most a combination without the
part that was misspelt, and 1 after a word with a strength of its own was taken for such a part. One or two slips of the
hand or the ear in the names of products and of RxNorm, with their strengths, of 68,073: 24 were another medicine and
16,311 open before sounds were compared, 24 and 13,814 after; of 14,200 names with the strength of another that is near,
11 and 14 were that other (`python -m tests.generative.test_identify_slips`).
"""


if __name__ == "__main__":
    authored, bad = measured(load(), DATA / "rxnorm")
    with tempfile.TemporaryDirectory() as home:
        os.environ["TALLMAN_HOME"] = home
        release = write_flattened(DATA / "rxnorm", Path(home) / "release")
        import_release("rxnorm", release, snapshot_folder() / "releases")
        imported, worse = measured(load(), DATA / "rxnorm")
    told = [f"- `{text}`, made of {drug}, was read as {read}" for text, drug, read in dict.fromkeys(bad + worse)]
    rows, wrong = table((authored, imported)), "\n".join(told or ["- nothing"])
    PAGE.write_text(PAGE_TEXT.format(texts=f"{TEXTS:,}", table=rows, wrong=wrong), encoding="utf-8")
    print(PAGE)
