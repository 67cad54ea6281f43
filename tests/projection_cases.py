"""Small organisations and plans that the projection's tests share."""

import dataclasses
from collections.abc import Sequence

import numpy as np

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.levers import LeverChoice
from workforce.domain.opening import NEVER, Cells, InTraining, KnownStarter, Opening
from workforce.domain.plan import Plan
from workforce.domain.programmes import Programme
from workforce.domain.rates import Rates, VoluntaryRates

AS_OF = 12 * 2026 + 8
"""September 2026."""


def cells(rows: Sequence[dict[str, float]]) -> Cells:
    """Return cells from dictionaries; what is not said is 0, no end date, one person of 1 FTE."""

    def column(name: str, default: float) -> np.ndarray:
        return np.array([row.get(name, default) for row in rows], dtype=np.int64)

    people = column("people", 1)
    return Cells(
        family=column("family", 0),
        grade=column("grade", 0),
        tenure_months=column("tenure", 0),
        age=column("age", 5),
        contract_end=column("contract_end", NEVER),
        known_leave=column("known_leave", NEVER),
        known_cause=column("known_cause", 0),
        people=people,
        fte=np.array(
            [row.get("fte", float(n)) for row, n in zip(rows, people, strict=True)], dtype=float
        ),
    )


def organisation(
    rows: Sequence[dict[str, float]],
    establishment: Sequence[float],
    *,
    families: Sequence[str] = ("cyber",),
    starter_fte: Sequence[float] | None = None,
    open_vacancies: Sequence[Sequence[int]] | None = None,
    starters: Sequence[KnownStarter] = (),
    apprentices: Sequence[InTraining] = (),
) -> Opening:
    """Return an opening position."""
    count = len(families)
    return Opening(
        as_of=AS_OF,
        families=tuple(families),
        cells=cells(rows),
        establishment_fte=np.asarray(establishment, dtype=float),
        open_vacancies=np.asarray(
            open_vacancies if open_vacancies is not None else np.zeros((count, 0)), dtype=np.int64
        ).reshape(count, -1),
        starter_fte=np.asarray(starter_fte or [1.0] * count, dtype=float),
        starters=tuple(starters),
        apprentices=tuple(apprentices),
    )


def with_voluntary(rates: Rates, annual: np.ndarray) -> Rates:
    """Return the rates with stated voluntary hazards per person-year, shape (F, G, B)."""
    shape = (len(rates.families), len(GRADE_BANDS), len(TENURE_BANDS))
    hazards = np.broadcast_to(annual, shape) / 12
    voluntary = VoluntaryRates(
        families=rates.voluntary.families,
        log_prior=np.log(hazards),
        names=rates.voluntary.names,
        design=rates.voluntary.design,
        mean=rates.voluntary.mean,
        covariance=rates.voluntary.covariance,
    )
    return dataclasses.replace(rates, voluntary=voluntary)


def lever(**changes: object) -> LeverChoice:
    """Return a lever without uncertainty that starts in the first projected month."""
    values: dict[str, object] = {
        "lever_id": "L",
        "name": "A lever",
        "hazard_ratio": 0.8,
        "low": 0.8,
        "high": 0.8,
        "group": "g",
        "start_month": AS_OF + 1,
    }
    values |= changes
    if "hazard_ratio" in changes:
        values |= {"low": changes.get("low", changes["hazard_ratio"])}
        values |= {"high": changes.get("high", changes["hazard_ratio"])}
    return LeverChoice(**values)  # type: ignore[arg-type]


def programme(**changes: object) -> Programme:
    """Return a certain programme of ten starts over two years, everything else at round values."""
    values: dict[str, object] = {
        "programme_id": "p",
        "name": "Ten apprentices",
        "standard": "ST1021",
        "family": "cyber",
        "first_start": AS_OF + 1,
        "size": 10,
        "duration_months": 24,
        "withdrawal": 0.4,
        "withdrawal_low": 0.4,
        "withdrawal_high": 0.4,
        "quarter_shares": (0.3, 0.25, 0.18, 0.27),
        "stay_share": 0.44,
        "pass_rate": 0.977,
        "assessment_months": 3,
        "offer_rate": 0.75,
        "post_hazard_ratio": 0.75,
        "post_low": 0.75,
        "post_high": 0.75,
    }
    return Programme(**(values | changes))  # type: ignore[arg-type]


def plan(name: str = "Plan", months: int = 36, **changes: object) -> Plan:
    """Return a plan over `months`."""
    return Plan(name, horizon_months=months, **changes)  # type: ignore[arg-type]
