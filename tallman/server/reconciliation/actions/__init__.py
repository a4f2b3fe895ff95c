"""What is done to a stay: its coming and going, the gathering of the history, the decisions."""

from tallman.server.reconciliation.actions.deciding import (
    agree,
    continue_all,
    decide,
    propose,
    sign_off,
    withdraw_decision,
)
from tallman.server.reconciliation.actions.gathering import (
    add_history,
    add_list,
    answer_probe,
    complete_history,
    drop_history,
    drop_list,
    keep_answer,
    reopen_history,
)
from tallman.server.reconciliation.actions.leaving import hand_out
from tallman.server.reconciliation.actions.receiving import receive_lists
from tallman.server.reconciliation.actions.staying import (
    admit,
    cancel,
    discharge,
    plan_discharge,
    transfer,
    update,
)

__all__ = [
    "add_history",
    "add_list",
    "admit",
    "agree",
    "answer_probe",
    "cancel",
    "complete_history",
    "continue_all",
    "decide",
    "discharge",
    "drop_history",
    "drop_list",
    "hand_out",
    "keep_answer",
    "plan_discharge",
    "propose",
    "receive_lists",
    "reopen_history",
    "sign_off",
    "transfer",
    "update",
    "withdraw_decision",
]
