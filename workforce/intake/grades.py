"""Grades to four bands that can be compared across pay scales.

The scales are those in public use: Agenda for Change bands, civil service grades, single-status
council grades and spinal points, American levels. What a scale does not say is told from the title,
then from pay.
"""

import re
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import GradeBand
from workforce.intake.missing import Column, ObjectArray

__all__ = ["grade_band", "grade_bands", "guessed_scale"]

_CIVIL: Final = {
    "aa": GradeBand.ENTRY, "ao": GradeBand.ENTRY, "eo": GradeBand.PRACTITIONER,
    "heo": GradeBand.PRACTITIONER, "fast stream": GradeBand.PRACTITIONER, "seo": GradeBand.SENIOR,
    "g7": GradeBand.LEAD, "grade 7 ": GradeBand.LEAD, "g6": GradeBand.LEAD, "scs": GradeBand.LEAD,
    "scs1": GradeBand.LEAD, "scs2": GradeBand.LEAD, "scs3": GradeBand.LEAD, "smg": GradeBand.LEAD,
}  # fmt: skip
_AFC: Final = re.compile(r"\b(?:afc|nhs|agenda for change)?\s*band\s*([1-9])\s*([a-d])?\b")
_AFC_SHORT: Final = re.compile(
    r"^([89])([a-d])$|^b([2-9])([a-d])?$|^xr0?([1-9])$|^nhs.*\b([2-9])([a-d])?$"
)
_SCP: Final = re.compile(r"\b(?:scp|spinal(?: column)? point|point)\s*(\d{1,2})\b")
_COUNCIL: Final = re.compile(
    r"\b(?:grade|gr|g|scale|sc|level|lvl|l|pay band)\s*[-.]?\s*(\d{1,2})\b"
)
_TIER: Final = re.compile(r"^tier (\d{1,2})$")
_ROMAN_END: Final = re.compile(r"\b(i|ii|iii|iv|v|vi|vii|viii)$")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8}
_HIGH: Final = re.compile(
    r"director|chief|head of|executive|jnc|hay|scs|smg|hos\b|assistant director"
)
_OFFICER: Final = re.compile(r"\b(po|pog|prm|mgt|mg|sm|sm\d|em)\s*[-.]?\s*(\d{0,2})")
_SENIOR_OFFICER: Final = re.compile(r"\b(so)\s*[-.]?\s*[123]\b")
_LEAD_TITLE: Final = re.compile(
    r"\b(head of|director|chief|principal|lead|manager|cio|cto|ciso|strateg\w+|architect)\b",
)
_SENIOR_TITLE: Final = re.compile(r"\b(senior|snr|sr|specialist|team leader|supervisor)\b")
_ENTRY_TITLE: Final = re.compile(
    r"\b(apprentice|trainee|junior|jnr|assistant|graduate|intern|clerk|support officer|level 1)\b"
)
_PAY_EDGES: Final = (27_500.0, 41_000.0, 54_000.0)
"""Full-time pay in pounds a year at which bands meet: about the national pay spine's points 10, 32
and 43 in 2025/26. Used only where neither grade nor title tells."""
_ORDER: Final = tuple(GradeBand)
_SCALES: Final = (("tier", 6), ("band", 9), ("grade", 19))


def _by_number(number: int, edges: tuple[int, int, int]) -> GradeBand:
    return _ORDER[int(np.searchsorted(edges, number, side="left"))]


def _from_grade(grade: str) -> GradeBand | None:  # noqa: PLR0911 - one return a pay scale
    text = re.sub(r"\s+", " ", grade.strip().lower())
    if not text:
        return None
    if text in _CIVIL:
        return _CIVIL[text]
    if match := re.match(r"^(?:grade )?(aa|ao|eo|heo|seo|g7|g6|scs)\b", text):
        return _CIVIL[match[1]]
    if match := _AFC.search(text) or _AFC_SHORT.match(text):
        digits = next(int(group) for group in match.groups() if group and group.isdecimal())
        letter = next((group for group in match.groups() if group and group.isalpha()), "")
        if digits == 8:
            return GradeBand.LEAD if letter in {"b", "c", "d"} else GradeBand.SENIOR
        return _by_number(digits, (4, 6, 8))
    if _HIGH.search(text):
        return GradeBand.LEAD
    if match := _SCP.search(text):
        return _by_number(int(match[1]), (10, 28, 40))
    if _SENIOR_OFFICER.search(text):
        return GradeBand.PRACTITIONER
    if match := _OFFICER.search(text):
        return GradeBand.LEAD if match[2] and int(match[2]) >= 5 else GradeBand.SENIOR
    if match := _TIER.match(text):
        return _by_number(int(match[1]), (1, 2, 3))
    if match := _COUNCIL.search(text):
        return _by_number(int(match[1]), (4, 8, 11))
    if text in _ROMAN:
        return _by_number(_ROMAN[text], (1, 3, 5))
    return None


