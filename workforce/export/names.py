"""File and sheet names that every system accepts, whatever a scenario is called."""

import re
import unicodedata

from workforce.charts.figure import Figure
from workforce.export.provenance import Provenance

__all__ = ["figure_file_name", "printable", "safe_file_name", "sheet_name"]

_RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(1, 10))}
)
_LONGEST = 80
_SHEET_LONGEST = 31


def safe_file_name(stem: str, suffix: str) -> str:
    """Return a file name of letters, digits, hyphens and underscores.

    Args:
        stem: Anything, such as a scenario name.
        suffix: Ending with its dot, such as `.png`.

    Returns:
        At most 80 characters and the suffix; never a name that Windows reserves, a hidden file or
        a path.
    """
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-_")[:_LONGEST].strip("-_")
    if not name or name.lower() in _RESERVED:
        name = f"file-{name}".rstrip("-")
    return f"{name}{suffix}"


def figure_file_name(figure: Figure, provenance: Provenance, suffix: str) -> str:
    """Return the file name of a figure: what it shows, for which scenario, as of when."""
    parts = [figure.key.replace("_", "-"), provenance.scenario, provenance.data_as_of.isoformat()]
    return safe_file_name("_".join(part for part in parts if part), suffix)


def printable(text: str) -> str:
    """Return the text without characters that XML (and so SVG and xlsx) cannot hold."""
    return "".join(
        each for each in text if each in "\t\n" or (ord(each) >= 32 and not _refused(ord(each)))
    )


def _refused(code: int) -> bool:
    return 0x7F <= code <= 0x9F or 0xD800 <= code <= 0xDFFF or code in {0xFFFE, 0xFFFF}


def sheet_name(wanted: str, taken: set[str]) -> str:
    r"""Return a sheet name that Excel accepts and that is not taken, and take it.

    Args:
        wanted: What the sheet shows.
        taken: Names in use, in lower case; the new one is added.

    Returns:
        At most 31 characters, none of `[]:*?/\`.
    """
    base = re.sub(r"[\[\]:*?/\\]", " ", printable(wanted)).strip(" '")[:_SHEET_LONGEST] or "Sheet"
    name, count = base, 2
    while name.lower() in taken or name.lower() == "history":
        tail = f" ({count})"
        name, count = base[: _SHEET_LONGEST - len(tail)] + tail, count + 1
    taken.add(name.lower())
    return name
