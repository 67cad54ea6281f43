"""The hazard of filling a vacancy: requisitions where given, stocks and hires, or the benchmark."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES, Family
from workforce.domain.rates import FillRates
from workforce.domain.units import lognormal_sigma
from workforce.history import History, approval_months
from workforce.rates.exits import update_factor
from workforce.rates.poisson import Posterior, fit_poisson
from workforce.rates.rounds import (
    AGES,
    Rounds,
    benchmark_rounds,
    fill_by_age,
    median_days,
    vacancy_hazard,
)
from workforce.rates.unseen import unseen_hires

__all__ = ["FillFit", "HireTime", "fit_fill"]

FloatArray = NDArray[np.float64]

_FAMILIES = tuple(str(family) for family in ALL_FAMILIES)
_SHARED_VARIANCE: Final = 0.5
"""As for resignations: one HR service and one approval process serve all families."""
_AGE_EDGES: Final = (2, 4, 7)
_EXTERNAL_WEIGHT: Final = 20.0
"""Filling from outside only counts as this many observed fills."""
_SLOWEST: Final = -8.0
"""Log of the factor on the hazard of a round beyond which no pace is looked for."""
_AGE_LOG_SD: Final = 0.5
"""The shape over a requisition's age is the least known part of the benchmark."""


@dataclass(frozen=True, slots=True)
class HireTime:
    """Time to hire of a family, days from opening to the start of the person.

    Attributes:
        days: Median of the rounds that fill.
        log_sd: Spread of the log of the hazard's common factor.
        benchmark: The benchmark's median by the same arithmetic.
        weight: Share that is own data.
        exposure: Vacancy-months observed.
        events: Hires observed.
        low: Median days 5% point.
        high: Median days 95% point.
    """

    days: float
    log_sd: float
    benchmark: float
    weight: float
    exposure: float
    events: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FillFit:
    """What is learned of hiring."""

    rates: FillRates
    times: tuple[HireTime, ...]
    basis: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Data:
    """Cells of exposure: family, age of the requisition, expected and observed starts."""

    family: NDArray[np.int64]
    age: NDArray[np.int64] | None
    exposure: FloatArray
    expected: FloatArray
    events: FloatArray


def fit_fill(history: History, evidence: Evidence, families: Sequence[str]) -> FillFit:
    """Fit the fill hazard by vacancy age (model 4).

    From requisitions: the hazard of the person starting by the age of the requisition, right-
    censored at the as-of date and by withdrawals, shrunk to the benchmark's shape by the same
    penalised Poisson regression as resignations. Where failed rounds are recorded they are a
    competing end, and a new round starts; where none is, a requisition is taken to stay open over
    its rounds. Without requisitions: hires against vacant post-months; without those the benchmark.

    Args:
        history: The history.
        evidence: The evidence base.
        families: Families, F of them.

    Returns:
        Hazards by vacancy age, approval delay included, and the time to hire of each family.
    """
    rounds = [benchmark_rounds(evidence, family) for family in _FAMILIES]
    approval = approval_months(history, evidence)
    requisitions = history.requisition_exposure
    seen_rounds = bool(requisitions["failed"].sum() > 0)
    if not requisitions.empty:
        basis = "requisitions"
        if not seen_rounds:
            rounds = [Rounds(vacancy_hazard(each, 0.0), np.zeros(AGES)) for each in rounds]
        data = _from_requisitions(history, rounds)
    else:
        means = [_mean_hazard(each, approval) for each in rounds]
        found = _from_stocks(history, np.array(means), evidence)
        basis = _stock_basis(history) if found is not None else "benchmark"
        data = found or _nothing()
    when = np.mean([fill_by_age(each) for each in rounds], axis=0)
    posterior = _fit(data, when, evidence)
    fate = _Fate(
        approval=approval,
        give_up=_fail_factor(history, rounds, evidence) if seen_rounds else 1.0,
        withdrawn=_withdrawn(history),
        external=_external_share(history),
    )
    return _assemble(
        [str(family) for family in families], _Fitted(data, posterior, rounds, when, fate, basis)
    )


def _open_by_age(hazard: FloatArray) -> FloatArray:
    """Return the age mix of open vacancies where posts fall vacant at a constant rate."""
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(hazard)[:-1]]))
    mix: FloatArray = alive / alive.sum()
    return mix


def _mean_hazard(rounds: Rounds, approval: float) -> float:
    """Return the hazard of open vacancies together, at the age mix they have by themselves."""
    hazard = vacancy_hazard(rounds, approval)
    return float(hazard @ _open_by_age(hazard))


