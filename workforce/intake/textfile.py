"""Text tables: which encoding, which separator, which rows."""

import csv
import io
from collections import Counter

from workforce.domain.errors import UserError
from workforce.intake import limits

__all__ = ["decode", "read_text_rows"]

_SEPARATORS = ",;\t|"
_MOST_LINES = 8 * limits.MAX_ROWS
"""A cell may hold several lines; blank lines are read, and count."""
# Bytes that are letters of Central Europe in cp1250 and punctuation or nothing in cp1252.
_CENTRAL_EUROPEAN = frozenset(b"\x8c\x9c\x8d\x9d\x8f\x9f\x9a\x9e\xb9\xbf\xb3\xa3\xe6\xea\xf1")


def decode(name: str, content: bytes) -> tuple[str, str]:
    """Return the text of a file and the encoding it was read in.

    UTF-8 and UTF-16 are recognised by their mark or by what they look like; everything else is read
    as cp1252, the encoding of British Windows, unless Polish or Czech letters dominate.

    Raises:
        UserError: If the file is not text.
    """
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    head = content[:65536]
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        # Every other byte is empty in British text of this kind, even where no mark says so.
        if head[first::2].count(0) > 0.8 * (len(head) // 2) and not head[1 - first :: 2].count(0):
            try:
                return content.decode(encoding), encoding
            except UnicodeDecodeError:
                break
    if b"\x00" in head:
        raise UserError(
            f"{name} is not a spreadsheet. Upload an Excel workbook (.xlsx, .xls, .xlsb), an "
            "OpenDocument spreadsheet (.ods) or a text table (.csv)."
        )
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    high = Counter(byte for byte in content if byte >= 0x80)
    pounds = high[0xA3]
    central = sum(count for byte, count in high.items() if byte in _CENTRAL_EUROPEAN) - pounds
    encoding = "cp1250" if high and central > 0.6 * (sum(high.values()) - pounds) > 5 else "cp1252"
    return content.decode(encoding, errors="replace"), encoding


def read_text_rows(name: str, text: str) -> tuple[list[list[object]], str]:
    """Split a delimited text file into records.

    Args:
        name: File name, for messages.
        text: The text.

    Returns:
        The records (one a row, as Excel would number them) and the separator.

    Raises:
        UserError: If it cannot be split into records, or there are more than can be read.
    """
    text = text.rstrip("\r\n")
    separator = _separator(text)
    lines = max(text.count("\n"), text.count("\r"))
    if text.count(separator) > limits.MAX_CELLS or lines > _MOST_LINES:
        raise _too_large(name)
    rows: list[list[object]] = []
    blank = cells = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            if not any(record):
                blank += 1
                continue
            cells += len(record)
            if len(rows) + blank >= limits.MAX_ROWS or cells > limits.MAX_CELLS:
                raise _too_large(name)
            rows.extend([] for _ in range(blank))
            rows.append(list(record))
            blank = 0
    except csv.Error:
        raise UserError(
            f"{name} cannot be split into rows and columns: a quotation mark is opened and never "
            "closed. Save it again as CSV from Excel and upload that."
        ) from None
    # Excel writes its own separator as an instruction to itself on the first line.
    if rows and rows[0] and len(rows[0]) <= 2 and str(rows[0][0]).lower().startswith("sep="):
        rows[0] = []
    return rows, separator


def _too_large(name: str) -> UserError:
    return UserError(
        f"{name} has more than {limits.MAX_ROWS:,} rows or {limits.MAX_CELLS:,} cells, more than "
        "can be read. Split it by year or leave out columns that are not needed."
    )


def _separator(text: str) -> str:
    """Return the separator that splits the first lines most often into equally many cells."""
    head = text[:200_000]
    first = head.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    lines = [line for line in head.splitlines() if line.strip()][:200]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(record) for record in csv.reader(lines, delimiter=separator))
        except csv.Error:
            continue
        score = max(
            ((width - 1) * count**1.5 for width, count in widths.items() if width > 1),
            default=0.0,
        )
        # Commas stand inside numbers and names; a rarer separator needs less to convince.
        if score > best_score * (1.0 if separator == "," else 1.05):
            best, best_score = separator, score
    return best
