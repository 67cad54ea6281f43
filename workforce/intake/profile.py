"""What the values of a column look like, from a sample of them."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.column import Column
from workforce.intake.dates import looks_like_date
from workforce.intake.missing import is_missing, share, text_of
from workforce.intake.numbers import parse_number

__all__ = ["Profile", "profile_column"]

_SAMPLE: Final = 300

_EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
_NINO: Final = re.compile(
    r"^[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]$|^[A-Z]{2}\s\d{2}\s\d{2}\s\d{2}$", re.IGNORECASE
)
_SSN: Final = re.compile(r"^\d{3}-\d{2}-\d{4}$")
_POSTCODE: Final = re.compile(r"^[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}$", re.IGNORECASE)
_PHONE: Final = re.compile(r"^(\+?\d[\d\s()-]{8,16})$")
_SORT_CODE: Final = re.compile(r"^\d{2}-\d{2}-\d{2}$")
_NAME: Final = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|dr|mx)\.?\s)?[A-Z][a-z'’-]+(?:,?\s+(?:[A-Z]\.?\s+)?[A-Z][a-zA-Z'’-]+){1,2}\s*$"
)
_ID: Final = re.compile(
    r"^[A-Z]{0,5}[-/_ ]?\d{2,14}[A-Z]?$|^[0-9a-f]{8,64}$|"
    r"^(?=(?:\D*\d){3})[A-Z0-9]{1,8}(?:[-/_][A-Z0-9]{1,8}){1,3}$",
    re.IGNORECASE,
)
_STANDARD: Final = re.compile(r"^ST\d{4}\b", re.IGNORECASE)
_GRADE: Final = re.compile(
    r"^(grade|band|scale|scp|level|gr|b|g|po|so|sc|pt|hay|afc band|pay band|ps|x|nc)?\s*[-.]?\s*"
    r"(\d{1,2}[a-d]?|[a-q]|[ivx]{1,4})([-–/ ]\d{1,2})?$|^(aa|ao|eo|heo|seo|g7|g6|scs\s?\d?|smg|"
    r"grade [67]|aps ?\d|el ?\d|[a-z]{2,3} ?\d{1,2}[a-d]?|director|"
    r"head of service|hay.*|joint.*|soulbury.*|teacher.*|jnc.*|nmw.*|tlr.*)$",
    re.IGNORECASE,
)
_JOB: Final = re.compile(
    r"\b(officer|manager|analyst|engineer|developer|assistant|director|administrator|advisor|adviser|"
    r"consultant|technician|specialist|coordinator|co-ordinator|worker|lead|architect|apprentice|"
    r"supervisor|clerk|teacher|nurse|head of|designer|executive|representative|scientist|driver|"
    r"operator|accountant|inspector|secretary|cleaner|cook|planner|librarian|surveyor|solicitor)s?\b",
    re.IGNORECASE,
)
_SEX: Final = frozenset(
    ["m", "f", "male", "female", "man", "woman", "non-binary", "nonbinary", "other", "u", "x"]
)
_SALUTATION: Final = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "mx", "rev", "sir", "dame", "lady", "lord", "cllr"]
)
_YES_NO: Final = frozenset(
    ["yes", "no", "y", "n", "true", "false", "t", "f", "0", "1", "0.0", "1.0"]
)
_CONTRACT: Final = re.compile(
    r"\b(permanent|perm|fixed|temporary|temp|casual|bank|zero|agency|second|apprentice|contract|"
    r"full.?time|part.?time|trainee|substantive|intern|contractor|relief|sessional|seasonal)",
    re.IGNORECASE,
)
_REASON: Final = re.compile(
    r"resign|retir|redundan|dismiss|tupe|end of (contract|fixed|temp)|death|died|deceas|voluntary|"
    r"involuntary|layoff|laid off|fired|better|career|another position|personal|relocat|attendance|"
    r"performance|settlement|transfer|capability|conduct|probation",
    re.IGNORECASE,
)
_STATUS: Final = re.compile(
    r"^(active|inactive|terminated|left|leaver|current|former|in post|employed|on leave|suspended|"
    r"leave of absence|retired|resigned|withdrawn|voluntarily terminated|terminated for cause|"
    r"future start|live|ended|stayed|maternity|career break|deceased|.*assignment)$",
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    r"filled|appointed|failed|withdrawn|open|cancel|no appointment|not appointed|advertis|closed|"
    r"in training|achieved|completed|passed|on programme|break in learning|offer|shortlist|on hold",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"^[<>≤≥~]?\s*\d{1,3}(,?\d{3})*(\.\d+)?\s*%?$")
_NO_DATE: Final = re.compile(
    r"^\D*(0?1\D0?1\D(1900|1753|1800)|1900-01-0|9999|4712|2[19]\d\d-|209\d-)|"
    r"^.*\D(9999|4712|1900|2[19]\d\d|209\d)\b"
)
_SPAN: Final = re.compile(
    r"^(under|over|less than|more than|up to|<|>|<=|>=)?\s*\d{1,2}\s*"
    r"((-|–|to|and|but)[\s<a-z]*\d{1,2})?"
    r"\s*(\+|years?|yrs?|months?|and over|or more)*$",
    re.IGNORECASE,
)
_AGE_BAND: Final = re.compile(
    r"^(\d{2}\s*(-|–|to)\s*\d{2}|"
    r"(under|over|<|>|<=|>=)\s*\d{2}|\d{2}\s*(\+|and (over|under|above)))"
    r"( years)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a sample of a column looks like; shares are of the values that are not missing.

    Attributes:
        filled: Share of cells that hold something.
        size: Number of values looked at.
        kinds: Number of different values among them.
        share_of: Share of values that pass a test, by name of the test.
        low: Smallest number.
        middle: Median of the numbers.
        high: Largest number.
        length: Mean length of the texts.
    """

    filled: float
    size: int
    kinds: int
    share_of: dict[str, float]
    low: float
    middle: float
    high: float
    length: float

    @property
    def unique(self) -> float:
        """Share of the sample's values that differ from all others."""
        return share(self.kinds, self.size)

    def of(self, test: str) -> float:
        """Return the share of values that pass a test, 0 where nothing was tested."""
        return self.share_of.get(test, 0.0)


