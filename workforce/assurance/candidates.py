"""Which way of fitting resignations forecast best out of time, and which one is used therefore.

At dates a year apart every candidate is fitted on what was known then, and its rates are held
against who resigned in the twelve months after, with the people who were there: only rates are
compared, not forecasts of staff. The score is the Poisson log score, which is proper: no candidate
gains by anything but the right rates.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.assurance.past import MOST_YEARS, Past, Standpoint
from workforce.assurance.series import YEAR
from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.candidates import CANDIDATES, DEFAULT_CANDIDATE, Candidate
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES
from workforce.history import History
from workforce.rates import fit_resigning, resigned

__all__ = ["CandidateScore", "Choice", "Contest", "choice_table", "choose_candidate"]

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
_FAMILIES: Final = tuple(str(family) for family in ALL_FAMILIES)

FEWEST_ORIGINS: Final = 3
"""Two differences say next to nothing of how much differences vary."""
FEWEST_LEAVERS: Final = 100
"""Differences by length of service as the evidence has them are worth a log score of about 0.085 a
leaver; with so many leavers that is twice its own standard error, sqrt(2 x 0.085 x 100)."""
FEWEST_SHOWN: Final = 20
"""Below this not even scores are worth a look."""


@dataclass(frozen=True, slots=True)
class CandidateScore:
    """How one candidate did out of time.

    Attributes:
        candidate: The candidate.
        behind: Mean log score by which it lies behind the best, per 100 leavers, at least 0.
        error: Standard error of that, from differences by origin.
        ratio: Expected leavers over observed ones, all origins together.
    """

    candidate: Candidate
    behind: float
    error: float
    ratio: float


@dataclass(frozen=True)
class Choice:
    """Which candidate is used, and why.

    Attributes:
        candidate: The one used.
        best: The best out of time; `None` where the past is too short to tell.
        scores: A row a candidate, simple ones first; empty where it is far too short.
        origins: Dates the candidates were fitted at, oldest first.
        differences: `origin, family, candidate, behind`: log score behind the best, in nats.
    """

    candidate: Candidate
    best: Candidate | None
    scores: tuple[CandidateScore, ...]
    origins: tuple[date, ...]
    differences: pd.DataFrame

    @property
    def sentence(self) -> str:
        """Why this one is used, in plain words."""
        used = self.candidate.label
        if self.best is None:
            start = f"Resignations are fitted by {used}, because the past is too short to choose: "
            if len(self.origins) < FEWEST_ORIGINS:
                return (
                    f"{start}it takes {FEWEST_ORIGINS} past years that can be forecast, each from "
                    f"a year of leavers or more, and there are {len(self.origins)}."
                )
            return f"{start}fewer than {FEWEST_LEAVERS} people resigned in the years forecast."
        start = (
            f"Of {len(CANDIDATES)} ways of fitting resignations, {self.best.label} forecast "
            f"{len(self.origins)} past years best out of time"
        )
        if self.best is self.candidate:
            return f"{start}, so it is used."
        return (
            f"{start}; {used} is simpler and lies within one standard error of it, so it is used."
        )

    def as_dict(self) -> dict[str, Any]:
        """Return the choice as plain JSON values."""
        return {
            "used": str(self.candidate),
            "best": None if self.best is None else str(self.best),
            "sentence": self.sentence,
            "origins": [day.isoformat() for day in self.origins],
            "scores": [
                {
                    "candidate": str(row.candidate),
                    "behind_per_100_leavers": row.behind,
                    "standard_error": row.error,
                    "expected_over_observed": row.ratio,
                }
                for row in self.scores
            ],
            "differences": self.differences.to_dict("records"),
        }


def _default(origins: Sequence[date]) -> Choice:
    nothing = pd.DataFrame(columns=["origin", "family", "candidate", "behind"])
    return Choice(DEFAULT_CANDIDATE, None, (), tuple(origins), nothing)


@dataclass(frozen=True, slots=True)
class _Ahead:
    """Rates of one candidate for the year after its origin."""

    hazard: FloatArray
    season: FloatArray


def _sums(place: IntArray, values: FloatArray, size: int) -> FloatArray:
    return np.bincount(place, values, minlength=size).astype(np.float64)


@dataclass(frozen=True, slots=True)
class _Year:
    """The twelve months after an origin: n counts of exposure, which make up m cells to score.

    Attributes:
        season: Month of the year from 0, shape (n,), of each count; the next three as the hazards.
        family: Family's place among those projected.
        grade: Grade band.
        tenure: Tenure band.
        exposure: Person-months.
        cell: Cell that the count belongs to.
        cell_family: Family's place, shape (m,), of each cell.
        events: Resignations of each cell.
    """

    season: IntArray
    family: IntArray
    grade: IntArray
    tenure: IntArray
    exposure: FloatArray
    cell: IntArray
    cell_family: IntArray
    events: FloatArray

    def expected(self, ahead: _Ahead) -> FloatArray:
        """Return the resignations that rates expect, shape (m,)."""
        hazard = ahead.hazard[self.family, self.grade, self.tenure] * ahead.season[self.season]
        return _sums(self.cell, self.exposure * hazard, len(self.events))


class Contest:
    """Compares candidates at dates of one past; what was fitted at a date is fitted once."""

    def __init__(self, past: Past, evidence: Evidence) -> None:
        """Take the past; nothing is fitted yet.

        Args:
            past: What was known at several dates.
            evidence: The evidence base; it is today's at every date.
        """
        self._families = past.families
        self._yearly = past.yearly
        self._evidence = evidence
        self._fitted: dict[int, dict[Candidate, _Ahead]] = {}

    def choose(self, standpoints: Sequence[Standpoint], today: History) -> Choice:
        """Choose with what was known on one day.

        Args:
            standpoints: Earlier dates; those whose next twelve months lie before that day and a
                year or more apart are used, the latest ones.
            today: Counts as they were known that day.

        Returns:
            The best out of time, or the simplest that is within one standard error of it.
        """
        chosen = _a_year_apart(standpoints, today.as_of)
        days = [each.day for each in chosen]
        if len(chosen) < FEWEST_ORIGINS:
            return _default(days)
        happened = [self._happened(today, each.history.as_of) for each in chosen]
        leavers = sum(float(each.events.sum()) for each in happened)
        if leavers < FEWEST_SHOWN:
            return _default(days)
        rows = [
            self._scores(standpoint, year)
            for standpoint, year in zip(chosen, happened, strict=True)
        ]
        found = _decided(pd.concat(rows, ignore_index=True), days)
        if leavers < FEWEST_LEAVERS:
            return replace(found, candidate=DEFAULT_CANDIDATE, best=None)
        return found

    def _happened(self, today: History, origin: int) -> _Year:
        """Return exposure and resignations of the twelve months after an origin, by cell."""
        cells = resigned(today, self._evidence)
        rows = np.array([_FAMILIES.index(family) for family in self._families])
        own = np.isin(cells.family, rows) & (cells.month > origin) & (cells.month <= origin + YEAR)
        # Where nobody was at risk no rate can be right or wrong.
        own &= cells.exposure > 0
        place = np.argsort(rows)[np.searchsorted(np.sort(rows), cells.family[own])]
        month, grade, tenure = cells.month[own], cells.grade[own], cells.tenure[own]
        # Yearly snapshots do not say in which month people left.
        told = np.zeros_like(month) if self._yearly else month - origin - 1
        cell, count = np.unique(
            np.ravel_multi_index(
                (place, grade, tenure, told),
                (len(rows), len(GRADE_BANDS), len(TENURE_BANDS), YEAR),
            ),
            return_inverse=True,
        )
        family = cell // (len(GRADE_BANDS) * len(TENURE_BANDS) * YEAR)
        events = _sums(count, cells.events[own], len(cell))
        return _Year(month % 12, place, grade, tenure, cells.exposure[own], count, family, events)

    def _scores(self, standpoint: Standpoint, happened: _Year) -> pd.DataFrame:
        """Return log score, expected and observed leavers by candidate and family."""
        found, families = [], len(self._families)
        for candidate, ahead in self._rates(standpoint).items():
            expected = happened.expected(ahead)
            # Terms of the log probability without the rate are the same for all candidates.
            score = happened.events * np.log(expected) - expected
            sums = {
                name: _sums(happened.cell_family, each, families)
                for name, each in (
                    ("expected", expected), ("events", happened.events), ("score", score)
                )
            }  # fmt: skip
            found.append(pd.DataFrame({"family": self._families, **sums, "candidate": candidate}))
        return pd.concat(found, ignore_index=True).assign(origin=standpoint.day)

    def _rates(self, standpoint: Standpoint) -> dict[Candidate, _Ahead]:
        month = standpoint.history.as_of
        if month not in self._fitted:
            fits = fit_resigning(standpoint.history, self._evidence, self._families)
            self._fitted[month] = {
                # The year ahead continues from the last one: what fades of it, and what stays.
                candidate: _Ahead(
                    np.exp(
                        fit.rates.log_hazard()
                        + fit.shock.level_mean
                        + fit.shock.ar1 * fit.shock.last_mean
                    ),
                    fit.season,
                )
                for candidate, fit in fits.items()
            }
        return self._fitted[month]


def choose_candidate(past: Past, evidence: Evidence) -> Choice:
    """Choose the candidate to forecast with today.

    Args:
        past: What was known at several dates, and today.
        evidence: The evidence base.

    Returns:
        The choice; the default where the past is too short.
    """
    return Contest(past, evidence).choose(past.standpoints, past.today)


def _a_year_apart(standpoints: Sequence[Standpoint], today: int) -> tuple[Standpoint, ...]:
    """Return standpoints whose years ahead do not overlap, so that each leaver counts once."""
    found: list[Standpoint] = []
    limit = today - YEAR
    for each in sorted(standpoints, key=lambda each: each.history.as_of, reverse=True):
        if each.history.as_of <= limit and len(found) < MOST_YEARS:
            found.append(each)
            limit = each.history.as_of - YEAR
    return tuple(reversed(found))


def _decided(scores: pd.DataFrame, days: Sequence[date]) -> Choice:
    """Choose from log scores by origin, family and candidate.

    Cells and families of one origin share its year and its fit, so an origin is one observation:
    the standard error of a difference is the spread of its sums by origin over their root number.
    """
    names = list(CANDIDATES)
    by_origin = scores.pivot_table(
        index="origin", columns="candidate", values="score", aggfunc="sum", observed=True
    )[names]
    # Of equals the first, which is the simplest; a rounding must not make a difference.
    best = names[int((by_origin.mean().round(9)).to_numpy().argmax())]
    behind = by_origin.rsub(by_origin[best], axis=0)
    mean = behind.mean().to_numpy(dtype=float)
    error = behind.std(ddof=1).to_numpy(dtype=float) / np.sqrt(len(behind))
    used = next(each for each, m, se in zip(names, mean, error, strict=True) if m <= se)
    sums = scores.groupby("candidate", observed=True)[["expected", "events"]].sum()
    expected, observed = (
        sums.loc[names, name].to_numpy(dtype=float) for name in ("expected", "events")
    )
    per = 100 * len(behind) / observed
    found = zip(names, per * mean, per * error, expected / observed, strict=True)
    rows = tuple(CandidateScore(each, *map(float, numbers)) for each, *numbers in found)
    return Choice(used, best, rows, tuple(days), _differences(scores, best))


def _differences(scores: pd.DataFrame, best: Candidate) -> pd.DataFrame:
    keys = ["origin", "family"]
    top = scores.loc[scores["candidate"] == best, [*keys, "score"]]
    both = scores.merge(top, on=keys, suffixes=("", "_best"))
    return pd.DataFrame(
        {
            "origin": [day.isoformat() for day in both["origin"]],
            "family": both["family"],
            "candidate": [str(each) for each in both["candidate"]],
            "behind": both["score_best"] - both["score"],
        }
    )


def choice_table(choice: Choice) -> pd.DataFrame:
    """Return how the candidates did, as a table for people: scores, no counts.

    Args:
        choice: The choice.

    Returns:
        A row a candidate, simple ones first; empty where the past was too short.
    """
    rows = [
        {
            "Way of fitting": row.candidate.label,
            "Behind the best": round(row.behind, 2),
            "Standard error": round(row.error, 2),
            "Expected over observed": f"{row.ratio:.2f}",
            "Used": "yes" if row.candidate is choice.candidate else "",
        }
        for row in choice.scores
    ]
    columns = ("Way of fitting", "Behind the best", "Standard error", "Expected over observed",
               "Used")  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))
