"""The titles the model learns from, and the digest that tells when it must learn again."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from workforce.domain.families import Family
from workforce.roles import features, openings, rulebook, rules, scan, spelling, titles, wording
from workforce.roles.rulebook import RULES_FILE
from workforce.roles.titles import fold_title

__all__ = [
    "READ",
    "UNREAD",
    "FreshPart",
    "LabelledTitle",
    "inputs_digest",
    "is_held_out",
    "read_fresh",
    "read_labelled",
    "read_teaching",
]

LABELLED_FILE: Final = Path("evidence") / "labelled_titles.csv"
ROLES_FILE: Final = Path("evidence") / "roles.csv"
EXAMPLES_FILE: Final = Path("role_examples.csv")
FRESH_FILE: Final = Path("evidence") / "fresh_titles.csv"

# The role evidence files these under transformation as a pool to draw on; what the people in them
# do is build, run and support technology, which the labelled titles call other digital.
FEEDER_ROLES: Final = frozenset({"TRN_DEV", "TRN_DEVOPS", "TRN_TEST", "TRN_SUPPORT"})
# Aliases the role evidence itself calls adjacent, or that name several kinds of work.
_UNCLEAR_ALIASES: Final = frozenset(
    {
        "clinical coder adjacent", "digital forensics officer", "digital forensics analyst",
        "head of ict", "cio", "cto", "systems analyst", "project manager", "programme manager",
        "organisational development and change", "data administrator", "improvement officer",
        "network security engineer", "automation engineer", "integration developer",
    }
)  # fmt: skip


class FreshPart(StrEnum):
    """What a fresh title is for.

    Titles came in three collections, each labelled before the classifier was run on any of it. The
    first was halved by a hash. `OPEN` is the half whose answers were then read; `SECOND`, collected
    later, was measured once and then read too: both now teach. The answers to `SEALED`, the other
    half, and to `THIRD`, the last collection, were not read while anything was changed: they
    measure, and calibrate.
    """

    OPEN = "open"
    SEALED = "sealed"
    SECOND = "second"
    THIRD = "third"


READ: Final = (FreshPart.OPEN, FreshPart.SECOND)
UNREAD: Final = (FreshPart.SEALED, FreshPart.THIRD)


@dataclass(frozen=True, slots=True)
class LabelledTitle:
    """A title with its family.

    Attributes:
        title: As published.
        key: Folded title.
        family: Family given by the labeller.
        ambiguous: Whether the labeller marked it as unclear from the title alone.
        near_miss: Whether it only sounds digital.
    """

    title: str
    key: str
    family: Family
    ambiguous: bool = False
    near_miss: bool = False


def read_labelled(models_dir: Path) -> tuple[LabelledTitle, ...]:
    """Return the labelled titles in file order.

    Args:
        models_dir: Folder that holds `evidence/labelled_titles.csv`.

    Returns:
        One entry a row; identical titles may stand twice.
    """
    return _labelled(_rows(models_dir / LABELLED_FILE))


def read_fresh(models_dir: Path, *parts: FreshPart) -> tuple[LabelledTitle, ...]:
    """Return the fresh titles, labelled before the classifier was run on any, in file order.

    Args:
        models_dir: Folder that holds `evidence/fresh_titles.csv`.
        parts: Which parts; all where none is named.

    Returns:
        One entry a row; none is among the labelled titles.
    """
    rows = _rows(models_dir / FRESH_FILE)
    return _labelled([row for row in rows if not parts or FreshPart(row["part"]) in parts])


def _labelled(rows: Sequence[dict[str, str]]) -> tuple[LabelledTitle, ...]:
    return tuple(
        LabelledTitle(
            title=row["title"],
            key=fold_title(row["title"]),
            family=Family(row["family"]),
            ambiguous=row["ambiguous"] == "yes",
            near_miss=row["near_miss"] == "yes",
        )
        for row in rows
    )


def read_teaching(models_dir: Path) -> tuple[LabelledTitle, ...]:
    """Return titles used for training only: the aliases of the role evidence and written examples.

    Args:
        models_dir: Folder that holds `evidence/roles.csv` and, if any, `role_examples.csv`.

    Returns:
        Distinct titles by key.
    """
    found: dict[str, LabelledTitle] = {}
    for row in _rows(models_dir / ROLES_FILE):
        feeder = row["role_id"] in FEEDER_ROLES
        family = Family.OTHER_DIGITAL if feeder else Family(row["family"])
        columns = ("aliases_council", "aliases_nhs", "aliases_civil_service")
        for alias in ";".join(row[column] for column in columns).split(";"):
            _add(found, alias.strip(), family)
    path = models_dir / EXAMPLES_FILE
    for row in _rows(path) if path.is_file() else ():
        _add(found, row["title"], Family(row["family"]))
    return tuple(found.values())


def _add(found: dict[str, LabelledTitle], title: str, family: Family) -> None:
    key = fold_title(title)
    if key and key not in _UNCLEAR_ALIASES:
        found.setdefault(key, LabelledTitle(title, key, family))


def is_held_out(key: str) -> bool:
    """Tell whether a title belongs to the fifth that was not looked at while rules were written.

    Args:
        key: Folded title.

    Returns:
        True for about one title in five, by a hash of the key, whatever its label.
    """
    return int(hashlib.sha256(key.encode()).hexdigest()[:8], 16) % 5 == 0


def inputs_digest(models_dir: Path) -> str:
    """Return the SHA-256 of everything a fitted model depends on: tables, rules, features.

    Args:
        models_dir: Folder that holds the tables.

    Returns:
        Hexadecimal digest.
    """
    digest = hashlib.sha256()
    for name in (LABELLED_FILE, FRESH_FILE, ROLES_FILE, EXAMPLES_FILE, Path(RULES_FILE)):
        path = models_dir / name
        if path.is_file():
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    for module in (titles, wording, spelling, openings, rulebook, scan, rules, features):
        source = module.__file__
        if source:
            digest.update(Path(source).read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def _rows(path: Path) -> Sequence[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))
