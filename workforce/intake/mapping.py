"""What somebody said about a file, saved so that next month's file of the layout needs no words."""

import json
import re
from collections.abc import Collection
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from workforce.domain.bands import Cause
from workforce.domain.errors import UserError
from workforce.domain.families import ALL_FAMILIES
from workforce.intake.fields import FIELDS, KINDS
from workforce.intake.units import UNIT_NAMES

__all__ = ["Mapping", "TableMapping"]

SCHEMA: Final = "workforce-mapping"
VERSION: Final = 1
_ORDERS: Final = ("", "dmy", "mdy")
_PERIOD: Final = re.compile(
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|"
    r"oct(ober)?|nov(ember)?|dec(ember)?"
)


def layout_name(name: str) -> str:
    """Return a name of a file or sheet without what changes from month to month.

    Args:
        name: Such as `Staff Sep 2026` or `staff_2026-10.csv`.

    Returns:
        What stays, such as `staff`; empty where the name is a period and nothing else.
    """
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", name.strip()).lower()
    return " ".join(word for word in re.findall("[a-z]+", stem) if not _PERIOD.fullmatch(word))


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
        units: Heading -> unit its numbers are in, of those in `units.UNITS`.
        place: Which table of the sheet, counted from 1; 0 for all of them.
    """

    sheet: str = ""
    file: str = ""
    header_row: int | None = None
    kind: str = ""
    columns: MappingType[str, str] = field(default_factory=_frozen)
    units: MappingType[str, str] = field(default_factory=_frozen)
    place: int = 0

    def __post_init__(self) -> None:
        """Check fields, units and kind."""
        object.__setattr__(self, "columns", _frozen(self.columns))
        object.__setattr__(self, "units", _frozen(self.units))
        for heading, unit in self.units.items():
            if unit not in UNIT_NAMES:
                raise UserError(
                    f"The mapping reads “{heading}” in “{unit}”, which is no unit. "
                    f"Use one of: {', '.join(UNIT_NAMES)}."
                )
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
        if self.place < 0:
            raise UserError("The mapping's number of a table on its sheet must be 1 or more.")

    def knows(self, headings: Collection[str]) -> bool:
        """Return whether these can be the headings it was made for: at least half are known."""
        return 2 * sum(each in self.columns for each in headings) >= max(1, len(headings))


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

    def for_table(
        self, file: str, sheet: str, place: int = 1, beside: Collection[str] = ()
    ) -> TableMapping:
        """Return what was said of a table, or of the same table last month.

        What was said of the file itself comes first, then what was said of a sheet of this name in
        any other file, then of a sheet or file whose name differs only in the period it is of.
        What was said of a file read at the same time is never carried over to another.

        Args:
            file: File name.
            sheet: Sheet name, empty for text files.
            place: Which table of the sheet, from 1.
            beside: Names of all files of this reading.

        Returns:
            The corrections, empty ones where nothing was said.
        """
        ranked = [
            (rank, order, each)
            for order, each in enumerate(self.tables)
            if each.place in {0, place}
            and (rank := _distance(each, file, sheet, beside)) is not None
        ]
        if not ranked:
            return TableMapping(sheet=sheet, file=file)
        best = min(rank for rank, _, _ in ranked)
        # Of two sayings about the same table the later one counts.
        return max((order, each) for rank, order, each in ranked if rank == best)[1]

    def for_next_time(self) -> "Mapping":
        """Return what holds for next month's files too: everything but the day they describe."""
        return replace(self, as_of=None)

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
                        **({"units": dict(each.units)} if each.units else {}),
                        **({"table": each.place} if each.place else {}),
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


def _distance(
    said: TableMapping, file: str, sheet: str, beside: Collection[str]
) -> tuple[int, int, bool] | None:
    """Return how far a table lies from the one that something was said of, `None` if too far."""
    same_file = said.file == file
    same_layout = layout_name(said.file) == layout_name(file)
    if same_file and said.sheet == sheet:
        return 0, 0, said.place == 0
    if same_file or (said.file and said.file in beside):
        return None
    if said.sheet == sheet and (sheet or not said.file or same_layout):
        return 1, 0 if same_layout else 1, said.place == 0
    if sheet and said.sheet and layout_name(said.sheet) == layout_name(sheet):
        return 2, 0 if same_layout else 1, said.place == 0
    return None


def _whole(raw: MappingType[str, Any], key: str, what: str) -> int | None:
    value = raw.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise UserError(f"The mapping file's {what} “{value}” is not a whole number.")
    return value


def _table(raw: MappingType[str, Any]) -> TableMapping:
    return TableMapping(
        sheet=str(raw.get("sheet") or ""),
        file=str(raw.get("file") or ""),
        header_row=_whole(raw, "header_row", "header row"),
        kind=str(raw.get("kind") or ""),
        columns=_texts(raw.get("columns"), "columns"),
        units=_texts(raw.get("units"), "units"),
        place=_whole(raw, "table", "number of a table") or 0,
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
