"""Another reader of FHIR: what Tallman takes without a warning of form, it takes as well."""

from __future__ import annotations

import warnings
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhir.resources.R4B import get_fhir_model_class

__all__ = ["is_fhir"]


def is_fhir(resource: dict[str, Any]) -> bool:
    """Whether fhir.resources takes this as a resource of R4B."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            get_fhir_model_class(resource["resourceType"]).model_validate(resource)
        except (ValueError, TypeError, LookupError, AttributeError):
            return False  # The last three are how it breaks over shapes it does not expect.
    return True
