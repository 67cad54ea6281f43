"""Figures, assumptions and findings as Excel workbooks with native charts."""

from collections.abc import Sequence
from io import BytesIO

from workforce.charts.figure import Figure
from workforce.domain.circulation import WORKING_DOCUMENT
from workforce.domain.findings import Finding, LeftOut
from workforce.export.assumptions import Assumption
from workforce.export.names import sheet_name
from workforce.export.provenance import Provenance
from workforce.export.sheets import Book, Column

__all__ = ["figure_xlsx", "findings_xlsx", "results_xlsx", "row_ranges"]

_MOST_ROWS = 1_000_000
"""Just under what one Excel sheet can hold."""


def figure_xlsx(figure: Figure, provenance: Provenance) -> bytes:
    """Return one figure as a workbook: data with native chart, and where it comes from.

    Args:
        figure: The figure; its table is written as it stands, months as real dates.
        provenance: Where it comes from.
    """
    target = BytesIO()
    with Book(target, provenance.marked([figure])) as book:
        taken: set[str] = set()
        book.figure(figure, sheet_name("Figure", taken))
        book.provenance(sheet_name("About this file", taken))
    return target.getvalue()


def results_xlsx(
    figures: Sequence[Figure],
    provenance: Provenance,
    assumptions: Sequence[Assumption] = (),
) -> bytes:
    """Return all figures as one workbook with contents, assumptions and provenance.

    Args:
        figures: Figures, in the order of the contents.
        provenance: Where they come from.
        assumptions: The assumptions log.
    """
    taken: set[str] = set()
    contents = sheet_name("Contents", taken)
    names = [
        sheet_name(f"{number} {figure.key.replace('_', ' ')}", taken)
        for number, figure in enumerate(figures, start=1)
    ]
    log, about = sheet_name("Assumptions", taken), sheet_name("About this file", taken)
    target = BytesIO()
    with Book(target, provenance.marked(figures)) as book:
        entries = [
            (name, figure.title, figure.subtitle)
            for name, figure in zip(names, figures, strict=True)
        ]
        if assumptions:
            entries.append((log, "What the plan assumes", "Value, range, source and confidence"))
        entries.append((about, "Where the numbers come from", "Scenario, data, seed and version"))
        book.contents(contents, entries)
        for name, figure in zip(names, figures, strict=True):
            book.figure(figure, name)
        if assumptions:
            book.table(
                log,
                "What the plan assumes",
                "Ranges are 90% ranges. “Stated by you” marks values set or changed in the plan.",
                _assumption_columns(assumptions),
            )
        book.provenance(about)
    return target.getvalue()


def _assumption_columns(lines: Sequence[Assumption]) -> list[Column]:
    return [
        Column("Topic", [line.topic for line in lines], 38),
        Column("Assumption", [line.name for line in lines], 46),
        Column("Value", [line.value for line in lines], 16),
        Column("Low", [line.low for line in lines], 9),
        Column("High", [line.high for line in lines], 9),
        Column("Unit", [line.unit for line in lines], 17),
        Column("Source", [line.source for line in lines], 60),
        Column("Confidence", [line.confidence for line in lines], 18),
        Column("Note", [line.note for line in lines], 40),
    ]


def findings_xlsx(
    findings: Sequence[Finding], left_out: Sequence[LeftOut], provenance: Provenance | None = None
) -> bytes:
    """Return what was found in the files, and every row left out, as a list to work through.

    Args:
        findings: Findings of the quality checks.
        left_out: Rows read and not kept.
        provenance: Where they come from; without it that sheet is left out.

    Returns:
        A workbook that names files, sheets, columns and rows, but no cell values. It is a working
        document for whoever corrects the files, and says so on every sheet.
    """
    target = BytesIO()
    with Book(target, provenance, warnings=[WORKING_DOCUMENT]) as book:
        book.table(
            "Findings",
            f"{len(findings):,} findings in the files",
            "Row numbers are those Excel shows. Correct the file and upload it again.",
            [
                Column("Severity", [str(each.severity) for each in findings], 11),
                Column("File", [each.file for each in findings], 26),
                Column("Sheet", [each.sheet for each in findings], 18),
                Column("Column", [each.column for each in findings], 20),
                Column("What was found", [each.message for each in findings], 60),
                Column("What was done", [each.done for each in findings], 44),
                Column("What you can do", [each.advice for each in findings], 44),
                Column("Rows", [each.count or None for each in findings], 9),
                Column("Row numbers", [row_ranges(each.rows) for each in findings], 40),
                Column("Rule", [each.rule for each in findings], 26),
            ],
        )
        shown = left_out[:_MOST_ROWS]
        rest = "" if len(shown) == len(left_out) else f" The first {len(shown):,} are listed."
        book.table(
            "Rows left out",
            f"{len(left_out):,} rows were read and left out",
            f"Every other row was kept.{rest}",
            [
                Column("File", [each.file for each in shown], 30),
                Column("Sheet", [each.sheet for each in shown], 20),
                Column("Row", [each.row for each in shown], 9),
                Column("Reason", [each.reason for each in shown], 70),
            ],
        )
        if provenance is not None:
            book.provenance("About this file")
    return target.getvalue()


def row_ranges(rows: Sequence[int]) -> str:
    """Return row numbers as `4-6, 9`, cut with `...` before Excel's limit of a cell.

    Args:
        rows: Row numbers, in any order.
    """
    spans: list[list[int]] = []
    for row in sorted(set(rows)):
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    text = ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans)
    return text if len(text) <= 32_000 else text[: text.rindex(",", 0, 32_000)] + ", ..."
