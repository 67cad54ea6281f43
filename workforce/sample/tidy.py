"""The sample as a careful council would export it: headings in row 1, one meaning a column."""

from datetime import date
from typing import Any

import pandas as pd

from workforce.domain.bands import Contract
from workforce.sample.catalogue import COUNCIL
from workforce.sample.definitions import SHEETS, Column, columns_of
from workforce.sample.records import Simulated
from workforce.sample.workbook import DATE_FORMAT, MONEY_FORMAT, Sheet

__all__ = ["CONTRACT_TEXT", "about_rows", "long_date", "records", "tidy_sheets"]

CONTRACT_TEXT = {
    str(Contract.PERMANENT): "Permanent",
    str(Contract.FIXED_TERM): "Fixed term",
    str(Contract.APPRENTICE): "Apprenticeship",
    str(Contract.CASUAL): "Casual",
    str(Contract.AGENCY): "Agency",
    str(Contract.SECONDED_IN): "Seconded in",
}
_FORMATS = {"date": DATE_FORMAT, "money": MONEY_FORMAT, "number": "0.##", "text": ""}


def long_date(day: date) -> str:
    """Return `30 September 2026`."""
    return f"{day.day} {day:%B %Y}"


def records(simulated: Simulated) -> dict[str, pd.DataFrame]:
    """Return the rows of each sheet with the columns that `definitions` names.

    Args:
        simulated: The organisation.

    Returns:
        A frame a sheet. Staff holds everybody not gone by the extract, cover and starters
        included; Leavers everybody who left in the window.
    """
    people = pd.concat([simulated.people, simulated.agency], ignore_index=True)
    people = people.sort_values("employee_number", kind="stable", ignore_index=True)
    people = people.assign(contract_text=people["contract"].map(CONTRACT_TEXT))
    gone = people["leave_date"] <= pd.Timestamp(simulated.as_of)
    leavers = people[gone].sort_values(["leave_date", "employee_number"], kind="stable")
    requisitions, apprentices = simulated.requisitions, simulated.apprentices
    return {
        "Staff": people[~gone].reset_index(drop=True),
        "Leavers": leavers.reset_index(drop=True),
        "Establishment": simulated.posts,
        "Requisitions": requisitions.assign(outcome_text=requisitions["outcome"].str.capitalize()),
        "Apprentices": apprentices.assign(
            trainee_text=apprentices["trainee"].str.replace("_", " ").str.capitalize()
        ),
    }


def tidy_sheets(simulated: Simulated) -> list[Sheet]:
    """Return the sheets of the tidy workbook."""
    frames = records(simulated)
    sheets = []
    for text in SHEETS:
        columns = columns_of(text.name)
        rows: list[list[Any]] = [[column.heading for column in columns]]
        rows += cells(frames[text.name], columns)
        sheets.append(
            Sheet(
                text.name,
                rows,
                widths=tuple(column.width for column in columns),
                formats=tuple(_FORMATS[column.kind] for column in columns),
            )
        )
    about = Sheet("About", about_rows(simulated), header_rows=(1,), widths=(30, 100))
    return [*sheets, about]


def cells(frame: pd.DataFrame, columns: tuple[Column, ...]) -> list[list[Any]]:
    """Return the values of a frame as a spreadsheet holds them, empty where there is nothing."""
    lists = [_values(frame[column.field], column) for column in columns]
    return [list(row) for row in zip(*lists, strict=True)]


def _values(series: pd.Series, column: Column) -> list[Any]:
    if column.kind == "date":
        return [None if pd.isna(value) else value.date() for value in series]
    if column.kind in {"number", "money"}:
        return [None if pd.isna(v) else _number(float(v)) for v in series]
    return [None if pd.isna(v) or v == "" else str(v) for v in series]


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else round(value, 4)


def about_rows(simulated: Simulated) -> list[list[Any]]:
    """Return the sheet that says what this is: fictional, as at when, over which period."""
    first, last = simulated.window
    return [
        ["About this workbook", None],
        ["Organisation", f"{COUNCIL} is fictional. Every person, post and number was made up."],
        ["As at", simulated.as_of],
        ["Leavers from", first],
        ["Leavers to", last],
        ["Staff", "Everybody employed or appointed at the date above, cover workers included."],
        ["Leaving date on Staff", "Filled where notice had been given by the date above."],
        ["Restructure", "Redundancies and transfers of one restructure are among the leavers."],
        ["Use", "Free to copy, change and share. It describes nobody."],
    ]
