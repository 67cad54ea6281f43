"""Rows of headline numbers."""

import math
from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.families import Family
from workforce.ui.present import percent

if TYPE_CHECKING:
    from workforce.disclosure import Published

__all__ = ["today"]


def today(seen: "Published") -> None:
    """Draw today's headline numbers of the families together.

    Args:
        seen: What may be shown.
    """
    row = seen.all_row

    def known(column: str, form: str) -> str:
        value = float(row[column])
        return seen.instead(str(Family.ALL), column) if math.isnan(value) else form.format(value)

    months = seen.turnover_months
    turnover = seen.instead(str(Family.ALL), "turnover")
    if not math.isnan(seen.turnover):
        turnover = percent(seen.turnover, 1)
    rate = float(row["vacancy_rate"])
    numbers = [
        ("People in post", known("headcount", "{:,.0f}"), None),
        ("FTE in post", known("fte", "{:,.1f}"), None),
        (
            "Funded FTE",
            known("establishment_fte", "{:,.1f}"),
            f"From: {row['establishment_basis']}.",
        ),
        ("Vacant FTE", known("vacancies_fte", "{:,.1f}"), None),
        (
            "Vacancy rate",
            known("vacancy_rate", "") if math.isnan(rate) else percent(rate, 1),
            "Vacant FTE over funded FTE.",
        ),
        (
            "Turnover, last year" if months == 12 else "Turnover a year",
            turnover,
            f"Leavers over the mean headcount of the last {months} months, as a yearly rate.",
        ),
        (
            "Days to hire",
            known("median_time_to_hire_days", "{:,.0f}"),
            "Median, from the requisition's opening to the person's start.",
        ),
    ]
    if seen.agency:
        numbers.append(("Agency cover, FTE", seen.agency, "Counted apart from staff in post."))
    with st.container(horizontal=True):
        for label, value, note in numbers:
            # Words stand in for numbers that are not known or not shown, and are longer.
            width = 190 if value[:1].isdigit() else 250
            st.metric(label, value, border=True, help=note, width=width)
