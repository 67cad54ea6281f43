"""Where the dashboard finds its files. The only place that asks the environment."""

import os
from pathlib import Path
from typing import Final

from platformdirs import user_data_path

__all__ = [
    "EXAMPLE_PROGRAMME",
    "FAVICON",
    "HOSTED_VARIABLE",
    "MODELS",
    "ROOT",
    "SAMPLE_TRUTH",
    "SAMPLE_WORKBOOK",
    "SMALLEST_VARIABLE",
    "STORE_VARIABLE",
    "is_hosted",
    "smallest_count",
    "store_file",
]

ROOT: Final = Path(__file__).resolve().parents[2]
MODELS: Final = ROOT / "models"
SAMPLE_TRUTH: Final = ROOT / "data" / "sample" / "sample_council.truth.json"
SAMPLE_WORKBOOK: Final = ROOT / "data" / "sample" / "sample_council.xlsx"
EXAMPLE_PROGRAMME: Final = ROOT / "data" / "sample" / "example_programme.json"
FAVICON: Final = str(Path(__file__).resolve().parent / "static" / "favicon.png")

STORE_VARIABLE: Final = "WORKFORCE_STORE"
"""Environment variable that names the file of saved plans."""
HOSTED_VARIABLE: Final = "WORKFORCE_HOSTED"
"""Environment variable: anything but empty, 0, no or false where several people share the app."""
SMALLEST_VARIABLE: Final = "WORKFORCE_SMALLEST_COUNT"
"""Environment variable: the smallest count of people that this installation shows."""


def store_file() -> Path:
    """Return the file that plans are saved in: the environment's, else the user's data folder."""
    given = os.environ.get(STORE_VARIABLE)
    if given:
        return Path(given)
    return user_data_path("digital-workforce-planning", appauthor=False) / "plans.sqlite"


def is_hosted() -> bool:
    """Return whether the app is hosted for several people, so that small counts stay protected."""
    given = os.environ.get(HOSTED_VARIABLE, "").strip().casefold()
    return given not in {"", "0", "no", "false"}


def smallest_count(default: int) -> int:
    """Return the smallest count of people shown: the environment's, else the default."""
    given = os.environ.get(SMALLEST_VARIABLE, "").strip()
    return int(given) if given.isdecimal() else default
