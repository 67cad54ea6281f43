"""At the door: identifiers become keys nobody can turn back, birth dates become age bands."""

import hashlib
from datetime import date

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import AgeBand, age_band
from workforce.intake.missing import Column, ObjectArray, is_missing, text_of

__all__ = ["age_bands_from_ages", "age_bands_from_births", "hash_identifiers", "row_key"]


def hash_identifiers(column: Column, salt: bytes) -> ObjectArray:
    """Turn identifiers into keys with a keyed hash.

    The same identifier gives the same key within one reading, so that lists can be joined, and
    another key in the next, because the salt is random and not kept.

    Args:
        column: Identifiers as read, n of them.
        salt: Key of the hash.

    Returns:
        Keys of 16 hexadecimal digits, empty where there is no identifier, shape (n,).
    """
    uniques = column.uniques
    key = hashlib.sha256(salt).digest()
    hashed = np.empty(len(uniques), dtype=object)
    for index, value in enumerate(uniques):
        text = text_of(value)
        if not text or is_missing(text):
            hashed[index] = ""
            continue
        plain = text.upper().encode("utf-8", "replace")
        hashed[index] = hashlib.blake2b(plain, digest_size=8, key=key).hexdigest()
    return column.spread(hashed)


def row_key(file: str, sheet: str, row: int, salt: bytes) -> str:
    """Return the key of a record without an identifier: of its place in the files."""
    place = f"{file}\x00{sheet}\x00{row}".encode("utf-8", "replace")
    key = hashlib.sha256(salt).digest()
    return "r" + hashlib.blake2b(place, digest_size=8, key=key).hexdigest()


def age_bands_from_births(
    births: NDArray[np.datetime64], at: NDArray[np.datetime64]
) -> ObjectArray:
    """Turn dates of birth into age bands; the dates themselves go no further.

    Args:
        births: datetime64[D], NaT where unknown, shape (n,).
        at: Day at which the age is wanted, shape (n,).

    Returns:
        `AgeBand` values, shape (n,).
    """
    years = (at - births).astype(float) / 365.25
    years[np.isnat(births) | np.isnat(at)] = np.nan
    return _bands(years)


def age_bands_from_ages(ages: NDArray[np.float64], lag_years: float = 0.0) -> ObjectArray:
    """Turn ages in years into age bands, `lag_years` later than they were recorded."""
    return _bands(ages + lag_years)


def _bands(years: NDArray[np.float64]) -> ObjectArray:
    whole = np.where(np.isfinite(years), np.floor(years), -1).astype(int)
    values, codes = np.unique(whole, return_inverse=True)
    bands = np.array(
        [str(age_band(float(value)) if value >= 0 else AgeBand.UNKNOWN) for value in values],
        dtype=object,
    )
    result: ObjectArray = bands[codes]
    return result


def age_from_band_text(text: str) -> float:
    """Return an age in the middle of a band as systems write it (“35-44”, “65+”), else NaN."""
    digits = [int(part) for part in "".join(c if c.isdecimal() else " " for c in text).split()]
    ages = [number for number in digits if 14 <= number <= 100]
    if not ages:
        return float("nan")
    if len(ages) >= 2:
        return (ages[0] + ages[1]) / 2
    lowered = text.lower()
    below = "under" in lowered or "<" in lowered or "up to" in lowered or "below" in lowered
    return float(ages[0] - 1 if below else ages[0] + (1 if ">" in lowered else 0))


def day_number(day: date) -> np.datetime64:
    """Return a date as datetime64[D]."""
    return np.datetime64(day, "D")
