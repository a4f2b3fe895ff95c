"""Read a medicine from what people write: a product, or the narrowest thing that can be proved."""

from __future__ import annotations

from tallman.core.identify.identify import identify

__all__ = ["identify"]
