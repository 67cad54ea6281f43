"""Layouts of HR extracts with invented values, and what each of their columns is.

`layouts/*.toml` hold headings as systems write them, the field each stands for and what its values
look like. The fields were written down before intake was run on them.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from intake_files import book, text_file

FOLDER = Path(__file__).parent / "layouts"
_FIRST = ["Aisha", "Ben", "Carys", "Dafydd", "Ewa", "Fiona", "Gareth", "Hana", "Ian", "Joy",
          "Kwame", "Lena", "Marek", "Nia", "Oliver", "Priya", "Rhys", "Sara", "Tom",
          "Uma"]  # fmt: skip
_LAST = ["Adams", "Begum", "Clarke", "Davies", "Evans", "Fletcher", "Green", "Hughes", "Iqbal",
         "Jones", "Khan", "Lewis", "Morgan", "Novak", "Okafor", "Patel", "Quinn", "Roberts",
         "Singh", "Taylor"]  # fmt: skip
_TITLES = ["Data Analyst", "Social Worker", "Senior Developer", "Planning Officer",
           "Cyber Security Analyst", "Finance Manager", "Business Support Officer",
           "Service Designer", "Systems Administrator", "Housing Officer",
           "Head of Digital", "Programme Manager", "Teaching Assistant", "Solicitor"]  # fmt: skip
_STREETS = ["High Street", "Mill Lane", "Station Road", "Church Walk"]


@dataclass(frozen=True)
class Expected:
    """A column: its heading, the fields it may be taken for (empty: none of ours), its values."""

    heading: str
    fields: frozenset[str]
    values: str


@dataclass(frozen=True)
class Layout:
    """A file of one table."""

    name: str
    file: str
    sheet: str
    kind: str
    above: tuple[str, ...]
    columns: tuple[Expected, ...]
    rows: int

    def content(self) -> bytes:
        """Return the bytes of the file, the same each time."""
        rng = random.Random(self.name)  # noqa: S311 - the same values each time
        made = [_values(each.values, self.rows, rng) for each in self.columns]
        rows: list[list[Any]] = [[line] for line in self.above]
        rows.append([each.heading for each in self.columns])
        rows += [list(row) for row in zip(*made, strict=True)]
        if self.file.endswith(".csv"):
            return text_file([[_quoted(cell) for cell in row] for row in rows])
        return book({self.sheet: rows})


def load_layouts(pattern: str = "*.toml") -> Iterator[Layout]:
    """Yield the layouts of the files that match, in order."""
    for path in sorted(FOLDER.glob(pattern)):
        for raw in tomllib.loads(path.read_text(encoding="utf-8"))["layout"]:
            columns = []
            for line in raw["columns"].strip().splitlines():
                heading, fields, values = (part.strip() for part in line.split("::"))
                kinds = frozenset("" if one == "-" else one for one in fields.split("/"))
                columns.append(Expected(heading, kinds, values))
            yield Layout(
                raw["name"], raw["file"], raw.get("sheet", ""), raw["kind"],
                tuple(raw.get("above", ())), tuple(columns), raw.get("rows", 36),
            )  # fmt: skip


def _quoted(cell: object) -> str:
    text = (
        "" if cell is None else cell.strftime("%d/%m/%Y") if isinstance(cell, date) else str(cell)
    )
    return f'"{text}"' if any(mark in text for mark in ',"\n') else text


def _values(spec: str, size: int, rng: random.Random) -> list[Any]:
    """Make values: `a | b` chooses, a maker's name makes, `@0.3` fills three in ten."""
    spec, _, share = spec.partition(" @")
    filled = float(share) if share else 1.0
    word, *more = spec.split() or [""]
    maker = _MAKERS.get(word)
    made = []
    for number in range(size):
        if rng.random() >= filled:
            made.append("")
        elif maker:
            made.append(maker(rng, more, number))
        elif spec.startswith("~"):
            made.append(_pattern(spec[1:], rng, number))
        else:
            made.append(rng.choice([one.strip() for one in spec.split("|")]))
    return made


def _pattern(text: str, rng: random.Random, number: int) -> str:
    """Return the text with a number in place of its signs `#`, different for each row."""
    width = text.count("#")
    digits = f"{(number * 7919 + 104_729) % 10**width:0{width}d}"
    return "".join(digits[text[:i].count("#")] if sign == "#" else sign
                   for i, sign in enumerate(text))  # fmt: skip


def _day(rng: random.Random, more: list[str]) -> date:
    low, high = int(more[0]), int(more[1])
    first = date(low, 1, 1)
    last = min(date(high, 12, 28), date(2026, 9, 28)) if high <= 2026 else date(high, 12, 28)
    return first + timedelta(days=rng.randrange((last - first).days))


def _number(rng: random.Random, more: list[str], places: int) -> float | int:
    value = rng.uniform(float(more[0]), float(more[1]))
    return round(value, places) if places else int(value)


_MAKERS = {
    "serial": lambda rng, more, n: n + 1,
    "first": lambda rng, more, n: rng.choice(_FIRST),
    "last": lambda rng, more, n: rng.choice(_LAST),
    "name": lambda rng, more, n: f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
    "full": lambda rng, more, n: f"{rng.choice(_LAST)}, {rng.choice(_FIRST)}",
    "title": lambda rng, more, n: rng.choice(_TITLES),
    "email": lambda rng, more, n: (
        f"{rng.choice(_FIRST)}.{rng.choice(_LAST)}@anytown.gov.uk".lower()
    ),
    "nino": lambda rng, more, n: f"QQ{100_000 + n * 37:06d}C",
    "phone": lambda rng, more, n: f"01603 {200_000 + n * 131}",
    "postcode": lambda rng, more, n: f"NR{1 + n % 9} {1 + n % 8}AB",
    "street": lambda rng, more, n: f"{n + 1} {rng.choice(_STREETS)}",
    "cell": lambda rng, more, n: _day(rng, more),
    "dmy": lambda rng, more, n: _day(rng, more).strftime("%d/%m/%Y"),
    "dmy2": lambda rng, more, n: _day(rng, more).strftime("%d/%m/%y"),
    "mdy": lambda rng, more, n: _day(rng, more).strftime("%m/%d/%Y"),
    "iso": lambda rng, more, n: _day(rng, more).isoformat(),
    "isotime": lambda rng, more, n: f"{_day(rng, more).isoformat()}T00:00:00.000",
    "mmm": lambda rng, more, n: _day(rng, more).strftime("%d-%b-%Y"),
    "mmyyyy": lambda rng, more, n: _day(rng, more).strftime("%m/%Y"),
    "dots": lambda rng, more, n: _day(rng, more).strftime("%d.%m.%Y"),
    "ymd8": lambda rng, more, n: int(_day(rng, more).strftime("%Y%m%d")),
    "excel": lambda rng, more, n: (_day(rng, more) - date(1899, 12, 30)).days,
    "int": lambda rng, more, n: _number(rng, more, 0),
    "num1": lambda rng, more, n: _number(rng, more, 1),
    "num": lambda rng, more, n: _number(rng, more, 2),
    "money": lambda rng, more, n: f"£{_number(rng, more, 0):,}",
    "dollars": lambda rng, more, n: f"${_number(rng, more, 2):,.2f}",
    "hundreds": lambda rng, more, n: int(_number(rng, more, 0)) // 100 * 100,
    "thousands": lambda rng, more, n: int(_number(rng, more, 0)) // 1000 * 1000,
}
