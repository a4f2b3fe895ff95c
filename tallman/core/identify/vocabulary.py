"""Words of a written medicine that are not its name: salts, directions, and words that settle nothing."""

from __future__ import annotations

__all__ = [
    "CHANGERS", "DEGREES", "DIRECTIONS", "EVERYDAY", "KINDS", "LABELERS", "MODIFIERS", "NOISE", "RELEASE_KINDS",
    "SALTS", "STRENGTHENED", "salt_word", "words",
]  # fmt: skip


def words(text: str) -> frozenset[str]:
    """The words of a list written as one text."""
    return frozenset(text.split())


_SHORTENED = {
    "succinate": "succ suc",
    "tartrate": "tart tartr tar",
    "hydrochloride": "hcl hci hydroch",
    "hydrobromide": "hbr",
    "sodium": "na sod",
    "potassium": "pot",
    "monohydrate": "mono monohyd",
    "hyclate": "hyc",
    "bitartrate": "bit bitart",
    "sulfate": "sulf sul sulphate so4",
    "propionate": "prop",
    "acetate": "acet ace",
    "carbonate": "carb",
    "trihydrate": "trihyd",
    "besylate": "besyl bes",
    "maleate": "mal",
    "citrate": "cit",
    "cypionate": "cyp",
    "pamoate": "pam",
    "decanoate": "dec",
    "phosphate": "phos",
    "magnesium": "mag",
    "osmotic": "osm",
    "modified": "mod gastric",
    "microencapsulated": "micro",
}
_SHORT_SALTS = {word: salt for salt, written in _SHORTENED.items() for word in written.split()}
SALTS = words(
    "hydrochloride hydrobromide sodium potassium calcium magnesium maleate besylate mesylate tartrate "
    "succinate fumarate sulfate acetate phosphate citrate tosylate bromide chloride nitrate hyclate "
    "monohydrate dihydrate trihydrate anhydrous medoxomil cilexetil axetil proxetil etexilate "
    "bitartrate pamoate furoate propionate valerate butyrate dipropionate acetonide palmitate decanoate "
    "enanthate cypionate disoproxil alafenamide hemihydrate malate monosodium disodium dihydrochloride "
    "oxalate xinafoate lactate gluconate stearate estolate ethylsuccinate olamine tromethamine erbumine "
    "arginine benzoate carbonate dimesylate hemifumarate benzathine procaine lysine meglumine ferric "
    "aspartate saccharate adipate zinc propanediol nicotinate bisulfate edisylate napsylate pivoxil salicylate "
    "undecanoate epolamine polistirex lactobionate modified osmotic microencapsulated aabc"
)
NOISE = words(
    "release hour hours hr hrs metered dose doses dry breath activated actuated coated dispersible "
    "mouth by for use act actuat actuation generic generics brand brands name usp nf strength maximum "
    "max the of a an in per system medicated bottle btl bag box pack pak count ct acting long adult adults "
    "baby children childrens children's child child's infant infants infant's junior pediatric kids "
    "multi single unit units only medically necessary daw substitute sub ok human recombinant product "
    "prod drug medication med rx rxnorm rxcui ndc non otc sugar free sf flavor flavored preservative pf "
    "micronized modified film coat u dosage form package size total each is are be to or plus "
    "ext rel tube jar tubes bottles equivalent concentrated disposable refillable prefill prefilled bead "
    "once weekly daily hydrate generic: formulation reconstituted reconst recon crys cryst "
    "crystals eq elemental elem plastic container part particles biphasic base emollient dosing day days "
    "supply bolus ivpb ivp piggyback extra "
)
# Who makes it, as labels and listings of wholesalers say behind the name.
LABELERS = words(
    "apo pms lup myl zyd aur tev grn amn sdz "
    "teva mylan viatris sandoz zydus lupin aurobindo camber apotex accord amneal torrent cipla glenmark macleods "
    "unichem solco ajanta alembic ascend hikma westward greenstone prasco actavis ranbaxy qualitest lannett "
    "breckenridge "
    "northstar bionpharma rugby perrigo leader equate kirkland goodsense topco pfizer novartis lilly merck astrazeneca "
    "takeda gsk sanofi janssen abbvie amgen genentech roche roxane mallinckrodt rhodes strides granules heritage "
    "epic nostrum ingenus ani upsher oceanside trigen avkare avpak aphena bryant proficient preferred quality "
    "pharma pharmaceutical pharmaceuticals labs laboratories inc ltd llc corp mfr manufacturer"
)
# From such a word on, the text gives directions or a quantity.
DIRECTIONS = words(
    "take takes sig inject apply instill inhale give place dissolve swallow rinse gargle administer "
    "dispense disp qty quantity refill refills rf bid tid qid qd qday qhs qam qpm qod prn qwk po "
    "bedtime meals morning evening night needed"
)
# Words that make another medicine of the brand before them: Tylenol PM, Diovan HCT, Claritin-D.
MODIFIERS = words(
    "hct hctz dm pm d ac dmx cf cold flu sinus allergy plus forte compound complex congestion headache "
    "migraine cough night nighttime day daytime fe hc am duo pe codeine severe head chest dual drowsy back fast "
    "pressure mucus throat complete stool saline pure"
)
# Words that say how much of the same, or for whom: "Tylenol extra strength" is Tylenol.
DEGREES = words(
    "extra regular strength max maximum ultra rapid quick relief adult adults child children childrens "
    "children's infant infants junior kids pediatric arthritis and & - , non less multi fast acting otc"
)

STRENGTHENED = words("extra max maximum ultra double triple low")
"""Words that say that there is more or less in it than in others of the brand: "Ex-Lax max"."""

RELEASE_KINDS = words("osmotic modified microencapsulated")
"""How a tablet lets its dose go, where one name has several: a record has it as the salt of the product."""

EVERYDAY = words(
    "same last next month week year list listed attached see below above says said little big white blue pink yellow "
    "green round pill pills diet diets water hearing aid aids battery batteries cushion labs diff cbc "
    "unknown unsure none nothing something other others various patient"
)
"""Words of no medicine that lie near names of some: they are never taken for one that is misspelt or cut short."""

KINDS = words("aug augmented micro microencapsulated")
"""Words for how the same is made, of which no record of ours tells: it is no more than near to what is on record."""

# Words that make something else of any name before them: digoxin immune fab, a liposomal medicine.
CHANGERS = words(
    "immune fab antibody antibodies complex conjugate conjugated vedotin emtansine deruxtecan mertansine "
    "liposome liposomal lipid antivenom vaccine toxoid globulin strips"
)


def salt_word(token: str) -> str | None:
    """The salt a word names, in full, or None."""
    return token if token in SALTS else _SHORT_SALTS.get(token) or None
