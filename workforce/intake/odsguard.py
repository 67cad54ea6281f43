"""Checks on an OpenDocument sheet, in which one cell can stand for millions."""

import re

from workforce.intake import limits
from workforce.intake.sheetguard import Chunks, refuse_size, refuse_texts

__all__ = ["check_opendocument"]

_TOKEN = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)(?=[\s/>])"
    rb"((?:[^\"'>]++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_REPEAT = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']([^\"']*)[\"']")
_ENDLESS = 1 << 40


class _Sheet:
    """What has been seen of a sheet."""

    def __init__(self) -> None:
        """Start before the first row."""
        self.rows = self.longest = self.widest = 0
        self.new_row(1)

    def new_row(self, times: int) -> None:
        """Start a row that stands for so many."""
        self.times, self.width, self.used = times, 0, 0


def check_opendocument(name: str, chunks: Chunks) -> tuple[tuple[int, ...], ...]:
    """Refuse a document whose repeated rows, columns and texts are too much.

    Trailing empty repeats do not count: every sheet ends with them.

    Args:
        name: File name.
        chunks: The document.

    Returns:
        For each sheet the rows, from 1, with a formula whose result is not in the file.

    Raises:
        UserError: If a sheet spans more cells than can be held, or their texts are too long.
    """
    sheet, cells, texts, times, empty = _Sheet(), 0, 0, 0, True
    formulas: list[tuple[int, ...]] = []
    for chunk in chunks():
        end = 0
        for token in _TOKEN.finditer(chunk):
            texts += (token.start() - end) * times
            end, times = token.end(), 0
            closing, tag, attributes = token.groups()
            empty = attributes.endswith(b"/")
            repeated = _repeated(attributes)
            if tag == b"table" and not closing:
                sheet = _Sheet()
                formulas.append(())
            elif tag == b"table-row" and not closing:
                sheet.new_row(repeated)
                sheet.rows += repeated if empty else 0
            elif tag == b"table-row":
                sheet.rows += sheet.times
                if sheet.used:
                    sheet.longest = sheet.rows
                    sheet.widest = max(sheet.widest, sheet.used)
                    cells += sheet.used * sheet.times
                refuse_size(name, sheet.longest, sheet.widest)
                if cells > limits.MAX_CELLS:
                    refuse_size(name, limits.MAX_ROWS + 1, sheet.widest)
            elif not closing:
                sheet.width += repeated
                texts += len(attributes) * sheet.times
                if not empty or b"value" in attributes or b"formula" in attributes:
                    sheet.used = sheet.width
                    times = min(repeated, limits.MAX_CELLS) * min(sheet.times, limits.MAX_CELLS)
                if b"table:formula" in attributes and b"office:value-type" not in attributes:
                    formulas[-1:] = [(*(formulas or [()])[-1], sheet.rows + 1)]
        texts += (len(chunk) - end) * times
        if texts > limits.MAX_TEXT_BYTES:
            raise refuse_texts(name)
    return tuple(formulas)


def _repeated(attributes: bytes) -> int:
    """Return how often a row or cell stands; what is no plain number counts as endless."""
    most = 1
    for said in _REPEAT.findall(attributes):
        digits = said.strip()
        most = max(most, int(digits) if digits.isdigit() and len(digits) < 12 else _ENDLESS)
    return most
