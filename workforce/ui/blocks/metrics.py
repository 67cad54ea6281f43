"""Rows of headline numbers."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.families import Family
from workforce.ui.present import percent

if TYPE_CHECKING:
    import pandas as pd

    from workforce.history import History

__all__ = ["today"]

_UNKNOWN = "not known"


def _known(value: float, text: str) -> str:
    return _UNKNOWN if value != value else text  # noqa: PLR0124 - NaN differs from itself


def today(measures: "pd.DataFrame", history: "History") -> None:
    """Draw today's headline numbers of the families together.

    Args:
        measures: Today's measures with a row `all`.
        history: For agency cover, which is counted apart.
    """
    row = measures[measures["family"] == Family.ALL].iloc[0]
    months = int(row["months_observed"])
    numbers = [
        ("People in post", _known(row["headcount"], f"{row['headcount']:,.0f}"), None),
        ("FTE in post", _known(row["fte"], f"{row['fte']:,.1f}"), None),
        (
            "Funded FTE",
            _known(row["establishment_fte"], f"{row['establishment_fte']:,.1f}"),
            f"From: {row['establishment_basis']}.",
        ),
        ("Vacant FTE", _known(row["vacancies_fte"], f"{row['vacancies_fte']:,.1f}"), None),
        (
            "Vacancy rate",
            _known(row["vacancy_rate"], percent(row["vacancy_rate"], 1)),
            "Vacant FTE over funded FTE.",
        ),
        (
            "Turnover a year",
            _known(row["turnover_12m"], percent(row["turnover_12m"], 1)),
            f"Leavers over the mean headcount of the last {months} months, as a yearly rate.",
        ),
        (
            "Days to hire",
            _known(row["median_time_to_hire_days"], f"{row['median_time_to_hire_days']:,.0f}"),
            "Median, from the requisition's opening to the person's start.",
        ),
    ]
    agency = float(history.agency["fte"].sum())
    if agency > 0:
        numbers.append(("Agency cover, FTE", f"{agency:,.1f}", "Counted apart from staff in post."))
    with st.container(horizontal=True):
        for label, value, note in numbers:
            st.metric(label, value, border=True, help=note, width=190)
