"""What a plan costs, month by month and draw by draw, by category and by who bears it.

Three views. The employer's: cash that leaves or stays in its budget. The public sector's: the same
and the training that levy money and the government pay. Society's: every resource, work that is not
done included; the levy is then only a way of paying for the same training, counted once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray

from workforce.appraisal.levy import LevyRules, LevyYears, levy_path
from workforce.appraisal.trainees import Trainees, trainees
from workforce.domain.bands import GRADE_BANDS
from workforce.domain.evidence import Standard
from workforce.domain.levers import ActsOn, LeverChoice
from workforce.domain.opening import Opening
from workforce.domain.plan import Plan, Programme
from workforce.domain.prices import LevyAccount, Prices
from workforce.projection.capacity import agency_cover, known_cover
from workforce.projection.levers import adopted
from workforce.projection.result import Projection
from workforce.projection.training import Track, cohorts_of

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["LINES", "VIEWS", "Costing", "Costs", "Line", "cost", "cost_change", "cost_years"]

FloatArray = NDArray[np.float64]
View = Literal["employer", "public", "society"]
VIEWS: Final[tuple[View, ...]] = ("employer", "public", "society")
_WEEKS: Final = 365.25 / 7


@dataclass(frozen=True, slots=True)
class Line:
    """A category of cost.

    Attributes:
        key: Stable key.
        label: As shown.
        cash: Whether money changes hands; the rest is time and work.
        paid_by: `employer`, `levy` or `government`.
    """

    key: str
    label: str
    cash: bool
    paid_by: Literal["employer", "levy", "government"] = "employer"

    def counts(self, view: View) -> bool:
        """Return whether the line is part of a view."""
        if view == "employer":
            return self.cash and self.paid_by == "employer"
        return self.cash or view == "society"


LINES: Final = (
    Line("pay", "Pay of people in post", cash=True),
    Line("agency", "Agency cover of vacant posts", cash=True),
    Line("hiring", "Recruitment", cash=True),
    Line("levers", "Levers", cash=True),
    Line("apprentice_pay", "Apprentices' pay", cash=True),
    Line("apprentice_support", "Apprentices: recruitment, equipment, administration", cash=True),
    Line("training_employer", "Training paid by the employer", cash=True),
    Line("training_levy", "Training paid from the levy account", cash=True, paid_by="levy"),
    Line("training_government", "Training paid by the government", cash=True, paid_by="government"),
    Line("mentoring", "Colleagues' time for apprentices", cash=False),
    Line("off_the_job", "Existing staff in training: time away", cash=False),
    Line("ramp_up", "New starters finding their feet", cash=False),
    Line("undone", "Work not done in vacant posts", cash=False),
    Line("apprentice_output", "Work that apprentices do", cash=False),
)


@dataclass(frozen=True, slots=True)
class Costing:
    """What a projection is costed with.

    Attributes:
        prices: Prices.
        levy: The levy account.
        rules: Its rules.
        standards: Standards of the evidence, for training prices.
    """

    prices: Prices
    levy: LevyAccount
    rules: LevyRules
    standards: Mapping[str, Standard]


@dataclass(frozen=True, eq=False)
class Costs:
    """Costs of one scenario.

    Attributes:
        scenario: Its name.
        months: Month indices, T of them.
        pounds: GBP by line, shape (D, T) each; what a scenario gains is negative.
        levy: The levy account under it.
    """

    scenario: str
    months: tuple[int, ...]
    pounds: Mapping[str, FloatArray] = field(repr=False)
    levy: LevyYears = field(repr=False)

    def total(self, view: View) -> FloatArray:
        """Return GBP of a view, shape (D, T)."""
        parts = [self.pounds[line.key] for line in LINES if line.counts(view)]
        total: FloatArray = np.sum(parts, axis=0)
        return total

    def cashable(self) -> FloatArray:
        """Return the employer's cash, shape (D, T)."""
        return self.total("employer")

    def not_cashable(self) -> FloatArray:
        """Return time and work that no budget shows, shape (D, T)."""
        parts = [self.pounds[line.key] for line in LINES if not line.cash]
        total: FloatArray = np.sum(parts, axis=0)
        return total