def _paced(rounds: Rounds, approval: float, factor: float) -> Rounds:
    """Return rounds whose open vacancies fill `factor` times as fast, in their own steady state.

    Slower filling leaves older vacancies open, which fill faster than new ones: multiplying the
    hazard at every age by the factor would make up for only part of the difference.
    """
    from scipy.optimize import brentq

    target = factor * _mean_hazard(rounds, approval)

    def paced(log_scale: float) -> Rounds:
        return Rounds(rounds.fill * math.exp(log_scale), rounds.fail)

    def beyond(log_scale: float) -> float:
        return _mean_hazard(paced(log_scale), approval) - target

    if beyond(_SLOWEST) >= 0:
        return paced(_SLOWEST)
    if beyond(-_SLOWEST) <= 0:
        return paced(-_SLOWEST)
    return paced(float(brentq(beyond, _SLOWEST, -_SLOWEST, xtol=1e-13)))


def _nothing() -> _Data:
    none = np.zeros(0)
    index = np.zeros(0, dtype=np.int64)
    return _Data(index, index, none, none, none)


def _from_requisitions(history: History, rounds: list[Rounds]) -> _Data:
    rows = history.requisition_exposure
    family = np.array([_FAMILIES.index(str(name)) for name in rows["family"]], dtype=np.int64)
    age = np.minimum(rows["age_months"].to_numpy(dtype=np.int64), AGES - 1)
    exposure = rows["exposure"].to_numpy(dtype=float)
    hazard = np.array([each.fill for each in rounds])[family, age]
    # A start in a month in which the benchmark holds it impossible must still count.
    expected = exposure * np.maximum(hazard, 1e-3)
    return _Data(family, age, exposure, expected, rows["filled"].to_numpy(dtype=float))


def _from_stocks(history: History, mean_hazard: FloatArray, evidence: Evidence) -> _Data | None:
    """Compare hires with vacant post-months: of the establishment list, or of the benchmark rate.

    Where the establishment is in post / (1 - r), the vacant FTE of a month is in post x r / (1 - r)
    with the benchmark rate r. The projection starts from those same vacancies, so hires stay near
    those that were seen, whatever the true vacancy rate is.
    """
    if history.window is None:
        return None
    fte = evidence.benchmark("def_fte_per_hire").number
    rate = evidence.benchmark("lg_it_vac").number
    posts = history.establishment
    family, exposure, events = [], [], []
    for name, funded, basis in zip(posts["family"], posts["fte"], posts["basis"], strict=True):
        months = history.monthly[history.monthly["family"] == name]
        listed = basis == "list"
        vacant = funded - months["fte"] if listed else months["fte"] * rate / (1 - rate)
        family.append(_FAMILIES.index(str(name)))
        exposure.append(float(vacant.clip(lower=0).sum() / fte))
        events.append(float(months["hires"].sum()) + unseen_hires(history, str(name)))
    index = np.array(family, dtype=np.int64)
    vacant_months = np.array(exposure)
    # Hires into posts that were never vacant on paper say nothing about filling vacancies.
    hired = np.where(vacant_months > 0, np.array(events), 0.0)
    return _Data(index, None, vacant_months, vacant_months * mean_hazard[index], hired)


def _stock_basis(history: History) -> str:
    listed = bool((history.establishment["basis"] == "list").any())
    return "hires and vacancies" if listed else "hires and benchmark vacancies"


def _age_bands(age: NDArray[np.int64], when: FloatArray) -> FloatArray:
    """Return columns of the age bands, centred on when benchmark vacancies are filled.

    Centred, they move the shape and leave the prior spread of the level as the evidence has it.
    """
    bands = np.eye(len(_AGE_EDGES) + 1)
    band = np.searchsorted(np.asarray(_AGE_EDGES), np.arange(AGES), side="right")
    centre = when @ bands[band] / when.sum()
    columns: FloatArray = bands[band[age]] - centre
    return columns


def _fit(data: _Data, when: FloatArray, evidence: Evidence) -> Posterior:
    spread = evidence.benchmark("def_fill_log_sd").number
    shared = spread * math.sqrt(_SHARED_VARIANCE)
    own = spread * math.sqrt(1 - _SHARED_VARIANCE)
    bands = len(_AGE_EDGES) + 1
    prior = np.diag(np.square([shared, *[own] * len(_FAMILIES), *[_AGE_LOG_SD] * bands]))
    ages = np.zeros((len(data.family), bands)) if data.age is None else _age_bands(data.age, when)
    design = np.hstack([np.ones((len(data.family), 1)), np.eye(len(_FAMILIES))[data.family], ages])
    return fit_poisson(design, data.expected, data.events, prior)


def _fail_factor(history: History, rounds: list[Rounds], evidence: Evidence) -> float:
    rows = history.requisition_exposure
    family = np.array([_FAMILIES.index(str(name)) for name in rows["family"]], dtype=np.int64)
    age = np.minimum(rows["age_months"].to_numpy(dtype=np.int64), AGES - 1)
    hazard = np.array([each.fail for each in rounds])[family, age]
    expected = float(rows["exposure"].to_numpy(dtype=float) @ hazard)
    low, high = evidence.benchmark("fill_prob_round").range
    return update_factor(lognormal_sigma(1 - high, 1 - low), float(rows["failed"].sum()), expected)