def grade_band(grade_text: str, salary: float, title: str) -> GradeBand:
    """Return the band of seniority of a grade.

    Args:
        grade_text: Grade as the pay scale words it, may be empty.
        salary: Full-time pay, pounds a year, NaN where unknown.
        title: Job title, may be empty.

    Returns:
        The band: from the grade where the scale is known, else from the title's words of
        seniority, else from pay, else `practitioner`.
    """
    found = _from_grade(grade_text)
    return found if found is not None else _without_grade(salary, title)


def _without_grade(salary: float, title: str) -> GradeBand:
    lowered = title.lower().strip()
    if _ENTRY_TITLE.search(lowered) and not _LEAD_TITLE.search(lowered):
        return GradeBand.ENTRY
    if _SENIOR_TITLE.search(lowered):
        return GradeBand.SENIOR
    if _LEAD_TITLE.search(lowered):
        return GradeBand.LEAD
    if match := _ROMAN_END.search(lowered):
        return _by_number(_ROMAN[match[1]], (1, 3, 5))
    if np.isfinite(salary) and salary > 5_000:
        return _ORDER[int(np.searchsorted(_PAY_EDGES, salary, side="right"))]
    return GradeBand.PRACTITIONER


def grade_bands(
    grades: ObjectArray | Column, salary: NDArray[np.float64], titles: ObjectArray | Column
) -> Column:
    """Return the band of each row; equal rows are judged once, pay to the nearest thousand.

    Args:
        grades: Grades as texts, n of them.
        salary: Full-time pay a year, NaN where unknown, shape (n,).
        titles: Job titles as texts, n of them.

    Returns:
        `GradeBand` values, n of them.
    """
    graded = _named_numbers(grades if isinstance(grades, Column) else Column.of(grades))
    said = [_from_grade(grade) for grade in graded.uniques]
    if None not in said:
        return Column(graded.codes, np.array([str(band) for band in said], dtype=object))
    titled = titles if isinstance(titles, Column) else Column.of(titles)
    known = salary[np.isfinite(salary)]
    # The edges of pay are in pounds: a list with pay like this is in another currency.
    foreign = len(known) > 0 and float(np.median(known)) > 55_000
    usable = np.isfinite(salary) & (not foreign)
    steps, thousands = pd.factorize(np.where(usable, np.round(salary, -3), -1.0))
    pairs = graded.codes.astype(np.int64) * len(titled.uniques) + titled.codes
    places, triples = pd.factorize(pairs * len(thousands) + steps)
    bands = np.empty(len(triples), dtype=object)
    for index, triple in enumerate(triples.tolist()):
        pair, step = divmod(triple, len(thousands))
        grade, title = divmod(pair, len(titled.uniques))
        band = said[grade]
        if band is None:
            pay = float(thousands[step])
            band = _without_grade(pay if pay >= 0 else float("nan"), titled.uniques[title])
        bands[index] = str(band)
    return Column(places.astype(np.int32), bands)


def guessed_scale(grades: Column) -> str:
    """Return the scale that bare numbers are taken to be on, from the highest of them.

    Args:
        grades: Grades as texts.

    Returns:
        `tier` (up to 6), `band` (up to 9), `grade` (up to 19) or `scp`; empty where most grades are
        no bare numbers, so that nothing need be guessed.
    """
    uniques = grades.compact().uniques
    bare = [int(text) for text in uniques if text.isdecimal() and len(text) <= 2]
    if not bare or len(bare) < 0.6 * sum(bool(text) for text in uniques):
        return ""
    return next((name for name, top in _SCALES if max(bare) <= top), "scp")


def _named_numbers(column: Column) -> Column:
    """Say of bare numbers which scale they are on, told from the highest of them."""
    scale, uniques = guessed_scale(column), column.uniques
    if not scale:
        return column
    named = [f"{scale} {int(t)}" if t.isdecimal() and len(t) <= 2 else t for t in uniques]
    return Column(column.codes, np.array(named, dtype=object))
