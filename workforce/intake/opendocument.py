"""OpenDocument spreadsheets (.ods, and .fods which is one XML file).

In this format one cell can stand for millions and a space for a
gigabyte of spaces, so that repeats are counted before anything is made of them.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from functools import lru_cache

from workforce.intake import limits
from workforce.intake.rawsheet import Merged, RawSheet, check_shape
from workforce.intake.xmlbook import XmlBook, read_book

__all__ = ["is_flat_opendocument", "read_opendocument"]

_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT, _STYLE = (
    f"{_SPACE}{each}:1.0 " for each in ("table", "office", "text", "style")
)
_FRAME, _SHAPE = (f"{_SPACE}drawing:1.0 {each}" for each in ("frame", "custom-shape"))
_CELLS = (_TABLE + "table-cell", _TABLE + "covered-table-cell")
_REPEATED, _ROWS_REPEATED = _TABLE + "number-columns-repeated", _TABLE + "number-rows-repeated"
_ACROSS, _DOWN = _TABLE + "number-columns-spanned", _TABLE + "number-rows-spanned"
_FORMULA, _KIND = _TABLE + "formula", _OFFICE + "value-type"
_NUMBERS = ("float", "percentage", "currency")
_LONGEST = 40_000


def is_flat_opendocument(text: str) -> bool:
    """Return whether a text is an OpenDocument spreadsheet in one XML file."""
    head = text[:4_000]
    return "<office:document" in head and "opendocument.spreadsheet" in head


def read_opendocument(name: str, blocks: Iterable[bytes]) -> Iterator[RawSheet]:
    """Read the sheets of an OpenDocument spreadsheet.

    Args:
        name: File name, for messages.
        blocks: The document's XML, in blocks.

    Returns:
        Its sheets in order as they are read, hidden ones marked.

    Raises:
        UserError: If it is damaged, declares entities or holds more than can be read.
    """
    return read_book(_Document(name), blocks)


class _Document(XmlBook):
    """The sheet being read."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._tables = 0
        self._style = ""
        self._hidden_styles: set[str] = set()
        self._words: list[str] | None = None
        self._note = 0
        self._begin: dict[str, Callable[[dict[str, str]], None]] = {
            _TABLE + "table": self._start_table,
            _TABLE + "table-row": self._start_row,
            _CELLS[0]: self._start_cell,
            _CELLS[1]: self._start_cell,
            _TEXT + "p": self._start_paragraph,
            _TEXT + "s": self._spaces,
            _TEXT + "tab": self._space,
            _TEXT + "line-break": self._space,
            _OFFICE + "annotation": self._start_note,
            _FRAME: self._start_note,
            _SHAPE: self._start_note,
            _STYLE + "style": self._start_style,
            _STYLE + "table-properties": self._display,
        }
        self._finish: dict[str, Callable[[], None]] = {
            _TABLE + "table": self._end_table,
            _TABLE + "table-row": self._end_row,
            _CELLS[0]: self._end_cell,
            _CELLS[1]: self._end_cell,
            _TEXT + "p": self._end_paragraph,
            _OFFICE + "annotation": self._end_note,
            _FRAME: self._end_note,
            _SHAPE: self._end_note,
        }
        self._new_table({})

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        handle = self._begin.get(tag)
        # A table within a cell is part of a drawing or of another sheet's copy, and no table of us.
        if handle is not None and (self._tables <= 1 or tag == _TABLE + "table"):
            handle(attributes)

    def finish(self, tag: str) -> None:
        """Take the end of an element."""
        handle = self._finish.get(tag)
        if handle is not None and (self._tables <= 1 or tag == _TABLE + "table"):
            handle()

    def say(self, words: str) -> None:
        """Take text."""
        if self._words is not None and self._note == 0:
            self._words.append(words)

    def _start_style(self, attributes: dict[str, str]) -> None:
        self._style = attributes.get(_STYLE + "name", "")

    def _display(self, attributes: dict[str, str]) -> None:
        if attributes.get(_TABLE + "display") == "false":
            self._hidden_styles.add(self._style)

    def _start_note(self, _attributes: dict[str, str]) -> None:
        self._note += 1

    def _end_note(self) -> None:
        self._note -= 1

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._tables += 1
        if self._tables == 1:
            self._new_table(attributes)

    def _new_table(self, attributes: dict[str, str]) -> None:
        self._title = attributes.get(_TABLE + "name", "")
        self._hidden = attributes.get(_TABLE + "style-name") in self._hidden_styles
        self._rows: list[list[object]] = []
        self._blank = self._width = 0
        self._merged: list[Merged] = []
        self._uncalculated: list[int] = []
        self._paragraphs: list[str] | None = None
        self._start_row({})

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._times = max(int(attributes.get(_ROWS_REPEATED, 1)), 1)
        self._row: list[object] = []
        self._place = 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._repeat = int(attributes.get(_REPEATED, 1))
        self._said = attributes
        self._paragraphs = []
        if _KIND not in attributes and _FORMULA in attributes:
            self._uncalculated.append(len(self._rows) + self._blank + 1)
        if _ACROSS in attributes or _DOWN in attributes:
            row = len(self._rows) + self._blank
            across, down = int(attributes.get(_ACROSS, 1)), int(attributes.get(_DOWN, 1))
            if (across > 1 or down > 1) and len(self._merged) < limits.MAX_MERGED:
                self._merged.append(
                    ((row, self._place), (row + down - 1, self._place + across - 1))
                )

    def _start_paragraph(self, _attributes: dict[str, str]) -> None:
        if self._note == 0:
            self._words = []

    def _space(self, _attributes: dict[str, str]) -> None:
        self.say(" ")

    def _spaces(self, attributes: dict[str, str]) -> None:
        self.say(" " * min(int(attributes.get(_TEXT + "c", 1)), limits.MAX_TEXT))

    def _end_paragraph(self) -> None:
        if self._note == 0 and self._words is not None:
            # Pages have headers and sheets have drawings, whose text is in no cell.
            if self._paragraphs is not None:
                self._paragraphs.append("".join(self._words)[:_LONGEST])
            self._words = None

    def _end_cell(self) -> None:
        times = self._repeat
        if times < 1:
            raise ValueError
        paragraphs, self._paragraphs = self._paragraphs or [], None
        if paragraphs or _KIND in self._said:
            value = _value(self._said, paragraphs)
            if value != "":
                row = self._row
                if self._place + times > limits.MAX_COLUMNS:
                    check_shape(self.name, 1, self._place + times)
                if self._place > len(row):
                    row += [""] * (self._place - len(row))
                row += [value] * times
        self._place += times

    def _end_row(self) -> None:
        if not self._row:
            self._blank += self._times
            return
        self._width = max(self._width, len(self._row))
        check_shape(self.name, len(self._rows) + self._blank + self._times, self._width)
        self._rows.extend([] for _ in range(self._blank))
        self._rows.extend([self._row] * self._times)
        self._blank = 0

    def _end_table(self) -> None:
        self._tables -= 1
        if self._tables:
            return
        self.complete(
            self._title,
            self._rows,
            (len(self._rows), self._width),
            hidden=self._hidden,
            merged=self._merged,
            uncalculated=self._uncalculated,
        )
        self._new_table({})


def _value(said: dict[str, str], paragraphs: list[str]) -> object:
    """Return the value of a cell; what is not what it says it is stays text."""
    shown = paragraphs[0] if len(paragraphs) == 1 else " ".join(paragraphs)
    kind = said.get(_KIND, "")
    try:
        if kind in _NUMBERS:
            return float(said[_OFFICE + "value"])
        if kind == "date":
            return _moment(said[_OFFICE + "date-value"])
        if kind == "boolean":
            return said[_OFFICE + "boolean-value"].lower() == "true"
    except (KeyError, ValueError):
        return shown
    return shown or said.get(_OFFICE + "string-value", "")


@lru_cache(10_000)
def _moment(said: str) -> object:
    moment = datetime.fromisoformat(said)
    return moment if moment.time() != time() else moment.date()
