"""Rolling origin: forecasts as they would have been made, against what then happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.assurance.candidates import Choice, Contest
from workforce.assurance.combine import LEAST_KNOWN, Trial, VacancyCheck, check_vacancies
from workforce.assurance.past import Past, Standpoint, prepare
from workforce.assurance.peers import METHODS, SMOOTHING, peer_paths
from workforce.assurance.scores import naive_scale, pit
from workforce.assurance.series import FLOWS, MEASURES, YEAR
from workforce.assurance.tally import OURS, TOTAL_OF, TOTALS, averages, score
from workforce.assurance.year_ahead import forecast_from, seen_draws
from workforce.domain.candidates import Candidate
from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.domain.months import month_label
from workforce.intake import Extract
from workforce.projection.summary import QUANTILES, quantiles

__all__ = ["OURS", "Backtest", "backtest", "run_past"]

FloatArray = NDArray[np.float64]

_ALL: Final = str(Family.ALL)
_KEYS: Final = ("origin", "month", "horizon", "family", "measure")


@dataclass(frozen=True)
class Backtest:
    """Forecasts of the past and how good they were.

    Attributes:
        forecasts: `origin, month, horizon, family, measure, mean`, the quantiles `p2_5` to `p97_5`,
            `observed, pit`; a row an origin, month ahead, family (or `all`) and measure: `leavers,
            hires, headcount, vacancies` (recruitments under way, where requisitions are given) by
            month, and `leavers_12m, hires_12m` at horizon 12. Months are `YYYY-MM`. Redundancies,
            transfers and restructures are dated decisions: no forecast contains them, and they are
            not in observed leavers, though they are in headcount.
        scores: `measure, horizon, method` (`ours` or one of the simple methods), `forecasts`
            (number of origins), `mase, crps, cover50, cover80, cover95, width95`, for all families
            together; CRPS and width in people.
        origins: Dates the forecasts were made at.
        families: Families forecast.
        draws: Draws of each forecast.
        seed: Seed.
        notes: Sentences on what a reader must know.
        choice: How resignations are fitted today, and why.
        used: How they were fitted at each origin: chosen by the years before it alone.
        vacancies: Vacancies of stock and flow held against a direct forecast of their history.
    """

    forecasts: pd.DataFrame
    scores: pd.DataFrame
    origins: tuple[date, ...]
    families: tuple[str, ...]
    draws: int
    seed: int
    notes: tuple[str, ...]
    choice: Choice | None = None
    used: tuple[Candidate, ...] = ()
    vacancies: VacancyCheck | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the backtest as plain JSON values; what is not known is `None`."""
        return {
            "schema": "workforce-backtest",
            "version": 1,
            "families": list(self.families),
            "origins": [day.isoformat() for day in self.origins],
            "draws": self.draws,
            "seed": self.seed,
            "forecasts": _rows(self.forecasts),
            "scores": _rows(self.scores),
            "notes": list(self.notes),
            "candidates": self._candidates(),
            "vacancies": None if self.vacancies is None else self.vacancies.as_dict(),
        }

    def _candidates(self) -> dict[str, Any] | None:
        if self.choice is None:
            return None
        days = [day.isoformat() for day in self.origins]
        used = dict(zip(days, map(str, self.used), strict=True))
        return {**self.choice.as_dict(), "used_at": used}


def _silent(_share: float) -> None:
    """Report progress to nobody."""


def backtest(
    extract: Extract,
    evidence: Evidence,
    *,
    families: Sequence[str],
    origins: Sequence[date] | None = None,
    draws: int = 500,
    seed: int = 1,
    progress: Callable[[float], None] = _silent,
) -> Backtest:
    """Forecast from past dates with what was known then, and score the forecasts.

    At each origin the extract is put back to that date (`as_known`), and everything is done again
    as for a forecast of today: counts, rates, shrinkage, opening and projection.

    Args:
        extract: The extract.
        evidence: The evidence base; it is today's at every origin.
        families: Families to forecast, at least one.
        origins: Dates to forecast from, before the extract's; `plan_origins` if not given.
        draws: Draws of each forecast, at least 2.
        seed: Seed; the same inputs give the same result.
        progress: Called with the share done, 0 to 1.

    Returns:
        The backtest; without rows where the history is too short, which a note says.
    """
    past = prepare(extract, families=families, origins=origins)
    return run_past(past, evidence, draws=draws, seed=seed, progress=progress)


