"""Web pages saved as workbooks: many HR systems' “export to Excel” is an HTML table named .xls.

Tags are taken one after the other; nothing is loaded, followed or run, and what a page says about
scripts, styles and entities of its own is passed over.
"""

import html
import re
from collections.abc import Iterator

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.cells import pack_rows
from workforce.intake.rawsheet import Merged, RawSheet, check_shape

__all__ = ["is_web_page", "read_web_page"]

_TAG = re.compile(
    r"<(?:(!--)|(/?)([a-zA-Z][a-zA-Z0-9:-]*+)"
    r"((?:[^\"'<>]++|\"[^\"<]*+\"|'[^'<]*+')*+[^<>]*+)>)"
)
_PAGE = re.compile(r"<(?:html|table|body)[\s>]")
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>")
_UNSEEN = frozenset({"script", "style", "title", "xml", "template", "noscript"})
_INLINE = frozenset(
    ("a", "abbr", "b", "big", "em", "font", "i", "s", "small", "span", "strong", "sub", "sup", "u")
)
_NOTE = (
    "The file is a web page under the name of a workbook. Its tables were read, one below the "
    "other, as Excel shows them; their cells are text."
)


def is_web_page(text: str) -> bool:
    """Return whether a text is a web page with a table, from its first letters on."""
    head = text[:200_000].lstrip("\ufeff \r\n\t").lower()
    return head.startswith("<") and _PAGE.search(head) is not None


def read_web_page(name: str, text: str) -> Iterator[RawSheet]:
    """Read the tables of a web page as one sheet.

    Args:
        name: File name, for messages.
        text: The page.

    Yields:
        The sheet: tables and the text between them, from top to bottom.

    Raises:
        UserError: If the page holds no table, or more than can be read.
    """
    page = _Page(name)
    position = 0
    while match := _TAG.search(text, position):
        page.say(text[position : match.start()])
        if match[1]:
            end = text.find("-->", match.end())
            position = end + 3 if end >= 0 else len(text)
            continue
        position = match.end()
        tag = match[3].lower()
        if tag in _UNSEEN and not match[2] and not match[0].endswith("/>"):
            position = _after(text, tag, position)
        elif match[2]:
            page.close(tag)
        else:
            page.open(tag, match[4])
    page.say(text[position:])
    page.end()
    if not page.tables:
        raise UserError(
            f"{name} is a web page without a table. Export the list again as a workbook or CSV "
            "file, and upload that."
        )
    titles = _SHEET_NAME.findall(text[:200_000])
    width = page.width
    rows: Iterator[list[object]] = ([*row, *[""] * (width - len(row))] for row in page.rows)
    yield RawSheet(
        html.unescape(titles[0]) if len(titles) == 1 else "",
        pack_rows(rows, len(page.rows), width),
        merged=tuple(page.merged),
        notes=(_NOTE,),
    )


def _after(text: str, tag: str, position: int) -> int:
    """Return where something unseen ends; the rest of the page where it does not."""
    closing = re.compile(rf"</{re.escape(tag)}\s*>", re.IGNORECASE).search(text, position)
    return closing.end() if closing else len(text)


class _Table:
    """A table being read: rows that reach down into the next ones, and the cell that is open."""

    def __init__(self) -> None:
        self.row: list[str] | None = None
        self.reaching: dict[int, int] = {}
        self.index = self.place = 0
        self.cell: list[str] | None = None
        self.spans = (1, 1)


class _Page:
    """What has been read of a page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.merged: list[Merged] = []
        self.width = 1
        self.tables = 0
        self._open: list[_Table] = []
        self._between: list[str] = []

    def say(self, words: str) -> None:
        """Take text: into the open cell, or as a line of its own between tables."""
        if not words:
            return
        if not self._open:
            self._between.append(words)
        elif (cell := self._open[-1].cell) is not None:
            cell.append(words)

    def open(self, tag: str, attributes: str) -> None:
        """Take an opening tag."""
        if tag == "table":
            self._flush()
            if len(self._open) >= limits.MAX_NESTING:
                raise UserError(
                    f"{self.name} nests tables more than {limits.MAX_NESTING} deep, so it was not "
                    "read. Open it in Excel, save it as a workbook (.xlsx) and upload that."
                )
            self._open.append(_Table())
            self.tables += 1
        elif self._open and tag == "tr":
            self._end_row(self._open[-1])
            self._open[-1].row = []
        elif self._open and tag in ("td", "th"):
            self._end_cell(self._open[-1])
            self._start_cell(self._open[-1], attributes)
        elif tag not in _INLINE:
            self.say(" ")
            if not self._open and tag != "br":
                self._flush()

    def close(self, tag: str) -> None:
        """Take a closing tag."""
        if self._open and tag in ("td", "th"):
            self._end_cell(self._open[-1])
        elif self._open and tag == "tr":
            self._end_row(self._open[-1])
        elif self._open and tag == "table":
            self._end_row(self._open.pop())
            if not self._open:
                self._add([])
        elif tag not in _INLINE:
            self.say(" ")
            if not self._open:
                self._flush()

    def end(self) -> None:
        """Close what is still open."""
        while self._open:
            self.close("table")
        self._flush()
        while self.rows and not any(self.rows[-1]):
            self.rows.pop()

    def _flush(self) -> None:
        """Put the text between tables into a row of its own."""
        words = _plain("".join(self._between))
        self._between = []
        if words:
            self._add([words])

    def _start_cell(self, table: _Table, attributes: str) -> None:
        if table.row is None:
            table.row = []
        while table.reaching.get(table.place, 0) > table.index:
            table.place += 1
        said = {each[0].lower(): int(each[1]) for each in _SPAN.findall(attributes)}
        across = min(max(said.get("col", 1), 1), limits.MAX_COLUMNS + 1)
        table.spans = (min(max(said.get("row", 1), 1), limits.MAX_ROWS), across)
        table.cell = []

    def _end_cell(self, table: _Table) -> None:
        if table.cell is None or table.row is None:
            return
        words, (down, across) = _plain("".join(table.cell)), table.spans
        if words:
            table.row += [""] * (table.place - len(table.row)) + [words]
        if (down, across) != (1, 1) and len(self.merged) < limits.MAX_MERGED:
            top = len(self.rows)
            self.merged.append(((top, table.place), (top + down - 1, table.place + across - 1)))
        if down > 1:
            table.reaching |= {table.place + step: table.index + down for step in range(across)}
        table.place += across
        check_shape(self.name, len(self.rows) + 1, table.place)
        table.cell = None

    def _end_row(self, table: _Table) -> None:
        self._end_cell(table)
        if table.row is None:
            return
        self._add(table.row)
        table.index += 1
        table.row, table.place = None, 0

    def _add(self, row: list[str]) -> None:
        self.rows.append(row)
        self.width = max(self.width, len(row))
        check_shape(self.name, len(self.rows), self.width)


def _plain(words: str) -> str:
    """Return text as it is shown: entities resolved, spaces collapsed."""
    return " ".join(html.unescape(words).split())
