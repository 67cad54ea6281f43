"""Sheets that help a reader or a drop-down list and hold no records: notes, indexes, look-ups."""

import re
from typing import Final

from workforce.intake.table import Table

__all__ = ["HELPER", "is_helper_name", "is_lookup"]

HELPER: Final = "It is on a sheet of notes or lists, which holds no records."
_NAMES: Final = re.compile(
    r"^(\d+[. _-]*)?(read ?me|notes?|index|contents?|table of contents|toc|cover( sheet| page)?|"
    r"front ?(page|sheet)|guid(e|ance)( notes)?|instructions?|about|introduction|intro|"
    r"metadata|"
    r"meta ?data|definitions?|glossary|data (dictionary|definitions|items|quality|"
    r"validation|lists?)|dictionary|lists?|look ?ups?|lookup (lists?|tables?|values)|"
    r"validation( lists?)?|"
    r"drop ?downs?( lists?)?|picklists?|reference( data| tables?| lists?)?|ref data|codes?|"
    r"code ?(list|sets?|book)s?|change ?(log|history)|version( control| history)?|"
    r"parameters?|"
    r"settings|config|key|legend|help|terms|disclaimer|information|info|background|methodology|"
    r"sources?|technical notes?|how to( use)?( this)?.*|document control|"
    r"title( page)?)( \(\d+\))?$",
    re.IGNORECASE,
)


def is_helper_name(name: str) -> bool:
    """Return whether a sheet is named like one of notes, an index or lists."""
    return bool(_NAMES.match(re.sub(r"[_\-]+", " ", name).strip()))


def is_lookup(table: Table) -> bool:
    """Tell columns of values to choose from: none repeats, and they end at different rows.

    Args:
        table: A table that names no person.
    """
    seen = [each for each in table.profiles if each.size]
    if len(seen) < 2 or not all(each.unique == 1.0 for each in seen):
        return False
    lengths = []
    for index, each in enumerate(table.profiles):
        if not each.size:
            continue
        there = table.cells.columns[index].where_filled()
        count = int(there.sum())
        if not there[:count].all():
            return False
        lengths.append(count)
    return len(set(lengths)) >= 2
