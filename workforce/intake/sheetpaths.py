"""Where in a zipped workbook each sheet lies."""

import html
import re
import zipfile

__all__ = ["links_of", "sheet_paths"]

# Possessive, and never across a “<”: time must not grow faster than the text.
_SHEET = re.compile(r"<(?:[\w.-]++:)?sheet\s([^<>]*+)>")
_LINK = re.compile(r"<(?:[\w.-]++:)?Relationship\s([^<>]*+)>")
_ATTRIBUTE = re.compile(r"(?<![\w.:-])([\w.:-]++)\s*+=\s*+[\"']([^\"']*+)[\"']")


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the lower-case path of each sheet by its name, empty where that cannot be told.

    Args:
        archive: An xlsx that was checked.
    """
    members = {each.lower(): each for each in archive.namelist()}
    book = members.get("xl/workbook.xml")
    if book is None:
        return {}
    links = links_of(archive, "xl/workbook.xml")
    found = {}
    for said in _attributes(_SHEET, archive.read(book)):
        identity = next((said[each] for each in said if each.endswith(":id")), "")
        found[html.unescape(said.get("name", ""))] = links.get(identity, "")
    return found


def links_of(archive: zipfile.ZipFile, book: str) -> dict[str, str]:
    """Return the lower-case paths that a workbook links to, by the identity of the link.

    Args:
        archive: The archive.
        book: Path of the workbook, below “xl/”.
    """
    members = {each.lower(): each for each in archive.namelist()}
    listed = members.get(f"xl/_rels/{book.removeprefix('xl/')}.rels")
    if listed is None:
        return {}
    found = {}
    for said in _attributes(_LINK, archive.read(listed)):
        target = html.unescape(said.get("Target", "")).lower()
        within = target.startswith(("/", "xl/"))
        found[said.get("Id", "")] = target.lstrip("/") if within else f"xl/{target}"
    return found


def _attributes(tag: re.Pattern[str], content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8", "replace")
    return [dict(_ATTRIBUTE.findall(attributes)) for attributes in tag.findall(text)]
