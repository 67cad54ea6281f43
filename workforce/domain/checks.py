"""Checks on plan values that answer in sentences."""

from workforce.domain.bands import GRADE_BANDS
from workforce.domain.errors import UserError
from workforce.domain.families import ALL_FAMILIES

__all__ = ["check_names", "check_number", "check_range", "check_share", "check_unique"]


def check_share(what: str, value: float) -> None:
    """Refuse what is no share between 0 and 1."""
    if not 0 <= value <= 1:
        raise UserError(f"{what} must be a share between 0% and 100%, not {value * 100:g}%.")


def check_number(what: str, value: float, low: float, high: float, unit: str = "") -> None:
    """Refuse a number outside `low` to `high`."""
    if not low <= value <= high:
        raise UserError(
            f"{what} must lie between {low:g} and {high:g}{' ' + unit if unit else ''}, "
            f"not {value:g}."
        )


def check_range(what: str, low: float, value: float, high: float) -> None:
    """Refuse a range that does not hold its central value."""
    if not low <= value <= high:
        raise UserError(
            f"{what}: the range {low:g} to {high:g} must hold the central value {value:g}."
        )


def check_names(what: str, families: tuple[str, ...], grades: tuple[str, ...]) -> None:
    """Refuse families and grade bands that are not known."""
    unknown = [name for name in families if name not in tuple(ALL_FAMILIES)]
    if unknown:
        raise UserError(
            f"{what}: role family “{unknown[0]}” is not known. "
            f"Use {', '.join(ALL_FAMILIES[:-1])} or {ALL_FAMILIES[-1]}."
        )
    unknown = [name for name in grades if name not in tuple(GRADE_BANDS)]
    if unknown:
        raise UserError(
            f"{what}: grade band “{unknown[0]}” is not known. Use {', '.join(GRADE_BANDS)}."
        )


def check_unique(what: str, keys: list[str]) -> None:
    """Refuse a key that stands twice."""
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    if doubled:
        raise UserError(f"The plan names the {what} “{doubled[0]}” twice. Keep one of the two.")
