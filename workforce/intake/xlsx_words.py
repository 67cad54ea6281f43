"""Bytes of a text looked at eight at a time, at many places together."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = ["MASK", "WINDOW", "Places", "Words", "pair_at", "whole_numbers", "word_at", "words_at"]

Words = NDArray[np.uint64]
Places = NDArray[np.int64]

WINDOW: Final = 24
"""Bytes looked at behind a reference: ` s="12" t="inlineStr">` and more."""
MASK: Final = np.array(
    [[(1 << 8 * max(0, min(8, length - 8 * word))) - 1 for word in range(3)]
     for length in range(WINDOW + 1)],
    dtype=np.uint64,
)  # fmt: skip
"""By length, the mask of as many bytes of three words."""


def words_at(whole: bytes, places: Places, count: int) -> Words:
    """Return words of eight bytes that begin at some places, shape (k, count)."""
    size = 8 * count
    at = np.ndarray((len(whole) - size + 1,), dtype=f"V{size}", buffer=whole, strides=(1,))
    return at[places].view("<u8").reshape(len(places), count)


def word_at(whole: bytes, places: Places) -> Words:
    """Return the word that begins at each place, its first byte the lowest, shape (k,)."""
    at = np.ndarray((len(whole) - 7,), dtype="<u8", buffer=whole, strides=(1,))
    found: Words = at[places]
    return found


def pair_at(whole: bytes, places: Places) -> NDArray[np.uint16]:
    """Return two bytes at each place, the first the lower, shape (k,)."""
    at = np.ndarray((len(whole) - 1,), dtype="<u2", buffer=whole, strides=(1,))
    found: NDArray[np.uint16] = at[places]
    return found


_TENS: Final = (
    (np.uint64(10), np.uint64(8), np.uint64(0x00FF00FF00FF00FF)),
    (np.uint64(100), np.uint64(16), np.uint64(0x0000FFFF0000FFFF)),
    (np.uint64(10_000), np.uint64(32), np.uint64(0x00000000FFFFFFFF)),
)
_ZEROS: Final = 0x3030303030303030
_LEADING: Final = np.array(
    [_ZEROS & ((1 << 8 * (8 - length)) - 1) for length in range(9)], dtype=np.uint64
)
_SHIFT: Final = np.array([(8 * (8 - length)) % 64 for length in range(9)], dtype=np.uint64)


def whole_numbers(
    whole: bytes, start: Places, length: Places
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Read up to eight digits at each place, all eight bytes of a word together.

    Args:
        whole: The text, with at least eight bytes behind the last place.
        start: Where each number begins, shape (k,).
        length: Its number of bytes, shape (k,).

    Returns:
        The numbers and where there were digits only, both of shape (k,).
    """
    short = (length >= 1) & (length <= 8)
    count = np.where(short, length, 8)
    # Digits move to the end of the word and zeros come before them; then pairs, fours and eights
    # of digits are added up.
    word = word_at(whole, start) << _SHIFT[count] | _LEADING[count]
    word = word ^ np.uint64(_ZEROS)
    high = np.uint64(0xF0F0F0F0F0F0F0F0)
    digits = ((word & high) == 0) & (((word + np.uint64(0x0606060606060606)) & high) == 0)
    for factor, shift, mask in _TENS:
        word = (word * factor + (word >> shift)) & mask
    return word.astype(np.float64), digits & short
