"""Opening + hires - closing must not reveal hidden leavers, whatever the months were.

The reader of these tests knows more than one of flesh and blood: that nobody moved between families
and no apprentice took a post, so that stocks and flows add up exactly, month by month.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_matrix, vstack

from workforce.disclosure import Observations, Published, Rule, publish
from workforce.domain.circulation import View
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES
from workforce.domain.rates import RateRow

RULE = Rule()
AS_OF = 24320
FAMILIES = tuple(str(each) for each in DIGITAL_FAMILIES)
CAUSES = ("voluntary", "retirement", "end_of_contract", "other", "organisational_event", "unknown")


@dataclass
class Past:
    """Random months of an organisation; arrays have a row a family."""

    leavers: np.ndarray
    hires: np.ndarray
    heads: np.ndarray

    @classmethod
    def random(cls, seed: int, months: int, size: float) -> "Past":
        rng = np.random.default_rng(seed)
        sizes = rng.integers(2, max(3, int(size)), len(ALL_FAMILIES)).astype(float)
        sizes[-1] = 400
        leavers = np.zeros((len(ALL_FAMILIES), months))
        hires, heads = np.zeros_like(leavers), np.zeros_like(leavers)
        people = sizes.copy()
        for month in range(months):
            leavers[:, month] = np.minimum(rng.poisson(sizes * 0.012), people)
            hires[:, month] = rng.poisson(sizes * 0.011)
            people = people - leavers[:, month] + hires[:, month]
            heads[:, month] = people
        return cls(leavers, hires, heads)

    def observations(self) -> Observations:
        months = np.arange(AS_OF - self.heads.shape[1] + 1, AS_OF + 1)
        flows = []
        for row, family in enumerate(map(str, ALL_FAMILIES)):
            frame = pd.DataFrame(
                {
                    "month": months, "family": family, "exposure": self.heads[row],
                    "headcount": self.heads[row], "fte": 0.9 * self.heads[row],
                    "leavers": self.leavers[row], "hires": self.hires[row],
                    **dict.fromkeys(CAUSES, 0.0),
                }
            )  # fmt: skip
            resigned = np.ceil(self.leavers[row] * 0.7)
            flows.append(frame.assign(voluntary=resigned, retirement=self.leavers[row] - resigned))
        now = self.heads[:, -1]
        measures = pd.DataFrame(
            {
                "family": [*map(str, ALL_FAMILIES), "all"],
                "headcount": [*now, now[:-1].sum()],
                "fte": [*(0.9 * now), 0.9 * now[:-1].sum()],
                "establishment_fte": [*(now + 1), now[:-1].sum() + 4],
                "establishment_basis": "list",
                "vacancies_fte": [*(0.1 * now + 1), 0.1 * now[:-1].sum() + 4],
                "median_time_to_hire_days": 80.0,
            }
        )
        frame = pd.concat(flows, ignore_index=True)
        return Observations(
            as_of=AS_OF,
            window_months=len(months),
            families=FAMILIES,
            measures=measures,
            flows=frame,
            bands={},
            filled={},
            rates=tuple(self._rates(frame)),
            in_training=0.0,
            agency_people=0.0,
            agency_fte=0.0,
        )

    def _rates(self, frame: pd.DataFrame) -> list[RateRow]:
        def row(cause: str, family: str, events: float) -> RateRow:
            return RateRow(cause, family, 0.1, 0.05, 0.2, "per year", 0.5, 100, events, 0.1, "")

        own = frame[frame["family"].isin(FAMILIES)]
        rows = []
        for cause in CAUSES[:4]:
            rows += [
                row(cause, f, float(own.loc[own["family"] == f, cause].sum())) for f in FAMILIES
            ]
            rows.append(row(cause, "all", float(own[cause].sum())))
        return rows


class Reader:
    """Knows all that is published and works out what it can, month by month."""

    def __init__(self, shown: Published, months: int) -> None:
        self.months, self.first = months, AS_OF - months + 1
        self.size = 3 * len(FAMILIES) * months
        self.rows: list[csr_matrix] = []
        self.right: list[float] = []
        self._flows(shown)
        self._stocks(shown)
        self._identity()

    def at(self, name: str, family: int, month: int) -> int:
        block = ("leavers", "hires", "headcount").index(name)
        return (block * len(FAMILIES) + family) * self.months + month

    def know(self, terms: dict[int, float], value: float) -> None:
        keys = list(terms)
        line = csr_matrix(
            ([terms[key] for key in keys], ([0] * len(keys), keys)), shape=(1, self.size)
        )
        self.rows.append(line)
        self.right.append(value)

    def _who(self, family: str) -> list[int]:
        return list(range(len(FAMILIES))) if family == "all" else [FAMILIES.index(family)]

    def _flows(self, shown: Published) -> None:
        for (family, name), rows in [
            ((family, name), shown.monthly[shown.monthly["family"] == family])
            for family in (*FAMILIES, "all")
            for name in ("leavers", "hires")
        ]:
            span = int(rows[f"{name}_span"].iloc[0])
            seen = rows[rows[name].notna()]
            for start in range(AS_OF - span + 1, self.first - 1, -span):
                block = seen[(seen["month"] >= start) & (seen["month"] < start + span)]
                if len(block) == span:
                    months = range(start - self.first, start - self.first + span)
                    terms = {
                        self.at(name, who, month): 1.0
                        for who in self._who(family)
                        for month in months
                    }
                    self.know(terms, float(block[name].sum()))

    def _stocks(self, shown: Published) -> None:
        seen = shown.monthly[shown.monthly["headcount"].notna()]
        for family, month, heads in zip(
            seen["family"], seen["month"], seen["headcount"], strict=True
        ):
            terms = {
                self.at("headcount", who, month - self.first): 1.0 for who in self._who(family)
            }
            self.know(terms, float(heads))

    def _identity(self) -> None:
        for who in range(len(FAMILIES)):
            for month in range(1, self.months):
                self.know(
                    {
                        self.at("headcount", who, month): 1.0,
                        self.at("headcount", who, month - 1): -1.0,
                        self.at("hires", who, month): -1.0,
                        self.at("leavers", who, month): 1.0,
                    },
                    0.0,
                )

    def range(self, terms: dict[int, float]) -> tuple[float, float]:
        cost = np.zeros(self.size)
        for key, weight in terms.items():
            cost[key] = weight
        ends = []
        for sign in (1, -1):
            found = linprog(sign * cost, A_eq=vstack(self.rows), b_eq=self.right, bounds=(0, None))
            assert found.status in (0, 3), "what is published contradicts itself"
            ends.append(sign * found.fun if found.status == 0 else sign * -np.inf)
        return tuple(ends)


CASES = [(1, 36, 12), (2, 48, 30), (3, 29, 9), (4, 60, 60), (5, 14, 25)]


@pytest.mark.parametrize(("seed", "months", "size"), CASES)
def test_stocks_and_flows_do_not_reveal_leavers(seed: int, months: int, size: int) -> None:
    past = Past.random(seed, months, size)
    reader = Reader(publish(past.observations(), RULE, View.PROTECTED), months)
    checked = 0
    for who, family in enumerate(FAMILIES):
        for name, truth in (("leavers", past.leavers), ("hires", past.hires)):
            recent = float(truth[who, -min(12, months) :].sum())
            if RULE.small(recent):
                year = range(months - min(12, months), months)
                low, high = reader.range({reader.at(name, who, month): 1.0 for month in year})
                assert low <= recent <= high + 1e-6
                assert high - low >= 3 - 1e-6, f"{family} {name} {recent}: {low} to {high}"
                checked += 1
    for month in range(months - 3, months):
        total = float(past.leavers[:-1, month].sum())
        if RULE.small(total):
            who = range(len(FAMILIES))
            low, high = reader.range({reader.at("leavers", each, month): 1.0 for each in who})
            assert high - low >= 3 - 1e-6, f"all leavers of month {month}, {total}: {low} to {high}"
            checked += 1
    assert checked, "nothing small was there to be found"


@pytest.mark.parametrize(("seed", "months", "size"), CASES)
def test_nothing_small_is_published(seed: int, months: int, size: int) -> None:
    shown = publish(Past.random(seed, months, size).observations(), RULE, View.PROTECTED)
    for column in ("headcount", "leavers", "hires", "voluntary", "retirement", "rest"):
        if column in shown.measures:
            for value in shown.measures[column].dropna():
                assert not RULE.small(value), f"{column} {value}"
    for name in ("leavers", "hires"):
        sums = shown.monthly[name] * shown.monthly[f"{name}_span"]
        assert not any(RULE.small(value) for value in sums.dropna())
    for row in shown.rates:
        assert not RULE.small(row.events), f"{row.measure} {row.family}: {row.events} events"


def test_funded_less_vacant_posts_do_not_give_people_away() -> None:
    shown = publish(Past.random(3, 29, 9).observations(), RULE, View.PROTECTED)
    hidden = shown.measures["headcount"].isna()
    assert hidden.any(), "nobody is few here"
    assert shown.measures.loc[hidden, ["fte", "vacancies_fte", "vacancy_rate"]].isna().all().all()
    assert shown.measures["establishment_fte"].notna().all(), "posts are no people"


def test_working_view_shows_everything_and_says_so() -> None:
    past = Past.random(3, 29, 9)
    shown = publish(past.observations(), RULE, View.WORKING)
    assert shown.measures["headcount"].tolist()[:-1] == past.heads[:, -1].tolist()
    assert "Not for circulation" in shown.mark.note
    assert not shown.words
    assert not shown.withheld


def test_total_is_kept_where_nearly_every_family_is_small() -> None:
    past = Past.random(3, 29, 9)
    past.heads[:-1, -1] = [2, 2, 1, 2]
    shown = publish(past.observations(), RULE, View.PROTECTED)
    assert shown.all_row["headcount"] == 7
    assert shown.measures["headcount"].isna().sum() == len(FAMILIES)


def _beside(past: Past, *, carried: float, ended: float, contracts: float) -> Published:
    """Publish with renewals, season and years beside the rates."""
    seen = past.observations()
    ends = ("end_of_contract", "all")
    rates = [
        replace(row, events=contracts) if (row.measure, row.family) == ends else row
        for row in seen.rates
    ]
    resigning = next(r for r in rates if (r.measure, r.family) == ("voluntary", "all"))
    rates += [replace(resigning, measure=name) for name in ("season", "year_shock")]
    rates.append(replace(resigning, measure="renewal", events=carried, exposure=carried + ended))
    return publish(replace(seen, rates=tuple(rates)), RULE, View.PROTECTED)


def _measures(rows: tuple[RateRow, ...]) -> set[str]:
    return {row.measure for row in rows if row.family == "all"}


def test_season_and_years_are_shown_where_resignations_are() -> None:
    for seed, months, size in CASES:
        shown = _beside(Past.random(seed, months, size), carried=20, ended=10, contracts=10)
        both = {"season", "year_shock"}
        told = "voluntary" in _measures(shown.rates)
        assert both <= _measures(shown.rates if told else shown.withheld)
    few = Past.random(1, 12, 9)
    few.leavers[:] = 0
    few.leavers[0, 3] = 2
    shown = _beside(few, carried=20, ended=10, contracts=10)
    assert {"season", "year_shock", "voluntary"} <= _measures(shown.withheld)


@pytest.mark.parametrize(
    ("carried", "ended", "contracts", "told"),
    [(20, 10, 10, True), (3, 10, 10, False), (20, 2, 10, False), (20, 10, 12, False)],
)
def test_renewals_give_no_contract_ends_away(
    carried: float, ended: float, contracts: float, told: bool
) -> None:
    shown = _beside(Past.random(4, 60, 60), carried=carried, ended=ended, contracts=contracts)
    assert ("renewal" in _measures(shown.rates)) == told
    assert ("renewal" in _measures(shown.withheld)) != told
