"""Calendar months as whole numbers, so that a window is a range and a lag is a subtraction."""

from datetime import date

from workforce.domain.errors import UserError

__all__ = [
    "calendar_month",
    "financial_year",
    "first_day",
    "month_label",
    "month_name",
    "month_of",
    "months_between",
    "parse_month",
]

_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def month_of(day: date) -> int:
    """Return the month index of a date: 12 * year + (month - 1)."""
    return 12 * day.year + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month index."""
    return date(month // 12, month % 12 + 1, 1)


def calendar_month(month: int) -> int:
    """Return the position in the year, 0 for January to 11 for December."""
    return month % 12


def month_label(month: int) -> str:
    """Return `YYYY-MM`, the form used in files."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_name(month: int) -> str:
    """Return `Mar 2029`, the form used in sentences and on axes."""
    return f"{_NAMES[month % 12]} {month // 12}"


def parse_month(text: str) -> int:
    """Read `YYYY-MM`.

    Args:
        text: A month such as `2029-03`.

    Returns:
        The month index.

    Raises:
        UserError: If the text is no month between 1900-01 and 2199-12.
    """
    parts = str(text).strip().split("-")
    if len(parts) == 2 and all(part.isdigit() for part in parts):
        year, month = int(parts[0]), int(parts[1])
        if 1900 <= year <= 2199 and 1 <= month <= 12:
            return 12 * year + month - 1
    raise UserError(f"“{text}” is not a month. Write it as year and month, for example 2027-04.")


def financial_year(month: int) -> str:
    """Return the April-to-March year a month falls in, as `2026/27`."""
    year = (month - 3) // 12
    return f"{year}/{(year + 1) % 100:02d}"


def months_between(start: date, end: date) -> float:
    """Return the time between two dates in months of 365.25 / 12 days (negative if reversed)."""
    return (end - start).days / (365.25 / 12)
