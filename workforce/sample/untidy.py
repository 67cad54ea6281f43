"""The same council the way exports often look."""

from typing import Any

from workforce.domain.errors import UserError
from workforce.sample.records import Simulated
from workforce.sample.workbook import Sheet

__all__ = ["untidy_sheets"]


def untidy_sheets(simulated: Simulated, seed: int) -> tuple[list[Sheet], list[dict[str, Any]]]:
    """Refuse: the untidy layout comes with the next change."""
    raise UserError(
        "The untidy variant of the sample cannot be made yet. Make it without --untidy."
    )
