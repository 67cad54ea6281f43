"""What is refused before it is read, so that memory stays bounded whatever is uploaded."""

from typing import Final

__all__ = [
    "MAX_CELLS",
    "MAX_CELLS_IN_ALL",
    "MAX_COLUMNS",
    "MAX_FILE_BYTES",
    "MAX_MEMBERS",
    "MAX_MERGED",
    "MAX_NESTING",
    "MAX_RATIO",
    "MAX_ROWS",
    "MAX_SHEETS",
    "MAX_TEXT",
    "MAX_TEXTS",
    "MAX_TEXT_BYTES",
    "MAX_UNPACKED_BYTES",
    "RATIO_FROM_BYTES",
]

MAX_FILE_BYTES: Final = 200 * 1024 * 1024
MAX_UNPACKED_BYTES: Final = 1536 * 1024 * 1024
MAX_MEMBERS: Final = 5_000
RATIO_FROM_BYTES: Final = 64 * 1024 * 1024
"""Small members may compress as well as they like."""
MAX_RATIO: Final = 300
MAX_ROWS: Final = 1_048_576
MAX_COLUMNS: Final = 1_024
MAX_CELLS: Final = 26 * MAX_ROWS
"""The fast reader allocates the whole rectangle a sheet spans, 32 bytes a cell, empty or not."""
MAX_CELLS_IN_ALL: Final = MAX_CELLS + MAX_CELLS // 4
"""Over all sheets of a workbook, so that many large empty ones cost no hours."""
MAX_SHEETS: Final = 200
MAX_TEXT: Final = 500
"""Characters kept of a cell: no heading or value that counts is longer, and patterns take time that
grows faster than the text."""
MAX_TEXTS: Final = 10_000_000
"""Different texts in a workbook."""
MAX_TEXT_BYTES: Final = 1024 * 1024 * 1024
"""Texts of all cells together, a text counted as often as it is repeated."""
MAX_MERGED: Final = 100_000
MAX_NESTING: Final = 100
"""Elements within each other in a web page or XML file."""
