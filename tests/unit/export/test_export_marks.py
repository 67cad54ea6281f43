"""No figure leaves without a mark, and the working view is said wherever it goes."""

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from workforce.charts import Figure
from workforce.domain.circulation import NOT_FOR_CIRCULATION, Circulation, Mark
from workforce.export import Provenance, figure_png, figure_svg, figure_xlsx, results_xlsx

WORKING = Mark(Circulation.WORKING, NOT_FOR_CIRCULATION)


@pytest.mark.parametrize("make", [figure_svg, figure_png, figure_xlsx])
def test_figure_without_a_mark_is_refused(
    figures: dict[str, Figure], provenance: Provenance, make: object
) -> None:
    bare = replace(figures["families"], mark=None)
    with pytest.raises(ValueError, match="pass its counts through disclosure control"):
        make(bare, provenance)  # type: ignore[operator]


def test_one_figure_without_a_mark_stops_the_whole_workbook(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    with pytest.raises(ValueError, match="no mark"):
        results_xlsx([figures["fan"], replace(figures["age"], mark=None)], provenance)


def test_picture_of_the_working_view_says_so(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    picture = figure_svg(replace(figures["families"], mark=WORKING), provenance)
    assert NOT_FOR_CIRCULATION in picture
    assert "NOT FOR CIRCULATION" in picture, "in the line of provenance too"
    assert NOT_FOR_CIRCULATION not in figure_svg(figures["families"], provenance)


def test_every_sheet_of_a_workbook_with_a_working_figure_says_so(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    mixed = [figures["fan"], replace(figures["families"], mark=WORKING)]
    book = load_workbook(io.BytesIO(results_xlsx(mixed, provenance)))
    for sheet in book.worksheets:
        top = [str(sheet.cell(row, 1).value) for row in (1, 2, 3)]
        told = [str(sheet.cell(row, 2).value) for row in range(1, 8)]
        assert any(NOT_FOR_CIRCULATION in text for text in (*top, *told)), sheet.title
        assert "NOT FOR CIRCULATION" in (sheet.oddFooter.left.text or ""), sheet.title


def test_provenance_says_that_small_counts_are_protected(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    rows = dict(provenance.marked([figures["families"]]).rows())
    assert rows["Small counts"] == "small counts of people protected"
    rows = dict(provenance.marked([figures["levers"]]).rows())
    assert rows["Small counts"] == "no observed counts of people"
