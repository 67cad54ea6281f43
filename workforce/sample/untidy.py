"""The same council the way exports often look, with a record of every fault put in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from workforce.sample.catalogue import COUNCIL
from workforce.sample.definitions import columns_of
from workforce.sample.layouts import Layout, layouts
from workforce.sample.mess import FULL_WEEK_HOURS, Mess
from workforce.sample.records import Simulated
from workforce.sample.tidy import cells, long_date, records
from workforce.sample.workbook import DATE_FORMAT, Sheet

__all__ = ["untidy_sheets"]


@dataclass
class _Page:
    """A sheet as it is written, with the place of every record."""

    layout: Layout
    rows: list[list[Any]] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    places: list[int] = field(default_factory=list)

    def put(self, values: Sequence[Any]) -> int:
        """Append a row behind the indent and return its number as Excel shows it."""
        self.rows.append([*[None] * self.layout.indent, *values])
        return len(self.rows)

    def column(self, heading: str) -> int:
        """Return the position of a column in `rows`, the indent counted."""
        texts = [each.text for each in self.layout.headings]
        return texts.index(heading) + self.layout.indent


def untidy_sheets(simulated: Simulated, seed: int) -> tuple[list[Sheet], dict[str, Any]]:
    """Return the untidy workbook and what was done to it.

    Args:
        simulated: The organisation, the same as in the tidy workbook.
        seed: Seed; the faults have a stream of their own.

    Returns:
        The sheets, and for the truth: `injected`, one record a fault (sheet, row as Excel shows it,
        fault, employee number, what the value should have been), and `untidy_cells`, the number of
        cells that say the right thing in an untidy way, by kind.
    """
    rng = np.random.default_rng([seed, 2])
    mess = Mess(rng)
    frames = _with_known_leavers(records(simulated), simulated.as_of)
    pages = [_page(layout, frames[layout.of], mess) for layout in layouts(simulated.as_of)]
    injected = _staff_faults(pages[0], rng) + _leaver_faults(pages[1], rng)
    front = Sheet("Front page", _front(simulated.as_of), header_rows=(), widths=(90,), plain=True)
    cells_made_untidy = dict(sorted(mess.tally.items()))
    told = {"injected": injected, "untidy_cells": cells_made_untidy}
    return [front, *(_sheet(page) for page in pages)], told


def _with_known_leavers(frames: dict[str, pd.DataFrame], as_of: date) -> dict[str, pd.DataFrame]:
    """Put people under notice on the leavers list as well, as systems that list by notice do."""
    staff = frames["Staff"]
    known = staff[staff["leave_date"] > pd.Timestamp(as_of)]
    return frames | {"Leavers": pd.concat([frames["Leavers"], known], ignore_index=True)}


def _front(as_of: date) -> list[list[Any]]:
    return [
        [f"{COUNCIL} - HR extract for workforce planning"],
        ["This council is fictional. Nobody in this file exists."],
        [None],
        [f"Position as at {long_date(as_of)}. Run by People Services."],
        ["Please refer queries about the establishment to Finance."],
    ]


def _page(layout: Layout, frame: pd.DataFrame, mess: Mess) -> _Page:
    tidy = {column.heading: column for column in columns_of(layout.of)}
    if layout.subtotal_by >= 0:
        frame = frame.sort_values(["department", "post"], kind="stable", ignore_index=True)
    values = cells(frame, tuple(tidy[heading.of] for heading in layout.headings))
    page = _Page(layout)
    for line in layout.title:
        page.put([line or None])
    _head(page)
    _body(page, values, mess)
    if layout.total_of >= 0:
        page.put([])
        page.put(_sum_row(layout, "TOTAL", values))
    if layout.note:
        page.put([])
        page.put([layout.note])
    return page


def _head(page: _Page) -> None:
    from openpyxl.utils import get_column_letter

    headings = page.layout.headings
    if any(heading.group for heading in headings):
        groups = [heading.group for heading in headings]
        starts = [i for i, group in enumerate(groups) if i == 0 or groups[i - 1] != group]
        row = page.put([group if i in starts else None for i, group in enumerate(groups)])
        for start, after in zip(starts, [*starts[1:], len(groups)], strict=True):
            left = get_column_letter(start + 1 + page.layout.indent)
            right = get_column_letter(after + page.layout.indent)
            page.merges.append(f"{left}{row}:{right}{row}")
    page.put([heading.text for heading in headings])


def _body(page: _Page, values: list[list[Any]], mess: Mess) -> None:
    layout = page.layout
    block: list[list[Any]] = []
    for index, row in enumerate(values):
        key = layout.subtotal_by
        if key >= 0 and block and block[-1][key] != row[key]:
            page.put(_sum_row(layout, f"Sub-total {block[-1][key]}", block))
            block = []
        untidy = [
            mess.value(heading.kind, value)
            for heading, value in zip(layout.headings, row, strict=True)
        ]
        page.places.append(page.put(untidy))
        block.append(row)
        if layout.blank_every and index % layout.blank_every == layout.blank_every - 1:
            page.put([])
    if layout.subtotal_by >= 0 and block:
        page.put(_sum_row(layout, f"Sub-total {block[-1][layout.subtotal_by]}", block))


def _sum_row(layout: Layout, label: str, values: list[list[Any]]) -> list[Any]:
    row: list[Any] = [None] * len(layout.headings)
    row[0] = label
    row[layout.total_of] = round(sum(float(each[layout.total_of]) for each in values), 2)
    return row


def _staff_faults(page: _Page, rng: np.random.Generator) -> list[dict[str, Any]]:
    number, fte = page.column("Pers Ref"), page.column("Contractual FTE")
    chosen = rng.choice(len(page.places), 7, replace=False)
    faults = []
    for index, place in enumerate(page.places[k] for k in chosen[:4]):
        row = page.rows[place - 1]
        was, row[fte] = row[fte], FULL_WEEK_HOURS if index < 3 else -0.5
        fault = "hours in the FTE column" if index < 3 else "negative FTE"
        faults.append(_fault(page, place, fault, row[number], str(was)))
    # A copy goes where a blank row is, so that no other row changes its number.
    blanks = [n for n, row in enumerate(page.rows, 1) if not any(row) and n > page.places[0]]
    for place, blank in zip((page.places[k] for k in chosen[4:]), blanks, strict=False):
        page.rows[blank - 1] = list(page.rows[place - 1])
        fault = f"copy of row {place}"
        faults.append(_fault(page, blank, fault, page.rows[place - 1][number], "not there"))
    return faults


def _leaver_faults(page: _Page, rng: np.random.Generator) -> list[dict[str, Any]]:
    number, start = page.column("Person Number"), page.column("Hire Date")
    leave, fte = page.column("Actual Termination Date"), page.column("Assignment FTE")
    dated = [
        place for place in page.places
        if isinstance(page.rows[place - 1][start], date)
        and isinstance(page.rows[place - 1][leave], date)
    ]  # fmt: skip
    # A small organisation may have too few leavers with two real dates for every fault.
    chosen = rng.choice(dated, min(4, len(dated)), replace=False).tolist()
    faults = []
    for place in chosen[:3]:
        row = page.rows[place - 1]
        was, row[leave] = row[leave], row[start] - timedelta(days=30)
        faults.append(_fault(page, place, "leaves before starting", row[number], was.isoformat()))
    for place in chosen[3:]:
        row = page.rows[place - 1]
        was, row[fte] = row[fte], "tbc"
        faults.append(_fault(page, place, "words in the FTE column", row[number], str(was)))
    return faults


def _fault(page: _Page, row: int, fault: str, employee: Any, should_be: str) -> dict[str, Any]:
    return {
        "sheet": page.layout.name,
        "row": row,
        "fault": fault,
        "employee_number": str(employee).lstrip("0"),
        "should_be": should_be,
    }


def _sheet(page: _Page) -> Sheet:
    width = max(len(row) for row in page.rows)
    rows = [[*row, *[None] * (width - len(row))] for row in page.rows]
    dated = [""] * page.layout.indent + [
        DATE_FORMAT if heading.kind in {"date", "birth"} else "" for heading in page.layout.headings
    ]
    return Sheet(
        page.layout.name, rows, header_rows=(), formats=tuple(dated),
        widths=(3,) * page.layout.indent + (18,) * len(page.layout.headings),
        merges=tuple(page.merges), plain=True,
    )  # fmt: skip
