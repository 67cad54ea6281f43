"""Parts of a document of sentences and tables, and the document as Markdown."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

__all__ = ["Section", "markdown"]


@dataclass(frozen=True)
class Section:
    """A part of the card: sentences, and a table where there is one."""

    title: str
    sentences: tuple[str, ...]
    table: pd.DataFrame | None = None


def markdown(title: str, sections: Sequence[Section]) -> str:
    """Return sections as a Markdown document.

    Args:
        title: Title of the document.
        sections: Its parts.
    """
    parts = [f"# {title}"]
    for section in sections:
        parts.append(f"## {section.title}")
        if section.sentences:
            parts.append("\n".join(f"- {_plain(each)}" for each in section.sentences))
        if section.table is not None and len(section.table):
            parts.append(_table(section.table))
    return "\n\n".join(parts) + "\n"


def _table(frame: pd.DataFrame) -> str:
    lines = [list(frame.columns), ["---"] * len(frame.columns), *frame.to_numpy().tolist()]
    return "\n".join(f"| {' | '.join(_plain(str(cell)) for cell in line)} |" for line in lines)


def _plain(text: str) -> str:
    """Return text that no Markdown reader takes for a table cell, a tag or a line of its own."""
    flat = " ".join(text.split())
    return flat.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "'")
