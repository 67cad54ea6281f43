"""Candidates for the rate of resigning: one rate, a rate a family, regression, boosted trees.

All give the same kind of fit. What differs is the form of the hazard: which terms are learned from
the counts. What a simpler candidate leaves out stays as uncertain as the counts leave it, so that a
simple choice never makes ranges narrow.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.candidates import Candidate
from workforce.domain.evidence import Evidence
from workforce.rates.boosting import Grid, boosted_score
from workforce.rates.cells import FAMILIES, Cells, Present, Window
from workforce.rates.design import family_spreads, log_prior
from workforce.rates.forms import SCORE_TERM, Form
from workforce.rates.voluntary import VoluntaryFit, fit_voluntary

__all__ = ["fit_candidate", "fit_candidates"]

FloatArray = NDArray[np.float64]

_GRID: Final = (len(FAMILIES), len(GRADE_BANDS), len(TENURE_BANDS))


def fit_candidate(
    candidate: Candidate,
    cells: Cells,
    window: Window | None,
    present: Present,
    evidence: Evidence,
) -> VoluntaryFit:
    """Fit the hazard of resigning in the form of one candidate; arguments as `fit_voluntary`.

    - pooled: one level for the wanted families, from their counts alone, with years; season as in
      the evidence.
    - family: a level for each family around a common one, with years; season as in the evidence.
    - regression: family, grade, tenure, contract, season and years, all penalised to the evidence.
    - boosted: the regression and a further term, learned by gradient-boosted trees from what the
      regression leaves over by family, grade and tenure. Its coefficient is penalised to nothing
      and rests on scores of months that the trees had not seen, so that it adds nothing where data
      are few; where it points the wrong way it is left out.

    Without counts all give the benchmark; pooled and family give its mean over the people in post
    whatever their tenure. Age, sex and other protected characteristics are in none.

    Args:
        candidate: Which.
        cells: Exposure and events.
        window: Observed months.
        present: The wanted families and their people now in post.
        evidence: The evidence base.

    Returns:
        The fit.
    """
    return fit_candidates([candidate], cells, window, present, evidence)[candidate]


def fit_candidates(
    candidates: Iterable[Candidate],
    cells: Cells,
    window: Window | None,
    present: Present,
    evidence: Evidence,
) -> dict[Candidate, VoluntaryFit]:
    """Fit several candidates, sharing what they share; arguments as `fit_candidate`."""
    wanted = set(candidates)
    found: dict[Candidate, VoluntaryFit] = {}
    if Candidate.POOLED in wanted:
        found[Candidate.POOLED] = fit_voluntary(
            _of_families(cells, present), window, present, evidence, _pooled(present, evidence)
        )
    if Candidate.FAMILY in wanted:
        form = _by_family(cells, present, evidence)
        found[Candidate.FAMILY] = fit_voluntary(cells, window, present, evidence, form)
    if wanted & {Candidate.REGRESSION, Candidate.BOOSTED}:
        whole = fit_voluntary(cells, window, present, evidence)
        found[Candidate.REGRESSION] = whole
        if Candidate.BOOSTED in wanted:
            found[Candidate.BOOSTED] = _boosted(whole, cells, window, present, evidence)
    return {each: found[each] for each in Candidate if each in wanted}


def _pooled(present: Present, evidence: Evidence) -> Form:
    rows = [FAMILIES.index(family) for family in present.families]
    leavers = present.people * np.exp(log_prior(evidence)[rows])[:, None, :]
    mean = float(leavers.sum() / present.people.sum())
    # The prior of the level of all together is that of the regression, whose families vary too.
    shares = leavers.sum(axis=(1, 2)) / leavers.sum()
    common, own = family_spreads(evidence)
    spread = float(np.sqrt(common**2 + np.square(shares) @ np.square(own[rows])))
    base = np.full((_GRID[0], _GRID[2]), np.log(mean))
    return Form(base=base, only=("overall",), level_log_sd=spread)


def _by_family(cells: Cells, present: Present, evidence: Evidence) -> Form:
    base = log_prior(evidence)
    mix = np.zeros(base.shape)
    np.add.at(mix, (cells.family, cells.tenure), cells.exposure)
    for row, family in enumerate(present.families):
        mix[FAMILIES.index(family)] = present.people[row].sum(axis=0)
    # A family without anybody enters nothing; any weights do.
    mix[~mix.any(axis=1)] = 1.0
    level = np.log((mix * np.exp(base)).sum(axis=1) / mix.sum(axis=1))
    flat = np.repeat(level[:, None], base.shape[1], axis=1)
    return Form(base=flat, only=("overall", "family: "))


def _of_families(cells: Cells, present: Present) -> Cells:
    kept = np.isin(cells.family, [FAMILIES.index(family) for family in present.families])
    return Cells(
        cells.month[kept], cells.family[kept], cells.grade[kept], cells.tenure[kept],
        cells.fixed_term[kept], cells.exposure[kept], cells.events[kept],
    )  # fmt: skip


def _boosted(
    whole: VoluntaryFit,
    cells: Cells,
    window: Window | None,
    present: Present,
    evidence: Evidence,
) -> VoluntaryFit:
    centre = np.zeros(_GRID)
    rows = [FAMILIES.index(family) for family in present.families]
    centre[rows] = present.people * np.exp(whole.rates.log_hazard())
    score = boosted_score(Grid(_GRID, centre / centre.sum()), cells, whole.fitted)
    if score is None:
        return whole
    form = Form(score=score, size=whole.size)
    found = fit_voluntary(cells, window, present, evidence, form)
    believed = found.rates.mean[found.rates.names.index(SCORE_TERM)]
    return found if believed > 0 else whole
