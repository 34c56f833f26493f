"""The one place that asks what day it is; everything below is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def today() -> date:
    """The day where the command runs."""
    from datetime import date

    return date.today()
