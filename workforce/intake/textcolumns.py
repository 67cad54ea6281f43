"""Columns of texts, changed and compared by distinct text instead of row by row."""

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.intake.column import Codes, Column
from workforce.intake.missing import is_missing, text_of
from workforce.intake.table import Table

__all__ = [
    "changed",
    "constant",
    "first_known",
    "known",
    "only_where",
    "strings",
    "text_column",
    "where",
]


def text_column(table: Table, name: str) -> Column:
    """Return a field as texts, empty where missing or where there is no such column."""
    values = table.column(name)
    return constant("", len(table.rows)) if values is None else known(values)


def constant(text: str, size: int) -> Column:
    """Return a column that holds the same text everywhere."""
    return Column(np.zeros(size, dtype=np.int32), np.array([text], dtype=object))


def known(values: Column) -> Column:
    """Return cells as texts, empty where something stands for “missing”."""
    return changed(values, lambda text: "" if is_missing(text) else text)


def changed(values: Column, change: Callable[[str], str]) -> Column:
    """Return texts changed by distinct value; different ones may become the same."""
    texts = np.empty(len(values.uniques), dtype=object)
    texts[:] = [change(text_of(value)) for value in values.uniques.tolist()]
    return Column(values.codes, texts)


def where(values: Column, text: str) -> NDArray[np.bool_]:
    """Return where a column of texts is the same as a text, shape (n,)."""
    return values.spread_mask(np.asarray(values.uniques == text, dtype=bool))


def only_where(values: Column, mask: NDArray[np.bool_]) -> Column:
    """Return texts where a mask holds, shape (n,), and empty ones elsewhere."""
    codes: Codes = np.where(mask, values.codes + 1, 0).astype(np.int32)
    return Column(codes, np.append(np.array([""], dtype=object), values.uniques))


def first_known(values: Column, others: Column) -> Column:
    """Return the first of two texts that is not empty, by row."""
    shifted = others.codes + len(values.uniques)
    codes: Codes = np.where(where(values, ""), shifted, values.codes).astype(np.int32)
    return Column(codes, np.append(values.uniques, others.uniques))


def strings(values: Column) -> "pd.api.extensions.ExtensionArray":
    """Return a column of texts as pandas holds texts, without an object for each cell."""
    return pd.array(values.uniques, dtype="str").take(values.codes)