def run_past(
    past: Past,
    evidence: Evidence,
    *,
    draws: int = 500,
    seed: int = 1,
    choice: Choice | None = None,
    progress: Callable[[float], None] = _silent,
) -> Backtest:
    """Forecast from past dates and score the forecasts, on what `prepare` has counted.

    How resignations are fitted is chosen anew at each origin, by the years before it alone; with
    too few of them the default is used.

    Args:
        past: What was known at each date.
        evidence: The evidence base; it is today's at every origin.
        draws: Draws of each forecast, at least 2.
        seed: Seed; the same inputs give the same result.
        choice: How resignations are fitted today; chosen from this past if not given.
        progress: Called with the share done, 0 to 1.

    Returns:
        The backtest; without rows where the history is too short, which a note says.
    """
    contest, used = Contest(past, evidence), []
    rows: list[dict[str, Any]] = []
    scored: list[dict[str, Any]] = []
    trials: list[Trial] = []
    for index, standpoint in enumerate(past.standpoints):
        then = contest.choose(past.standpoints[:index], standpoint.history)
        used.append(then.candidate)
        run = _Origin(past, standpoint, evidence, draws, seed, then.candidate)
        rows += run.rows()
        scored += run.scored()
        trials += run.vacancies()
        progress((index + 1) / len(past.standpoints))
    return Backtest(
        forecasts=pd.DataFrame(rows, columns=[*_KEYS, "mean", *QUANTILES, "observed", "pit"]),
        scores=averages(pd.DataFrame(scored)),
        origins=past.origins,
        families=past.families,
        draws=draws,
        seed=seed,
        notes=_notes(past),
        choice=choice or contest.choose(past.standpoints, past.today),
        used=tuple(used),
        vacancies=check_vacancies(
            trials, source=past.seen.vacancies_are, known=_finite(past.seen.totals("vacancies"))
        ),
    )


def _finite(series: FloatArray) -> FloatArray:
    found: FloatArray = series[np.isfinite(series)]
    return found


