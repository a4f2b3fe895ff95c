"""Who may open the pages of stays."""

from __future__ import annotations

from tests.integration.access import ONLY_PHARMACISTS, STAFF, TRAINED, Row

STAY = {"pk": 0}

ROWS = {
    "reconciliation:guide": Row(roles=STAFF, kwargs=STAY),
    "reconciliation:none-known": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:answer-probe": Row(roles=TRAINED, kwargs=STAY | {"code": "otc"}, methods=("POST",)),
    "reconciliation:tell": Row(roles=TRAINED, kwargs=STAY | {"code": "otc"}, methods=("POST",)),
    "reconciliation:worklist": Row(roles=STAFF),
    "reconciliation:measures": Row(roles=STAFF),
    "reconciliation:measures-file": Row(roles=STAFF),
    "reconciliation:new": Row(roles=TRAINED),
    "reconciliation:admit": Row(roles=TRAINED, kwargs={"patient": 0}, methods=("GET", "POST")),
    "reconciliation:edit": Row(roles=TRAINED, kwargs=STAY),
    "reconciliation:change": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:plan-discharge": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:leave": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:cancel": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:lists": Row(roles=STAFF, kwargs=STAY),
    "reconciliation:add-list": Row(roles=TRAINED, kwargs=STAY, methods=("GET", "POST")),
    "reconciliation:read-list": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:upload-list": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:withdraw-list": Row(roles=TRAINED, kwargs=STAY | {"number": 0}, methods=("POST",)),
    "reconciliation:decisions": Row(roles=STAFF, kwargs=STAY),
    "reconciliation:discharge": Row(roles=STAFF, kwargs=STAY),
    "reconciliation:patient-list": Row(roles=TRAINED, kwargs=STAY),
    "reconciliation:letter": Row(roles=TRAINED, kwargs=STAY),
    "reconciliation:document": Row(roles=TRAINED, kwargs=STAY),
    "reconciliation:decide": Row(
        roles=ONLY_PHARMACISTS, kwargs=STAY | {"stage": "admission", "key": "0"}, methods=("POST",)
    ),
    "reconciliation:continue-unchanged": Row(roles=ONLY_PHARMACISTS, kwargs=STAY, methods=("POST",)),
    "reconciliation:propose": Row(roles=TRAINED, kwargs=STAY | {"stage": "admission", "key": "0"}, methods=("POST",)),
    "reconciliation:withdraw": Row(roles=ONLY_PHARMACISTS, kwargs=STAY | {"decision": 0}, methods=("POST",)),
    "reconciliation:agree": Row(roles=ONLY_PHARMACISTS, kwargs=STAY | {"stage": "admission"}, methods=("POST",)),
    "reconciliation:sign": Row(roles=ONLY_PHARMACISTS, kwargs=STAY | {"stage": "admission"}, methods=("POST",)),
    "reconciliation:history": Row(roles=STAFF, kwargs=STAY),
    "reconciliation:answer": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:add-history": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:take-back": Row(roles=TRAINED, kwargs=STAY | {"line": 0}, methods=("POST",)),
    "reconciliation:complete-history": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
    "reconciliation:reopen-history": Row(roles=TRAINED, kwargs=STAY, methods=("POST",)),
}
