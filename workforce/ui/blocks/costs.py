"""What the plan costs against doing nothing, and the prices it is costed with."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from workforce.domain.families import family_label
from workforce.domain.plan import Plan
from workforce.domain.prices import PRICE_SOURCES, LevyAccount, Money, prices_from_evidence
from workforce.ui import engine, keys, state
from workforce.ui.blocks.controls import seed
from workforce.ui.blocks.figure import show_figure, table
from workforce.ui.evidence import evidence
from workforce.ui.present import CONFIDENCE_WORDS

if TYPE_CHECKING:
    import pandas as pd

    from workforce.charts import Figure

__all__ = ["what_it_costs"]

_VIEWS: Final = {
    "employer": ("Your budget", "Money only, after what levy and government pay."),
    "public": ("Public sector", "Your budget and the training that levy and government pay."),
    "society": ("With time and work", "Every resource; work that is done in filled posts counts."),
}
_SINGLE: Final = (
    ("oncost", "Employer's cost per £1 of pay", 1.0, 0.01),
    ("apprentice_salary", "Apprentice salary, £ a year", 1.0, 500.0),
    ("hire", "Recruitment, £ per hire", 1.0, 250.0),
    ("agency_share", "Vacant posts covered by agency, %", 100.0, 5.0),
    ("agency_day_rate", "Agency day rate, £", 1.0, 10.0),
    ("output_share", "Worth of a post's work, % of its cost", 100.0, 5.0),
)
_LEVY: Final = (
    ("balance", "Levy in the account now, £", 10_000.0),
    ("inflow_per_year", "Levy you pay a year, £", 10_000.0),
    ("committed_per_year", "Levy your other apprentices use a year, £", 10_000.0),
    ("transfers_per_year", "Levy you transfer a year, £", 10_000.0),
)


def _money() -> Money:
    return state.book().money or Money(prices_from_evidence(evidence()))


def what_it_costs(
    plan: Plan, run: engine.Run, families: Sequence[str], as_of: int
) -> "list[Figure]":
    """Draw the costs of the plan on screen and let prices be changed.

    Args:
        plan: The plan on screen.
        run: Its run, with doing nothing.
        families: Families that are projected.
        as_of: Last observed month index.

    Returns:
        What was drawn, for the file of everything.
    """
    from workforce.charts import cost_lines

    changes, years, (levy, without) = engine.costs(run, plan, _money())
    figure = cost_lines(
        changes=changes, scenario=plan.name, end=run.projection.months[-1], as_of=as_of
    )
    show_figure(figure, "results", level=2, run=run)
    _views(changes)
    if _money().levy == LevyAccount() and plan.programmes:
        st.caption(
            "The levy account is not stated, so training is costed as if it were empty: the "
            "government pays most of it, you the rest. State it under “Prices and levy account”."
        )
    lost, lost_without = float(levy.expired.sum()), float(without.expired.sum())
    if state.book().money is not None and (lost or lost_without):
        st.caption(
            f"Levy that expires unspent over these months: £{lost:,.0f} with the plan, "
            f"£{lost_without:,.0f} without it."
        )
    with st.expander("By financial year"):
        table(_by_year(years), "Costs against doing nothing by financial year")
    _prices(families)
    return [figure]


def _views(changes: "pd.DataFrame") -> None:
    rows = {
        str(key): (float(mean), float(low), float(high))
        for key, mean, low, high in changes[["key", "mean", "low", "high"]].itertuples(index=False)
    }
    for column, (view, (label, what)) in zip(st.columns(3), _VIEWS.items(), strict=True):
        mean, low, high = rows[f"view/{view}"]
        column.metric(
            label,
            _pounds(mean),
            border=True,
            help=f"{what} Expected cost above doing nothing; a minus is a saving.",
        )
        column.caption(f"80% range {_pounds(low)} to {_pounds(high)}. {what}")


def _pounds(value: float) -> str:
    from workforce.charts.describe import format_money

    return format_money(value)


def _by_year(years: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    wide = years.pivot_table(index=["year", "months"], columns="view", values="mean", sort=False)
    return pd.DataFrame(
        {
            "Financial year": wide.index.get_level_values("year"),
            "Months": wide.index.get_level_values("months"),
            **{
                f"{label} (£)": wide[view].to_numpy().round() for view, (label, _) in _VIEWS.items()
            },
        }
    )


def _prices(families: Sequence[str]) -> None:
    box = st.expander("Prices and levy account", key=keys.PRICES, on_change="rerun")
    if not box.open:
        return
    money = _money()
    with box:
        st.caption(
            "Prices of today from the evidence until you put in your own; they are saved with the "
            "plan and hold for all its scenarios. No inflation, no discounting."
        )
        st.markdown("**Basic pay, £ per FTE and year**")
        for family, column in zip(families, st.columns(len(families)), strict=True):
            key = keys.field("prices", "salary", str(family))
            _number(column, family_label(family), key, money.prices.salary_of(family), 500.0,
                    lambda value, family=family: _salary(family, value))  # fmt: skip
        for place, (name, label, scale, step) in enumerate(_SINGLE):
            if place % 3 == 0:
                columns = st.columns(3)
            _number(
                columns[place % 3],
                label,
                keys.field("prices", name),
                round(scale * getattr(money.prices, name), 4),
                step,
                lambda value, name=name, scale=scale: _set_price(**{name: value / scale}),
            )
        st.markdown("**Apprenticeship levy** (leave at 0 if you do not know: training is then paid "
                    "as if the account were empty)")  # fmt: skip
        for (name, label, step), column in zip(_LEVY, st.columns(len(_LEVY)), strict=True):
            _number(
                column,
                label,
                keys.field("levy", name),
                getattr(money.levy, name),
                step,
                lambda value, name=name: _set_levy(**{name: value}),
            )
        st.button(
            "Back to the evidence's prices",
            key=keys.PRICES_RESET,
            on_click=lambda: state.set_book(replace(state.book(), money=None)),
            disabled=state.book().money is None,
        )
        table(_sources(), "Every price with its range, source and confidence")


def _sources() -> "pd.DataFrame":
    """Return the evidence behind the prices; pay comes from the pay bands of the roles."""
    import pandas as pd

    base = evidence()
    rows = []
    for key in (key for sources in PRICE_SOURCES.values() for key in sources):
        row = base.benchmarks.get(key) or base.apprenticeship.get(key)
        if row is not None:
            low, high = row.range
            rows.append(
                {
                    "Price": row.name,
                    "Value": row.number,
                    "Low": low,
                    "High": high,
                    "Unit": row.unit,
                    "Source": f"{row.source} ({row.source_year})"
                    if row.source_year
                    else row.source,
                    "How sure": CONFIDENCE_WORDS[row.confidence],
                }
            )
    return pd.DataFrame(rows)


def _number(where: Any, label: str, key: str, value: float, step: float, commit: Any) -> None:
    seed(key, float(value))
    where.number_input(
        label,
        step=step,
        format="%g",
        key=key,
        on_change=lambda: state.attempt(lambda: commit(float(st.session_state[key]))),
    )


def _keep(money: Money) -> None:
    state.set_book(replace(state.book(), money=money))


def _set_price(**changes: Any) -> None:
    money = _money()
    _keep(replace(money, prices=replace(money.prices, **changes)))


def _salary(family: str, pounds: float) -> None:
    salaries = tuple(
        (name, pounds if name == str(family) else value) for name, value in _money().prices.salary
    )
    _set_price(salary=salaries)


def _set_levy(**changes: Any) -> None:
    money = _money()
    _keep(replace(money, levy=replace(money.levy, **changes)))
