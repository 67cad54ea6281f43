"""Numbers as people type them: pounds, percentages, thousands, “0.8 FTE”."""

import math
import re
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.missing import Column, is_missing

__all__ = ["convert_numbers", "looks_like_number", "parse_number"]

FloatArray = NDArray[np.float64]

_NUMBER: Final = re.compile(r"^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"^[-+]?\d{1,3}(,\d{3})+(\.\d*)?$")
_COMMA: Final = re.compile(r"^[-+]?\d{1,3}((\.|\s)\d{3})*,\d{1,4}$")
_DOTS: Final = re.compile(r"^[-+]?\d{1,3}(\.\d{3}){2,}$")
_RANGE: Final = re.compile(r"^([\d.,k]+)\s*(?:-|–|to)\s*([\d.,k]+)$", re.IGNORECASE)
_UNIT: Final = re.compile(
    r"\s*(gbp|usd|eur|fte|wte|hrs?|hours?|per week|p\.?\s?w\.?|/week|per annum|p\.?\s?a\.?|"
    r"pro rata|per year|/year|annually|a year|per day|/day|p\.?\s?d\.?|a day|"
    r"years?|yrs?|months?|mths?|days?)\s*$",
    re.IGNORECASE,
)
_LEADING_UNIT: Final = re.compile(
    r"^\s*(gbp|usd|eur|fte|wte|circa|c\.|approx\.?|~)\s*", re.IGNORECASE
)


def parse_number(text: str) -> float | None:
    """Read a number from a text.

    A currency sign (once), thousands separators, a decimal comma, brackets for minus, a trailing
    unit, `k` and `%` (as a hundredth) are understood; a range gives its middle. `>20` and `££5` are
    not numbers.

    Args:
        text: What stands in the cell.

    Returns:
        The number, `None` where the text is none.
    """
    plain = text.replace("\u00a0", " ").strip()
    if _NUMBER.match(plain):
        return number if math.isfinite(number := float(plain)) else None
    if len(plain) > 40 or not any(map(str.isdigit, plain)):
        return None
    plain = _LEADING_UNIT.sub("", plain)
    for _ in range(2):
        plain = _UNIT.sub("", plain).strip()
    negative = plain.startswith("(") and plain.endswith(")")
    plain = plain.strip("()") if negative else plain
    percent = plain.endswith("%")
    plain = plain.removesuffix("%").strip()
    if match := _RANGE.match(plain.replace("£", "").replace("$", "").replace(" ", "")):
        low, high = _plain_number(match[1]), _plain_number(match[2])
        value = (low + high) / 2 if low is not None and high is not None and low <= high else None
    else:
        sign = "-" if plain.startswith("-") else ""
        plain = plain.removeprefix("-").strip()
        plain = plain[1:].strip() if plain[:1] in "£$€" and plain else plain
        value = _plain_number(sign + plain)
    if value is None:
        return None
    value = value / 100 if percent else value
    return -value if negative else value


def _plain_number(text: str) -> float | None:
    thousand = 1000.0 if text[-1:] in "kK" else 1.0
    text = text[:-1].strip() if thousand > 1 else text
    if _NUMBER.match(text):
        number = float(text)
    elif _THOUSANDS.match(text):
        number = float(text.replace(",", ""))
    elif _COMMA.match(text):
        number = float(re.sub(r"[.\s]", "", text).replace(",", "."))
    elif _DOTS.match(text):
        number = float(text.replace(".", ""))
    else:
        return None
    return number * thousand if np.isfinite(number) else None


def looks_like_number(value: object) -> bool:
    """Return whether a cell is a number or a text that reads as one."""
    if isinstance(value, str):
        return parse_number(value) is not None
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def convert_numbers(column: Column) -> tuple[FloatArray, NDArray[np.bool_]]:
    """Turn cells into numbers.

    Args:
        column: Cells as read, n of them.

    Returns:
        The numbers (NaN where there is none) and where something stands that is no number, both of
        shape (n,). A text in a column of numbers is never lost in silence.
    """
    read = np.full(len(column.uniques), np.nan)
    bad = np.zeros(len(column.uniques), dtype=bool)
    for index, value in enumerate(column.uniques):
        if isinstance(value, str):
            number = parse_number(value) if value else None
            if number is not None:
                read[index] = number
            else:
                bad[index] = not is_missing(value)
        elif isinstance(value, (int, float)):
            read[index] = float(value) if math.isfinite(value) else math.nan
        else:
            bad[index] = value is not None
    return read[column.codes], bad[column.codes]
