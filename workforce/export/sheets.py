"""Sheets of a workbook: headings, tables, native charts, contents and provenance."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from types import TracebackType
from typing import IO, Any, Final

from workforce.charts import palette
from workforce.charts.figure import ExcelChart, Figure
from workforce.domain.months import first_day, month_name
from workforce.export.names import printable
from workforce.export.picture import figure_png
from workforce.export.provenance import Provenance

__all__ = ["Book", "Column"]

_LONGEST_CELL: Final = 32_767
_CHART_ROWS: Final = 25
_CHART_SIZE: Final = (900, 430)
_ROW_HEIGHT: Final = 14
_TEXT_COLUMNS: Final = 7
_TEXT_LETTERS: Final = 105
_FONT: Final = "Arial"

Cell = str | float | int | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: header, cells, width in characters."""

    header: str
    cells: Sequence[Cell]
    width: float


class Book:
    """A workbook under construction; closes itself at the end of a `with` block.

    Text is always written as text: a title, a scenario or a job title that starts with `=` is no
    formula, and one that looks like an address is no link.
    """

    def __init__(
        self, target: IO[bytes], provenance: Provenance | None, *, warnings: Sequence[str] = ()
    ) -> None:
        """Open a workbook.

        Args:
            target: Where it is written on closing.
            provenance: Written into the properties and, on request, a sheet.
            warnings: Sentences at the top of every sheet besides the provenance's own.
        """
        import xlsxwriter

        self._book = xlsxwriter.Workbook(
            target,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        self._provenance = provenance
        self._warnings = tuple(warnings)
        self._tables = 0
        made = provenance.made_on if provenance else date(2000, 1, 1)
        # Without a date of ours the library would write the clock's, and no two files would match.
        self._book.set_properties(
            {
                "title": "Digital workforce plan",
                "comments": provenance.footer() if provenance else "",
                "created": datetime(made.year, made.month, made.day),
            }
        )
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        add = self._book.add_format
        self._formats = {
            "title": add({**base, "bold": True, "font_size": 14, "font_color": palette.BLUE}),
            "text": add({**base, "text_wrap": True}),
            "wrap": add({**base, "text_wrap": True, "font_color": palette.GREY}),
            "plain": add(base),
            "muted": add({**base, "font_color": palette.MUTED}),
            "alert": add({**base, "bold": True, "font_color": palette.PINK}),
            "bold": add({**base, "bold": True}),
            "link": add({**base, "font_color": palette.BLUE, "underline": 1}),
            "head": add(
                {
                    **base,
                    "bold": True,
                    "text_wrap": True,
                    "font_color": palette.BACKGROUND,
                    "bg_color": palette.BLUE,
                }
            ),
            "number": add({**base, "num_format": "#,##0.0##"}),
            "whole": add({**base, "num_format": "#,##0"}),
            "month": add({**base, "num_format": "mmm yyyy", "align": "left"}),
        }

    def __enter__(self) -> "Book":
        """Return the workbook."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write the workbook, unless something went wrong on the way."""
        if kind is None:
            self._book.close()

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        if self._provenance is not None:
            footer = printable(self._provenance.footer()).replace("&", "&&")
            sheet.set_footer(f"&L&8{footer[:230]}")
        return sheet

    def _write(self, sheet: Any, row: int, column: int, value: Cell, look: str = "") -> None:
        formats = self._formats
        if value in (None, "") or (isinstance(value, float) and not math.isfinite(value)):
            sheet.write_blank(row, column, None, formats["plain"])
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, formats[look or "month"])
        elif isinstance(value, str):
            text = printable(value)[:_LONGEST_CELL]
            sheet.write_string(row, column, text, formats[look or "text"])
        else:
            style = "whole" if isinstance(value, int) else "number"
            sheet.write_number(row, column, value, formats[style])

    def _heading(self, sheet: Any, lines: Sequence[tuple[str, str]]) -> int:
        row = 0
        warnings = self._provenance.warnings if self._provenance is not None else ()
        for warning in (*warnings, *self._warnings):
            self._write(sheet, row, 0, warning, "alert")
            row += 1
        for text, look in lines:
            if look == "wrap":
                # Wrapped over the width of a chart; row heights of merged cells must be stated.
                sheet.merge_range(row, 0, row, _TEXT_COLUMNS - 1, "")
                sheet.set_row(row, 13.5 * math.ceil(len(text) / _TEXT_LETTERS))
            self._write(sheet, row, 0, text, look)
            row += 1
        return row + 1

    def _table(self, sheet: Any, top: int, columns: Sequence[Column]) -> None:
        headers = _distinct([printable(column.header) for column in columns])
        count = max((len(column.cells) for column in columns), default=0)
        for place, column in enumerate(columns):
            for row, cell in enumerate(column.cells, start=top + 1):
                self._write(sheet, row, place, cell)
        lines = [math.ceil(1.05 * len(column.header) / column.width) for column in columns]
        sheet.set_row(top, 13.5 * max([1, *lines]))
        self._tables += 1
        # A table needs one row of data even where there is nothing to list.
        sheet.add_table(
            top,
            0,
            top + max(count, 1),
            len(columns) - 1,
            {
                "name": f"Table{self._tables}",
                "style": "Table Style Light 1",
                "columns": [
                    {"header": header, "header_format": self._formats["head"]} for header in headers
                ],
            },
        )

    def table(self, name: str, title: str, subtitle: str, columns: Sequence[Column]) -> None:
        """Add a sheet with one table.

        Args:
            name: Sheet name.
            title: Heading.
            subtitle: Second line.
            columns: Columns of equal length.
        """
        sheet = self._sheet(name)
        top = self._heading(sheet, [(title, "title"), (subtitle, "muted")])
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        self._table(sheet, top, columns)
        sheet.freeze_panes(top + 1, 0)

    def contents(self, name: str, entries: Sequence[tuple[str, str, str]]) -> None:
        """Add a list of sheets with links to them.

        Args:
            name: Sheet name.
            entries: Sheet name, finding and what it is about.
        """
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 84)
        sheet.set_column(2, 2, 80)
        top = self._heading(sheet, [("Contents", "title")])
        for row, (target, title, about) in enumerate(entries, start=top):
            quoted = target.replace("'", "''")
            sheet.set_row(row, 13.5 * math.ceil(max(len(title), len(about)) / 78))
            sheet.write_url(row, 0, f"internal:'{quoted}'!A1", self._formats["link"], target)
            self._write(sheet, row, 1, title)
            self._write(sheet, row, 2, about)

    def provenance(self, name: str) -> None:
        """Add the sheet that says where everything comes from.

        Args:
            name: Sheet name.
        """
        if self._provenance is None:
            raise ValueError("this workbook was opened without provenance")
        sheet = self._sheet(name)
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 76)
        top = self._heading(sheet, [("Where the numbers come from", "title")])
        for row, (label, value) in enumerate(self._provenance.rows(), start=top):
            self._write(sheet, row, 0, label, "bold")
            self._write(sheet, row, 1, value)

    def figure(self, figure: Figure, name: str) -> None:
        """Add a sheet with a figure: finding, chart, how to read it, and its table.

        Args:
            figure: The figure.
            name: Sheet name.

        Raises:
            ValueError: If the figure has no mark.
        """
        figure.checked()
        sheet = self._sheet(name)
        top = self._heading(
            sheet,
            [(figure.title, "title"), (figure.subtitle, "wrap"), (figure.how_to_read, "wrap")],
        )
        columns = _columns(figure)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        start = top + _CHART_ROWS
        for row in range(top - 1, start):
            # Stated, so that every program draws the chart in the same proportions.
            sheet.set_row(row, _ROW_HEIGHT)
        self._table(sheet, start, columns)
        self._write(sheet, start + len(figure.table) + 2, 0, figure.source, "muted")
        where = {"object_position": 3, "description": figure.alt[:2_000]}
        if figure.excel is not None:
            sheet.insert_chart(top, 0, self._chart(figure, figure.excel, name, start), where)
        elif self._provenance is not None:
            # A dot with an interval is no Excel chart type: the picture stands in.
            picture = figure_png(figure, self._provenance)
            sheet.insert_image(top, 0, "figure.png", {**where, **_fitted(picture)})

    def _chart(self, figure: Figure, spec: ExcelChart, sheet: str, start: int) -> Any:
        kind: dict[str, Any] = {"type": spec.kind}
        if spec.stacked:
            kind["subtype"] = "stacked"
        chart = self._book.add_chart(kind)
        headers = list(figure.table.columns)
        drawn = len(figure.table) if spec.rows is None else spec.rows
        first, last = start + 1, start + drawn
        category = headers.index(spec.category)
        for series in spec.series:
            place = headers.index(series.column)
            look: dict[str, Any] = {
                "line": {
                    "color": series.colour,
                    "width": series.width,
                    "dash_type": series.dash,
                }
            }
            if spec.kind != "line":
                look = {
                    "fill": {"color": series.colour},
                    "border": {"color": palette.BACKGROUND},
                    "gap": 60,
                }
                if drawn <= 15 and not spec.stacked:
                    places = "#,##0" if spec.y_title == "£" else "#,##0.0"
                    look["data_labels"] = {"value": True, "num_format": places}
            chart.add_series(
                {
                    "name": [sheet, start, place],
                    "categories": [sheet, first, category, last, category],
                    "values": [sheet, first, place, last, place],
                    **look,
                }
            )
        _dress(chart, figure, spec)
        return chart


