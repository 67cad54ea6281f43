"""Frames that others computed, put into words and order for tables. Nothing is computed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name, parse_month
from workforce.ui.present import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from workforce.domain.rates import RateRow

__all__ = ["end_table", "measures_table", "now", "rates_table"]

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


def end_table(
    summary: "pd.DataFrame", scenario: str, measures: Sequence[str], families: Sequence[str]
) -> "pd.DataFrame":
    """Return the last month as a table: a row a family, a column a measure, ranges in brackets.

    Args:
        summary: Summary frame.
        scenario: Scenario shown.
        measures: Measures shown.
        families: Families shown; the total comes last.
    """
    import pandas as pd

    from workforce.charts.describe import describe_range, rounded
    from workforce.charts.measures import measure_spec

    last = summary["month"].max()
    when = month_name(parse_month(last))
    rows = summary[(summary["scenario"] == scenario) & (summary["month"] == last)]
    found = rows.set_index(["family", "measure"])
    table: dict[str, list[str]] = {"Role family": []}
    for measure in measures:
        spec = measure_spec(measure)
        header = f"{spec.noun.capitalize()}, {when}"
        table[header] = []
        for family in (*families, Family.ALL):
            row = found.loc[(str(family), measure)]
            centre = rounded(spec, float(row["mean" if spec.flow else "p50"]))
            low_high = describe_range(spec, float(row["p10"]), float(row["p90"]))
            table[header].append(f"{centre} ({low_high})")
    table["Role family"] = [family_label(str(each)) for each in (*families, Family.ALL)]
    return pd.DataFrame(table)


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
