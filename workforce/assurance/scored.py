"""What was forecast and what came about, and how much of it may be circulated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from workforce.domain.families import Family
from workforce.domain.months import month_label

__all__ = ["FLOWS", "ScoredForecast"]

FLOWS: Final = {"leavers_total": "leavers", "hires_total": "hires"}
_ALL: Final = str(Family.ALL)


@dataclass(frozen=True)
class ScoredForecast:
    """What was expected and what came about.

    Attributes:
        as_of: Month index the forecast was made from.
        last: Last month index compared.
        scenarios: Scenarios of the forecast.
        families: Families compared.
        months: `scenario, measure, family, month` (index), `mean`, the quantiles and `observed`: a
            row a month that can be compared (vacancies: the last one only).
        scores: `scenario, measure, family, horizon` (months), `mean, p10, p90, p2_5, p97_5,
            observed, error` (mean less observed), `inside50, inside80, inside95, crps, before`
            (what repeating the time before the forecast would have said) and `before_error`: the
            last month compared.
        notes: Sentences on what a reader must know.
    """

    as_of: int
    last: int
    scenarios: tuple[str, ...]
    families: tuple[str, ...]
    months: pd.DataFrame
    scores: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def horizon(self) -> int:
        """Months between the forecast and the last comparison."""
        return self.last - self.as_of

    def protected(self, shown: Callable[[float], bool]) -> "ScoredForecast":
        """Return what may be circulated: all families together, no small number of people.

        Months are put together until the leavers and starters between two that are shown may be
        shown. Where even their totals may not, headcount goes with them: it would give them away.

        Args:
            shown: Whether a count of people may be shown.
        """
        rows = self.months[self.months["family"] == _ALL]
        flows = {
            name: own.groupby("month")["observed"].first()
            for name, own in rows.groupby("measure")
            if name in FLOWS
        }
        safe = {name: bool(shown(float(each.iloc[-1]))) for name, each in flows.items()}
        measures_kept = {"vacancies", *(name for name, each in safe.items() if each)}
        if all(safe.values()):
            measures_kept.add("headcount")
        kept = _safe_months([each for name, each in flows.items() if safe[name]], self.last, shown)
        if not flows:
            kept = {self.last}
        here = rows["measure"].isin(measures_kept) & rows["month"].isin(kept)
        all_rows = self.scores["family"] == _ALL
        scores = self.scores[all_rows & self.scores["measure"].isin(measures_kept)]
        hidden = ~scores["before"].map(lambda each: bool(shown(float(each))))
        return replace(
            self,
            months=rows[here].reset_index(drop=True),
            scores=scores.assign(
                before=scores["before"].mask(hidden),
                before_error=scores["before_error"].mask(hidden),
            ).reset_index(drop=True),
        )

    def as_dict(self) -> dict[str, Any]:
        """Return everything as plain JSON values; what is not known is `None`."""
        rows = self.months.assign(month=[month_label(month) for month in self.months["month"]])
        return {
            "schema": "workforce-score",
            "version": 1,
            "forecast_from": month_label(self.as_of),
            "compared_to": month_label(self.last),
            "scenarios": list(self.scenarios),
            "families": list(self.families),
            "scores": _plain(self.scores),
            "months": _plain(rows),
            "notes": list(self.notes),
        }


def _safe_months(
    flows: Sequence["pd.Series[float]"], last: int, shown: Callable[[float], bool]
) -> set[int]:
    """Return months between which every added-up flow rises by a number that may be shown."""
    kept, base = {last}, [0.0] * len(flows)
    for month in flows[0].index if flows else ():
        here = [float(each[month]) for each in flows]
        rest = [float(each.iloc[-1]) - value for each, value in zip(flows, here, strict=True)]
        steps = [value - before for value, before in zip(here, base, strict=True)]
        if all(shown(each) for each in (*steps, *rest)):
            kept.add(int(month))
            base = here
    return kept


def _plain(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(key): None if isinstance(value, float) and not np.isfinite(value) else value
            for key, value in row.items()
        }
        for row in frame.to_dict("records")
    ]
