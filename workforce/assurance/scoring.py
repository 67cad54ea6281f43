"""A saved forecast against a newer extract: what we got right and wrong."""

from typing import Any, Final

import numpy as np
import pandas as pd

from workforce.assurance.saved import LISTED_BASIS
from workforce.assurance.scored import FLOWS, ScoredForecast
from workforce.assurance.scores import INTERVALS, covered, crps_quantiles
from workforce.domain.bands import Cause
from workforce.domain.errors import UserError
from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.domain.forecast import COLUMNS, ForecastLine, SavedForecast
from workforce.domain.months import month_name
from workforce.history import History, measures
from workforce.projection.summary import QUANTILES

__all__ = ["score_forecast"]

_ALL: Final = str(Family.ALL)
_YEAR: Final = 12
_ANOTHER_ORGANISATION: Final = 0.25
"""Headcounts of the same month that lie this far apart are not of the same people."""


def score_forecast(saved: SavedForecast, history: History, evidence: Evidence) -> ScoredForecast:
    """Compare a forecast with what a newer extract says happened.

    Args:
        saved: The forecast.
        history: Counts of the newer extract.
        evidence: Gives what stands in for a missing establishment (which is not compared).

    Returns:
        The comparison. Leavers leave out dated decisions (redundancy, transfer, restructure), as
        the forecast does. Flows are compared only where the newer extract shows them from the
        forecast's date on.

    Raises:
        UserError: If the newer extract does not reach beyond the forecast's date.
    """
    last = min(history.as_of, saved.as_of + saved.months)
    if last <= saved.as_of:
        raise UserError(
            f"The forecast was made from data to {month_name(saved.as_of)} and these data end in "
            f"{month_name(history.as_of)}, so nothing has happened yet to compare it with. "
            "Upload a newer extract on the Data page."
        )
    seen = _Seen(saved, history, evidence, last)
    rows = [row for line in saved.lines for row in seen.compare(line)]
    months = pd.DataFrame(
        rows, columns=["scenario", "measure", "family", "month", *COLUMNS, "observed"]
    )
    scores = pd.DataFrame(
        [seen.score(row) for row in rows if row["month"] == last], columns=list(_SCORES)
    )
    return ScoredForecast(
        as_of=saved.as_of,
        last=last,
        scenarios=saved.scenarios,
        families=saved.families,
        months=months,
        scores=scores,
        notes=seen.notes(),
    )


_SCORES: Final = (
    "scenario", "measure", "family", "horizon", "mean", "p10", "p90", "p2_5", "p97_5", "observed",
    "error", "inside50", "inside80", "inside95", "crps", "before", "before_error",
)  # fmt: skip


