"""The reasons of Spanish directions, in English."""

from __future__ import annotations

from dataclasses import replace

from tallman.core.sig.lexicon import is_spanish
from tallman.core.sig.model import Step
from tallman.core.sig.spanish import MEANT, REASONS
from tallman.core.sig.tokens import lower

__all__ = ["is_english", "translated"]

_MEANT = {lower(said): english for said, english in MEANT.items()}


def _in_english(reason: str | None) -> str | None:
    """The reason of a Spanish direction in English, None where the table has none."""
    if reason is None:
        return None
    return _MEANT.get(lower(reason)) or (reason if reason in REASONS else None)


def translated(step: Step) -> Step:
    """The step with its reasons in English, as far as there are words for them."""
    reason, purpose = _in_english(step.prn_reason), _in_english(step.indication)
    return replace(step, prn_reason=reason or step.prn_reason, indication=purpose or step.indication)


def is_english(step: Step) -> bool:
    """Whether nothing of a Spanish direction would stand in its own words in an English one."""
    reasons = filter(None, (step.prn_reason, step.indication))
    own = any(is_spanish(word) for words in (*step.instructions, step.trigger or "") for word in lower(words).split())
    return not (step.start or step.until or own) and all(map(_in_english, reasons))
