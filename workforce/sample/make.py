"""The sample organisation as a workbook with the truth beside it."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from workforce.sample.catalogue import COUNCIL
from workforce.sample.parameters import SampleParameters
from workforce.sample.records import Simulated
from workforce.sample.simulate import simulate
from workforce.sample.tidy import tidy_sheets
from workforce.sample.untidy import untidy_sheets
from workforce.sample.workbook import Sheet, fixed_bytes, new_workbook, write_sheet

__all__ = ["SampleOrganisation", "make_sample", "write_sample"]


@dataclass(frozen=True)
class SampleOrganisation:
    """A fictional council: its records, the workbook they are written in, and the truth.

    Attributes:
        simulated: The records as frames.
        sheets: The workbook as rows.
        truth: True rates, realised counts and injected faults; JSON values only.
    """

    simulated: Simulated
    sheets: tuple[Sheet, ...]
    truth: dict[str, Any]

    def workbook_bytes(self) -> bytes:
        """Return the workbook as an xlsx file; the same organisation gives the same bytes."""
        book = new_workbook(f"{COUNCIL} (fictional): workforce extract")
        for sheet in self.sheets:
            write_sheet(book, sheet)
        return fixed_bytes(book, self.simulated.as_of)

    def truth_json(self) -> str:
        """Return the truth as indented JSON, ending with a line break."""
        return json.dumps(self.truth, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def make_sample(
    size: int = 2400,
    years: int = 5,
    seed: int = 2026,
    as_of: date = date(2026, 9, 30),
    untidy: bool = False,
    *,
    parameters: SampleParameters | None = None,
) -> SampleOrganisation:
    """Make a fictional council of about `size` people with `years` of history.

    Args:
        size: Intended number of people in post at `as_of`, 50 to 200,000.
        years: Years of leavers, 1 to 20.
        seed: Seed; the same inputs give the same council, person by person and byte by byte.
        as_of: Date of the extract, the end of a month.
        untidy: Write the same council the way exports often look, faults included.
        parameters: True rates; the defaults if not given.

    Returns:
        The council.

    Raises:
        UserError: If size, years or date is out of range.
    """
    simulated = simulate(parameters, size=size, years=years, seed=seed, as_of=as_of)
    if not untidy:
        return SampleOrganisation(simulated, tuple(tidy_sheets(simulated)), simulated.truth)
    sheets, told = untidy_sheets(simulated, seed)
    return SampleOrganisation(simulated, tuple(sheets), simulated.truth | told)


def write_sample(
    out: Path, *, size: int = 2400, years: int = 5, seed: int = 2026, untidy: bool = False
) -> tuple[Path, Path]:
    """Write the workbook and, beside it, its truth.

    Args:
        out: Path of the workbook, with or without `.xlsx`.
        size: As in `make_sample`.
        years: As in `make_sample`.
        seed: As in `make_sample`.
        untidy: As in `make_sample`.

    Returns:
        Paths of the workbook and of the truth.
    """
    sample = make_sample(size, years, seed, untidy=untidy)
    workbook = out if out.suffix.lower() == ".xlsx" else out.with_name(out.name + ".xlsx")
    truth = workbook.with_name(workbook.stem + ".truth.json")
    workbook.parent.mkdir(parents=True, exist_ok=True)
    workbook.write_bytes(sample.workbook_bytes())
    truth.write_text(sample.truth_json(), encoding="utf-8")
    return workbook, truth
