"""Workbooks that are one XML document: read with expat, element by element, sheet by sheet.

Nothing is kept of the document but its cells. A document type, without which there are no entities,
is refused where it begins; so is nesting that no workbook needs.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import NoReturn
from xml.parsers import expat

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.cells import pack_rows
from workforce.intake.rawsheet import Merged, RawSheet, damaged

__all__ = ["XmlBook", "read_book"]


class XmlBook(ABC):
    """The state of reading: where we are, and the sheets that are complete."""

    def __init__(self, name: str) -> None:
        """Begin a document.

        Args:
            name: File name, for messages.
        """
        self.name = name
        self._ready: list[RawSheet] = []
        self._sheets = self._depth = 0

    @abstractmethod
    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""

    @abstractmethod
    def finish(self, tag: str) -> None:
        """Take the end of an element."""

    @abstractmethod
    def say(self, words: str) -> None:
        """Take text."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the start of an element, unless it lies too deep."""
        self._depth += 1
        if self._depth > limits.MAX_NESTING:
            raise UserError(
                f"{self.name} nests elements more than {limits.MAX_NESTING} deep, so it was not "
                "read. Open it in a spreadsheet program, save it as a workbook (.xlsx) and upload "
                "that."
            )
        self.begin(tag, attributes)

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        self._depth -= 1
        self.finish(tag)

    def refuse_entities(self, *_declared: object) -> NoReturn:
        """Refuse a document type."""
        raise UserError(
            f"{self.name} declares external or nested entities, which a workbook never needs, so "
            "it was not opened. Save it again as a workbook (.xlsx) and upload that."
        )

    def take(self) -> list[RawSheet]:
        """Return the sheets that were completed since."""
        ready, self._ready = self._ready, []
        return ready

    @property
    def first(self) -> bool:
        """Whether no sheet is complete yet."""
        return self._sheets == 0

    def complete(
        self,
        title: str,
        rows: Iterable[Sequence[object]],
        shape: tuple[int, int],
        *,
        hidden: bool = False,
        merged: Sequence[Merged] = (),
        notes: tuple[str, ...] = (),
        uncalculated: Iterable[int] = (),
    ) -> None:
        """Add a sheet that has ended.

        Args:
            title: Its name.
            rows: Its rows, no longer than it is wide.
            shape: Its height and width.
            hidden: Whether it is hidden.
            merged: Merged areas.
            notes: Sentences about how it was read.
            uncalculated: Rows, from 1, with a formula without a result.

        Raises:
            UserError: If there are too many sheets.
        """
        self._sheets += 1
        if self._sheets > limits.MAX_SHEETS:
            raise UserError(
                f"{self.name} has more than {limits.MAX_SHEETS} sheets. Keep those that matter "
                "and upload that copy."
            )
        height, width = shape
        cells: Iterator[list[object]] = ([*row, *[""] * (width - len(row))] for row in rows)
        self._ready.append(
            RawSheet(
                title,
                pack_rows(cells, height, width),
                hidden,
                tuple(merged),
                notes,
                tuple(dict.fromkeys(uncalculated)),
            )
        )


def read_book(book: XmlBook, blocks: Iterable[bytes]) -> Iterator[RawSheet]:
    """Read a document.

    Args:
        book: Takes its elements.
        blocks: The document's XML in the encoding that it declares, in blocks.

    Yields:
        Its sheets in order, as they are completed.

    Raises:
        UserError: If it is damaged, declares entities or holds more than can be read.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = book.refuse_entities
    parser.StartElementHandler = book.start
    parser.EndElementHandler = book.end
    parser.CharacterDataHandler = book.say
    try:
        for block in blocks:
            parser.Parse(block, False)
            yield from book.take()
        parser.Parse(b"", True)
    except UserError:
        raise
    except (expat.ExpatError, ValueError, LookupError) as fault:
        raise damaged(book.name, fault) from None
    yield from book.take()
