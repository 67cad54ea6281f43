"""Frames that others computed, put into words and order for tables. Nothing is computed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import BASELINE_NAME
from workforce.ui.present import percent

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from workforce.domain.findings import Finding, LeftOut
    from workforce.domain.rates import RateRow
    from workforce.intake import ColumnMatch, Extract, TableReport
    from workforce.projection.compare import Change, Spread
    from workforce.roles import RoleMatch

__all__ = [
    "changes_table",
    "columns_table",
    "families_table",
    "fields_table",
    "findings_table",
    "left_out_table",
    "measures_table",
    "now",
    "rates_table",
    "reasons_table",
    "tables_table",
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


def _sure(confidence: float) -> str:
    word = "high" if confidence >= 0.8 else "medium" if confidence >= 0.5 else "low"
    return f"{word} ({confidence:.2f})"


def tables_table(tables: "Iterable[TableReport]") -> "pd.DataFrame":
    """Return the sheets found; rows read = kept + left out in each line."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "File": each.file,
                "Sheet": each.sheet,
                "Kind": each.kind,
                "Header row": each.header_row,
                "Rows read": each.rows_read,
                "Kept": each.rows_kept,
                "Left out": each.rows_read - each.rows_kept,
            }
            for each in tables
        ]
    )


def columns_table(columns: "Sequence[ColumnMatch]") -> "pd.DataFrame":
    """Return what each column was taken for, in the order of the matches."""
    import pandas as pd

    several = len({each.file for each in columns}) > 1
    return pd.DataFrame(
        [
            {
                "Sheet": f"{each.file}, {each.sheet}".strip(", ") if several else each.sheet,
                "Column": each.column,
                "Read as": each.field or "",
                "Sure": _sure(each.confidence),
                "Why": each.reason,
            }
            for each in columns
        ]
    )


_TITLE_ORDERS: "dict[str, Callable[[RoleMatch, int], tuple[float, ...]]]" = {
    "doubt": lambda match, people: (-people * (1 - match.confidence),),
    "digital": lambda match, people: (float(match.family == Family.NOT_DIGITAL), -people),
    "people": lambda _, people: (-people,),
}


def families_table(extract: "Extract", order: str) -> "tuple[pd.DataFrame, tuple[str, ...]]":
    """Return job titles with their role family, and the titles in the order of the rows.

    Args:
        extract: Gives the matches and the people per title.
        order: `doubt` (most people in doubt first), `digital` (digital roles first) or `people`.
    """
    import pandas as pd

    counts, rank = extract.title_counts, _TITLE_ORDERS[order]
    ordered = sorted(
        extract.role_matches,
        key=lambda each: (*rank(each, counts.get(each.title, 0)), each.title),
    )
    rows = [
        {
            "Job title": each.title,
            "People": counts.get(each.title, 0),
            "Role family": str(each.family),
            "Sure": _sure(each.confidence),
            "Why": each.reason,
        }
        for each in ordered
    ]
    return pd.DataFrame(rows), tuple(each.title for each in ordered)


def reasons_table(extract: "Extract") -> "tuple[pd.DataFrame, tuple[str, ...]]":
    """Return leaving reasons with the cause each counts as, and the reasons row by row.

    Args:
        extract: Gives the leavers. Reasons whose cause is not known come first, then the most
            frequent; leavers without any reason are not listed.
    """
    import pandas as pd

    people = extract.people
    given = people[people["leave_reason"].fillna("").str.strip() != ""]
    rows = [
        # A second column may settle what the reason leaves open, so people can differ.
        (str(reason), len(group), str(group["cause"].mode().iloc[0]))
        for reason, group in given.assign(cause=given["cause"].fillna("")).groupby("leave_reason")
    ]
    rows.sort(key=lambda row: (row[2] != "", -row[1], row[0]))
    table = pd.DataFrame(rows, columns=["Leaving reason", "Leavers", "Counts as"])
    return table, tuple(row[0] for row in rows)


_SEVERITY = {"error": "Error", "warning": "Warning", "info": "For information"}


def findings_table(findings: "Iterable[Finding]") -> "pd.DataFrame":
    """Return findings as a table for people."""
    import pandas as pd

    return pd.DataFrame(
        [
            {
                "How serious": _SEVERITY[str(each.severity)],
                "What": each.message,
                "What was done": each.done,
                "What you can do": each.advice,
                "File": each.file,
                "Sheet": each.sheet,
                "Column": each.column,
                "Rows": _row_list(each.rows),
            }
            for each in findings
        ]
    )


def left_out_table(left_out: "Iterable[LeftOut]") -> "pd.DataFrame":
    """Return rows left out, gathered by reason; every row number stays countable."""
    import pandas as pd

    groups: dict[tuple[str, str, str], list[int]] = {}
    for each in left_out:
        groups.setdefault((each.file, each.sheet, each.reason), []).append(each.row)
    return pd.DataFrame(
        [
            {"File": file, "Sheet": sheet, "Why": why, "Rows": len(rows), "Which": _row_list(rows)}
            for (file, sheet, why), rows in groups.items()
        ]
    )


def _row_list(rows: "Sequence[int]", most: int = 12) -> str:
    if not rows:
        return ""
    listed = ", ".join(str(row) for row in rows[:most])
    return f"{listed} and {len(rows) - most:,} more" if len(rows) > most else listed


def fields_table() -> "pd.DataFrame":
    """Return every field that can be read, where it belongs and why it is asked for."""
    import pandas as pd

    from workforce.intake.fields import FIELDS

    return pd.DataFrame(
        [
            {
                "Field": each.label,
                "In": ", ".join(each.kinds) or "any sheet",
                "Why": each.why,
            }
            for each in FIELDS.values()
        ]
    )
