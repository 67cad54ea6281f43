"""Where the dashboard finds its files. The only place that asks the environment."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

__all__ = [
    "FAVICON",
    "MODELS",
    "ROOT",
    "SAMPLE_TRUTH",
    "SAMPLE_WORKBOOK",
    "STORE_VARIABLE",
    "store_file",
]

ROOT: Final = Path(__file__).resolve().parents[2]
MODELS: Final = ROOT / "models"
SAMPLE_TRUTH: Final = ROOT / "data" / "sample" / "sample_council.truth.json"
SAMPLE_WORKBOOK: Final = ROOT / "data" / "sample" / "sample_council.xlsx"
FAVICON: Final = str(Path(__file__).resolve().parent / "static" / "favicon.png")

STORE_VARIABLE: Final = "WORKFORCE_STORE"
"""Environment variable that names the file of saved plans."""


def store_file() -> Path:
    """Return the file that plans are saved in: the environment's, else the user's data folder."""
    given = os.environ.get(STORE_VARIABLE)
    if given:
        return Path(given)
    return user_data_path("digital-workforce-planning", appauthor=False) / "plans.sqlite"
