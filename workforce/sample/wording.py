"""Leaving reasons, apprenticeship standards and made-up names of the fictional council."""

from dataclasses import dataclass
from typing import Final

from workforce.domain.bands import Cause

__all__ = ["REASONS", "STANDARDS", "SampleStandard", "employee_name"]

# Wording and cause as in `leave_reasons.csv` (council HR systems). Pay and better conditions lead
# among resignations because that is what councils report (benchmark `lg_reason_pay`).
REASONS: Final[dict[str, tuple[tuple[str, float], ...]]] = {
    Cause.VOLUNTARY: (
        ("Better pay and conditions", 0.2),
        ("Joined private sector", 0.11),
        ("Career development", 0.13),
        ("Other local authority", 0.12),
        ("Joined other public body", 0.06),
        ("Work life balance", 0.08),
        ("Personal reasons", 0.07),
        ("Resignation", 0.07),
        ("Travel / commute", 0.04),
        ("Moved away", 0.03),
        ("Caring responsibilities", 0.03),
        ("Workload / stress", 0.03),
        ("Dissatisfied with management", 0.03),
    ),
    Cause.RETIREMENT: (
        ("Normal retirement", 0.62),
        ("Early retirement", 0.23),
        ("Ill health retirement", 0.15),
    ),
    Cause.END_OF_CONTRACT: (("End of fixed term", 0.7), ("End of temporary contract", 0.3)),
    Cause.OTHER: (("Capability", 0.4), ("Dismissal", 0.4), ("Death in service", 0.2)),
    Cause.ORGANISATIONAL_EVENT: (
        ("Voluntary redundancy", 0.6),
        ("Compulsory redundancy", 0.25),
        ("TUPE transfer", 0.15),
    ),
}


@dataclass(frozen=True, slots=True)
class SampleStandard:
    """An apprenticeship standard the council runs, with its evidence defaults.

    Attributes:
        reference: Reference of the standard.
        name: Its name.
        family: Family an achiever joins here.
        months: Planned length of training.
        achievement: Share of starts that achieve.
        title: Job title of a trainee.
        weight: Relative frequency of starts.
        existing_only: The council runs it for existing staff only.
    """

    reference: str
    name: str
    family: str
    months: int
    achievement: float
    title: str
    weight: float
    existing_only: bool = False


STANDARDS: Final = (
    SampleStandard(
        "ST1021", "Cyber security technologist (2021)", "cyber", 24, 0.6,
        "Apprentice Cyber Security Technologist", 1.6,
    ),
    SampleStandard(
        "ST0118", "Data analyst", "data", 24, 0.6, "Apprentice Data Analyst", 2.0,
    ),
    SampleStandard(
        "ST0795", "Data technician", "data", 24, 0.6, "Data Technician Apprentice", 1.0,
    ),
    SampleStandard(
        "ST0117", "Business analyst", "transformation", 18, 0.6, "Apprentice Business Analyst", 1.6,
    ),
    SampleStandard(
        "ST0192", "Improvement practitioner", "transformation", 14, 0.6,
        "Improvement Practitioner Apprentice", 0.6, existing_only=True,
    ),
    SampleStandard(
        "ST0116", "Software developer", "other_digital", 24, 0.6,
        "Apprentice Software Developer", 0.8,
    ),
    SampleStandard(
        "ST0973", "Information communications technician", "other_digital", 18, 0.6,
        "ICT Apprentice", 1.2,
    ),
)  # fmt: skip

_FIRST: Final = tuple(
    """
    Bramble Juniper Merlin Clover Rowan Sorrel Linnet Tansy Bracken Fern Wren Hazel Teasel Alder
    Campion Lark Quince Saffron Thistle Yarrow Dunnock Siskin Marigold Aspen
    """.split()  # noqa: SIM905
)
_FRONT: Final = tuple(
    """
    Quill Moss Nettle Thimble Puddle Feather Candle Pepper Lantern Marble Button Bumble Cobble
    Dapple Fiddle Gingham Hopper Ivory Jingle Kettle
    """.split()  # noqa: SIM905
)
_BACK: Final = tuple(
    "wick bottom thorpe worth field stone brook shaw ley combe mere ridge den stow".split()  # noqa: SIM905
)


def employee_name(number: int) -> str:
    """Return a made-up name, plainly nobody's, fixed by the employee number."""
    mixed = number * 2654435761 % 2**32
    return (
        f"{_FIRST[mixed % len(_FIRST)]} "
        f"{_FRONT[mixed // 31 % len(_FRONT)]}{_BACK[mixed // 997 % len(_BACK)]}"
    )
