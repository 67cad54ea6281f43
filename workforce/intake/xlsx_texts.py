"""Texts of an xlsx workbook, left as bytes until somebody asks for one."""

import re
from collections.abc import Iterator, Sequence
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
_SMALL_T = ord("t")
_EMPTY, _BETWEEN, _ITEM_END = b"<t></t>", b"\0", b"</si>"
_STRETCH: Final = 1 << 19

Offsets = NDArray[np.int32]


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
        self._begins, self._ends, self._is_plain = _items(shared)
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
        size, shared = self.size, self._shared
        own = [_decoded(self._own_list[key - size]) for key in keys if key >= size]
        places = [key for key in keys if key < size]
        if len(places) < len(keys):
            found, given = iter(own), iter(self.texts(places))
            return [next(found) if key >= size else next(given) for key in keys]
        spans = zip(self._begins[places].tolist(), self._ends[places].tolist(), strict=True)
        if not bool(self._is_plain[places].all()):
            return [_item(shared[begin:end]) for begin, end in spans]
        # To decode all at once is many times as fast as one by one.
        joined = _BETWEEN.join([shared[begin + 3 : end - 4] for begin, end in spans])
        texts = joined.decode("utf-8", "replace").split(_BETWEEN.decode())
        if len(texts) != len(places):  # none, or somebody wrote what no XML may hold
            return [self.texts([key])[0] for key in places] if len(places) > 1 else texts[:1]
        if b"&" in joined or b"_x" in joined or max(map(len, texts)) > MAX_TEXT:
            return [_unescaped(text) for text in texts]
        return texts

    def _find_blank(self) -> NDArray[np.bool_]:
        """Return which shared texts are empty."""
        blank = np.asarray(self._ends - self._begins == len(_EMPTY), dtype=bool)
        for key in np.flatnonzero(~self._is_plain):
            blank[key] = not _item(self._shared[self._begins[key] : self._ends[key]])
        return blank


def _items(shared: bytes) -> tuple[Offsets, Offsets, NDArray[np.bool_]]:
    """Return where the content of each item begins and ends, and which are a plain text."""
    found = [_items_between(shared, start, stop) for start, stop in _stretches(shared)]
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, bool)
    begins, ends, plain = zip(*found, strict=True)
    return np.concatenate(begins), np.concatenate(ends), np.concatenate(plain)


def _stretches(shared: bytes) -> Iterator[tuple[int, int]]:
    """Yield stretches of whole items, so that little is looked at together."""
    start = 0
    while (stop := shared.find(_ITEM_END, start + _STRETCH)) >= 0:
        yield start, stop + len(_ITEM_END)
        start = stop + len(_ITEM_END)
    if (stop := shared.rfind(_ITEM_END, start)) >= 0:
        yield start, stop + len(_ITEM_END)
        start = stop + len(_ITEM_END)
    if shared.find(b"<si", start) >= 0:
        raise NotPlain


def _items_between(
    shared: bytes, start: int, stop: int
) -> tuple[Offsets, Offsets, NDArray[np.bool_]]:
    letters = np.frombuffer(shared, dtype=np.uint8, count=stop - start, offset=start)
    tags = np.flatnonzero(letters == _LESS)
    first, second = letters[tags + 1], letters[tags + 2]
    opens = tags[(first == _SMALL_S) & (second == _SMALL_I)]
    ends = tags[(first == _SLASH) & (second == _SMALL_S) & (letters[tags + 3] == _SMALL_I)]
    if len(opens) != len(ends) or not bool((opens < ends).all() and (ends[:-1] < opens[1:]).all()):
        raise NotPlain
    begins = opens + 4
    for place in np.flatnonzero(letters[opens + 3] != _MORE):
        opening = _ITEM.match(shared, start + int(opens[place]))
        if opening is None or opening[0].endswith(b"/>"):
            raise NotPlain
        begins[place] = opening.end() - start
    # Rich text and phonetic guides have more tags, a text with an attribute begins otherwise.
    inside = np.searchsorted(tags, ends) - np.searchsorted(tags, begins)
    plain = (letters[begins + 1] == _SMALL_T) & (letters[begins + 2] == _MORE) & (inside == 2)
    # Both fit into half the width: the part is not larger than that.
    return (
        (begins + start).astype(np.int32),
        (ends + start).astype(np.int32),
        plain & (ends - begins >= len(_EMPTY)),
    )


def _item(item: bytes) -> str:
    """Return the text of an item of one part or several."""
    if b"<rPh" in item:
        item = _PHONETIC.sub(b"", item)
    return "".join(map(_decoded, _PART.findall(item)))[:MAX_TEXT]


def _decoded(raw: bytes) -> str:
    return _unescaped(raw[: 8 * MAX_TEXT].decode("utf-8", "replace"))


def _unescaped(text: str) -> str:
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