def _dress(chart: Any, figure: Figure, spec: ExcelChart) -> None:
    font = {"name": _FONT, "size": 9, "color": palette.GREY}
    chart.set_title(
        {
            "name": printable(figure.title),
            "name_font": {"name": _FONT, "size": 11, "bold": True, "color": palette.INK},
            "overlay": False,
        }
    )
    category: dict[str, Any] = {"num_font": font, "line": {"color": palette.MUTED}}
    # At the edge of the chart: beside the axis a bar below nought would run over its own name.
    category["label_position"] = "low"
    if _is_months(spec.category):
        category |= {"num_format": "mmm yyyy", "date_axis": True}
        category |= {"major_unit": 6, "major_unit_type": "months"}
    value = {
        "name": spec.y_title,
        "name_font": {**font, "bold": False},
        "num_font": font,
        "num_format": "#,##0",
        "major_gridlines": {"visible": True, "line": {"color": palette.GRID}},
        "line": {"none": True},
    }
    if spec.kind == "bar":
        # Bars lie on their side: the categories run down the page, the first one at the top.
        chart.set_y_axis({**category, "reverse": True, "crossing": "max"})
        chart.set_x_axis(value)
    else:
        chart.set_x_axis(category)
        chart.set_y_axis(value)
    chart.set_legend({"position": "bottom", "font": font})
    if len(spec.series) == 1:
        chart.set_legend({"none": True})
    chart.show_blanks_as("gap")
    chart.set_size({"width": _CHART_SIZE[0], "height": _CHART_SIZE[1]})


