"""Observed stocks and flows as arrays, and the periods over which they are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workforce.disclosure.observations import Observations
from workforce.disclosure.periods import blocks, candidates, sums, unit_of
from workforce.disclosure.rule import Rule
from workforce.domain.bands import CAUSES
from workforce.domain.families import ALL_FAMILIES, Family

__all__ = [
    "ALL", "CAUSE_COLUMNS", "REST", "Flows", "Spans", "cause_groups", "spans_of", "stock_months",
]  # fmt: skip

FloatArray = NDArray[np.float64]

ALL = str(Family.ALL)
REST = "rest"
CAUSE_COLUMNS = (*(str(cause) for cause in CAUSES), "unknown")
_YEAR = 12
_GROUPINGS: tuple[tuple[str, ...], ...] = (
    CAUSE_COLUMNS,
    ("voluntary", "retirement", REST),
    ("voluntary", REST),
)


@dataclass(frozen=True)
class Flows:
    """Monthly series, oldest month first.

    Attributes:
        months: Month indices, shape (T,).
        series: By column and family (`all`: the projected ones), shape (T,).
    """

    months: NDArray[np.int64]
    series: dict[tuple[str, str], FloatArray]

    @classmethod
    def of(cls, observed: Observations) -> "Flows":
        """Fold the observed frame into arrays."""
        frame = observed.flows
        months = np.sort(frame["month"].unique()).astype(np.int64)
        columns = ("headcount", "fte", "leavers", *CAUSE_COLUMNS, "hires", "exposure")
        series: dict[tuple[str, str], FloatArray] = {}
        for column in columns:
            wide = frame.pivot_table(
                index="family", columns="month", values=column, aggfunc="sum"
            ).reindex(index=[str(each) for each in ALL_FAMILIES], columns=months, fill_value=0.0)
            for family in wide.index:
                series[column, str(family)] = wide.loc[family].to_numpy(dtype=float)
            series[column, ALL] = sum(
                (series[column, family] for family in observed.families), np.zeros(len(months))
            )
        return cls(months, series)

    def total(self, column: str, family: str, unit: int, block: int = 0) -> float:
        """Return a sum over a period; block 0 is the latest."""
        return float(sums(self.series[column, family], unit)[block])

    def turnover(self, family: str, unit: int) -> float:
        """Return leavers / mean headcount of the latest period as a yearly rate, else NaN."""
        years = self.total("exposure", family, unit) / _YEAR
        return self.total("leavers", family, unit) / years if years > 0 else float("nan")

    def unexplained(self, family: str) -> FloatArray:
        """Return what hires and leavers leave of each month's change, shape (T - 1,).

        These are apprentices who took a post and moves: counts of people of which no table is
        shown, and which exact stocks would give away.
        """
        change = np.diff(self.series["headcount", family])
        moved: FloatArray = (
            change - self.series["hires", family][1:] + self.series["leavers", family][1:]
        )
        return moved.round(6)


@dataclass(frozen=True, slots=True)
class Spans:
    """Over how many months flows and stocks are shown.

    Attributes:
        total: Months of a period of all together; `None` where even the longest is too small.
        family: Months of a period of each family.
    """

    total: int | None
    family: int

    @property
    def nested(self) -> bool:
        """Whether the family's period is made of shown periods of the total."""
        return self.total is not None and self.family % self.total == 0

    def count(self, months: int) -> int:
        """Return the number of periods shown of each family."""
        return len(blocks(months, self.family))


def spans_of(flows: Flows, column: str, families: Sequence[str], rule: Rule) -> Spans:
    """Choose the periods over which leavers or hires are shown.

    All together get the shortest period in which every sum may be shown. The families, which share
    one, get the one in which fewest are small, a year at least.

    Args:
        flows: The series.
        column: `leavers` or `hires`.
        families: Families shown.
        rule: The threshold.
    """
    months = len(flows.months)
    units = candidates(months)
    total = unit_of(flows.series[column, ALL], rule, units)
    usable = [
        unit
        for unit in units
        if unit >= min(_YEAR, months) and (total is None or unit % total == 0)
    ]
    if not usable:
        usable = [total or units[-1]]

    def small(unit: int) -> int:
        return sum(not rule.shown(flows.total(column, each, unit)) for each in families)

    return Spans(total, min(usable, key=lambda unit: (small(unit), unit)))


def stock_months(flows: Flows, family: str, units: Sequence[int], rule: Rule) -> tuple[int, ...]:
    """Return months at whose end the headcount of the past may be shown, latest first.

    Opening + hires - leavers = closing up to moves and apprentices who took a post. Where the flows
    are shown the stocks give those away, so the periods must hold none or enough of them.

    Args:
        flows: The series.
        family: Family or `all`.
        units: Periods over which the flows are shown, or multiples of them.
        rule: The threshold.
    """
    moved = flows.unexplained(family)
    if not len(moved):
        return ()
    stock = flows.series["headcount", family]
    for unit in units:
        if unit > len(moved):
            break
        ends = [len(stock) - 1 - first - 1 for first, _ in blocks(len(moved), unit)]
        safe = all(rule.shown(abs(float(value))) for value in sums(moved, unit))
        if safe and all(rule.shown(float(stock[end])) for end in ends):
            return tuple(int(flows.months[end]) for end in ends)
    return ()


def cause_groups(
    flows: Flows, families: Sequence[str], unit: int, rule: Rule
) -> dict[str, tuple[str, ...]]:
    """Choose how finely the reasons for leaving are told apart.

    Args:
        flows: The series.
        families: Families shown.
        unit: Months of the period.
        rule: The threshold.

    Returns:
        By group the causes in it: all apart where at most a quarter of the counts are small, else
        the rarer ones together; none where even then most are small.
    """
    for names in _GROUPINGS:
        rest = tuple(cause for cause in CAUSE_COLUMNS if cause not in names)
        groups = {name: (name,) if name != REST else rest for name in names}
        counts = [
            sum(flows.total(cause, family, unit) for cause in causes)
            for causes in groups.values()
            for family in families
        ]
        some = [count for count in counts if count > 0]
        small = sum(map(rule.small, some))
        if small <= len(some) / 4:
            break
    return groups if small <= len(some) / 2 else {}
