"""Texts of an xlsx workbook, left as bytes until somebody asks for one."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.intake.limits import MAX_TEXT

__all__ = ["NotPlain", "XlsxTexts"]


class NotPlain(Exception):  # noqa: N818 - no error: another reader takes over
    """The file is not in the form the quick reader knows; another reader has to decide."""


_ITEM: Final = re.compile(rb"<si(?:\s[^>]*)?>")
_PHONETIC: Final = re.compile(rb"<rPh\b.*?</rPh>", re.DOTALL)
_PART: Final = re.compile(rb"<t(?:\s[^>]*)?>([^<]*)</t>")
_ENTITY: Final = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NAMED: Final = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_LESS, _SMALL_S, _SMALL_I, _SLASH, _MORE = b"<si/>"
_PLAIN_START, _PLAIN_END = b"<t>", b"</t>"


class XlsxTexts:
    """Texts by key: first those all sheets share, then those written into cells.

    Args:
        shared: The part `xl/sharedStrings.xml`, empty where there is none.

    Raises:
        NotPlain: If the part is not as spreadsheet programs write it.
    """

    def __init__(self, shared: bytes = b"") -> None:
        """Find where each text begins and ends."""
        if b"<!" in shared or b"<?" in shared[5:]:
            raise NotPlain
        self._shared = shared
        self._begins, self._ends = _items(shared)
        self.blank = self._find_blank()
        self._own: dict[bytes, int] = {}
        self._own_list: list[bytes] = []

    @property
    def size(self) -> int:
        """Number of texts that all sheets share."""
        return len(self._begins)

    def key_of(self, text: bytes) -> int:
        """Return the key of a text that stands in a cell itself, -1 where it is empty."""
        if not text:
            return -1
        key = self._own.get(text)
        if key is None:
            key = self._own[text] = self.size + len(self._own_list)
            self._own_list.append(text)
        return key

    def texts(self, keys: Sequence[int]) -> list[str]:
        """Return the texts of some keys, cut at `MAX_TEXT` characters."""
        size = self.size
        return [
            _decoded(self._own_list[key - size]) if key >= size else self._item(key) for key in keys
        ]

    def _item(self, key: int) -> str:
        item = self._shared[self._begins[key] : self._ends[key]]
        if item.startswith(_PLAIN_START) and item.find(b"<", 1) == len(item) - 4:
            return _decoded(item[3:-4])
        if b"<rPh" in item:
            item = _PHONETIC.sub(b"", item)
        return "".join(map(_decoded, _PART.findall(item)))[:MAX_TEXT]

    def _find_blank(self) -> NDArray[np.bool_]:
        """Return which shared texts are empty."""
        length = self._ends - self._begins
        blank = np.asarray(length == len(_PLAIN_START) + len(_PLAIN_END), dtype=bool)
        letters = np.frombuffer(self._shared + b"\0\0\0", dtype=np.uint8)
        # An item that does not begin with a plain text may be rich text, or have an attribute.
        odd = np.asarray(letters[self._begins + 2] != _MORE, dtype=bool)
        for key in np.flatnonzero(odd):
            blank[key] = not self._item(int(key))
        return blank


def _items(shared: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where the content of each item begins and ends."""
    letters = np.frombuffer(shared + b"\0\0\0\0", dtype=np.uint8)
    tags = np.flatnonzero(letters == _LESS)
    first, second, third = letters[tags + 1], letters[tags + 2], letters[tags + 3]
    opens = tags[(first == _SMALL_S) & (second == _SMALL_I)]
    ends = tags[(first == _SLASH) & (second == _SMALL_S) & (third == _SMALL_I)]
    if len(opens) != len(ends) or not bool((opens < ends).all()):
        raise NotPlain
    if len(opens) > 1 and not bool((ends[:-1] < opens[1:]).all()):
        raise NotPlain
    begins = opens + 4
    for place in np.flatnonzero(letters[opens + 3] != _MORE):
        start = int(opens[place])
        found = _ITEM.match(shared, start)
        if found is None or found[0].endswith(b"/>"):
            raise NotPlain
        begins[place] = found.end()
    return begins, ends


def _decoded(raw: bytes) -> str:
    if len(raw) > 8 * MAX_TEXT:
        raw = raw[: 8 * MAX_TEXT]
    text = raw.decode("utf-8", "replace")
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    if "_x" in text:
        text = _ESCAPED.sub(_letter, text)
    return text[:MAX_TEXT] if len(text) > MAX_TEXT else text


def _entity(found: re.Match[str]) -> str:
    decimal, hexadecimal, name = found.groups()
    if name:
        return _NAMED[name]
    return _character(int(decimal) if decimal else int(hexadecimal, 16))


def _letter(found: re.Match[str]) -> str:
    return _character(int(found[1], 16))


def _character(number: int) -> str:
    """Return a character; halves of one stand for none and could not be written anywhere."""
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else "\ufffd"
