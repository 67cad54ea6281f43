"""Workbooks as Excel and its like write them, read without a detour over single cells.

A file that is in any way unusual raises `NotPlain` before anything of it is used, and goes through
all checks to the general reader.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as Xml

from workforce.intake import limits
from workforce.intake.xlsx_scan import DAY, NUMBER, SPAN, Scanner
from workforce.intake.xlsx_sheet import PlainSheet, read_plain_sheet
from workforce.intake.xlsx_texts import NotPlain, XlsxTexts

__all__ = ["NotPlain", "PlainBook", "PlainEntry", "open_plain_book"]

_WORKBOOK: Final = "xl/workbook.xml"
_LARGEST_PART: Final = 32 << 20
_MOST_TEXT: Final = 128 << 20
_FAULTS: Final = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, LookupError, RuntimeError,
    OverflowError,
)  # fmt: skip
_OURS: Final = re.compile(
    r"^http://(?:schemas\.openxmlformats\.org/spreadsheetml/2006/main|"
    r"purl\.oclc\.org/ooxml/spreadsheetml/main)$"
)
_DATE_FORMATS: Final = frozenset([*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)])
"""Formats without a code of their own, those of East Asian versions among them (ECMA-376 part 1,
18.8.30)."""
_SPAN_FORMATS: Final = frozenset([46])
_IN_BRACKETS: Final = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_NO_LETTERS: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


@dataclass(frozen=True, slots=True)
class PlainEntry:
    """A sheet by its place in the workbook.

    Attributes:
        name: Its name.
        hidden: Whether it is hidden.
        member: Its part of the archive, empty for a chart.
        place: Place among all sheets, from 0.
    """

    name: str
    hidden: bool
    member: str
    place: int


@dataclass(frozen=True, slots=True)
class PlainBook:
    """An opened workbook.

    Attributes:
        archive: The file.
        entries: Its sheets in order.
    """

    archive: zipfile.ZipFile
    entries: tuple[PlainEntry, ...]
    _scanner: Scanner
    _texts: XlsxTexts

    def read(self, entry: PlainEntry) -> PlainSheet:
        """Read a sheet.

        Raises:
            NotPlain: If it is not as spreadsheet programs write it.
        """
        with _only_plain():
            return read_plain_sheet(
                self.archive, _known(self.archive, entry.member), self._scanner, self._texts
            )


@contextmanager
def _only_plain() -> Iterator[None]:
    """Take any fault of a damaged file for a sign that another reader must say what is wrong."""
    try:
        yield
    except _FAULTS:
        raise NotPlain from None


def open_plain_book(archive: zipfile.ZipFile) -> PlainBook:
    """Read what a workbook says of its sheets, styles and shared texts.

    Args:
        archive: The workbook, its declared sizes checked.

    Raises:
        NotPlain: If it is not as spreadsheet programs write it.
    """
    with _only_plain():
        return _open(archive)


def _open(archive: zipfile.ZipFile) -> PlainBook:
    book = _parse(archive, _WORKBOOK)
    properties = _first(book, "workbookPr")
    if properties is not None and properties.get("date1904", "0") not in {"0", "false"}:
        raise NotPlain
    targets = _targets(archive)
    entries = tuple(_entries(book, targets))
    if len(entries) > limits.MAX_SHEETS:
        raise NotPlain
    styles = next((path for kind, path in targets.values() if kind == "styles"), "")
    shared = next((path for kind, path in targets.values() if kind == "sharedStrings"), "")
    texts = XlsxTexts(_part(archive, shared, _MOST_TEXT) if shared else b"")
    sorts = _sorts(_parse(archive, styles)) if styles else [NUMBER]
    return PlainBook(archive, entries, Scanner(sorts, texts), texts)


def _part(archive: zipfile.ZipFile, member: str, largest: int) -> bytes:
    if archive.getinfo(_known(archive, member)).file_size > largest:
        raise NotPlain
    return archive.read(member)


def _known(archive: zipfile.ZipFile, member: str) -> str:
    if archive.NameToInfo.get(member) is None:
        raise NotPlain
    return member


def _parse(archive: zipfile.ZipFile, member: str) -> Xml.Element:
    text = _part(archive, member, _LARGEST_PART)
    # Entities can only be declared in a document type, which no workbook has.
    if b"<!" in text or b"\0" in text:
        raise NotPlain
    try:
        root = Xml.fromstring(text)  # noqa: S314 - nothing is declared in it, see above
    except Xml.ParseError:
        raise NotPlain from None
    return root


def _first(root: Xml.Element, name: str) -> Xml.Element | None:
    return next((each for each in root if each.tag.rpartition("}")[2] == name), None)


def _targets(archive: zipfile.ZipFile) -> dict[str, tuple[str, str]]:
    """Return kind and part of what the workbook refers to, by identifier."""
    found = {}
    for each in _parse(archive, "xl/_rels/workbook.xml.rels"):
        target, kind = each.get("Target", ""), each.get("Type", "").rpartition("/")[2]
        if each.get("TargetMode") == "External":
            continue
        path = target[1:] if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        found[each.get("Id", "")] = (kind, path)
    return found


def _entries(book: Xml.Element, targets: dict[str, tuple[str, str]]) -> Iterator[PlainEntry]:
    sheets = _first(book, "sheets")
    if sheets is None or not _OURS.match(sheets.tag[1:].partition("}")[0]):
        raise NotPlain
    for place, sheet in enumerate(sheets):
        key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
        kind, path = targets.get(key, ("", ""))
        if not kind or "name" not in sheet.attrib:
            raise NotPlain
        hidden = sheet.get("state", "visible") != "visible"
        yield PlainEntry(sheet.attrib["name"], hidden, path if kind == "worksheet" else "", place)


def _sorts(styles: Xml.Element) -> list[int]:
    """Return by style whether its numbers are days, spans of time or numbers."""
    formats = _first(styles, "numFmts")
    own = {
        int(each.get("numFmtId", "0")): each.get("formatCode", "")
        for each in (formats if formats is not None else ())
        if each.get("numFmtId", "0").isdecimal()
    }
    cells = _first(styles, "cellXfs")
    found = []
    for each in cells if cells is not None else ():
        text = each.get("numFmtId", "0")
        number = int(text) if text.isdecimal() else 0
        if number in own:
            found.append(_sort_of_format(own[number]))
        else:
            found.append(
                DAY if number in _DATE_FORMATS else SPAN if number in _SPAN_FORMATS else NUMBER
            )
    return found


def _sort_of_format(code: str) -> int:
    """Tell a format of dates by the letters that stand for parts of a date.

    Source: ECMA-376 part 1, 18.8.31 (number formats); only the first section counts, which is that
    of positive numbers.
    """
    code = re.sub(r'"[^"]*"|\\.', "", code).partition(";")[0]
    if _IN_BRACKETS.search(code):
        return SPAN
    letters = _NO_LETTERS.sub("", code).lower()
    if letters.strip() == "general":
        return NUMBER
    return DAY if any(letter in letters for letter in "ymdhs") or "a/p" in letters else NUMBER
