"""Role families: the unit in which digital skills are planned."""

from enum import StrEnum

__all__ = ["ALL_FAMILIES", "DIGITAL_FAMILIES", "FAMILY_LABELS", "Family", "family_label"]


class Family(StrEnum):
    """A role family. `ALL` is the label of a total, never of a person."""

    CYBER = "cyber"
    DATA = "data"
    TRANSFORMATION = "transformation"
    OTHER_DIGITAL = "other_digital"
    NOT_DIGITAL = "not_digital"
    ALL = "all"


DIGITAL_FAMILIES: tuple[Family, ...] = (
    Family.CYBER,
    Family.DATA,
    Family.TRANSFORMATION,
    Family.OTHER_DIGITAL,
)
ALL_FAMILIES: tuple[Family, ...] = (*DIGITAL_FAMILIES, Family.NOT_DIGITAL)

FAMILY_LABELS: dict[str, str] = {
    Family.CYBER: "Cyber security",
    Family.DATA: "Data",
    Family.TRANSFORMATION: "Digital transformation",
    Family.OTHER_DIGITAL: "Other digital",
    Family.NOT_DIGITAL: "Not digital",
    Family.ALL: "All digital",
}


def family_label(family: str) -> str:
    """Return the name of a family as a reader should see it.

    Args:
        family: A `Family` value.

    Returns:
        The label, or the value itself where it is none of ours.
    """
    return FAMILY_LABELS.get(family, family)
