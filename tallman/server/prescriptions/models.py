"""Prescriptions, what the screening said of them, and what people said about that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from tallman.core.quantity import UNITS, Amount, format_number
from tallman.core.screening.finding import Category, Severity
from tallman.core.workflow import HOLD_REASONS, Stage
from tallman.server.patients.models import Patient
from tallman.server.prescriptions.outcomes import OUTCOMES
from tallman.server.prescriptions.prescriber import REGISTRATION, Prescriber
from tallman.server.web import clock

__all__ = [
    "REGISTRATION", "Concern", "Decision", "Finding", "Hold", "Prescriber", "Prescription", "Profile", "Screening",
]  # fmt: skip

STAGES = [(s.value, s.value.replace("-", " ").capitalize()) for s in Stage]
_AFTER_REVIEW = [
    Stage.TO_FILL, Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.HANDED_OVER, Stage.OWED, Stage.RETURNED_TO_STOCK,
]  # fmt: skip
_AFTER_FILL = [Stage.FILLED, Stage.VERIFIED, Stage.READY, Stage.HANDED_OVER]
_AFTER_CHECK = [Stage.VERIFIED, Stage.READY, Stage.HANDED_OVER]


def _person(**options: object) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


class Prescription(models.Model):
    """One prescription from the wire to the patient's hands.

    What was received stays as it was in `received` and the fields named after it. What the pharmacy works with
    stands beside it and is changed by actions only; each raises `version`.
    """

    ORIGINS = [
        ("electronic", "Electronic"), ("paper", "Paper"), ("phone", "Telephone"), ("fax", "Fax"),
        ("transfer", "Transferred in"),
    ]  # fmt: skip
    SETTINGS = [("community", "Community"), ("outpatient", "Outpatient"), ("inpatient", "Inpatient")]
    PRIORITIES = [("waiting", "Patient waits"), ("urgent", "Urgent"), ("routine", "Routine")]

    rx_number = models.CharField(max_length=12, unique=True, null=True)
    """Given when it is received; also the bar code of its label."""
    origin = models.CharField(max_length=10, choices=ORIGINS, default="electronic")
    source = models.CharField(max_length=120, blank=True, db_index=True)
    """Which message it came in, as the intake calls it."""
    received_at = models.DateTimeField(default=clock.now)
    received = models.JSONField(default=dict, blank=True)
    """Everything the message said, by section (patient, prescriber, medicine, …), as text."""
    received_patient = models.CharField(max_length=240, blank=True)
    received_prescriber = models.CharField(max_length=240, blank=True)
    received_medicine = models.CharField(max_length=400, blank=True)
    received_rxcui = models.CharField(max_length=12, blank=True)
    received_ndc = models.CharField(max_length=14, blank=True)
    received_sig = models.TextField(blank=True)

    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="prescriptions")
    prescriber = models.ForeignKey(Prescriber, models.PROTECT, null=True, related_name="prescriptions")
    product_id = models.CharField(max_length=80, blank=True)
    """The matched product's id in the knowledge."""
    product_name = models.CharField(max_length=200, blank=True)
    """Its name when it was matched."""
    sig = models.TextField(blank=True)
    quantity = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    quantity_unit = models.CharField(max_length=40, blank=True)
    days_supply = models.PositiveSmallIntegerField(null=True)
    refills = models.PositiveSmallIntegerField(null=True)
    written_on = models.DateField(null=True)
    dispense_as_written = models.BooleanField(default=False)
    diagnosis_codes = models.JSONField(default=list, blank=True)
    """ICD-10-CM codes without dots."""
    note = models.TextField(blank=True)
    setting = models.CharField(max_length=10, choices=SETTINGS, default="community")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    """The prescription that this one renews or takes the place of."""

    priority = models.CharField(max_length=8, choices=PRIORITIES, default="routine")
    promised_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    """The queue's order: the promised time, else the time received plus what its priority allows. So an old routine
    prescription overtakes a new urgent one in the end."""

    stage = models.CharField(max_length=20, choices=STAGES, default=Stage.RECEIVED)
    screening = models.ForeignKey("Screening", models.PROTECT, null=True, related_name="+")
    """The one that counts now."""
    hold = models.OneToOneField("Hold", models.PROTECT, null=True, related_name="+")
    """The hold that keeps it now."""
    entered_by = _person(null=True)
    approved_by = _person(null=True)
    filled_by = _person(null=True)
    verified_by = _person(null=True)
    owed_quantity = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    """What is still to come once the fill now in work is handed over."""
    handed_over_at = models.DateTimeField(null=True)
    supplied_until = models.DateField(null=True)
    """The day on which what was handed over is used up, as far as the days' supply is known."""

    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=120, blank=True)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [
            models.Index(fields=["stage", "due_at", "id"], name="prescriptions_queue"),
            models.Index(fields=["patient", "stage"], name="prescriptions_of_patient"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(stage__in=list(Stage)), name="prescriptions_known_stage"),
            models.CheckConstraint(
                condition=Q(filled_by__isnull=True) | Q(verified_by__isnull=True) | ~Q(verified_by=F("filled_by")),
                name="prescriptions_checker_is_not_filler",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.ON_HOLD, hold__isnull=False)
                | (~Q(stage=Stage.ON_HOLD) & Q(hold__isnull=True)),
                name="prescriptions_on_hold_has_its_hold",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.RECEIVED, Stage.CANCELLED, Stage.ON_HOLD])
                | Q(entered_by__isnull=False, screening__isnull=False, patient__isnull=False),
                name="prescriptions_entered_is_screened",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=_AFTER_REVIEW) | Q(approved_by__isnull=False),
                name="prescriptions_review_has_its_pharmacist",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=_AFTER_FILL) | Q(filled_by__isnull=False),
                name="prescriptions_filled_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=_AFTER_CHECK) | Q(verified_by__isnull=False),
                name="prescriptions_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.HANDED_OVER, Stage.OWED]) | Q(handed_over_at__isnull=False),
                name="prescriptions_handed_over_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gt=0), name="prescriptions_quantity_positive"
            ),
            models.CheckConstraint(condition=Q(owed_quantity__gte=0), name="prescriptions_owed_not_negative"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Rx {self.rx_number}"

    @property
    def patient_name(self) -> str:
        """The matched patient, else the name as received."""
        return str(self.patient) if self.patient else self.received_patient

    @property
    def quantity_text(self) -> str:
        """The quantity in words: "30 tablets"; empty when it is not known."""
        if self.quantity is None:
            return ""
        if self.quantity_unit in UNITS:
            return str(Amount(self.quantity, self.quantity_unit))
        return f"{format_number(self.quantity)} {self.quantity_unit}".strip()

    @property
    def medicine_name(self) -> str:
        """The matched product, else the medicine as received."""
        return self.product_name or self.received_medicine


class Screening(models.Model):
    """One run of the checks over one prescription, enough of it to run it again."""

    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="screenings")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    knowledge_version = models.CharField(max_length=80)
    knowledge_sha256 = models.CharField(max_length=64)
    case = models.JSONField()
    """The case as `prescriptions.cases` writes it: texts, codes and product ids, before any reading of them."""
    ran = models.JSONField()
    not_checked = models.JSONField(default=list)
    """Checks that could not run: `check` and `reason` each. Never the same as clear."""

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"screening of {self.prescription_id} with {self.knowledge_version}"


