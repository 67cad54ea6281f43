"""Columns about identity: what was dropped is said, and protected ones are read when asked for."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from workforce.domain.findings import Severity
from workforce.intake import columns
from workforce.intake.context import Context
from workforce.intake.fields import FIELDS
from workforce.intake.privacy import hash_identifiers, row_key
from workforce.intake.table import Table

__all__ = ["PROTECTED", "read_protected", "say_dropped", "with_protected"]

PROTECTED: Final = tuple(key for key, field in FIELDS.items() if field.protected)
"""What can be read for the fairness check, where age bands, always read, join them."""
_TURNED: Final = frozenset({"employee_id", "birth_date"})
"""Personal fields of which something lasts: a key that leads nowhere, an age band."""


def say_dropped(tables: Sequence[Table], context: Context) -> None:
    """Say which columns about identity were recognised and what became of them, once for all.

    Args:
        tables: Tables with their columns matched.
        context: Findings, and whether the fairness check was asked for.
    """
    personal = _headings(tables, {k for k, f in FIELDS.items() if f.personal} - _TURNED)
    if personal:
        context.notes.add(
            "personal-dropped",
            Severity.INFO,
            f"{_listed(personal)} {_verb(personal, 'tells', 'tell')} who somebody is.",
            done="Dropped: no value of them is kept.",
            advice="Leave such columns out of the extract; nothing here needs them.",
        )
    protected = _headings(tables, set(PROTECTED))
    if not protected:
        return
    what = f"{_listed(protected)} {_verb(protected, 'holds', 'hold')} protected characteristics."
    if context.fairness:
        context.notes.add(
            "protected-read", Severity.INFO, what,
            done="Read for the fairness check and for nothing else.",
        )  # fmt: skip
        return
    context.notes.add(
        "protected-left-out",
        Severity.INFO,
        what,
        done="Left out unread: they enter no count and no forecast.",
        advice="They are read only if you ask for the fairness check.",
    )


def read_protected(table: Table, context: Context) -> pd.DataFrame:
    """Return the protected characteristics of a table of people; nothing unless asked for.

    Args:
        table: The table with its cells.
        context: Salt, and whether the fairness check was asked for.

    Returns:
        One row a row of the table: `person` as in `people`, and the fields of `PROTECTED` it has,
        as texts, empty where nothing is given. Without columns unless the check was asked for.
    """
    if not context.fairness:
        return pd.DataFrame()
    found: dict[str, int] = {}
    for index, match in sorted(enumerate(table.matches), key=lambda pair: -pair[1].confidence):
        if match.field in PROTECTED:
            found.setdefault(str(match.field), index)
    identifiers = table.column("employee_id")
    person = (
        np.full(len(table.rows), "", dtype=object)
        if identifiers is None
        else hash_identifiers(identifiers, context.salt)
    )
    for blank in np.flatnonzero(person == ""):
        person[blank] = row_key(table.file, table.sheet, int(table.rows[blank]), context.salt)
    values = {name: columns.known_texts(table.column_at(place)) for name, place in found.items()}
    return pd.DataFrame({"person": person, **values})


def with_protected(people: pd.DataFrame, given: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return people with their protected characteristics, the last that is on record of each.

    Args:
        people: Records of people.
        given: What `read_protected` returned, table by table.

    Returns:
        The same rows with a column of texts for each of `PROTECTED`, empty where nothing is known.
    """
    new: dict[str, list[str]] = {}
    for name in PROTECTED:
        known: dict[str, str] = {}
        for frame in given:
            if name in frame:
                there = frame[frame[name] != ""]
                known |= dict(zip(there["person"], there[name], strict=True))
        new[name] = [known.get(person, "") for person in people["person"]]
    return people.assign(
        **{name: pd.Series(new[name], index=people.index, dtype="str") for name in PROTECTED}
    )


def _headings(tables: Sequence[Table], fields: set[str]) -> list[str]:
    found = (each.column for table in tables for each in table.matches if each.field in fields)
    return list(dict.fromkeys(found))


def _listed(headings: list[str]) -> str:
    quoted = [f"“{each}”" for each in headings]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def _verb(headings: list[str], one: str, several: str) -> str:
    return one if len(headings) == 1 else several