def cost(
    projection: Projection,
    plan: Plan,
    opening: Opening,
    costing: Costing,
    *,
    continuing: Sequence[Programme] = (),
) -> Costs:
    """Cost one scenario of a projection.

    Pay, agency, recruitment and work not done follow the draws; so do the pay, mentoring and work
    of apprentices, through their number in training. Training follows the expected cohorts, because
    the levy account is kept once.

    Args:
        projection: Holds the scenario.
        plan: Its plan; its name is the scenario's.
        opening: The opening position the projection started from.
        costing: Prices and levy account.
        continuing: One programme for each entry of `opening.apprentices`, as in the projection.

    Returns:
        The costs, in prices of today.

    Raises:
        KeyError: If the projection has no such scenario, or a family has no salary.
    """
    months = len(projection.months)
    tracks = cohorts_of(opening, plan, continuing, months)
    trained = trainees(
        tracks,
        len(opening.families),
        months,
        costing.prices,
        costing.standards,
        started=_mean_starts(projection, plan, tracks),
    )
    account = levy_path(costing.levy, costing.rules, trained.fundable, opening.as_of)
    shape = (projection.draws, months)
    pounds = {line.key: np.zeros(shape) for line in LINES}
    booked = known_cover(opening, months)
    for row, family in enumerate(opening.families):
        _staff(projection, plan.name, family, costing.prices, booked[row], pounds)
        _apprentices(projection, plan.name, family, trained, row, costing.prices, pounds)
    pounds["levers"] += _levers(projection, plan, opening)
    pounds["apprentice_support"] += trained.starts.sum(axis=0) * costing.prices.apprentice_start
    pounds["training_employer"] += account.employer + trained.unfunded
    pounds["training_levy"] += account.plan
    pounds["training_government"] += account.government
    return Costs(plan.name, projection.months, pounds, account)


def _mean_starts(
    projection: Projection, plan: Plan, tracks: Sequence[Track]
) -> dict[str, float] | None:
    """Return how many start by key of the cohort, on average; `None` where all planned do."""
    starts = projection.tracks[plan.name].cohort_starts
    if plan.mentor_cap is None or starts is None:
        return None
    keys = [cohort.key for track in tracks for cohort in track.cohorts]
    return dict(zip(keys, starts.mean(axis=1).tolist(), strict=True))


def _staff(
    projection: Projection,
    scenario: str,
    family: str,
    prices: Prices,
    booked: FloatArray,
    pounds: dict[str, FloatArray],
) -> None:
    post = prices.salary_of(family) * prices.oncost
    vacant = projection.values(scenario, "vacancies", family)
    hires = projection.values(scenario, "hires", family)
    pounds["pay"] += projection.values(scenario, "fte", family) * post / 12
    day = prices.agency_day_rate * (1.0 + prices.agency_margin)
    cover = agency_cover(vacant, prices.agency_share, booked)
    pounds["agency"] += cover * day * prices.working_days / 12
    # Cover beyond the vacant posts does other work; no post stands empty for the lack of it.
    bare = vacant - np.minimum(cover, vacant)
    pounds["undone"] += bare * prices.output_share * post / 12
    pounds["hiring"] += hires * prices.hire
    # In a straight line from nothing to full speed half of the time's work is lost.
    lost = prices.ramp_weeks / 2 / _WEEKS * prices.output_share * post
    pounds["ramp_up"] += hires * lost


def _apprentices(
    projection: Projection,
    scenario: str,
    family: str,
    trained: Trainees,
    row: int,
    prices: Prices,
    pounds: dict[str, FloatArray],
) -> None:
    expected = trained.in_training[row]
    drawn = projection.values(scenario, "apprentices_in_training", family)
    many = np.divide(drawn, expected, out=np.zeros(drawn.shape), where=expected > 1e-9)
    post = prices.salary_of(family) * prices.oncost / 12
    apprentice = prices.apprentice_salary * prices.apprentice_oncost / 12
    pounds["apprentice_pay"] += many * trained.recruits[row] * apprentice
    pounds["apprentice_support"] += many * expected * prices.apprentice_admin / 12
    mentors = many * trained.mentor_fte[row]
    if "mentor_fte" in projection.measures:
        mentors = projection.values(scenario, "mentor_fte", family)
    pounds["mentoring"] += mentors * prices.output_share * post
    pounds["apprentice_output"] -= many * trained.output_fte[row] * prices.output_share * post
    away = prices.off_the_job * prices.output_share * prices.oncost / 12
    pounds["off_the_job"] += many * trained.staff_pay[row] * away


def _levers(projection: Projection, plan: Plan, opening: Opening) -> FloatArray:
    """Return what the levers cost above what is spent on them today, shape (D, T).

    Taking away what people have saves nothing here: what it costs to give is rarely got back. The
    heads of a lever on filling are those hired under it; its one-off cost is per vacant post.
    """
    ahead = np.array(projection.months)
    total = np.zeros((projection.draws, len(ahead)))
    for lever in plan.active_levers:
        share = adopted(lever, ahead)
        before = np.concatenate(([lever.adopted_now], share[:-1]))
        running = np.maximum(share - lever.adopted_now, 0.0) * lever.cost_per_head
        newly = np.maximum(share - before, 0.0) * lever.one_off_per_head
        if lever.acts_on is ActsOn.FILLING:
            hired, vacant = (
                _eligible(projection, plan.name, lever, opening, measure)
                for measure in ("hires", "vacancies")
            )
            total += lever.reach * (hired * running + vacant * newly)
            continue
        reach = 1.0 if lever.first_year_only else lever.reach
        covered = _eligible(projection, plan.name, lever, opening, "headcount")
        total += covered * reach * (running / 12 + newly)
    return total


