"""Tables of numbers of people, made one row a number: what was counted, of whom, and when."""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.intake.context import Context
from workforce.intake.missing import ObjectArray, filled, text_of
from workforce.intake.numbers import convert_numbers
from workforce.intake.periods import Period, month_end, read_period
from workforce.intake.rows import TOTAL
from workforce.intake.table import Table

__all__ = [
    "COUNT_COLUMNS",
    "empty_counts",
    "leave_out_totals",
    "measure_of",
    "read_counts",
    "yearly_turnover",
]

COUNT_COLUMNS: Final = (
    "measure", "unit", "last_day", "span", "part", "job_title", "department", "grade", "group",
    "number", "file", "sheet", "row",
)  # fmt: skip
"""`measure`: headcount, fte, establishment, vacancies, leavers or starters; `unit`: people or fte;
`last_day`: last day of the period, NaT where no date is given; `span`: day, month, quarter,
financial year, year or empty; `part`: what else the
column's heading says (“Women”); `group`: all labels of the row; `number`: people or FTE."""

SUM: Final = "It is the sum of the rows beside it."
_FEW: Final = 3
_MONTHS_A_YEAR: Final = 12
STOCKS: Final = frozenset({"headcount", "fte", "establishment", "vacancies"})
_SKIPPED: Final = re.compile(
    r"%|percent|\brate\b|\bratio\b|\bchange\b|differ|varian|turnover|average|\bmean\b|median|"
    r"\bcost|£|salar|\bpay\b|\bdays?\b|index|proportion|share|target|cumulative|\bytd\b|"
    r"per 1,?000|forecast|projected",
    re.IGNORECASE,
)
_TOTAL: Final = re.compile(r"\b(grand |sub)?totals?\b|^all\b", re.IGNORECASE)
_MEASURES: Final = tuple(
    (measure, re.compile(words, re.IGNORECASE))
    for measure, words in (
        ("vacancies", r"vacanc|vacant|unfilled|open posts"),
        ("establishment", r"establish|budget|funded|authorised"),
        ("leavers", r"leaver|terminat|separation|\bexits?\b|resign|attrition|outflow|\bleft\b"),
        ("starters", r"starter|joiner|\bhires?\b|recruit|appointments?\b|inflow|new start"),
        ("fte", r"\bftes?\b|\bwtes?\b|full[- ]time equiv|whole[- ]time equiv"),
        (
            "headcount",
            r"head ?count|people|staff|employee|in post|persons|\bheads\b|workforce|officers|"
            r"number of posts",
        ),
    )
)
_IN_FTE: Final = _MEASURES[4][1]
_ZERO: Final = re.compile(
    r"[\"“'‘]?\s?[-–]\s?[\"”'’]?\s*(?:\w+ )?(?:means?|denotes?|represents?|indicates?|"
    r"stands? for|=|shows?)\s*(?:\w+ )?(?:zero|nil|none|0)\b", re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Series:
    """A column of numbers: what it counts (empty: the row says), in what, when, of which part."""

    index: int
    measure: str
    unit: str
    period: Period | None
    part: str = ""


def measure_of(*texts: str) -> str:
    """Return what the first text that says it says is counted, empty where none does."""
    for text in texts:
        for measure, pattern in _MEASURES:
            if pattern.search(text):
                return measure
    return ""


@lru_cache(maxsize=1)
def empty_counts() -> pd.DataFrame:
    """Return a frame of counts without rows; not to be written to."""
    return _frame([])


def read_counts(table: Table, context: Context) -> pd.DataFrame:
    """Turn a table of numbers of people into one row a number.

    Columns of percentages, changes, rates and totals are left aside. Where the rows rather than the
    columns say what is counted (“Headcount”, “Leavers”), so do they here.

    Args:
        table: A table of kind `counts`, its totals and notes marked as left out.
        context: Today.

    Returns:
        Columns `COUNT_COLUMNS`; none where nothing says what the numbers are.
    """
    leave_out_totals(table)
    around = " ".join((table.title[:300], table.sheet, table.file.rsplit(".", 1)[0]))
    numeric = {index for index, seen in enumerate(table.profiles) if _is_numeric(table, index)}
    labels = [
        index
        for index, seen in enumerate(table.profiles)
        if index not in numeric and seen.size and table.matches[index].field != "snapshot_date"
    ]
    dates = _row_periods(table, context.today, around)
    by_row = _row_measures(table, labels)
    series = [
        found
        for index in sorted(numeric)
        if (found := _series(table, index, context.today, around, rows_say=bool(by_row)))
    ]
    series = _by_month(_parts(series, table))
    _leave_out_sums(table, [each.index for each in series])
    described = _descriptions(table, labels)
    zero = bool(_ZERO.search(f"{table.title} {_notes(table)}"))
    rows: list[dict[str, Any]] = []
    for each in series:
        rows += _numbers(table, each, described, (dates, by_row), zero=zero)
    return _frame(rows)


def _parts(series: list[_Series], table: Table) -> list[_Series]:
    """Return the columns of a table that are no sums of others in it."""
    parts = [each for each in series if not _TOTAL.search(table.labels[each.index])]
    kept = [each for each in series if each in parts or _stands_alone(each, parts)]
    return kept or series


def _stands_alone(total: _Series, parts: list[_Series]) -> bool:
    return not any(
        (each.measure, each.unit, each.period) == (total.measure, total.unit, total.period)
        or total.period is None
        for each in parts
    )


def _by_month(series: list[_Series]) -> list[_Series]:
    periods = _whole_months([each.period for each in series])
    return [replace(each, period=period) for each, period in zip(series, periods, strict=True)]


def _whole_months(periods: list[Period | None]) -> list[Period | None]:
    """Take days for months where all are the first of one, as spreadsheets keep months."""
    days = {each.last for each in periods if each is not None and each.span == "day"}
    if len(days) < _FEW or any(day.day != 1 for day in days):
        return periods
    return [
        Period(month_end(each.last.year, each.last.month), "month", each.rest)
        if each is not None and each.span == "day"
        else each
        for each in periods
    ]


def leave_out_totals(table: Table) -> None:
    """Leave rows out that are totals by their label.

    Args:
        table: Of kind `counts`; changed in place.
    """
    labels = [index for index in range(len(table.labels)) if not _is_numeric(table, index)]
    named = np.zeros(len(table.rows), dtype=bool)
    for index in labels[:2]:
        texts = [text_of(value) for value in table.cells[:, index]]
        named |= np.array([bool(_TOTAL.search(text)) for text in texts], dtype=bool)
    if (table.kept & ~named).any():
        table.leave_out(named, TOTAL)


def _leave_out_sums(table: Table, columns: list[int]) -> None:
    if len(columns) < _FEW:
        return
    numbers = np.column_stack([convert_numbers(table.column_at(index))[0] for index in columns])
    kept = np.flatnonzero(table.kept)
    sums = np.zeros(len(table.rows), dtype=bool)
    sums[kept] = _sums(np.nan_to_num(numbers[kept]))
    table.leave_out(sums, SUM)


def _sums(numbers: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which rows are the sum of two or more rows right below or right above them."""
    found = np.zeros(len(numbers), dtype=bool)
    for flipped in (False, True):
        rows = numbers[::-1] if flipped else numbers
        running = np.vstack([np.zeros(rows.shape[1]), np.cumsum(np.maximum(rows, 0.0), axis=0)])
        widest = int(np.argmax(rows.sum(axis=0)))
        for place in range(len(rows) - 2):
            row = rows[place]
            if (row > 0).sum() < _FEW:
                continue
            base = running[place + 1]
            end = int(np.searchsorted(running[:, widest], base[widest] + row[widest] - 1e-6))
            if end >= place + 3 and end < len(running) and np.allclose(running[end] - base, row):
                found[len(rows) - 1 - place if flipped else place] = True
    return found


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(COUNT_COLUMNS))
    days = pd.to_datetime(frame["last_day"]).astype("datetime64[s]")
    frame = frame.assign(last_day=days, number=frame["number"].astype(float))
    return frame.astype(
        {name: "str" for name in COUNT_COLUMNS if name not in {"last_day", "number", "row"}}
        | {"row": int}
    )


def _is_numeric(table: Table, index: int) -> bool:
    seen, field = table.profiles[index], table.matches[index].field
    if field in {"snapshot_date", "grade", "department", "post_id", "employee_id", "soc_code"}:
        return False
    return bool(seen.size) and (seen.of("number") > 0.5 or seen.of("count") > 0.5)


def _series(
    table: Table, index: int, today: date, around: str, *, rows_say: bool
) -> _Series | None:
    label, group = table.labels[index], table.groups[index]
    heading = re.sub(r" \(\d+\)$", "", label)
    whole = f"{group} {heading}".strip()
    financial = _has_financial_years(table)
    period = read_period(heading, today, f"{group} {around}", financial=financial) or read_period(
        group, today, around, financial=financial
    )
    if _SKIPPED.search(whole.replace("Number and %", "")):
        return None
    # A workbook's name says too little of one of its sheets; a text file has no other.
    named = measure_of(table.title, table.sheet or table.file)
    measure = measure_of(heading, group) or ("" if rows_say else named)
    if not measure and not rows_say:
        return None
    if period is None and table.day is not None and measure in STOCKS:
        period = Period(table.day, "day")
    in_fte = measure in {"fte", "establishment"} or bool(_IN_FTE.search(f"{whole} {around}"))
    unit = "fte" if in_fte and "headcount" not in whole.lower() else "people"
    named_by = read_period(heading, today, f"{group} {around}", financial=financial)
    part = named_by.rest if named_by is not None else heading
    return _Series(index, measure, unit, period, "" if measure_of(part) else part)


def _has_financial_years(table: Table) -> bool:
    """Tell whether 2011-12 among the headings is a year rather than a month."""
    texts = (*table.labels, *table.groups)
    return any(
        int(match[2]) == (int(match[1]) + 1) % 100 and int(match[2]) > _MONTHS_A_YEAR
        for text in texts
        if (match := re.match(r"^(20\d\d)-(\d\d)$", text.strip()))
    )


def _row_periods(table: Table, today: date, around: str) -> list[Period | None]:
    """Return the period each row is about, where a column says it."""
    size = len(table.rows)
    for index, match in enumerate(table.matches):
        if match.field != "snapshot_date":
            continue
        column = table.column_at(index)
        known = _whole_months(
            [read_period(text_of(value), today, around) for value in column.uniques]
        )
        return [known[code] for code in column.codes]
    return [None] * size


def _row_measures(table: Table, labels: list[int]) -> list[str]:
    """Return what each row counts, where the first column of labels says it of most rows."""
    for index in labels:
        found = [measure_of(text_of(value)) for value in table.cells[:, index]]
        told = [measure for measure, kept in zip(found, table.kept, strict=True) if kept]
        if told and len(set(told) - {""}) >= 2 and sum(map(bool, told)) >= 0.6 * len(told):
            return found
    return []


def _descriptions(table: Table, labels: list[int]) -> dict[str, ObjectArray]:
    """Return job title, department, grade and all labels together, by row."""
    size = len(table.rows)
    found: dict[str, ObjectArray] = {
        name: np.full(size, "", dtype=object) for name in ("job_title", "department", "grade")
    }
    parts = []
    for index in labels:
        column = table.column_at(index)
        texts = np.array(
            [text_of(value) if there else "" for value, there in
             zip(column.values, filled(column), strict=True)], dtype=object,
        )  # fmt: skip
        texts = _filled_down(texts) if index == labels[0] and len(labels) > 1 else texts
        parts.append(texts)
        field = {"job_family": "job_title"}.get(
            table.matches[index].field or "", table.matches[index].field
        )
        if field in found:
            found[field] = np.where(found[field] == "", texts, found[field]).astype(object)
    together = [" · ".join(filter(None, row)) for row in zip(*parts, strict=True)] if parts else []
    found["group"] = np.array(together or [""] * size, dtype=object)
    return found


def _filled_down(texts: ObjectArray) -> ObjectArray:
    """Repeat the labels of merged cells in the rows they cover."""
    places = np.where(texts != "", np.arange(len(texts)), 0)
    result: ObjectArray = texts[np.maximum.accumulate(places)]
    return result


def _notes(table: Table) -> str:
    texts = []
    for place in list(table.left_out)[:50]:
        texts += [text_of(cell) for cell in table.cells[place] if isinstance(cell, str) and cell]
    return " ".join(texts)[:5000]


def _numbers(
    table: Table,
    series: _Series,
    described: dict[str, ObjectArray],
    by_row: tuple[list[Period | None], list[str]],
    *,
    zero: bool,
) -> list[dict[str, Any]]:
    periods, measures = by_row
    column = table.column_at(series.index)
    numbers, _ = convert_numbers(column)
    if zero:
        dashes = np.array([text_of(value) in {"-", "–"} for value in column.uniques], dtype=bool)
        dashes = column.spread_mask(dashes)
        numbers = np.where(dashes, 0.0, numbers)
    rows = []
    for place in np.flatnonzero(table.kept & np.isfinite(numbers) & (numbers >= 0)):
        measure = series.measure or (measures[place] if measures else "")
        if not measure:
            continue
        period = series.period or periods[place]
        rows.append(
            {
                "measure": measure,
                "unit": "fte" if measure == "fte" else series.unit,
                "last_day": period.last if period else None,
                "span": period.span if period else "",
                "part": series.part,
                **{name: texts[place] for name, texts in described.items()},
                "number": float(numbers[place]),
                "file": table.file,
                "sheet": table.sheet,
                "row": int(table.rows[place]),
            }
        )
    return rows


def yearly_turnover(counts: pd.DataFrame) -> tuple[float, float, pd.Timestamp] | None:
    """Return leavers, average headcount and last day of the latest twelve months counted.

    The rate is leavers by the mean of the headcounts of those months, each month's people counted
    once, as the ONS and CIPD do it (“crude turnover”).

    Args:
        counts: Columns `COUNT_COLUMNS`.

    Returns:
        `None` where twelve months of leavers and a headcount among them are not given, or where the
        two come from different files.
    """
    people = counts[(counts["unit"] == "people") & counts["last_day"].notna()]
    months = people[people["span"].isin(["month", "day"])]
    leavers = months[(months["measure"] == "leavers") & (months["span"] == "month")]
    stock = months[months["measure"] == "headcount"]
    for file in leavers["file"].drop_duplicates():
        left = leavers[leavers["file"] == file].groupby("last_day")["number"].sum()
        there = stock[stock["file"] == file].groupby("last_day")["number"].sum()
        if len(left) < 12 or not len(there):
            continue
        last = left.index.max()
        first = last - pd.DateOffset(months=12)
        year = left[left.index > first]
        heads = there[(there.index > first) & (there.index <= last)]
        if len(year) == 12 and len(heads) and heads.mean() > 0:
            return float(year.sum()), float(heads.mean()), last
    return None
