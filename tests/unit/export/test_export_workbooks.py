"""Workbooks whose numbers are the figures' own and whose text is only ever text."""

import zipfile
from dataclasses import replace
from datetime import datetime
from io import BytesIO

import openpyxl
import pandas as pd
import pytest

from workforce.charts import Figure
from workforce.domain.defaults import lever_from_evidence, programme_from_evidence
from workforce.domain.evidence import Evidence
from workforce.domain.findings import Finding, LeftOut, Severity
from workforce.domain.months import parse_month
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, Plan
from workforce.export import (
    Assumption,
    Provenance,
    figure_xlsx,
    findings_xlsx,
    plan_assumptions,
    results_xlsx,
)
from workforce.export.workbook import row_ranges


def _open(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def _texts(content: bytes) -> list[str]:
    book = _open(content)
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    return [value for value in cells if isinstance(value, str)]


def _table(content: bytes, sheet: str) -> pd.DataFrame:
    """Read the one Excel table of a sheet."""
    page = _open(content)[sheet]
    (table,) = page.tables.values()
    rows = [[cell.value for cell in row] for row in page[table.ref]]
    return pd.DataFrame(rows[1:], columns=rows[0], dtype=object)


@pytest.mark.parametrize("name", ["fan", "fan_stock", "compare", "families", "tenure", "levers"])
def test_numbers_in_the_workbook_are_those_of_the_figure(
    figures: dict[str, Figure], provenance: Provenance, name: str
) -> None:
    figure = figures[name]
    written = _table(figure_xlsx(figure, provenance), "Figure")
    assert written.columns.tolist() == figure.table.columns.tolist()
    for header in figure.table.columns:
        wanted, found = figure.table[header].tolist(), written[header].tolist()
        if header == "Month":
            assert [f"{day:%Y-%m-%d}" for day in found] == [
                f"{datetime.strptime(text, '%b %Y'):%Y-%m-%d}" for text in wanted
            ]
            continue
        for a, b in zip(wanted, found, strict=True):
            missing = a == "" or pd.isna(a)
            assert (b in (None, "")) if missing else a == b, f"{header}: {a!r} became {b!r}"


def test_figure_sheet_says_what_it_shows_and_where_it_comes_from(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    figure = figures["supply"]
    content = figure_xlsx(figure, provenance)
    texts = _texts(content)
    for text in (figure.title, figure.subtitle, figure.how_to_read, figure.source):
        assert text in texts
    assert "Fictional sample data: this organisation does not exist." in texts
    about = {row[0].value: row[1].value for row in _open(content)["About this file"].iter_rows()}
    assert about["Plan digest"] == provenance.plan_digest
    assert about["Data digest"] == provenance.data_digest
    assert about["Seed"] == 7
    assert about["Scenario"] == "Grow & keep <1>"


@pytest.mark.parametrize(("name", "kind"), [("fan", "lineChart"), ("turnover", "barChart")])
def test_native_charts_point_at_the_table(
    figures: dict[str, Figure], provenance: Provenance, name: str, kind: str
) -> None:
    figure = figures[name]
    content = figure_xlsx(figure, provenance)
    chart = zipfile.ZipFile(BytesIO(content)).read("xl/charts/chart1.xml").decode()
    assert f"<c:{kind}>" in chart
    assert figure.excel is not None
    assert chart.count("<c:ser>") == len(figure.excel.series)
    (table,) = _open(content)["Figure"].tables.values()
    first, last = (int("".join(c for c in end if c.isdigit())) for end in table.ref.split(":"))
    assert f"${first + 1}:" in chart
    assert f"${last}<" in chart, "the chart must reach the last row"


def test_bars_below_nought_stand_clear_of_names_and_totals_are_no_bars(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    figure = figures["costs"]
    content = figure_xlsx(figure, provenance)
    chart = zipfile.ZipFile(BytesIO(content)).read("xl/charts/chart1.xml").decode()
    names = chart.partition("<c:catAx>")[2].partition("</c:catAx>")[0]
    assert '<c:tickLblPos val="low"/>' in names, "names beside the axis run into negative bars"
    table = _table(content, "Figure")
    drawn = (table["Kind"] != "total").sum()
    assert f'<c:ptCount val="{drawn}"/>' in chart
    assert f'<c:ptCount val="{len(table)}"/>' not in chart
    assert table["Kind"].iloc[:drawn].ne("total").all(), "totals stand below what they add up"


def test_a_figure_without_a_native_chart_is_drawn_as_a_picture(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    content = figure_xlsx(figures["rates"], provenance)
    names = zipfile.ZipFile(BytesIO(content)).namelist()
    assert any(name.startswith("xl/media/") for name in names)
    drawing = zipfile.ZipFile(BytesIO(content)).read("xl/drawings/drawing1.xml").decode()
    assert "17%" in drawing, "the picture needs its description"


def test_text_is_never_a_formula_or_a_link(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    bad = ("=1+1", "@SUM(A1)", "+1", "-1", '=HYPERLINK("http://x","y")', "http://example.org")
    table = pd.DataFrame({"Role family": list(bad), "=cmd|' /C calc'!A0": [1.0] * len(bad)})
    figure = replace(
        figures["families"], title="=2+2", subtitle="=3", table=table, excel=None, source="=4"
    )
    content = results_xlsx(
        [figure], replace(provenance, scenario="=5+5"), [Assumption("=6", "=7", "=8", note="=9")]
    )
    archive = zipfile.ZipFile(BytesIO(content))
    sheets = [n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 4
    for name in sheets:
        assert b"<f>" not in archive.read(name), f"a formula got into {name}"
    assert set(bad) <= set(_texts(content))
    relations = b"".join(archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    assert b"example.org" not in relations
    for row in _open(content)[_open(content).sheetnames[1]].iter_rows():
        assert all(cell.data_type != "f" for cell in row)


def test_results_list_their_sheets_and_every_link_leads_to_one(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    chosen = [figures[name] for name in ("fan", "families", "months", "fan")]
    content = results_xlsx(chosen, provenance, [Assumption("Hiring", "Speed", 1.0, "times")])
    book = _open(content)
    assert book.sheetnames[0] == "Contents"
    assert book.sheetnames[-2:] == ["Assumptions", "About this file"]
    assert len(book.sheetnames) == len(chosen) + 3
    links = [
        cell.hyperlink.location.split("!")[0].strip("'")
        for row in book["Contents"].iter_rows()
        for cell in row
        if cell.hyperlink
    ]
    assert links == book.sheetnames[1:]
    assert [figure.title for figure in chosen] == [
        row[1].value for row in book["Contents"].iter_rows() if row[0].hyperlink
    ][:4]


def test_the_same_results_make_the_same_file(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    first, second = (results_xlsx([figures["fan"]], provenance) for _ in range(2))
    assert first == second


def test_headings_that_differ_in_case_only_are_kept_apart(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    table = pd.DataFrame({"Plan (FTE)": [1.0], "plan (FTE)": [2.0]})
    figure = replace(figures["families"], table=table, excel=None)
    assert _table(figure_xlsx(figure, provenance), "Figure").columns.tolist() == [
        "Plan (FTE)",
        "plan (FTE) (2)",
    ]


def test_findings_name_their_rows_and_rows_left_out_are_all_there(provenance: Provenance) -> None:
    findings = [
        Finding(
            "future-start", Severity.WARNING, "=Start dates lie in the future.", "Left out.",
            "Correct them.", "hr.xlsx", "Staff", "Start date", (9, 4, 5, 6, 12),
        ),
        Finding("no-leavers", Severity.INFO, "No leavers were found."),
    ]  # fmt: skip
    left_out = [LeftOut("hr.xlsx", "Staff", row, "No start date.") for row in range(2, 120)]
    content = findings_xlsx(findings, left_out, provenance)
    found = _table(content, "Findings")
    assert found["Row numbers"].tolist() == ["4-6, 9, 12", None]
    assert found["Rows"].tolist() == [5, None]
    assert found["What was found"].tolist()[0] == "=Start dates lie in the future."
    assert _table(content, "Rows left out")["Row"].tolist() == list(range(2, 120))


def test_no_findings_make_a_file_that_opens() -> None:
    book = _open(findings_xlsx([], []))
    assert book.sheetnames == ["Findings", "Rows left out"]
    assert "Not for circulation" in book["Findings"]["A1"].value, "a working document says so"
    assert book["Findings"]["A2"].value == "0 findings in the files"


def test_row_numbers_fit_a_cell_of_excel() -> None:
    assert row_ranges([]) == ""
    assert row_ranges([3, 1, 2, 2, 9]) == "1-3, 9"
    long = row_ranges(range(2, 60_000, 2))
    assert len(long) <= 32_767
    assert long.endswith(", ...")


def test_assumptions_carry_their_source_until_they_are_changed(evidence: Evidence) -> None:
    start = parse_month("2027-01")
    lever = lever_from_evidence(next(iter(evidence.levers.values())), start)
    standard = next(iter(evidence.standards))
    programme = programme_from_evidence(
        evidence, standard, programme_id="p", family="cyber", first_start=start, size=4, cohorts=2
    )
    plan = Plan(
        "A",
        levers=(lever,),
        programmes=(programme,),
        hiring=Hiring(speed=1.25, capacity_per_month=3, freezes=(Freeze(start, start + 2),)),
        demand=Demand((("cyber", 0.05),), (DemandChange(start, "data", -2.0, "Restructure"),)),
    )
    lines = plan_assumptions(plan, evidence)
    effect = lines[0]
    assert (effect.value, effect.low, effect.high) == (lever.hazard_ratio, lever.low, lever.high)
    assert f"evidence grade {evidence.levers[lever.lever_id].grade}" in effect.source
    values = {(line.topic, line.name): line.value for line in lines}
    assert values[("Hiring", "Recruitment freeze")] == "Jan 2027 to Mar 2027"
    assert values[("Hiring", "Most external hires a month")] == 3
    assert values[("Demand", "Growth of Cyber security posts")] == 0.05
    assert values[("Demand", "Data posts in Jan 2027")] == -2.0
    assert values[(f"Apprenticeship: {programme.name}", "Starts")] == "2 × 4 from Jan 2027"
    assert ("How levers combine", "Correlation between the levers' effects") in values

    changed = replace(
        plan, levers=(replace(lever, hazard_ratio=lever.hazard_ratio * 1.01, high=2.0),)
    )
    assert plan_assumptions(changed, evidence)[0].source == "Stated in the plan"
    off = replace(plan, levers=(replace(lever, include=False),))
    assert not [line for line in plan_assumptions(off, evidence) if line.topic.startswith("Lever")]
