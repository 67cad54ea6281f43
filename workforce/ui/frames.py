"""Frames that others computed, put into words and order for tables. Nothing is computed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import BASELINE_NAME
from workforce.ui.present import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from workforce.domain.rates import RateRow
    from workforce.projection.compare import Change, Spread

__all__ = [
    "changes_table",
    "measures_table",
    "now",
    "rates_table",
]

_NOW = {"vacancies": "vacancies_fte", "vacancy_rate": "vacancy_rate", "headcount": "headcount"}

_RATE_NAMES = {
    "voluntary": "Resigning",
    "retirement": "Retiring",
    "end_of_contract": "Contract ending",
    "other": "Other leaving",
    "time_to_hire": "Time to hire",
}


def now(measures: "pd.DataFrame", measure: str, family: str) -> float | None:
    """Return today's value of a stock where it is known.

    Args:
        measures: Today's measures, a row a family and one for `all`.
        measure: Measure of the projection.
        family: Family or `all`.
    """
    column = _NOW.get(measure)
    rows = measures[measures["family"] == family]
    if column is None or rows.empty or rows[column].isna().iloc[0]:
        return None
    return float(rows[column].iloc[0])


def changes_table(
    changes: "Sequence[Change]", last: int, *, plan: str | None = None
) -> "pd.DataFrame":
    """Return expected values with 80% ranges: a row a family and scenario, a column a measure.

    Args:
        changes: Family by family in the order of the rows, the same measures for each.
        last: Last projected month index.
        plan: Name of the plan; without it only what it is compared with is shown.
    """
    import pandas as pd

    from workforce.charts.measures import measure_spec

    rows: dict[tuple[str, str], dict[str, str]] = {}
    for change in changes:
        spec = measure_spec(change.measure)
        when = "in all" if spec.flow else month_name(last)
        head, share = f"{spec.noun.capitalize()}, {when}", spec.kind == "share"
        family = family_label(change.family)
        if plan is not None:
            rows.setdefault((family, plan), {})[head] = _spread(change.plan, share=share)
        rows.setdefault((family, BASELINE_NAME), {})[head] = _spread(change.other, share=share)
    return pd.DataFrame(
        [
            {"Role family": family, **({"Scenario": name} if plan is not None else {}), **row}
            for (family, name), row in rows.items()
        ]
    )


def _spread(spread: "Spread", *, share: bool) -> str:
    if share:
        ends = f"{percent(spread.low)} to {percent(spread.high)}"
        return f"{percent(spread.mean, 1)} ({ends})"
    return f"{spread.mean:,.1f} ({spread.low:,.0f} to {spread.high:,.0f})"


def _number(value: float, digits: int = 0) -> str:
    # NaN is the only number that differs from itself.
    return "not known" if value != value else f"{value:,.{digits}f}"  # noqa: PLR0124


def _share(value: float) -> str:
    return "not known" if value != value else percent(value)  # noqa: PLR0124


def measures_table(measures: "pd.DataFrame") -> "pd.DataFrame":
    """Return today's measures as a table for people.

    Args:
        measures: Today's measures, a row a family.
    """
    import pandas as pd

    order = {str(each): place for place, each in enumerate((*ALL_FAMILIES, Family.ALL))}
    rows = sorted(measures.to_dict("records"), key=lambda row: order.get(row["family"], 99))
    return pd.DataFrame(
        [
            {
                "Role family": family_label(row["family"]),
                "People": _number(row["headcount"]),
                "FTE": _number(row["fte"], 1),
                "Funded FTE": _number(row["establishment_fte"], 1),
                "Vacant FTE": _number(row["vacancies_fte"], 1),
                "Vacancy rate": _share(row["vacancy_rate"]),
                "Left, 12 months": _number(row["leavers_12m"]),
                "Turnover": _share(row["turnover_12m"]),
                "Joined, 12 months": _number(row["hires_12m"]),
                "Days to hire": _number(row["median_time_to_hire_days"]),
                "Funded posts from": row["establishment_basis"],
            }
            for row in rows
            if row["headcount"] > 0 or row["establishment_fte"] > 0
        ]
    )


def rates_table(rates: "Iterable[RateRow]") -> "pd.DataFrame":
    """Return rates with whose evidence they are, as a table for people.

    Args:
        rates: Rates as shown.
    """
    import pandas as pd

    def value(row: "RateRow", number: float) -> str:
        return percent(number, 1) if row.unit == "per year" else f"{number:,.0f} {row.unit}"

    return pd.DataFrame(
        [
            {
                "Rate": _RATE_NAMES.get(row.measure, row.measure),
                "Role family": family_label(row.family),
                "Estimate": value(row, row.estimate),
                "90% range": f"{value(row, row.low)} to {value(row, row.high)}",
                "Whose evidence": (
                    f"your data {percent(row.own_weight)}, benchmark {percent(1 - row.own_weight)}"
                ),
                "Seen": f"{row.events:,.0f} in {row.exposure:,.0f} "
                + ("person-years" if row.unit == "per year" else "vacancy-months"),
                "Benchmark": value(row, row.benchmark),
                "Benchmark from": row.benchmark_source,
                "Note": row.note,
            }
            for row in rates
        ]
    )
