"""At the door: identifiers become keys nobody can turn back, birth dates become age bands."""

import hashlib
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AgeBand, age_band
from workforce.intake.missing import Column, ObjectArray, is_missing, text_of

__all__ = ["age_bands_from_ages", "age_bands_from_births", "hash_identifiers", "hashed", "row_key"]


def hash_identifiers(column: Column, salt: bytes) -> ObjectArray:
    """Turn identifiers into keys as `hashed` does, shape (n,)."""
    keys = hashed(column, salt)
    return keys.spread(keys.uniques)


def hashed(column: Column, salt: bytes) -> Column:
    """Turn identifiers into keys with a keyed hash.

    The same identifier gives the same key within one reading, so that lists can be joined, and
    another key in the next, because the salt is random and not kept.

    Args:
        column: Identifiers as read, n of them.
        salt: Key of the hash.

    Returns:
        Keys of 16 hexadecimal digits, empty where there is no identifier, n of them.
    """
    blake2b, key = hashlib.blake2b, hashlib.sha256(salt).digest()
    keys = np.empty(len(column.uniques), dtype=object)
    keys[:] = [
        ""
        if is_missing(text := text_of(value))
        else blake2b(text.upper().encode("utf-8", "replace"), digest_size=8, key=key).hexdigest()
        for value in column.uniques.tolist()
    ]
    return Column(column.codes, keys)


def row_key(file: str, sheet: str, row: int, salt: bytes) -> str:
    """Return the key of a record without an identifier: of its place in the files."""
    place = f"{file}\x00{sheet}\x00{row}".encode("utf-8", "replace")
    key = hashlib.sha256(salt).digest()
    return "r" + hashlib.blake2b(place, digest_size=8, key=key).hexdigest()


def age_bands_from_births(births: NDArray[np.datetime64], at: NDArray[np.datetime64]) -> Column:
    """Turn dates of birth into age bands; the dates themselves go no further.

    Args:
        births: datetime64[D], NaT where unknown, shape (n,).
        at: Day at which the age is wanted, shape (n,).

    Returns:
        `AgeBand` values, n of them.
    """
    years = (at - births).astype(float) / 365.25
    years[np.isnat(births) | np.isnat(at)] = np.nan
    return _bands(years)


def age_bands_from_ages(ages: NDArray[np.float64], lag_years: float = 0.0) -> Column:
    """Turn ages in years into age bands, `lag_years` later than they were recorded."""
    return _bands(ages + lag_years)


def _bands(years: NDArray[np.float64]) -> Column:
    codes, values = pd.factorize(np.where(np.isfinite(years), np.floor(years), -1.0))
    bands = [str(age_band(value) if value >= 0 else AgeBand.UNKNOWN) for value in values.tolist()]
    return Column(codes.astype(np.int32), np.array(bands, dtype=object))


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
