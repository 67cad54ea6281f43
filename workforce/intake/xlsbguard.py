"""Checks on the binary sheets of an xlsb: records of a kind, a length and a body."""

from collections import Counter
from collections.abc import Iterator

from workforce.intake import limits
from workforce.intake.sheetguard import refuse_size, refuse_texts

__all__ = ["BinaryTexts"]

_ROW = 0
_CELLS = range(2, 12)
_SHARED = 7
_TEXT = 19


class BinaryTexts:
    """The texts of an xlsb and the cells that refer to them."""

    def __init__(self) -> None:
        """Start with nothing read."""
        self._sizes: list[int] = []
        self._used: Counter[bytes] = Counter()

    def add(self, name: str, content: bytes) -> None:
        """Read the records of a member; refuse a sheet that spans too much.

        Args:
            name: File name.
            content: The member.

        Raises:
            UserError: If it spans more than can be held.
        """
        row = widest = longest = cells = 0
        for kind, start, size in _records(content):
            if kind == _TEXT:
                self._sizes.append(size)
            elif kind == _ROW:
                row = int.from_bytes(content[start : start + 4], "little") + 1
            elif kind in _CELLS:
                cells += 1
                column = int.from_bytes(content[start : start + 4], "little") + 1
                widest, longest = max(widest, column), max(longest, row)
                if kind == _SHARED:
                    self._used[content[start + 8 : start + 12]] += 1
        refuse_size(name, longest, widest)
        if cells > limits.MAX_CELLS or len(self._sizes) > limits.MAX_TEXTS:
            refuse_size(name, limits.MAX_ROWS + 1, widest)

    def check(self, name: str) -> None:
        """Refuse a workbook whose cells would hold too much text.

        Raises:
            UserError: If so.
        """
        total = 0
        for reference, times in self._used.items():
            place = int.from_bytes(reference, "little")
            total += times * self._sizes[place] if place < len(self._sizes) else 0
        if total > 2 * limits.MAX_TEXT_BYTES:  # two bytes a letter
            raise refuse_texts(name)


def _records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, start and length of the records; kind and length are 7-bit numbers."""
    position, end = 0, len(content)
    while position + 2 <= end:
        kind, position = _seven_bit(content, position, 2)
        size, position = _seven_bit(content, position, 4)
        yield kind, position, size
        position += size


def _seven_bit(content: bytes, position: int, most: int) -> tuple[int, int]:
    value = 0
    for index in range(most):
        if position >= len(content):
            break
        byte = content[position]
        position += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            break
    return value, position
