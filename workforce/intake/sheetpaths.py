"""Where in an xlsx each sheet lies: its name in the workbook against its path in the archive."""

import html
import re
import zipfile

__all__ = ["sheet_paths"]

_SHEET = re.compile(r"<(?:[\w.-]+:)?sheet\s([^>]*)>")
_LINK = re.compile(r"<(?:[\w.-]+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w.:-]+)\s*=\s*[\"']([^\"']*)[\"']")


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the lower-case path of each sheet by its name, empty where that cannot be told.

    Args:
        archive: An xlsx that was checked.
    """
    members = {each.lower(): each for each in archive.namelist()}
    book, links = members.get("xl/workbook.xml"), members.get("xl/_rels/workbook.xml.rels")
    if book is None or links is None:
        return {}
    targets = {
        said.get("Id", ""): said.get("Target", "")
        for said in _attributes(_LINK, archive.read(links))
    }
    found = {}
    for said in _attributes(_SHEET, archive.read(book)):
        identity = next((said[each] for each in said if each.endswith(":id")), "")
        target = targets.get(identity, "").lower()
        found[html.unescape(said.get("name", ""))] = (
            target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        )
    return found


def _attributes(tag: re.Pattern[str], content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8", "replace")
    return [dict(_ATTRIBUTE.findall(attributes)) for attributes in tag.findall(text)]
