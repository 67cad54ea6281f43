"""Frames that others computed, put into words and order for tables. Nothing is computed."""

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.months import month_name
from workforce.domain.plan import BASELINE_NAME
from workforce.ui.present import percent

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    import pandas as pd

    from workforce.disclosure import Published
    from workforce.domain.rates import RateRow
    from workforce.projection.accounts import Account
    from workforce.projection.compare import Change, Spread

__all__ = [
    "changes_table",
    "measures_table",
    "posts_table",
    "rates_table",
]

_RATE_NAMES = {
    "voluntary": "Resigning",
    "retirement": "Retiring",
    "end_of_contract": "Contract ending",
    "other": "Other leaving",
    "renewal": "Fixed terms renewed",
    "season": "Season of resigning",
    "year_shock": "Good and bad years",
    "moves": "Moving to another role family",
    "time_to_hire": "Time to hire",
}


_SEEN_IN = {"time_to_hire": "vacancy-months", "renewal": "fixed terms"}
"""What events are counted against, where not in person-years."""


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


_POSTS = {
    "establishment": "Funded posts",
    "fte": "less people in post",
    "seats": "less posts in which apprentices are trained",
    "over_establishment": "plus people above the funded posts of their family",
}


def posts_table(account: "Account") -> "pd.DataFrame":
    """Return posts less people as a sum that leads to the vacancies.

    Args:
        account: Posts and vacancies, in FTE.
    """
    import pandas as pd

    always = ("establishment", "fte")
    rows = [
        (_POSTS[each.key], each.shown) for each in account.posts if each.shown or each.key in always
    ]
    rows.append(("Vacant", account.vacancies.shown))
    return pd.DataFrame(
        {
            f"End of {month_name(account.last)}": [name for name, _ in rows],
            "FTE": [f"{value:,.1f}".replace("-", "−") for _, value in rows],
        }
    )


def measures_table(seen: "Published") -> "pd.DataFrame":
    """Return today's measures as a table for people.

    Args:
        seen: What may be shown; what may not is named in words.
    """
    import pandas as pd

    order = {str(each): place for place, each in enumerate((*ALL_FAMILIES, Family.ALL))}
    rows = sorted(
        seen.measures.to_dict("records"), key=lambda row: order.get(str(row["family"]), 99)
    )
    everyone = str(Family.NOT_DIGITAL) in seen.families
    months = {name: int(rows[0][f"{name}_months"]) for name in ("leavers", "hires")}
    columns = {
        "People": ("headcount", "{:,.0f}"),
        "FTE": ("fte", "{:,.1f}"),
        "Funded FTE": ("establishment_fte", "{:,.1f}"),
        "Vacant FTE": ("vacancies_fte", "{:,.1f}"),
        "Vacancy rate": ("vacancy_rate", "{:.0%}"),
        f"Left, {months['leavers']} months": ("leavers", "{:,.0f}"),
        "Turnover a year": ("turnover", "{:.0%}"),
        f"Joined, {months['hires']} months": ("hires", "{:,.0f}"),
        "Days to hire": ("median_time_to_hire_days", "{:,.0f}"),
    }

    def cell(row: "Mapping[Hashable, Any]", column: str, form: str) -> str:
        value = float(row[column])
        return seen.instead(str(row["family"]), column) if isnan(value) else form.format(value)

    return pd.DataFrame(
        [
            {
                "Role family": (
                    "All staff"
                    if everyone and row["family"] == Family.ALL
                    else family_label(str(row["family"]))
                ),
                **{head: cell(row, *spec) for head, spec in columns.items()},
                "Funded posts from": row["establishment_basis"],
            }
            for row in rows
            if seen.hides(str(row["family"]), "headcount")
            or row["headcount"] > 0
            or row["establishment_fte"] > 0
        ]
    )


def rates_table(rates: "Iterable[RateRow]", withheld: "Iterable[RateRow]" = ()) -> "pd.DataFrame":
    """Return rates with whose evidence they are, as a table for people.

    Args:
        rates: Rates as shown.
        withheld: Rates that would give small counts away; of them the benchmark is shown.
    """
    import pandas as pd

    def value(row: "RateRow", number: float) -> str:
        if row.unit == "days":
            return f"{number:,.0f} {row.unit}"
        return percent(number, 1) if row.unit == "per year" else f"{percent(number)} {row.unit}"

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
                + _SEEN_IN.get(row.measure, "person-years"),
                "Benchmark": value(row, row.benchmark),
                "Benchmark from": row.benchmark_source,
                "Note": row.note,
            }
            for row in rates
        ]
        + [
            {
                "Rate": _RATE_NAMES.get(row.measure, row.measure),
                "Role family": family_label(row.family),
                "Estimate": "not shown",
                "90% range": "not shown",
                "Whose evidence": "not shown",
                "Seen": "not shown",
                "Benchmark": value(row, row.benchmark),
                "Benchmark from": row.benchmark_source,
                "Note": "too few people left for a rate of your own to be shown",
            }
            for row in withheld
        ]
    )
