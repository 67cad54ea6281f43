"""Spreadsheets to tidy tables and findings: the only room that ever sees a person."""

from workforce.intake.extract import Extract
from workforce.intake.fields import FIELDS, KINDS
from workforce.intake.grades import grade_band
from workforce.intake.mapping import Mapping, TableMapping
from workforce.intake.reading import read_extract
from workforce.intake.report import check_report
from workforce.intake.source import SourceFile
from workforce.intake.table import ColumnMatch, TableReport

__all__ = [
    "FIELDS",
    "KINDS",
    "ColumnMatch",
    "Extract",
    "Mapping",
    "SourceFile",
    "TableMapping",
    "TableReport",
    "check_report",
    "grade_band",
    "read_extract",
]
