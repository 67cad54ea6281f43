"""Sentences about numbers, used in titles, alternative texts, pages and files alike.

A number is rounded once, here, so that the same value reads the same everywhere, and a direction is
claimed only where the rounded numbers differ.
"""

import math

from workforce.charts.measures import MeasureSpec
from workforce.domain.families import Family, family_label

__all__ = [
    "DAYS_UNKNOWN",
    "describe_change",
    "describe_range",
    "family_word",
    "format_count",
    "format_days",
    "format_measure",
    "format_money",
    "format_people",
    "format_percent",
    "join_words",
    "rounded",
    "sentence",
    "shown_difference",
    "subject_of",
    "verb",
]

DAYS_UNKNOWN = "not known"

_WORDS: dict[str, str] = {
    Family.CYBER: "cyber",
    Family.DATA: "data",
    Family.TRANSFORMATION: "transformation",
    Family.OTHER_DIGITAL: "other digital",
    Family.NOT_DIGITAL: "non-digital",
    Family.ALL: "digital",
}


def family_word(family: str) -> str:
    """Return a family as an adjective inside a sentence (“cyber” in “cyber vacancies”)."""
    return _WORDS.get(family, family_label(family))


def sentence(text: str) -> str:
    """Return the text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def join_words(words: list[str]) -> str:
    """Return `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _grouped(value: float, places: int) -> str:
    text = f"{value:,.{places}f}"
    # Minus nought is an artefact of rounding; a true minus is a sign that screen readers speak.
    if float(text.replace(",", "")) == 0:
        return "0"
    return text.replace("-", "−")


def format_people(value: float) -> str:
    """Return people or FTE: one decimal below 10, whole from there, `0` for what rounds to it.

    Args:
        value: People or FTE.

    Returns:
        Text such as `5.2`, `142` or `1,204`; a dash where there is no number.
    """
    if not math.isfinite(value):
        return "–"
    return _grouped(value, 1 if abs(value) < 9.95 else 0)


def format_count(people: float) -> str:
    """Return a number of people that was counted, not estimated: always whole."""
    return _grouped(people, 0)


def format_percent(share: float) -> str:
    """Return a share (0-1) as a percentage: one decimal below 10%, whole from there.

    Args:
        share: Share; 0.124 is 12%.
    """
    if not math.isfinite(share):
        return "–"
    percent = share * 100
    return f"{_grouped(percent, 1 if abs(percent) < 9.95 else 0)}%"


def format_money(pounds: float) -> str:
    """Return an amount as `£950`, `£12,400`, `£310k` or `£1.2m`.

    Args:
        pounds: GBP. From £100,000 thousands are enough, from a million one decimal.
    """
    if not math.isfinite(pounds):
        return "–"
    sign, size = ("−" if pounds < 0 else ""), abs(pounds)
    if size >= 999_500:
        return f"{sign}£{size / 1e6:,.1f}m"
    if size >= 100_000:
        return f"{sign}£{size / 1e3:,.0f}k"
    return f"{sign if round(size) else ''}£{size:,.0f}"


def format_days(days: float) -> str:
    """Return a number of days, whole, or `not known`."""
    return f"{days:,.0f} days" if math.isfinite(days) else DAYS_UNKNOWN


def rounded(spec: MeasureSpec, value: float) -> str:
    """Return a value of a measure as shown, without its unit (a percent sign is kept)."""
    return format_percent(value) if spec.kind == "share" else format_people(value)


def format_measure(spec: MeasureSpec, value: float) -> str:
    """Return a value of a measure with its unit: `5.2 FTE`, `142 people`, `12%`."""
    if spec.kind == "share":
        return format_percent(value)
    return f"{format_people(value)} {'FTE' if spec.kind == 'fte' else 'people'}"


def describe_range(spec: MeasureSpec, low: float, high: float) -> str:
    """Return `3.1 to 6.8`, or one number where both ends round to it."""
    first, last = rounded(spec, low), rounded(spec, high)
    return first if first == last else f"{first} to {last}"


def shown_difference(first: float, second: float) -> str:
    """Return how far two numbers of people lie apart *as shown*, so that a reader can check it.

    Args:
        first: People or FTE.
        second: People or FTE.
    """
    ends = [round(value, 1 if abs(value) < 9.95 else 0) for value in (first, second)]
    return format_people(round(abs(ends[0] - ends[1]), 1))


def verb(stem: str, *, plural: bool) -> str:
    """Return the third person of a regular verb in the number of its subject."""
    return stem if plural else f"{stem}s"


def subject_of(spec: MeasureSpec, family: str) -> str:
    """Return a measure of a family as a subject: `cyber vacancies`, `the cyber vacancy rate`."""
    return f"{'' if spec.plural else 'the '}{family_word(family)} {spec.noun}"


def describe_change(spec: MeasureSpec, *, family: str, start: float, end: float, by: str) -> str:
    """Return what happens to a measure, as a sentence without a full stop.

    Args:
        spec: The measure.
        family: Family value.
        start: Value at the beginning.
        end: Value at the end.
        by: Month of the end, as `Mar 2029`.

    Returns:
        For example `Cyber vacancies fall from 5.2 to 2.9 FTE by Mar 2029`.
    """
    who = sentence(subject_of(spec, family))
    first, last = rounded(spec, start), rounded(spec, end)
    if first == last:
        return f"{who} {verb('stay', plural=spec.plural)} at {format_measure(spec, end)} to {by}"
    moves = verb("fall" if end < start else "rise", plural=spec.plural)
    return f"{who} {moves} from {first} to {format_measure(spec, end)} by {by}"