def _fitted(picture: bytes) -> dict[str, Any]:
    """Return the options that draw a PNG no larger than a chart would be."""
    # Width and height stand at fixed places of the first chunk (PNG specification, 11.2.2).
    width, height = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))
    density = int.from_bytes(picture[41:45], "big") if picture[37:41] == b"pHYs" else 0
    dots = density * 0.0254 if density else 96.0
    scale = min(_CHART_SIZE[0] / width, _CHART_SIZE[1] / height) * dots / 96
    return {"image_data": BytesIO(picture), "x_scale": scale, "y_scale": scale}


def _is_months(header: str) -> bool:
    return header == "Month"


def _columns(figure: Figure) -> list[Column]:
    columns = []
    for header in figure.table.columns:
        cells: list[Cell] = figure.table[header].tolist()
        if _is_months(str(header)):
            # Real dates sort and pivot; the figure's own table carries them as words.
            cells = [_month_date(str(cell)) for cell in cells]
        longest = max((len(str(cell)) for cell in cells), default=0)
        columns.append(Column(str(header), cells, min(64, max(13, longest * 1.1))))
    return columns


def _month_date(name: str) -> date:
    """Return the first day of a month written as `Mar 2029`."""
    word, year = name.split()
    short = [month_name(place).split()[0] for place in range(12)]
    return first_day(12 * int(year) + short.index(word))


def _distinct(headers: Sequence[str]) -> list[str]:
    """Return headers that differ in more than case, as Excel tables demand."""
    taken: set[str] = set()
    names = []
    for header in headers:
        name, count = header[:240] or "Column", 2
        while name.lower() in taken:
            name, count = f"{header[:230]} ({count})", count + 1
        taken.add(name.lower())
        names.append(name)
    return names
