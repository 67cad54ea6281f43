"""Tables as a workbook: every cell as given, text only ever text, and the way back."""

from dataclasses import replace
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd

from workforce.domain.circulation import NOT_FOR_CIRCULATION, Circulation
from workforce.export import Provenance, tables_xlsx

FRAME = pd.DataFrame(
    {
        "What": ["=1+1", "plain", "x" * 500],
        "Number": np.array([1.5, 2.25, -3.0]),
        "Yes": [True, False, True],
        "Count": np.array([1, 2, 3]),
    }
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def cells(content: bytes, sheet: str) -> list[object]:
    return [cell.value for row in opened(content)[sheet].iter_rows() for cell in row]


def test_cells_are_as_given_and_a_formula_is_text(provenance: Provenance) -> None:
    made = tables_xlsx([("Log", "Assumptions", ("A sentence.",), FRAME)], provenance)
    values = cells(made, "Log")
    for value in ("Assumptions", "A sentence.", "=1+1", 1.5, 2.25, "yes", "no", 3):
        assert value in values, value
    kinds = {cell.data_type for row in opened(made)["Log"].iter_rows() for cell in row}
    assert "f" not in kinds, "nothing is a formula"


def test_a_part_without_a_table_lists_its_sentences(provenance: Provenance) -> None:
    made = tables_xlsx([("Card", "What it is for", ("One.", "Two."), None)], provenance)
    assert {"One.", "Two."} <= set(cells(made, "Card"))


def test_names_that_clash_or_are_too_long_become_sheets_of_their_own(
    provenance: Provenance,
) -> None:
    long = "A very long name of a sheet with [signs] that Excel refuses"
    made = tables_xlsx([(long, "1", (), FRAME), (long, "2", (), FRAME)], provenance)
    assert len(opened(made).sheetnames) == 3


def test_it_says_where_it_comes_from_and_who_may_have_it(provenance: Provenance) -> None:
    made = tables_xlsx([("Log", "Assumptions", (), FRAME)], provenance)
    assert "0.1.0" in cells(made, "About this file")
    working = replace(provenance, circulation=Circulation.WORKING)
    made = tables_xlsx([("Log", "Assumptions", (), FRAME)], working)
    assert NOT_FOR_CIRCULATION in cells(made, "Log"), "on every sheet"
