"""How an area says who may open its pages: rows in `tests/integration/<area>/permissions.py`.

ROWS = {
    "patients:patient": Row(roles=STAFF, kwargs={"pk": 1}),
    "patients:edit": Row(roles=TRAINED, kwargs={"pk": 1}, methods=("GET", "POST")),
    "exchange:script": Row(anonymous="token", methods=("POST",)),
}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tallman.core.workflow import ALL_STAFF, PHARMACISTS, Role
from tallman.core.workflow import TRAINED as _TRAINED

__all__ = ["ADMINISTRATORS", "EVERYBODY", "MANAGERS", "ONLY_PHARMACISTS", "STAFF", "TRAINED", "Row"]

EVERYBODY = frozenset(Role)
STAFF = frozenset(ALL_STAFF)
TRAINED = frozenset(_TRAINED)
ONLY_PHARMACISTS = frozenset(PHARMACISTS)
MANAGERS = frozenset({Role.PHARMACIST_IN_CHARGE, Role.ADMINISTRATOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True)
class Row:
    """Who may open one address.

    `roles` may; all other roles get 403. `anonymous` is what a stranger meets: `login` (sent to log in),
    `open` (it is for everybody) or `token` (401; machines only, people's sessions do not open it either).
    `kwargs` fill the address; they need not lead to a row, since refusal comes before any look. `post_roles`
    where changing is for fewer than reading.
    """

    roles: frozenset[Role] = frozenset()
    anonymous: Literal["login", "open", "token"] = "login"
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    methods: tuple[str, ...] = ("GET",)
    post_roles: frozenset[Role] | None = None

    def allowed(self, method: str) -> frozenset[Role]:
        return self.roles if method == "GET" or self.post_roles is None else self.post_roles