class _Seen:
    """What the newer extract says of the forecast's families and months."""

    def __init__(
        self, saved: SavedForecast, history: History, evidence: Evidence, last: int
    ) -> None:
        self._saved, self._history, self._last = saved, history, last
        frame = history.monthly[history.monthly["family"].isin(saved.families)]
        event = str(Cause.ORGANISATIONAL_EVENT)
        rated = frame.assign(leavers=frame["leavers"] - frame[event])
        self._events = float(self._between(frame, saved.as_of, last)[event].sum())
        self._tables = {
            name: rated.pivot_table(index="month", columns="family", values=name, aggfunc="sum")
            .reindex(columns=list(saved.families))
            .astype(float)
            for name in ("leavers", "hires", "headcount")
        }
        self._vacancies = self._vacant(history, evidence)

    @staticmethod
    def _between(frame: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
        return frame[(frame["month"] > first) & (frame["month"] <= last)]

    def _vacant(self, history: History, evidence: Evidence) -> dict[str, float]:
        """Return vacant FTE of the families whose establishment both sides know."""
        today = measures(history, evidence).set_index("family")
        vacant, basis = (today[each].to_dict() for each in ("vacancies_fte", "establishment_basis"))
        found = {
            family: float(vacant[family])
            for family in self._saved.families
            if family in self._saved.posts_known and basis[family] == LISTED_BASIS
        }
        if len(found) == len(self._saved.families):
            found[_ALL] = sum(found.values())
        return found

    def compare(self, line: ForecastLine) -> list[dict[str, Any]]:
        """Return a row for each month of a line in which something was observed."""
        rows = []
        for place, numbers in enumerate(line.numbers[: self._last - self._saved.as_of]):
            month = self._saved.as_of + 1 + place
            observed = self._observed(line.measure, line.family, month)
            if np.isfinite(observed):
                row = {
                    "scenario": line.scenario,
                    "measure": line.measure,
                    "family": line.family,
                    "month": month,
                    **dict(zip(COLUMNS, numbers, strict=True)),
                    "observed": observed,
                }
                rows.append(row)
        return rows

    def _observed(self, measure: str, family: str, month: int) -> float:
        if measure == "vacancies":
            here = month == self._history.as_of
            return self._vacancies.get(family, float("nan")) if here else float("nan")
        if measure in FLOWS:
            return self._flow(FLOWS[measure], family, self._saved.as_of + 1, month)
        return self._at(family, month)

    def _flow(self, name: str, family: str, first: int, last: int) -> float:
        """Return a flow over whole months, NaN where one was not observable."""
        window = self._history.window
        if window is None or first < window[0] or last > window[1]:
            return float("nan")
        table = self._tables[name].reindex(range(first, last + 1)).fillna(0.0)
        return float((table.sum(axis=1) if family == _ALL else table[family]).sum())

    def _at(self, family: str, month: int) -> float:
        table = self._tables["headcount"]
        if month not in table.index:
            return float("nan")
        row = dict(zip(table.columns, table.loc[[month]].fillna(0.0).to_numpy()[0], strict=True))
        return float(sum(row.values()) if family == _ALL else row[family])

    def _before(self, measure: str, family: str) -> float:
        """Return what repeating the time before the forecast would have said."""
        start, span = self._saved.as_of, self._last - self._saved.as_of
        if measure == "headcount":
            return self._at(family, start)
        if measure in FLOWS:
            year = self._flow(FLOWS[measure], family, start - _YEAR + 1, start)
            return year * span / _YEAR
        return float("nan")

    def score(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return the scores of a row of the last month."""
        observed, before = row["observed"], self._before(row["measure"], row["family"])
        inside = {
            f"inside{level}": bool(covered(row[low], row[high], observed))
            for level, (low, high) in INTERVALS.items()
        }
        levels, ends = list(QUANTILES.values()), [row[name] for name in QUANTILES]
        kept: dict[str, Any] = {name: row[name] for name in _SCORES if name in row}
        return {
            **kept,
            "horizon": self._last - self._saved.as_of,
            "error": row["mean"] - observed,
            **inside,
            "crps": float(crps_quantiles(levels, ends, observed)),
            "before": before,
            "before_error": before - observed,
        }

    def notes(self) -> tuple[str, ...]:
        """Return what a reader must know of the comparison."""
        saved, found = self._saved, []
        now, then = self._at(_ALL, saved.as_of), self._start()
        if np.isfinite(now) and then > 0 and abs(now - then) > _ANOTHER_ORGANISATION * then:
            found.append(
                f"In {month_name(saved.as_of)} these data count {now:,.0f} people; the forecast "
                f"began from about {then:,.0f}. The files may be of another organisation or sort "
                "roles in another way, so the comparison may say little."
            )
        window = self._history.window
        if window is None or window[0] > saved.as_of + 1:
            found.append(
                "Leavers and starters are not compared: the newer data do not show them from "
                f"{month_name(saved.as_of + 1)} on. Add a leavers list that goes back to it."
            )
        if self._events:
            found.append(
                "People also left by redundancy, transfer or restructure. These are dated "
                "decisions: they are in headcount but not in the leavers compared here."
            )
        if _ALL not in self._vacancies:
            found.append(
                "Vacancies are compared only where both extracts hold a list of funded posts."
            )
        if self._history.as_of > self._last:
            found.append(
                f"The forecast ends in {month_name(self._last)}; later months are not compared."
            )
        return tuple(found)

    def _start(self) -> float:
        for line in self._saved.lines:
            if line.measure == "headcount" and line.family == _ALL and line.numbers:
                return line.numbers[0][0]
        return float("nan")
