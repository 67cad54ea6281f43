"""XML Spreadsheet 2003: the workbook format of Excel before .xlsx, and of many exports since."""

import re
from collections.abc import Iterator
from datetime import datetime

from workforce.intake import limits
from workforce.intake.rawsheet import Merged, RawSheet, check_shape
from workforce.intake.xmlbook import XmlBook, read_book

__all__ = ["is_xml_spreadsheet", "read_xml_spreadsheet"]

_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_VIEW = "urn:schemas-microsoft-com:office:excel"
_WORKBOOK = re.compile(r"<(?:[\w.-]+:)?Workbook[\s>]")
_BLOCK = 1 << 16
_NOTE = "The file is an XML spreadsheet (2003) under the name of a workbook; it was read as such."


def is_xml_spreadsheet(text: str) -> bool:
    """Return whether a text is a workbook in XML, from its first letters on."""
    head = text[:20_000].lstrip("\ufeff \r\n\t")
    return head.startswith("<") and _SHEETS in head and _WORKBOOK.search(head) is not None


def read_xml_spreadsheet(name: str, content: bytes) -> Iterator[RawSheet]:
    """Read the sheets of an XML spreadsheet.

    Args:
        name: File name, for messages.
        content: The bytes, in the encoding that they declare.

    Returns:
        Its sheets in order as they are read, hidden ones marked.

    Raises:
        UserError: If it is damaged, declares entities or holds more than can be read.
    """
    content = content.lstrip(b" \r\n\t")
    blocks = (content[start : start + _BLOCK] for start in range(0, len(content), _BLOCK))
    return read_book(_Book(name), blocks)


class _Book(XmlBook):
    """The sheet being read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._text: list[str] | None = None
        self._row = self._span = self._column = self._across = 0
        self._new_sheet("")

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if tag == f"{_SHEETS} Worksheet":
            self._new_sheet(attributes.get(f"{_SHEETS} Name", ""))
        elif tag == f"{_SHEETS} Row":
            index = attributes.get(f"{_SHEETS} Index")
            self._row = _whole(index) if index else self._row + self._span + 1
            self._span = _whole(attributes.get(f"{_SHEETS} Span", "0"))
            self._column = 0
        elif tag == f"{_SHEETS} Cell":
            self._start_cell(attributes)
        elif tag == f"{_SHEETS} Data":
            self._kind = attributes.get(f"{_SHEETS} Type", "String")
            self._text, self._calculated = [], True
        elif tag == f"{_VIEW} Visible":
            self._text = []

    def say(self, words: str) -> None:
        """Take text."""
        if self._text is not None:
            self._text.append(words)

    def finish(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == f"{_SHEETS} Data" and self._text is not None:
            value = _value("".join(self._text), self._kind)
            if value != "":
                self._put(value)
            self._text = None
        elif tag == f"{_SHEETS} Cell":
            if not self._calculated:
                self._uncalculated.append(self._row)
            self._column += self._across
        elif tag == f"{_VIEW} Visible":
            self._hidden = "Hidden" in "".join(self._text or [])
            self._text = None
        elif tag == f"{_SHEETS} Worksheet":
            self._end_sheet()

    def _new_sheet(self, title: str) -> None:
        self._title = title
        self._rows: dict[int, list[object]] = {}
        self._merged: list[Merged] = []
        self._uncalculated: list[int] = []
        self._row = self._span = self._column = self._across = 0
        self._height = self._width = 0
        self._hidden, self._calculated, self._kind = False, True, "String"

    def _start_cell(self, attributes: dict[str, str]) -> None:
        index = attributes.get(f"{_SHEETS} Index")
        self._column = _whole(index) if index else self._column + 1
        self._across = _whole(attributes.get(f"{_SHEETS} MergeAcross", "0"))
        down = _whole(attributes.get(f"{_SHEETS} MergeDown", "0"))
        self._calculated = f"{_SHEETS} Formula" not in attributes
        if (self._across or down) and len(self._merged) < limits.MAX_MERGED:
            top, left = self._row - 1, self._column - 1
            self._merged.append(((top, left), (top + down, left + self._across)))

    def _put(self, value: object) -> None:
        if self._row < 1 or self._column < 1:
            raise ValueError
        self._width = max(self._width, self._column)
        self._height = max(self._height, self._row)
        check_shape(self.name, self._height, self._width)
        row = self._rows.setdefault(self._row, [])
        row += [""] * (self._column - len(row))
        row[self._column - 1] = value

    def _end_sheet(self) -> None:
        self.complete(
            self._title,
            (self._rows.get(row, []) for row in range(1, self._height + 1)),
            (self._height, self._width),
            hidden=self._hidden,
            merged=self._merged,
            notes=(_NOTE,) if self.first else (),
            uncalculated=self._uncalculated,
        )
        self._new_sheet("")


def _whole(digits: str) -> int:
    number = int(digits)
    if not 0 <= number < 10**9:
        raise ValueError
    return number


def _value(text: str, kind: str) -> object:
    """Return the value of a cell; what is not what it says it is stays text."""
    if kind == "Error":
        return ""
    try:
        if kind == "Number":
            return float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text)
            return moment if moment.time().isoformat() != "00:00:00" else moment.date()
        if kind == "Boolean":
            return bool(int(text))
    except ValueError:
        pass
    return text
