"""Numbers that Excel shows as dates."""

import re
from datetime import datetime, time, timedelta

__all__ = ["excel_moment", "is_date_format"]

_BUILT_IN = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
_NO_LETTERS = re.compile(r"\"[^\"]*\"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]", re.IGNORECASE)
_LAST_DAY = {False: 2_958_465, True: 2_957_003}


def is_date_format(number: int, code: str) -> bool:
    """Return whether a number format shows a date or time.

    Args:
        number: Its number; some are built in.
        code: Its text, such as “dd/mm/yyyy”, empty if built in.
    """
    if not code:
        return number in _BUILT_IN
    letters = _NO_LETTERS.sub("", code[:255].split(";", maxsplit=1)[0]).lower()
    return "general" not in letters and re.search(r"[dmyhs]", letters) is not None


def excel_moment(number: float, *, since_1904: bool = False) -> object:
    """Return the day or moment that a number stands for.

    Args:
        number: Days since the end of 1899, or of 1903.
        since_1904: Which of them.

    Returns:
        A date where it is a whole day, a time where it is less than one, else a datetime; the
        number itself where it is no day of Excel's calendar.
    """
    if not 0 <= number < _LAST_DAY[since_1904] + 1:
        return number
    # Excel counts a 29 February 1900 that was none: days before it are one further on.
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 + (number < 60))
    moment = start + timedelta(milliseconds=round(number * 86_400_000))
    if number < 1 and not since_1904:
        return moment.time()
    return moment.date() if moment.time() == time() else moment
