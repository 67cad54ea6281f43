"""The same model as one would write it in plain numpy: a binomial for every cell and month.

State is people by draw, family, grade band and month of tenure. It leaves out what costs it little
to leave out (fixed terms, known exits, moving up the age bands, FTE other than 1), which is to its
advantage in speed. It is written with the same care for vectors: hazards by tenure band, then one
binomial over all cells and draws; only the causes of those who leave are split afterwards.
"""

from dataclasses import dataclass

import numpy as np

from workforce.domain.bands import GRADE_BANDS, TENURE_EDGES_MONTHS
from workforce.domain.months import calendar_month
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan
from workforce.domain.programmes import Programme
from workforce.domain.rates import Rates
from workforce.projection.levers import lever_classes
from workforce.projection.streams import Streams

TENURES = 121


@dataclass
class Cohort:
    """A cohort of apprentices in training."""

    programme: Programme
    family: int
    start: int
    people: np.ndarray


def run(
    opening: Opening, rates: Rates, plan: Plan, draws: int, seed: int, months: int
) -> dict[str, np.ndarray]:
    """Return headcount, leavers by cause and hires by draw, family and month."""
    rng = np.random.default_rng(seed)
    families, grades = len(opening.families), len(GRADE_BANDS)
    voluntary = rates.voluntary.draws(rng.standard_normal((draws, rates.voluntary.terms)))
    shock = rates.shock.draws(rng.standard_normal((draws, 11)))
    fill = rates.fill.draws(rng.standard_normal((draws, families)))
    ages = np.bincount(opening.cells.age, weights=opening.cells.people, minlength=6)
    retirement = float(rates.retirement @ ages / ages.sum())
    other = retirement + rates.other.hazard_monthly + rates.end_of_contract.hazard_monthly
    ahead = opening.as_of + np.arange(1, months + 1)
    # Lever multipliers are not what is compared: both take them from the same function.
    classes = lever_classes(plan, opening.families, ahead, Streams(seed, 0, draws))
    band = np.searchsorted(TENURE_EDGES_MONTHS, np.arange(TENURES), side="right") - 1
    first_year = (np.arange(6) < 2).astype(int)
    stock = np.zeros((draws, families, grades, TENURES), dtype=np.int64)
    cells = opening.cells
    place = (cells.family, cells.grade, np.minimum(cells.tenure_months, 120))
    np.add.at(stock, (slice(None), *place), cells.people)
    vacancies = np.zeros((draws, families, rates.fill.hazard.shape[1]), dtype=np.int64)
    cohorts: list[Cohort] = []
    out = {
        name: np.zeros((draws, families, months), dtype=np.int64)
        for name in ("headcount", "voluntary", "other", "hires")
    }
    posts = np.round(opening.establishment_fte).astype(int)
    for month in range(months):
        season = rates.season[calendar_month(int(ahead[month]))] * shock[:, month // 12]
        levers = np.moveaxis(classes.multiplier[classes.index, month], -1, 0)
        quits = voluntary * season[:, None, None, None] * levers[..., first_year]
        chance = -np.expm1(-(quits + other))
        leavers = rng.binomial(stock, chance[..., band])
        stock -= leavers
        by_band = np.add.reduceat(leavers, TENURE_EDGES_MONTHS, axis=3)
        resigned = rng.binomial(by_band, quits / (quits + other))
        stock[..., 1:] = np.concatenate((stock[..., :-2], stock[..., -2:].sum(-1)[..., None]), 3)[
            ..., : TENURES - 1
        ]
        stock[..., 0] = 0
        converted = _apprentices(rng, plan, opening, cohorts, stock, month, posts)
        free = np.maximum(posts - stock.sum(axis=(2, 3)), 0)
        vacancies[:, :, 1:-1], last = vacancies[:, :, :-2].copy(), vacancies[:, :, -2:].sum(-1)
        if vacancies.shape[2] > 1:
            vacancies[:, :, -1] = last
            vacancies[:, :, 0] = 0
        fresh = free - vacancies.sum(axis=2)
        vacancies[:, :, 0] += np.maximum(fresh, 0)
        _withdraw(vacancies, np.maximum(-fresh, 0))
        filled = rng.binomial(vacancies, -np.expm1(-fill))
        vacancies -= filled
        hires = filled.sum(axis=2)
        stock[..., 0] += rng.multinomial(hires, rates.starter_grade[None])
        out["headcount"][:, :, month] = stock.sum(axis=(2, 3))
        out["voluntary"][:, :, month] = resigned.sum(axis=(2, 3))
        out["other"][:, :, month] = leavers.sum(axis=(2, 3)) - resigned.sum(axis=(2, 3))
        out["hires"][:, :, month] = hires + converted * 0
    return out


def _withdraw(vacancies: np.ndarray, excess: np.ndarray) -> None:
    for age in range(vacancies.shape[2]):
        taken = np.minimum(vacancies[:, :, age], excess)
        vacancies[:, :, age] -= taken
        excess -= taken


def _apprentices(
    rng: np.random.Generator,
    plan: Plan,
    opening: Opening,
    cohorts: list[Cohort],
    stock: np.ndarray,
    month: int,
    posts: np.ndarray,
) -> np.ndarray:
    draws, families = stock.shape[:2]
    converted = np.zeros((draws, families), dtype=np.int64)
    for programme in plan.programmes:
        for start in programme.starts:
            if start == opening.as_of + 1 + month:
                family = opening.families.index(programme.family)
                people = np.full(draws, programme.size)
                cohorts.append(Cohort(programme, family, month, people))
    for cohort in cohorts:
        programme = cohort.programme
        behind = month - cohort.start
        if 0 < behind <= programme.duration_months:
            hazard = -np.log(1 - programme.withdrawal) / programme.duration_months
            cohort.people -= rng.binomial(cohort.people, -np.expm1(-hazard))
        if behind == programme.duration_months + programme.assessment_months:
            taken = rng.binomial(cohort.people, programme.pass_rate * programme.offer_rate)
            room = posts[cohort.family] - stock[:, cohort.family].sum(axis=(1, 2))
            taken = np.minimum(taken, np.maximum(room, 0))
            grade = list(GRADE_BANDS).index(programme.grade)
            stock[:, cohort.family, grade, min(behind, 120)] += taken
            converted[:, cohort.family] += taken
            cohort.people = np.zeros_like(cohort.people)
    return converted
