"""Do forecasts hit every group of people alike? Observed against expected leavers by group.

Protected characteristics enter nothing else. No person is scored: exposure is counted by cell and
group, and a cell's expected leavers are its exposure times the hazard that all its people share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta, chi2

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS, AgeBand, Cause, Contract
from workforce.domain.rates import Rates
from workforce.history import History, build_history
from workforce.intake import Extract

__all__ = ["NOT_STATED", "SMALLER", "Fairness", "fairness_check", "group_counts"]

FloatArray = NDArray[np.float64]

NOT_STATED: Final = "Not stated"
SMALLER: Final = "Smaller groups together"
THRESHOLD: Final = 5
"""Fewer leavers or people than this are not shown apart unless another number is given."""
_AGE: Final = "age_band"
_OBSERVED: Final = (Cause.VOLUNTARY, Cause.RETIREMENT, Cause.OTHER)
"""Contract ends come by their dates, restructures by decision: neither is expected by a rate."""
_MOST_ONE_GROUP: Final = 0.98
_STATED_OF_LEAVERS: Final = 0.7
"""With fewer leavers whose group is on record, who is missing may be what differs."""
_BLANK: Final = frozenset(
    {"", "unknown", "not known", "not stated", "not given", "prefer not to say", "n/a", "na",
     "undisclosed", "not disclosed", "rather not say", "blank", "none given", "-"}
)  # fmt: skip
_SPELLINGS: Final[Mapping[str, str]] = {
    "f": "Female", "female": "Female", "woman": "Female", "w": "Female",
    "m": "Male", "male": "Male", "man": "Male", "y": "Yes", "yes": "Yes", "n": "No", "no": "No",
}  # fmt: skip


@dataclass(frozen=True)
class Fairness:
    """Observed and expected leavers by group; groups under the threshold are put together.

    Attributes:
        rows: `characteristic, group, person_years, observed, expected, ratio` (observed over
            expected), `low, high` (95% interval of the ratio), `differs` (1 lies outside).
        tests: `characteristic, groups, p_value`: how often chance alone would scatter the groups
            of a characteristic as widely as this.
        notes: Sentences on what a reader must know.
    """

    rows: pd.DataFrame
    tests: pd.DataFrame
    notes: tuple[str, ...]


def fairness_check(
    extract: Extract,
    rates: Rates,
    characteristics: Mapping[str, str],
    *,
    threshold: int = THRESHOLD,
) -> Fairness | None:
    """Compare observed with expected leavers, group by group.

    Within each year expected leavers are scaled to those observed in all groups together, so that
    the check is between groups: a bad year for everybody is no unfairness. Given their sum, a
    group's leavers are binomial with its share of the expected ones, which gives the interval
    (Clopper & Pearson 1934).

    Args:
        extract: Read with protected characteristics.
        rates: The fitted rates, which know nothing of them.
        characteristics: Columns of `people` to check, with what each is called.
        threshold: Groups with fewer leavers or people are not shown apart.

    Returns:
        The check, `None` where leaving was not observed. Age bands are checked as well.
    """
    history = build_history(extract)
    if history.window is None:
        return None
    tables: list[pd.DataFrame] = []
    tests: list[dict[str, object]] = []
    silent: list[str] = []
    for column, label in {**characteristics, _AGE: "Age"}.items():
        cells = group_counts(extract, history, column)
        cells = cells[cells["family"].isin(rates.families)]
        found = _compare(cells, rates, history, threshold)
        if found is None or len(found) < 2:
            silent.append(label)
            continue
        tables.append(found.assign(characteristic=label))
        tests.append({"characteristic": label, "groups": len(found), "p_value": _chance(found)})
    rows = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(_COLUMNS))
    return Fairness(
        rows=rows[list(_COLUMNS)],
        tests=pd.DataFrame(tests, columns=["characteristic", "groups", "p_value"]),
        notes=_notes(rows, silent, threshold),
    )


_COLUMNS: Final = (
    "characteristic", "group", "person_years", "observed", "expected", "ratio", "low", "high",
    "differs",
)  # fmt: skip


def group_counts(extract: Extract, history: History, column: str) -> pd.DataFrame:
    """Count exposure and leavers by cell and group: the margins the check needs, no person.

    Args:
        extract: The extract.
        history: Its history.
        column: Column of `people` with the group of each person, or `age_band`.

    Returns:
        As `History.counts` with a column `group` in the place of `department`.
    """
    if column == _AGE:
        counts = history.counts
        group = counts["age"].astype(str).where(counts["age"] != str(AgeBand.UNKNOWN), NOT_STATED)
        return counts.drop(columns="department").assign(group=group)
    # Departments are cells of their own already: the group takes their place in the counting.
    grouped = extract.people.assign(department=_groups(extract.people[column]))
    counts = build_history(replace(extract, people=grouped)).counts
    return counts.rename(columns={"department": "group"}).astype({"group": str})


def _groups(values: "pd.Series[str]") -> "pd.Series[str]":
    """Return group names with spellings of one group brought together."""
    text = values.fillna("").astype(str).str.strip()
    folded = text.str.casefold()
    usual = text.groupby(folded).agg(lambda same: same.mode().iloc[0])
    names = {
        key: NOT_STATED if key in _BLANK else _SPELLINGS.get(key, str(usual[key]))
        for key in usual.index
    }
    return folded.map(names).astype("str")


def _compare(
    cells: pd.DataFrame, rates: Rates, history: History, threshold: int
) -> pd.DataFrame | None:
    stated = cells["group"] != NOT_STATED
    left = cells[[*map(str, _OBSERVED), "unknown"]].to_numpy(dtype=float).sum(axis=1)
    # Groups given for those who stayed only would make everybody look as if they never left.
    if not left[stated].sum() > _STATED_OF_LEAVERS * left.sum():
        return None
    # Few leavers of no stated group would follow from the others and the number of all leavers, so
    # they are counted among the smaller groups.
    silent = left[~stated].sum()
    if not 0 < silent < threshold:
        cells, left = cells[stated], left[stated]
    frame = pd.DataFrame(
        {
            "group": cells["group"].to_numpy(),
            "year": (history.as_of - cells["month"].to_numpy(dtype=np.int64)) // 12,
            "person_years": cells["exposure"].to_numpy(dtype=float) / 12,
            "observed": left,
            "expected": expected_leavers(cells, rates, history),
        }
    )
    by_year = frame.groupby("year")[["observed", "expected"]].sum()
    factor = (by_year["observed"] / by_year["expected"]).fillna(0.0)
    frame = frame.assign(expected=frame["expected"] * frame["year"].map(factor))
    table = frame.groupby("group")[["person_years", "observed", "expected"]].sum().reset_index()
    if table["person_years"].max() > _MOST_ONE_GROUP * table["person_years"].sum():
        return None
    return _judged(_together(table, history.window_months / 12, threshold))


def expected_leavers(cells: pd.DataFrame, rates: Rates, history: History) -> FloatArray:
    """Return the leavers that the rates expect in each cell, years taken as average.

    Args:
        cells: Counts by cell; families among those of the rates.
        rates: The rates.
        history: Gives the share of fixed terms that the rates are an average over.

    Returns:
        Resignations, retirements and other exits, one entry a row.
    """

    def code(name: str, vocabulary: Sequence[str]) -> NDArray[np.int64]:
        labels = [str(each) for each in vocabulary]
        return pd.Categorical(cells[name].astype(str), categories=labels).codes.astype(np.int64)

    family, grade = code("family", rates.families), code("grade", GRADE_BANDS)
    tenure, age = code("tenure", TENURE_BANDS), code("age", AGE_BANDS)
    log_hazard = rates.voluntary.log_hazard()[family, grade, tenure]
    if "fixed term" in rates.voluntary.names:
        effect = float(rates.voluntary.mean[rates.voluntary.names.index("fixed term")])
        fixed = (cells["contract"].astype(str) == str(Contract.FIXED_TERM)).to_numpy(dtype=float)
        log_hazard = log_hazard + effect * (fixed - _fixed_shares(history, rates)[family])
    season = rates.season[cells["month"].to_numpy(dtype=np.int64) % 12]
    monthly = np.exp(log_hazard) * season + rates.retirement[age] + rates.other.hazard_monthly
    expected: FloatArray = monthly * cells["exposure"].to_numpy(dtype=float)
    return expected


def _fixed_shares(history: History, rates: Rates) -> FloatArray:
    stock = history.stock.assign(
        fixed=(history.stock["contract"] == str(Contract.FIXED_TERM)) * history.stock["people"]
    )
    sums = stock.groupby("family")[["fixed", "people"]].sum()
    shares = (sums["fixed"] / sums["people"].clip(lower=1)).to_dict()
    return np.array([float(shares.get(family, 0.0)) for family in rates.families])


def _together(table: pd.DataFrame, years: float, threshold: int) -> pd.DataFrame:
    """Put groups under the threshold together, with the next smallest where that is not enough."""
    few = table["person_years"] / max(years, 1 / 12) < threshold
    hidden = (table["observed"] < threshold) | few
    if not hidden.any():
        return table.sort_values("person_years", ascending=False, ignore_index=True)
    keys = ["hidden", "observed", "person_years", "group"]
    order = table.assign(hidden=~hidden).sort_values(keys, ignore_index=True)
    # One group alone would be known by subtraction from all.
    count = max(int(hidden.sum()), 2)
    while count < len(order) and order["observed"].iloc[:count].sum() < threshold:
        count += 1
    sums = order.iloc[:count][["person_years", "observed", "expected"]].sum()
    names = [name for name in order["group"].iloc[:count] if name != NOT_STATED]
    # One group and those who gave none: it can still be told by name.
    label = f"{names[0]} or not stated" if len(names) == 1 < count else SMALLER
    merged = pd.DataFrame([{"group": label, **sums.to_dict()}])
    rest = order.iloc[count:].drop(columns="hidden").sort_values("person_years", ascending=False)
    return pd.concat([rest, merged], ignore_index=True)


def _judged(table: pd.DataFrame) -> pd.DataFrame:
    observed, expected = (table[name].to_numpy(dtype=float) for name in ("observed", "expected"))
    total = observed.sum()
    with np.errstate(invalid="ignore", divide="ignore"):
        share = expected / expected.sum()
        low = np.nan_to_num(beta.ppf(0.025, observed, total - observed + 1), nan=0.0)
        high = np.nan_to_num(beta.ppf(0.975, observed + 1, total - observed), nan=1.0)
        low, high, ratio = low / share, high / share, observed / expected
    return table.assign(ratio=ratio, low=low, high=high, differs=(low > 1) | (high < 1))


def _chance(table: pd.DataFrame) -> float:
    """Return the p-value of Pearson's test that all groups leave as expected."""
    gap = (table["observed"] - table["expected"]) ** 2 / table["expected"]
    return float(chi2.sf(gap.sum(), len(table) - 1))


def _notes(rows: pd.DataFrame, silent: list[str], threshold: int) -> tuple[str, ...]:
    found = [
        "Resignations, retirements and other exits are counted. Contract ends and restructures are "
        "left out: they come by date and by decision.",
        "A group that leaves more often than expected is a question to ask, not an answer: pay, "
        "hours, work and management differ between teams, and the rates know only role family, "
        "grade, length of service, contract and, for retirement, age.",
    ]
    if len(rows) and rows["group"].str.contains(f"{SMALLER}|or not stated").any():
        found.append(
            f"Groups with fewer than {threshold} leavers or people are shown with others, so that "
            "nobody can be recognised."
        )
    if len(rows) > 10:
        found.append(
            f"{len(rows)} groups are compared: about one in twenty lies outside its interval by "
            "chance alone."
        )
    if silent:
        found.append(
            "Not checked, because there is hardly more than one group, too few leavers, or leavers "
            f"whose group is not on record: {', '.join(silent)}."
        )
    return tuple(found)
