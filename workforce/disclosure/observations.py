"""What is observed and could be shown, and what of it is shown."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from workforce.disclosure.differences import SeenDifferences
from workforce.disclosure.rule import Rule
from workforce.disclosure.windows import Window, windows_safe
from workforce.domain.circulation import NOT_FOR_CIRCULATION, Circulation, Mark, View
from workforce.domain.differences import Differences
from workforce.domain.families import Family
from workforce.domain.rates import RateRow

__all__ = ["Observations", "Published"]


@dataclass(frozen=True)
class Observations:
    """Observed counts of people as the history has them: nothing of this is shown as it is.

    Attributes:
        as_of: Last observed month index.
        window_months: Months in which leaving was observable, 0 without leavers.
        families: Families that are projected; totals are over them.
        measures: Today's measures, a row a family and `all` (see `history.measures`).
        flows: `month, family, exposure` (person-months), `headcount, fte` (end of the month),
            `leavers`, a column a cause, `unknown`, `hires`; a row a month and family.
        bands: By profile (`tenure`, `age`, `grade`): `family, band, people`, bands in their order.
        filled: Requisitions filled, by family and `all`.
        rates: Rates as fitted.
        in_training: Apprentices in training at the as-of date.
        agency_people: Agency workers at the as-of date.
        agency_fte: Their FTE.
        notes: Sentences, some of which count people.
        differences: Directorates and jobs compared.
    """

    as_of: int
    window_months: int
    families: tuple[str, ...]
    measures: pd.DataFrame
    flows: pd.DataFrame
    bands: Mapping[str, pd.DataFrame]
    filled: Mapping[str, float]
    rates: tuple[RateRow, ...]
    in_training: float
    agency_people: float
    agency_fte: float
    notes: tuple[str, ...] = ()
    differences: tuple[Differences, ...] = ()


@dataclass(frozen=True)
class Published:
    """What pages, charts and files may show of what was observed.

    Attributes:
        view: Protected or working.
        rule: The threshold.
        families: Families that are projected.
        measures: A row a family and `all` (the projected families): `headcount, fte,
            establishment_fte, establishment_basis, vacancies_fte, vacancy_rate, leavers, turnover`
            (a year), one column a cause or group of causes, `leavers_months, hires, hires_months,
            median_time_to_hire_days`. Missing is not known or not shown; `words` tells which.
        words: By family and column of `measures`: what stands in the place of what is not shown.
        monthly: `month, family` (`all` among them), `headcount, fte, leavers, hires,
            leavers_span, hires_span`. Flows are averages a month over spans of months that end with
            the as-of month; stocks are missing where they would give a flow away.
        turnover: Turnover a year of all together, missing where it is not shown.
        turnover_months: Months that it is over.
        bands: By profile: `family, band, people, total` (of the row), bands in their order; people
            missing where not shown.
        rates: Rates that may be shown.
        withheld: Rates that may not; of these the benchmark is shown.
        groups_in_training: Whether apprentices already in training may be shown.
        agency: Agency cover in words, empty where there is none.
        notes: Sentences without small counts.
        remarks: Sentences on what was aggregated or left out.
        differences: Directorates and jobs compared.
    """

    view: View
    rule: Rule
    families: tuple[str, ...]
    measures: pd.DataFrame
    words: Mapping[tuple[str, str], str]
    monthly: pd.DataFrame
    turnover: float
    turnover_months: int
    bands: Mapping[str, pd.DataFrame]
    rates: tuple[RateRow, ...]
    withheld: tuple[RateRow, ...] = ()
    groups_in_training: bool = True
    agency: str = ""
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())
    differences: tuple[SeenDifferences, ...] = ()

    @property
    def mark(self) -> Mark:
        """The mark of figures made from this."""
        if self.view is View.WORKING:
            return Mark(Circulation.WORKING, NOT_FOR_CIRCULATION)
        return Mark(Circulation.PROTECTED, self.rule.sentence)

    @property
    def all_row(self) -> pd.Series:
        """Today's measures of the projected families together."""
        row: pd.Series = self.measures[self.measures["family"] == Family.ALL].iloc[0]
        return row

    @property
    def resignations(self) -> tuple[float, ...]:
        """Counts of resignations of the projected families together that are shown."""
        events = [
            row.events
            for row in self.rates
            if row.measure == "voluntary" and row.family == Family.ALL
        ]
        counted = float(self.all_row.get("voluntary", float("nan")))
        recent = [] if math.isnan(counted) else [counted]
        return (*events, *recent)

    def instead(self, family: str, column: str) -> str:
        """Return what stands in the place of a missing measure."""
        return self.words.get((family, column), "not known")

    def hides(self, family: str, column: str) -> bool:
        """Return whether a measure is known and not shown."""
        return (family, column) in self.words

    def may_show(self, measure: str, totals: Sequence[Window]) -> bool:
        """Return whether further observed values of all families together may be shown.

        Args:
            measure: `leavers`, `hires`, `headcount`, `fte`, or a measure that counts no people.
            totals: First and last month index and value: of a flow the sum over the months, of a
                stock the value at the end of the last.
        """
        if self.view is View.WORKING or measure not in ("leavers", "hires", "headcount", "fte"):
            return True
        rows = self.monthly[(self.monthly["family"] == Family.ALL) & self.monthly[measure].notna()]
        if measure in ("headcount", "fte"):
            return {last for _, last, _ in totals} <= {int(month) for month in rows["month"]}
        span = int(rows[f"{measure}_span"].iloc[0]) if len(rows) else 1
        blocks = rows.assign(block=(self.as_of - rows["month"]) // span).groupby("block")
        shown = [
            (int(block["month"].min()), int(block["month"].max()), float(block[measure].sum()))
            for _, block in blocks
        ]
        try:
            return windows_safe([*totals, *shown], self.rule)
        except ValueError:
            # Totals without redundancies and transfers do not add up with those that have them.
            return windows_safe(totals, self.rule)

    @property
    def as_of(self) -> int:
        """Last observed month index."""
        return int(self.monthly["month"].max())

    def now(self, measure: str, family: str) -> float | None:
        """Return today's value of a stock of the projection, `None` where it is not shown."""
        column = {"vacancies": "vacancies_fte"}.get(measure, measure)
        if column not in ("vacancies_fte", "vacancy_rate", "headcount"):
            return None
        rows = self.measures[self.measures["family"] == family]
        if rows.empty or rows[column].isna().iloc[0]:
            return None
        return float(rows[column].iloc[0])