class Profile(models.Model):
    """What the checks said of everything one patient takes when it was last looked at, and what that changed."""

    patient = models.OneToOneField(Patient, models.CASCADE, related_name="profile")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)
    knowledge_version = models.CharField(max_length=80)
    knowledge_sha256 = models.CharField(max_length=64)
    findings = models.JSONField()
    """What was found, as `profiles.said` writes it."""
    changes = models.JSONField(default=list)
    """What was new, graver, milder or gone against the time before: `what`, `was` and a finding each."""
    not_checked = models.JSONField(default=list)
    """What could not be looked at: `check`, `order` and `reason` each. Where it is empty, all checks looked."""

    class Meta:
        ordering = ["patient"]

    def __str__(self) -> str:
        return f"profile of patient {self.patient_id}"


class Decision(models.Model):
    """What a pharmacist decided about a finding. It holds for every later finding that says exactly the same."""

    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="decisions")
    fingerprint = models.CharField(max_length=64)
    outcome = models.CharField(max_length=40, choices=[(o.code, o.text) for o in OUTCOMES.values()])
    reason = models.TextField(blank=True)
    by = _person()
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["prescription", "fingerprint"], name="prescriptions_decision_on")]
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=list(OUTCOMES)), name="prescriptions_known_outcome"),
            models.CheckConstraint(
                condition=Q(outcome__in=[o.code for o in OUTCOMES.values() if not o.needs_reason]) | ~Q(reason=""),
                name="prescriptions_decision_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.outcome


class Finding(models.Model):
    """One finding of one screening."""

    screening = models.ForeignKey(Screening, models.CASCADE, related_name="findings")
    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="findings")
    code = models.CharField(max_length=60)
    category = models.CharField(max_length=16, choices=[(c.value, c.value) for c in Category])
    severity = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Severity])
    is_interruptive = models.BooleanField()
    summary = models.TextField()
    advice = models.TextField(blank=True)
    evidence = models.JSONField(default=list)
    others = models.JSONField(default=list)
    """Ids of the other orders involved: `rx:17`, `outside:4`."""
    sources = models.JSONField(default=list)
    """`title`, `section` and `date` each."""
    rule = models.CharField(max_length=120, blank=True)
    reviewed = models.BooleanField(default=False)
    """Whether a pharmacist has signed the rule."""
    fingerprint = models.CharField(max_length=64)
    """Same text, same evidence, same patient, same medicines with the same directions: same fingerprint."""
    no_longer_found = models.BooleanField(default=False)
    """The checks no longer find it since somebody other than a pharmacist changed the patient's record. It stays until
    a pharmacist has looked."""
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="findings")

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["screening"], condition=Q(is_interruptive=True, decision__isnull=True),
                name="prescriptions_undecided",
            )
        ]  # fmt: skip
        constraints = [
            models.CheckConstraint(
                condition=Q(severity__in=["critical", "high"], is_interruptive=True)
                | Q(severity__in=["moderate", "low"], is_interruptive=False),
                name="prescriptions_severe_findings_interrupt",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Concern(models.Model):
    """Something that does not sit right, raised by anybody, answered by a pharmacist."""

    KINDS = [
        ("dose", "Dose or directions"), ("medicine", "Wrong medicine or strength"), ("patient", "Wrong patient"),
        ("allergy", "Allergy"), ("interaction", "Interaction or duplicate"), ("quantity", "Quantity or days' supply"),
        ("forgery", "May not be genuine"), ("product", "Product quality or look"), ("other", "Something else"),
    ]  # fmt: skip
    CERTAINTIES = [("sure", "Sure"), ("fairly-sure", "Fairly sure"), ("unsure", "Just not sure")]

    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="concerns")
    kind = models.CharField(max_length=12, choices=KINDS)
    what = models.TextField(blank=True)
    why = models.TextField(blank=True)
    how_sure = models.CharField(max_length=12, choices=CERTAINTIES, default="unsure")
    raised_by = _person()
    raised_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(blank=True)
    answered_by = _person(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["prescription"],
                condition=Q(answered_at__isnull=True),
                name="prescriptions_open_concern",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="prescriptions_answer_has_person_and_time",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Hold(models.Model):
    """A time in which a prescription waits, and why."""

    prescription = models.ForeignKey(Prescription, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=24, choices=[(r.code, r.text) for r in HOLD_REASONS.values()])
    note = models.TextField(blank=True)
    resume_to = models.CharField(max_length=20, choices=STAGES)
    """Where it goes on afterwards."""
    by = _person()
    at = models.DateTimeField(default=clock.now)
    released_by = _person(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=list(HOLD_REASONS)), name="prescriptions_known_hold_reason"),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
                name="prescriptions_release_has_person_and_time",
            ),
            models.UniqueConstraint(
                fields=["prescription"],
                condition=Q(released_at__isnull=True),
                name="prescriptions_one_open_hold",
            ),
        ]

    def __str__(self) -> str:
        return self.reason
