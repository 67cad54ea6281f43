"""Keys of widgets and of session state, in one place so that tests and pages agree."""

from typing import Final

__all__ = [
    "BOOK",
    "BOOK_KEY",
    "DATASET",
    "FORECAST",
    "MAPPING",
    "NOTICES",
    "PENDING",
    "SETTINGS",
    "UPLOADED",
    "UPLOAD_ROUND",
    "field",
]

# Session state that is no widget. The underscore keeps it apart from widget keys.
BOOK: Final = "_book"
BOOK_KEY: Final = "_book_key"
DATASET: Final = "_dataset"
FORECAST: Final = "_forecast"
NOTICES: Final = "_notices"
MAPPING: Final = "_mapping"
PENDING: Final = "_pending"
SETTINGS: Final = "_settings"
UPLOADED: Final = "_uploaded"
UPLOAD_ROUND: Final = "_upload_round"

# Sidebar
SCENARIO: Final = "sidebar.scenario"
NEW_NAME: Final = "sidebar.new_name"
NEW_EMPTY: Final = "sidebar.new_empty"
NEW: Final = "sidebar.new"
RENAME_TO: Final = "sidebar.rename_to"
RENAME: Final = "sidebar.rename"
DELETE: Final = "sidebar.delete"
SAVE: Final = "sidebar.save"
HORIZON: Final = "sidebar.horizon"
DRAWS: Final = "sidebar.draws"
SEED: Final = "sidebar.seed"
SMALLEST: Final = "sidebar.smallest"
WORKING: Final = "sidebar.working"

# Views
PRICES: Final = "results.prices"
PRICES_RESET: Final = "results.prices_reset"
FAMILY: Final = "view.family"
MEASURE: Final = "view.measure"
RATE: Final = "view.rate"
ORIGIN: Final = "results.origin"


def field(view: str, *parts: str) -> str:
    """Return the key of a widget that belongs to one item of a page, as `view.item.field`."""
    return ".".join((view, *parts))