def _withdrawn(history: History) -> float:
    rows = history.requisition_exposure
    exposure = float(rows["exposure"].sum())
    return float(rows["withdrawn"].sum()) / exposure if exposure > 0 else 0.0


def _external_share(history: History) -> float:
    """Compare people who came with requisitions that were filled, over the same months."""
    if history.window is None:
        return 1.0
    found = history.time_to_hire[history.time_to_hire["family"] == str(Family.ALL)]
    filled = float(found["in_window"].sum())
    hires = float(history.monthly["hires"].sum())
    # More hires than filled requisitions: the list is not complete, and says nothing of moves.
    return min(1.0, (hires + _EXTERNAL_WEIGHT) / (filled + _EXTERNAL_WEIGHT))


@dataclass(frozen=True)
class _Fitted:
    data: _Data
    posterior: Posterior
    rounds: list[Rounds]
    when: FloatArray
    fate: "_Fate"
    basis: str


@dataclass(frozen=True, slots=True)
class _Fate:
    """What besides filling happens to a vacancy, for all families alike.

    Attributes:
        approval: Mean months before a requisition opens.
        give_up: Factor on the benchmark hazard of a failed round.
        withdrawn: Monthly hazard of a requisition being withdrawn.
        external: Share of filled requisitions that bring somebody new.
    """

    approval: float
    give_up: float
    withdrawn: float
    external: float


def _assemble(families: list[str], fitted: _Fitted) -> FillFit:
    hazards, spreads, times = [], [], []
    data, posterior = fitted.data, fitted.posterior
    ages = _age_bands(np.arange(AGES), fitted.when)
    for name in families:
        index = _FAMILIES.index(name)
        benchmark = fitted.rounds[index]
        terms = np.zeros((AGES, len(posterior.mean)))
        terms[:, 0], terms[:, 1 + index] = 1.0, 1.0
        if data.age is not None:
            terms[:, 1 + len(_FAMILIES) :] = ages
        if fitted.basis == "requisitions":
            rounds = Rounds(benchmark.fill * np.exp(terms @ posterior.mean),
                            benchmark.fail * fitted.fate.give_up)  # fmt: skip
        else:
            pace = math.exp(float(terms[0] @ posterior.mean))
            rounds = _paced(benchmark, fitted.fate.approval, pace)
        when = fill_by_age(rounds)
        direction = when @ terms / when.sum()
        spread = math.sqrt(float(direction @ posterior.covariance @ direction))
        here = data.family == index
        hazards.append(
            vacancy_hazard(rounds, fitted.fate.approval, withdrawn=fitted.fate.withdrawn,
                           external=fitted.fate.external)
        )  # fmt: skip
        spreads.append(spread)
        times.append(
            _hire_time(rounds, benchmark, spread, posterior.weight(direction),
                       float(data.exposure[here].sum()), float(data.events[here].sum()))
        )  # fmt: skip
    return FillFit(
        FillRates(tuple(families), np.array(hazards), np.array(spreads)),
        tuple(times),
        fitted.basis,
        _notes(fitted),
    )


def _notes(fitted: _Fitted) -> tuple[str, ...]:
    notes = [_BASIS_NOTES[fitted.basis]]
    wait = fitted.fate.approval
    notes.append(f"A vacant post waits {wait:.1f} months before recruitment begins.")
    inside = 1 - fitted.fate.external
    if inside >= 0.01:
        notes.append(
            f"Some {inside:.0%} of filled requisitions brought nobody new: colleagues moved, and "
            "their own posts were vacant next. That slows filling from outside."
        )
    return tuple(notes)


_BASIS_NOTES: Final = {
    "requisitions": "Filling of vacancies: from requisitions, shrunk to the benchmark.",
    "hires and vacancies": (
        "Filling of vacancies: no requisitions are given, so hires are compared with the vacant "
        "posts of the establishment list, taken as constant over the window."
    ),
    "hires and benchmark vacancies": (
        "Filling of vacancies: neither requisitions nor an establishment list are given, so hires "
        "are compared with the vacancies that the benchmark vacancy rate implies."
    ),
    "benchmark": (
        "Filling of vacancies: neither requisitions nor leavers are given, so the benchmark "
        "stands in."
    ),
}


def _hire_time(
    rounds: Rounds, benchmark: Rounds, spread: float, weight: float, exposure: float, events: float
) -> HireTime:
    def at(z: float) -> float:
        return median_days(Rounds(rounds.fill * math.exp(z * spread), rounds.fail))

    return HireTime(
        days=at(0.0),
        log_sd=spread,
        benchmark=median_days(benchmark),
        weight=weight,
        exposure=exposure,
        events=events,
        low=at(1.6448536269514722),
        high=at(-1.6448536269514722),
    )
