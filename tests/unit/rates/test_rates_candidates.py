"""Candidates for the rate of resigning: what each learns, by hand where that can be."""

import numpy as np
import pytest
from rates_cells import Drawn, draw

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.candidates import CANDIDATES, Candidate
from workforce.domain.evidence import Evidence
from workforce.rates.boosting import Grid, boosted_score
from workforce.rates.candidates import fit_candidate, fit_candidates
from workforce.rates.cells import FAMILIES, Cells, Present, Window
from workforce.rates.voluntary import fit_voluntary

SHAPE = (len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS))


@pytest.fixture(scope="module")
def drawn(evidence: Evidence) -> Drawn:
    return draw(evidence, np.random.default_rng(5), people=400, months=36)


def two_families(rates: tuple[float, float], months: int, heads: float) -> tuple[Cells, Present]:
    """Counts without chance of two families with one annual rate each, at every tenure alike."""
    month, family, tenure = (
        each.ravel()
        for each in np.meshgrid(np.arange(24000, 24000 + months), [0, 1], np.arange(6),
                                indexing="ij")
    )  # fmt: skip
    exposure = np.full(len(month), heads)
    events = exposure * np.array(rates)[family] / 12
    nothing = np.zeros(len(month))
    cells = Cells(month, family, np.ones(len(month), int), tenure, nothing, exposure, events)
    people = np.zeros((2, *SHAPE[1:]))
    people[:, 1, :] = heads
    return cells, Present(FAMILIES[:2], people, np.zeros(2))


def annual(cells: Cells, present: Present, candidate: Candidate, evidence: Evidence) -> np.ndarray:
    window = Window(int(cells.month.min()), int(cells.month.max()))
    fit = fit_candidate(candidate, cells, window, present, evidence)
    rates: np.ndarray = 12 * np.exp(fit.rates.log_hazard())
    return rates


def test_with_many_leavers_pooled_is_leavers_over_exposure_and_family_each_its_own(
    evidence: Evidence,
) -> None:
    cells, present = two_families((0.10, 0.20), months=24, heads=5000)
    pooled = annual(cells, present, Candidate.POOLED, evidence)
    family = annual(cells, present, Candidate.FAMILY, evidence)
    assert float(np.ptp(pooled)) == pytest.approx(0.0, abs=1e-12), "one rate for all"
    # The years share the level with it, and the season of the evidence is not the flat one here.
    assert float(pooled[0, 0, 0]) == pytest.approx(0.15, rel=0.06)
    assert float(np.ptp(family, axis=(1, 2)).max()) == pytest.approx(0.0, abs=1e-12)
    assert float(family[1, 0, 0] / family[0, 0, 0]) == pytest.approx(2.0, rel=0.02)


def test_regression_is_the_fit_of_before_and_all_share_it(drawn: Drawn, evidence: Evidence) -> None:
    before = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
    every = fit_candidates(CANDIDATES, drawn.cells, drawn.window, drawn.present, evidence)
    assert list(every) == list(CANDIDATES)
    assert np.array_equal(every[Candidate.REGRESSION].rates.mean, before.rates.mean)
    alone = fit_candidate(
        Candidate.BOOSTED, drawn.cells, drawn.window, drawn.present, evidence
    ).rates
    assert np.array_equal(alone.mean, every[Candidate.BOOSTED].rates.mean)


@pytest.mark.parametrize("candidate", CANDIDATES)
def test_without_counts_every_candidate_is_the_benchmark(
    drawn: Drawn, evidence: Evidence, candidate: Candidate
) -> None:
    nothing = Cells(*(each[:0] for each in (
        drawn.cells.month, drawn.cells.family, drawn.cells.grade, drawn.cells.tenure,
        drawn.cells.fixed_term, drawn.cells.exposure, drawn.cells.events,
    )))  # fmt: skip
    fit = fit_candidate(candidate, nothing, None, drawn.present, evidence)
    share = drawn.present.people / drawn.present.people.sum()
    found = float((share * np.exp(fit.rates.log_hazard())).sum())
    assert found == pytest.approx(float((share * np.exp(fit.benchmark)).sum()), rel=1e-9)


def test_what_trees_learn_of_a_month_does_not_rest_on_it(drawn: Drawn, evidence: Evidence) -> None:
    whole = fit_voluntary(drawn.cells, drawn.window, drawn.present, evidence)
    centre = np.zeros(SHAPE)
    centre[FAMILIES.index("cyber")] = drawn.present.people[0] / drawn.present.people.sum()
    first = drawn.cells.month < drawn.window.first + 12

    def score(events: np.ndarray) -> np.ndarray:
        cells = Cells(
            drawn.cells.month, drawn.cells.family, drawn.cells.grade, drawn.cells.tenure,
            drawn.cells.fixed_term, drawn.cells.exposure, events,
        )  # fmt: skip
        found = boosted_score(Grid(SHAPE, centre), cells, whole.fitted)
        assert found is not None
        assert float((np.exp(found.grid) * centre).sum()) == pytest.approx(1.0)
        return found.cells

    usual = score(drawn.cells.events)
    odd = score(np.where(first & (drawn.cells.tenure > 2), 5.0, drawn.cells.events))
    assert np.array_equal(usual[first], odd[first]), "its own months reached their score"
    assert not np.array_equal(usual[~first], odd[~first])


def test_too_few_leavers_grow_no_tree(evidence: Evidence) -> None:
    cells, _ = two_families((0.1, 0.1), months=24, heads=1)
    assert float(cells.events.sum()) < 20
    assert boosted_score(Grid(SHAPE, np.full(SHAPE, 1.0)), cells, cells.events) is None