_TEXT_TESTS: Final[dict[str, Callable[[str], bool]]] = {
    "email": lambda text: bool(_EMAIL.match(text)),
    "nino": lambda text: bool(_NINO.match(text) or _SSN.match(text)),
    "postcode": lambda text: bool(_POSTCODE.match(text)),
    "phone": lambda text: bool(_PHONE.match(text)) and sum(c.isdigit() for c in text) >= 9,
    "sort_code": lambda text: bool(_SORT_CODE.match(text)),
    "name": lambda text: bool(_NAME.match(text)) and not _JOB.search(text),
    "id": lambda text: bool(_ID.match(text)),
    "standard": lambda text: bool(_STANDARD.match(text)),
    "grade": lambda text: bool(_GRADE.match(text)),
    "job": lambda text: bool(_JOB.search(text)),
    "sex": lambda text: text.lower() in _SEX,
    "salutation": lambda text: text.lower().rstrip(".") in _SALUTATION,
    "yes_no": lambda text: text.lower() in _YES_NO,
    "contract": lambda text: bool(_CONTRACT.search(text)),
    "reason": lambda text: bool(_REASON.search(text)),
    "status": lambda text: bool(_STATUS.match(text)),
    "outcome": lambda text: bool(_OUTCOME.search(text)),
    "percent_sign": lambda text: text.endswith("%"),
    "count": lambda text: bool(_COUNT.match(text)),
    "no_date": lambda text: bool(_NO_DATE.match(text)),
    "age_band": lambda text: bool(_AGE_BAND.match(text)),
    "span": lambda text: not text.isdecimal() and bool(_SPAN.match(text)),
}


def profile_column(values: Column, kept: NDArray[np.bool_] | None = None) -> Profile:
    """Describe a column by a sample of its cells, evenly spaced so that it is the same every time.

    Args:
        values: Cells, n of them.
        kept: Rows to look at, shape (n,); all if not given.

    Returns:
        The description. It holds shares and ranges, no values.
    """
    there = values.where_filled()
    present = np.flatnonzero(there if kept is None else there & kept)
    if len(present) > _SAMPLE:
        picked = present[np.linspace(0, len(present) - 1, _SAMPLE).astype(int)]
    else:
        picked = present
    cells = [
        cell
        for cell in values.cells(picked)
        if cell is not None and not (isinstance(cell, str) and is_missing(cell))
    ]
    size = len(cells)
    counted = Counter(map(text_of, cells))
    shares = {
        name: share(sum(count for text, count in counted.items() if test(text)), size)
        for name, test in _TEXT_TESTS.items()
    }
    numbers = [_number(cell) for cell in cells]
    real = np.array([number for number in numbers if number is not None], dtype=float)
    shares["date"] = share(sum(map(looks_like_date, cells)), size)
    shares["number"] = share(len(real), size)
    whole = real == np.floor(real)
    shares["whole"] = share(int(whole.sum()), size)
    shares["year"] = share(int((whole & (real >= 1950) & (real <= 2100)).sum()), size)
    shares["serial"] = share(int(((real >= 14000) & (real <= 65000) & whole).sum()), size)
    shares["small"] = share(int(((real > 0) & (real <= 1.2)).sum()), size)
    length = share(sum(len(text) * count for text, count in counted.items()), size)
    present_share = share(len(present), len(values) if kept is None else int(kept.sum()))
    return Profile(
        filled=present_share * share(size, len(picked)),
        size=size,
        kinds=len(counted),
        share_of=shares,
        low=float(real.min()) if len(real) else np.nan,
        middle=float(np.median(real)) if len(real) else np.nan,
        high=float(real.max()) if len(real) else np.nan,
        length=length,
    )


def _number(cell: object) -> float | None:
    if isinstance(cell, str):
        return parse_number(cell)
    return float(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else None
