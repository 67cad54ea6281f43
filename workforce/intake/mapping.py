"""What somebody said about a file, saved so that next month's file of the layout needs no words."""

import json
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from workforce.domain.bands import Cause
from workforce.domain.errors import UserError
from workforce.domain.families import ALL_FAMILIES
from workforce.intake.fields import FIELDS, KINDS

__all__ = ["Mapping", "TableMapping"]

SCHEMA: Final = "workforce-mapping"
VERSION: Final = 1
_ORDERS: Final = ("", "dmy", "mdy")


def _frozen(values: MappingType[str, str] | None = None) -> MappingType[str, str]:
    return MappingProxyType(dict(values or {}))


@dataclass(frozen=True)
class TableMapping:
    """Corrections to one table.

    Attributes:
        sheet: Sheet name, empty for text files and for “any sheet”.
        file: File name, empty for “any file”, which is what makes next month's file work.
        header_row: Header row as Excel numbers it, `None` to find it.
        kind: Kind of table, empty to find it.
        columns: Heading -> field, empty for “none of ours”.
    """

    sheet: str = ""
    file: str = ""
    header_row: int | None = None
    kind: str = ""
    columns: MappingType[str, str] = field(default_factory=_frozen)

    def __post_init__(self) -> None:
        """Check fields and kind."""
        object.__setattr__(self, "columns", _frozen(self.columns))
        for heading, name in self.columns.items():
            if name and name not in FIELDS:
                raise UserError(
                    f"The mapping sends the column “{heading}” to “{name}”, which is no field. "
                    f"Use one of: {', '.join(FIELDS)}."
                )
        if self.kind and self.kind not in KINDS:
            raise UserError(
                f"The mapping calls the sheet “{self.sheet}” “{self.kind}”, which is no kind of "
                f"table. Use one of: {', '.join(KINDS)}."
            )
        if self.header_row is not None and self.header_row < 1:
            raise UserError("The mapping's header row must be 1 or more, as Excel numbers rows.")


@dataclass(frozen=True)
class Mapping:
    """Corrections to a set of files.

    Attributes:
        tables: By table.
        date_order: `dmy`, `mdy`, or empty to find it.
        families: Folded job title -> role family.
        causes: Leaving reason in lower case -> cause.
        as_of: Date of the extract, `None` to find it.
    """

    tables: tuple[TableMapping, ...] = ()
    date_order: str = ""
    families: MappingType[str, str] = field(default_factory=_frozen)
    causes: MappingType[str, str] = field(default_factory=_frozen)
    as_of: date | None = None

    def __post_init__(self) -> None:
        """Check values."""
        object.__setattr__(self, "families", _frozen(self.families))
        object.__setattr__(self, "causes", _frozen(self.causes))
        if self.date_order not in _ORDERS:
            raise UserError(
                f"The mapping's date order “{self.date_order}” is neither dmy (day first) nor mdy."
            )
        for title, family in self.families.items():
            if family not in ALL_FAMILIES:
                raise UserError(f"The mapping puts “{title}” in “{family}”, which is no family.")
        for reason, cause in self.causes.items():
            if cause not in tuple(Cause):
                raise UserError(f"The mapping reads “{reason}” as “{cause}”, which is no cause.")

    def for_table(self, file: str, sheet: str) -> TableMapping:
        """Return the corrections to a table: those for its file, else for its sheet, else none."""
        for exact_file in (True, False):
            for each in self.tables:
                if each.sheet == sheet and each.file == (file if exact_file else ""):
                    return each
        return TableMapping(sheet=sheet)

    def to_json(self) -> str:
        """Return the mapping as the text of a mapping file."""
        return json.dumps(
            {
                "schema": SCHEMA,
                "version": VERSION,
                "tables": [
                    {
                        "file": each.file,
                        "sheet": each.sheet,
                        "header_row": each.header_row,
                        "kind": each.kind,
                        "columns": dict(each.columns),
                    }
                    for each in self.tables
                ],
                "date_order": self.date_order,
                "families": dict(sorted(self.families.items())),
                "causes": dict(sorted(self.causes.items())),
                "as_of": self.as_of.isoformat() if self.as_of else None,
            },
            ensure_ascii=False,
            indent=2,
        )

    @classmethod
    def from_json(cls, text: str | bytes) -> "Mapping":
        """Read a mapping file.

        Args:
            text: Its contents.

        Returns:
            The mapping.

        Raises:
            UserError: If it is no mapping file, of a later version, or says something impossible.
        """
        try:
            raw = json.loads(text)
        except (ValueError, RecursionError):
            raise UserError(
                "The mapping file cannot be read: it is not JSON. Save it again from the Data page."
            ) from None
        if not isinstance(raw, dict) or raw.get("schema") != SCHEMA:
            raise UserError(
                "That is not a mapping file. Choose one that was saved from the Data page."
            )
        if raw.get("version") != VERSION:
            raise UserError(
                f"The mapping file has version {raw.get('version')}; this program reads version "
                f"{VERSION}. Update the program, or save the mapping again."
            )
        tables = raw.get("tables", [])
        if not isinstance(tables, list) or not all(isinstance(each, dict) for each in tables):
            raise UserError("The mapping file is damaged: its tables are not a list of groups.")
        return cls(
            tables=tuple(_table(each) for each in tables),
            date_order=str(raw.get("date_order") or ""),
            families=_texts(raw.get("families"), "families"),
            causes=_texts(raw.get("causes"), "causes"),
            as_of=_day(raw.get("as_of")),
        )


def _table(raw: MappingType[str, Any]) -> TableMapping:
    row = raw.get("header_row")
    if row is not None and (not isinstance(row, int) or isinstance(row, bool)):
        raise UserError(f"The mapping file's header row “{row}” is not a whole number.")
    return TableMapping(
        sheet=str(raw.get("sheet") or ""),
        file=str(raw.get("file") or ""),
        header_row=row,
        kind=str(raw.get("kind") or ""),
        columns=_texts(raw.get("columns"), "columns"),
    )


def _texts(raw: object, what: str) -> MappingType[str, str]:
    if raw is None:
        return _frozen()
    if not isinstance(raw, dict):
        raise UserError(f"The mapping file is damaged: its {what} are not a group of values.")
    return _frozen({str(key): str(value or "") for key, value in raw.items()})


def _day(raw: object) -> date | None:
    if raw in (None, ""):
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise UserError(
            f"The mapping file's date “{raw}” cannot be read. Write it as 2026-09-30."
        ) from None