def _eligible(
    projection: Projection, scenario: str, lever: LeverChoice, opening: Opening, measure: str
) -> FloatArray:
    """Return the people, or posts, that a lever is offered to, shape (D, T).

    The mix of grades is that of the opening month. In their first year are those who joined in the
    last twelve months, and of the opening stock those with so little service.
    """
    cells, months = opening.cells, len(projection.months)
    total = np.zeros((projection.draws, months))
    grades = [GRADE_BANDS.index(grade) for grade in GRADE_BANDS if grade in lever.grades]
    for row, family in enumerate(opening.families):
        if family not in lever.families:
            continue
        own = cells.family == row
        heads = float(cells.people[own].sum())
        inside = float(cells.people[own & np.isin(cells.grade, grades)].sum())
        share = inside / heads if heads else float(bool(grades))
        if lever.first_year_only and lever.acts_on is ActsOn.LEAVING:
            people = _first_year(projection, scenario, family, opening, row)
        else:
            people = projection.values(scenario, measure, family).astype(np.float64)
        total += people * share
    return total


def _first_year(
    projection: Projection, scenario: str, family: str, opening: Opening, row: int
) -> FloatArray:
    joined = projection.values(scenario, "hires", family).astype(np.float64)
    so_far = np.cumsum(joined, axis=1)
    before = np.zeros_like(so_far)
    before[:, 12:] = so_far[:, :-12]
    cells = opening.cells
    fresh = np.bincount(
        np.clip(cells.tenure_months[cells.family == row], 0, 12),
        weights=cells.people[cells.family == row],
        minlength=13,
    )[:12]
    month = np.arange(1, joined.shape[1] + 1)
    # Those with k months of service today are in their first year for another 12 - k months.
    still = np.array([fresh[: max(0, 12 - int(m))].sum() for m in month])
    recent: FloatArray = so_far - before + still
    return recent


def cost_change(plan: Costs, other: Costs) -> "pd.DataFrame":
    """Return what a scenario costs more than another, line by line over the whole horizon.

    Args:
        plan: Costs of the scenario.
        other: Costs of what it is compared with, on the same draws.

    Returns:
        Columns key, label, cash, paid_by, mean, low, high (80% range over the draws), GBP. The
        lines, then a row for each of `VIEWS` (key `view/employer` and so on), whose means are the
        sums of their lines'.
    """
    import pandas as pd

    def spread(gap: FloatArray) -> tuple[float, float, float]:
        low, high = np.quantile(gap, (0.1, 0.9))
        return float(gap.mean()), float(low), float(high)

    rows: list[tuple[str, str, bool, str, float, float, float]] = [
        (
            line.key,
            line.label,
            line.cash,
            line.paid_by,
            *spread((plan.pounds[line.key] - other.pounds[line.key]).sum(axis=1)),
        )
        for line in LINES
    ]
    names = {
        "employer": "Employer's budget",
        "public": "Public sector",
        "society": "Society, with time and work",
    }
    rows += [
        (
            f"view/{view}",
            names[view],
            view != "society",
            "",
            *spread((plan.total(view) - other.total(view)).sum(axis=1)),
        )
        for view in VIEWS
    ]
    columns = ["key", "label", "cash", "paid_by", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def cost_years(plan: Costs, other: Costs) -> "pd.DataFrame":
    """Return what a scenario costs more than another by financial year, April to March.

    Args:
        plan: Costs of the scenario.
        other: Costs of what it is compared with, on the same draws.

    Returns:
        Columns year (`2026-27`; the first and last may be part years), months (in it), view, mean,
        low, high (80% range), GBP.
    """
    import pandas as pd

    month = np.array(plan.months)
    # April is the fourth month of the calendar year.
    starts = (month - 3) // 12
    rows = []
    for start in np.unique(starts):
        inside = starts == start
        for view in VIEWS:
            gap = (plan.total(view) - other.total(view))[:, inside].sum(axis=1)
            low, high = np.quantile(gap, (0.1, 0.9))
            label = f"{start}-{(start + 1) % 100:02d}"
            rows.append((label, int(inside.sum()), view, float(gap.mean()), low, high))
    return pd.DataFrame(rows, columns=["year", "months", "view", "mean", "low", "high"])
