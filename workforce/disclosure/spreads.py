"""Profiles of people in post: bands put together until most people are in one that may be shown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from workforce.disclosure.audit import LinkedTable
from workforce.disclosure.flows import ALL
from workforce.disclosure.rule import Rule
from workforce.disclosure.suppress import protect

__all__ = ["Spreads", "spread"]

_MERGES: dict[str, tuple[dict[str, str], ...]] = {
    "tenure": (
        {"0-6 months": "under 1 year", "6-12 months": "under 1 year"},
        {
            "0-6 months": "under 2 years", "6-12 months": "under 2 years",
            "1-2 years": "under 2 years", "5-10 years": "5 years or more",
            "10+ years": "5 years or more",
        },
        {
            "0-6 months": "under 5 years", "6-12 months": "under 5 years",
            "1-2 years": "under 5 years", "2-5 years": "under 5 years",
            "5-10 years": "5 years or more", "10+ years": "5 years or more",
        },
    ),
    "age": (
        {"65-66": "65 and over", "67 and over": "65 and over"},
        {"60-64": "60 and over", "65-66": "60 and over", "67 and over": "60 and over"},
        {
            "55-59": "55 and over", "60-64": "55 and over", "65-66": "55 and over",
            "67 and over": "55 and over",
        },
    ),
    "grade": (
        {"senior": "senior and lead", "lead": "senior and lead"},
        {
            "entry": "entry and practitioner", "practitioner": "entry and practitioner",
            "senior": "senior and lead", "lead": "senior and lead",
        },
    ),
}  # fmt: skip
"""Neighbouring bands that may be put together, by profile, finest first."""

_ENOUGH = 0.75
"""Share of people in shown counts with which a profile need not be made coarser."""


class Spreads(Mapping[str, pd.DataFrame]):
    """Protected profiles, each worked out when it is first looked at."""

    def __init__(
        self,
        cells: Mapping[str, pd.DataFrame],
        families: Sequence[str],
        hidden: frozenset[str],
        rule: Rule,
    ) -> None:
        """Keep what `spread` needs.

        Args:
            cells: By profile: `family, band, people`.
            families: Families shown.
            hidden: Families (or `all`) whose headcount is not shown.
            rule: The threshold.
        """
        self._cells, self._families = dict(cells), tuple(families)
        self._hidden, self._rule = hidden, rule
        self._done: dict[str, pd.DataFrame] = {}

    def __getitem__(self, by: str) -> pd.DataFrame:
        """Return a profile, protected."""
        if by not in self._done:
            self._done[by] = spread(by, self._cells[by], self._families, self._hidden, self._rule)
        return self._done[by]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names of the profiles."""
        return iter(self._cells)

    def __len__(self) -> int:
        """Return the number of profiles."""
        return len(self._cells)


@dataclass(frozen=True)
class _Try:
    """One way of showing a profile, and how much it tells."""

    cells: pd.DataFrame
    shown: float


def spread(
    by: str, cells: pd.DataFrame, families: Sequence[str], hidden: frozenset[str], rule: Rule
) -> pd.DataFrame:
    """Return a profile with its small counts protected.

    The finest bands are taken with which three quarters of people stand in a count that is shown,
    on average over the rows, or those with which most do. Families whose headcount is not shown
    have no row of their own.

    Args:
        by: `tenure`, `age` or `grade`.
        cells: `family, band, people`, bands in their order.
        families: Families shown; their total is a row as well where there are several.
        hidden: Families (or `all`) whose headcount is not shown.
        rule: The threshold.

    Returns:
        `family, band, people, total`: every band of every row, people missing where not shown.
    """
    best: _Try | None = None
    for merge in ({}, *_MERGES.get(by, ())):
        if best is not None and _at_best(cells, families, hidden, rule, merge) <= best.shown:
            continue
        found = _attempt(cells, families, hidden, rule, merge)
        if best is None or found.shown > best.shown:
            best = found
        if best.shown >= _ENOUGH:
            break
    assert best is not None  # noqa: S101 - the empty merge is always tried
    return best.cells


def _at_best(
    cells: pd.DataFrame,
    families: Sequence[str],
    hidden: frozenset[str],
    rule: Rule,
    merge: dict[str, str],
) -> float:
    """Return the share of people in counts that are not small, as `_told` does."""
    own = cells[cells["family"].isin(families)]
    named = own.assign(band=[merge.get(band, band) for band in own["band"]])
    counts = named.groupby(["family", "band"])["people"].sum().reset_index()
    together = counts.groupby("band")["people"].sum().reset_index().assign(family=ALL)
    rows = pd.concat([counts, together], ignore_index=True) if len(families) > 1 else counts
    rows = rows.assign(seen=rows["people"].where(rows["people"].map(rule.shown), 0.0))
    rows = rows[~rows["family"].isin(hidden)]
    sums = rows.groupby("family")[["people", "seen"]].sum()
    return float((sums["seen"] / sums["people"].where(sums["people"] > 0)).fillna(1.0).mean())


def _attempt(
    cells: pd.DataFrame,
    families: Sequence[str],
    hidden: frozenset[str],
    rule: Rule,
    merge: dict[str, str],
) -> _Try:
    named = cells.assign(band=[merge.get(band, band) for band in cells["band"]])
    bands = list(dict.fromkeys(named["band"]))
    counts = named.groupby(["family", "band"])["people"].sum()
    rows = [family for family in families if family not in hidden]
    table = LinkedTable()
    for family in families:
        for band in bands:
            table.add((family, band), float(counts.get((family, band), 0.0)))
        if family in rows:
            total = sum(table.cells[family, band].value for band in bands)
            table.add((family, ""), total, locked=True)
            table.tie((family, ""), [(family, band) for band in bands])
    together = len(families) > 1 and ALL not in hidden
    if together:
        _add_total(table, families, bands)
    # Families without a row of their own are unknown to the reader from the start.
    unknown = [(family, band) for family in families if family not in rows for band in bands]
    kept = protect(table, rule, already=frozenset(unknown))
    names = [*rows, ALL] if together else rows
    found = [
        {
            "family": family,
            "band": band,
            "people": (
                table.cells[family, band].value if kept.shows((family, band)) else float("nan")
            ),
            "total": table.cells[family, ""].value,
        }
        for family in names
        for band in bands
    ]
    frame = pd.DataFrame(found, columns=["family", "band", "people", "total"])
    return _Try(frame, _told(table, frame, names))


def _add_total(table: LinkedTable, families: Sequence[str], bands: Sequence[str]) -> None:
    for band in bands:
        value = sum(table.cells[family, band].value for family in families)
        table.add((ALL, band), value, level=1)
        table.tie((ALL, band), [(family, band) for family in families])
    table.add((ALL, ""), sum(table.cells[ALL, band].value for band in bands), locked=True)
    table.tie((ALL, ""), [(ALL, band) for band in bands])


def _told(table: LinkedTable, frame: pd.DataFrame, names: Sequence[str]) -> float:
    """Return the share of people in counts that are shown, on average over the rows."""
    shares = []
    for family in names:
        total = sum(
            cell.value
            for key, cell in table.cells.items()
            if isinstance(key, tuple) and key[0] == family and key[1] != ""
        )
        seen = float(frame.loc[frame["family"] == family, "people"].sum())
        shares.append(seen / total if total else 1.0)
    return sum(shares) / len(shares) if shares else 0.0