class _Origin:
    """One date to forecast from."""

    def __init__(
        self,
        past: Past,
        standpoint: Standpoint,
        evidence: Evidence,
        draws: int,
        seed: int,
        candidate: Candidate,
    ) -> None:
        self._seen = past.seen
        self._yearly = past.yearly
        self._families = past.families
        self._projection = forecast_from(
            standpoint.history,
            evidence,
            past.families,
            draws=draws,
            seed=seed,
            candidate=candidate,
            by_absence=past.unseen,
        )
        self._month = self._projection.as_of
        self._known = standpoint.known
        self._rng = np.random.default_rng([seed, self._month])
        self._peers = {
            (method, measure): paths
            for method in METHODS
            for measure in MEASURES
            if (paths := self._peer(method, measure)) is not None
        }

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of `Backtest.forecasts`."""
        rows = []
        for measure, horizon, family, draws, observed in self._comparable((*self._families, _ALL)):
            ends = quantiles(draws)
            rows.append(
                {
                    "origin": month_label(self._month),
                    "month": month_label(self._month + horizon),
                    "horizon": horizon,
                    "family": family,
                    "measure": measure,
                    "mean": float(draws.mean()),
                    **dict(zip(QUANTILES, ends.tolist(), strict=True)),
                    "observed": observed,
                    "pit": float(pit(draws, observed)),
                }
            )
        return rows

    def scored(self) -> list[dict[str, Any]]:
        """Return each forecast of all families together with its scores, ours and the peers'."""
        rows = []
        for measure, horizon, _, draws, observed in self._comparable((_ALL,)):
            scale = self._scale(measure)
            rows.append(score(OURS, measure, horizon, draws, observed, scale))
            for method in METHODS:
                paths = self._peers.get((method, TOTAL_OF.get(measure, measure)))
                if paths is None:
                    continue
                total = paths.sum(axis=1) if measure in TOTAL_OF else None
                theirs = paths[:, -1 if self._yearly else horizon - 1] if total is None else total
                rows.append(score(method, measure, horizon, theirs, observed, scale))
        return rows

    def vacancies(self) -> list[Trial]:
        """Return both forecasts of vacancies and what happened; nothing where one is missing."""
        direct = self._peers.get((SMOOTHING, "vacancies"))
        if self._yearly or direct is None or len(self._past("vacancies")) < LEAST_KNOWN:
            return []
        observed = np.array(
            [self._seen.at("vacancies", _ALL, self._month + ahead) for ahead in range(1, YEAR + 1)]
        )
        flow = np.asarray(self._draws("vacancies", _ALL), dtype=float)
        return [Trial(self._month, flow, direct, observed)] if np.isfinite(observed).any() else []

    def _comparable(
        self, families: tuple[str, ...]
    ) -> list[tuple[str, int, str, NDArray[Any], float]]:
        """List (measure, horizon, family, draws, observed) wherever something was observed."""
        found = []
        for family in families:
            for measure in MEASURES:
                paths = self._draws(measure, family)
                if measure in TOTALS:
                    total = self._seen.year(measure, family, self._month)
                    found.append((TOTALS[measure], YEAR, family, paths.sum(axis=1), total))
                    if self._yearly:
                        continue
                for horizon in (YEAR,) if self._yearly else range(1, YEAR + 1):
                    observed = self._seen.at(measure, family, self._month + horizon)
                    found.append((measure, horizon, family, paths[:, horizon - 1], observed))
        return [each for each in found if np.isfinite(each[-1])]

    def _draws(self, measure: str, family: str) -> NDArray[Any]:
        return seen_draws(self._projection, measure, family)

    def _past(self, measure: str) -> FloatArray:
        """Return what was known of all families at the origin, oldest first."""
        series = _finite(self._known.totals(measure))
        if not self._yearly:
            return series
        years = len(series) // YEAR
        if measure in FLOWS:
            tail = series[len(series) - YEAR * years :]
            totals: FloatArray = tail.reshape(years, YEAR).sum(axis=1)
            return totals
        ends: FloatArray = series[::-1][::YEAR][::-1]
        return ends

    def _peer(self, method: str, measure: str) -> FloatArray | None:
        past = self._past(measure)
        return peer_paths(
            method,
            past,
            stock=measure not in FLOWS,
            period=1 if self._yearly else YEAR,
            steps=1 if self._yearly else YEAR,
            draws=self._projection.draws,
            rng=self._rng,
        )

    def _scale(self, measure: str) -> float:
        past = self._past(TOTAL_OF.get(measure, measure))
        if measure in TOTAL_OF and not self._yearly:
            totals = np.convolve(past, np.ones(YEAR), mode="valid")
            return naive_scale(totals, YEAR)
        period = 1 if self._yearly or len(past) < 2 * YEAR else YEAR
        return naive_scale(past, period)


def _notes(past: Past) -> tuple[str, ...]:
    if not past.origins:
        return (
            "Leaving was not observed for long enough to forecast from an earlier date: it takes a "
            "year of leavers before the forecast and some months after it.",
        )
    notes = [
        "Each forecast uses only what was known at its date. The posts list, end dates of fixed "
        "terms and age bands are as of today, so earlier forecasts do without them unless the "
        "files hold snapshots of those dates.",
    ]
    if past.yearly:
        notes.append(
            "Leaving dates are not given, only who is absent from the next snapshot: forecasts are "
            "compared over twelve months."
        )
    if past.unseen:
        notes.append(
            "Forecasts of leavers and hires leave out who would come and go between two snapshots, "
            "because nobody could have seen them."
        )
    events = float(np.nansum(past.seen.events[-1]))
    if events:
        notes.append(
            f"{events:,.0f} people left by redundancy, transfer or restructure. These are dated "
            "decisions: no forecast contains them and observed leavers leave them out, but they "
            "are in headcount."
        )
    return tuple(notes)


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            str(key): None if isinstance(value, float) and not np.isfinite(value) else value
            for key, value in row.items()
        }
        for row in frame.to_dict("records")
    ]
