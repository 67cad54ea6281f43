"""A forecast as it was saved with a plan, to be held against what happened later.

It holds ranges of sums over families and months: no count of people and nothing of the extract.
"""

import json
import math
from dataclasses import dataclass
from typing import Any, Final

from workforce.domain.errors import UserError
from workforce.domain.months import month_label, parse_month
from workforce.domain.planfile import PlanBook, plan_document

__all__ = [
    "COLUMNS",
    "KEPT_MONTHS",
    "MEASURES",
    "ForecastLine",
    "SavedForecast",
    "forecast_from_json",
    "plan_file",
]

COLUMNS: Final = ("mean", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5")
"""Numbers kept of each month, in this order."""
MEASURES: Final = ("leavers_total", "hires_total", "headcount", "vacancies")
"""Leavers and starters since the forecast was made, added up; people in post; vacant FTE."""
KEPT_MONTHS: Final = 36
_MOST_LINES: Final = 200
_DAMAGED: Final = (
    "The forecast in this plan file is damaged, so it cannot be compared with what happened. The "
    "plan itself can still be opened; save it again to keep a forecast with it."
)


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One measure of one family in one scenario.

    Attributes:
        scenario: Name of the scenario.
        measure: One of `MEASURES`.
        family: A family, or `all` for the sum of those forecast.
        numbers: `COLUMNS` of each month after the forecast's date, people or FTE to two decimals.
    """

    scenario: str
    measure: str
    family: str
    numbers: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class SavedForecast:
    """What a plan was expected to lead to when it was saved.

    Attributes:
        as_of: Month index of the data it was made from; the first number is of the month after.
        data_digest: Digest of those data.
        software: Version of the software.
        draws: Simulated futures.
        seed: Their seed.
        fictional: Whether the data were the made-up sample.
        scope: `digital` or `everyone`.
        families: Families forecast; `all` is their sum.
        posts_known: Families whose establishment came from a list of posts: only their vacancies
            can be compared with anything.
        lines: The numbers.
    """

    as_of: int
    data_digest: str
    software: str
    draws: int
    seed: int
    fictional: bool
    scope: str
    families: tuple[str, ...]
    posts_known: tuple[str, ...]
    lines: tuple[ForecastLine, ...]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the scenarios, in order."""
        return tuple(dict.fromkeys(line.scenario for line in self.lines))

    @property
    def months(self) -> int:
        """Months forecast."""
        return max((len(line.numbers) for line in self.lines), default=0)

    def to_json(self) -> str:
        """Return the forecast as one line of JSON."""
        return json.dumps(
            {
                "as_of": month_label(self.as_of),
                "data_digest": self.data_digest,
                "software": self.software,
                "draws": self.draws,
                "seed": self.seed,
                "fictional": self.fictional,
                "scope": self.scope,
                "families": list(self.families),
                "posts_known": list(self.posts_known),
                "columns": list(COLUMNS),
                "lines": [
                    [line.scenario, line.measure, line.family, line.numbers] for line in self.lines
                ],
            },
            ensure_ascii=False,
            allow_nan=False,
            separators=(",", ":"),
        )

    @classmethod
    def from_json(cls, text: str) -> "SavedForecast":
        """Read what `to_json` wrote.

        Raises:
            UserError: If it is damaged.
        """
        try:
            return _forecast(json.loads(text))
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as fault:
            raise UserError(_DAMAGED) from fault


def plan_file(book: PlanBook, forecast: SavedForecast | None = None) -> str:
    """Return a plan book as a file, with what it was expected to lead to.

    Software that knows no forecasts reads the plans of such a file and passes over the rest.

    Args:
        book: The plans.
        forecast: Their forecast, if there is one.
    """
    text = book.to_json()
    if forecast is None:
        return text
    end = text.rindex("\n}")
    return f'{text[:end]},\n  "forecast": {forecast.to_json()}{text[end:]}'


def forecast_from_json(text: str) -> SavedForecast | None:
    """Read the forecast of a plan file.

    Args:
        text: Content of a plan file.

    Returns:
        The forecast, `None` where the file was saved without one.

    Raises:
        UserError: If it is no plan file, or its forecast is damaged.
    """
    raw = plan_document(text).get("forecast")
    if raw is None:
        return None
    try:
        return _forecast(raw)
    except (KeyError, TypeError, ValueError, OverflowError) as fault:
        raise UserError(_DAMAGED) from fault


def _forecast(raw: dict[str, Any]) -> SavedForecast:
    if tuple(raw["columns"]) != COLUMNS or len(raw["lines"]) > _MOST_LINES:
        raise ValueError("columns or size")
    families = tuple(_text(each) for each in raw["families"])
    return SavedForecast(
        as_of=parse_month(_text(raw["as_of"])),
        data_digest=_text(raw["data_digest"]),
        software=_text(raw["software"]),
        draws=int(raw["draws"]),
        seed=int(raw["seed"]),
        fictional=raw["fictional"] is True,
        scope=_text(raw["scope"]),
        families=families,
        posts_known=tuple(_text(each) for each in raw["posts_known"]),
        lines=tuple(_line(each, families) for each in raw["lines"]),
    )


def _line(raw: Any, families: tuple[str, ...]) -> ForecastLine:
    scenario, measure, family, months = raw
    if measure not in MEASURES or family not in (*families, "all") or len(months) > KEPT_MONTHS:
        raise ValueError("a line of something else")
    numbers = tuple(tuple(float(each) for each in month) for month in months)
    for month in numbers:
        if len(month) != len(COLUMNS) or not all(map(math.isfinite, month)):
            raise ValueError("not one number a column")
        if list(month[1:]) != sorted(month[1:]):
            raise ValueError("quantiles out of order")
    return ForecastLine(_text(scenario), measure, family, numbers)


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > 200:
        raise ValueError("not a short text")
    return value
