"""Figures and tables to take away: pictures and workbooks that say where their numbers come from.

The heavy libraries behind them are loaded when a file is made, not when this room is imported.
"""

from workforce.export.assumptions import Assumption, plan_assumptions
from workforce.export.names import figure_file_name, safe_file_name
from workforce.export.picture import figure_png, figure_svg, warm_up
from workforce.export.provenance import Provenance
from workforce.export.tables import tables_xlsx
from workforce.export.workbook import figure_xlsx, findings_xlsx, results_xlsx

__all__ = [
    "Assumption",
    "Provenance",
    "figure_file_name",
    "figure_png",
    "figure_svg",
    "figure_xlsx",
    "findings_xlsx",
    "plan_assumptions",
    "results_xlsx",
    "safe_file_name",
    "tables_xlsx",
    "warm_up",
]
