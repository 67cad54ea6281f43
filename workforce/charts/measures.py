"""What each projected measure is called, counted in, and compared with."""

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["MEASURES", "MeasureSpec", "measure_spec"]


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """How a measure is written about.

    Attributes:
        key: Name in the summary frame.
        noun: As it stands in a sentence after the family (“cyber *vacancies*”).
        axis: Title of its axis, with unit.
        kind: `fte`, `people` or `share` (0-1).
        plural: Whether the noun takes a plural verb.
        flow: Whether it is counted over a month rather than at its end.
        observed: Column of the monthly history with the same meaning, if there is one.
    """

    key: str
    noun: str
    axis: str
    kind: Literal["fte", "people", "share"]
    plural: bool = True
    flow: bool = False
    observed: str = ""


def _flow(key: str, noun: str, observed: str = "") -> MeasureSpec:
    return MeasureSpec(key, noun, "People a month", "people", flow=True, observed=observed)


_SPECS: Final = (
    MeasureSpec("headcount", "headcount", "People in post", "people", False, False, "headcount"),
    MeasureSpec("fte", "staff in post", "FTE in post", "fte", observed="fte"),
    MeasureSpec("establishment", "funded posts", "FTE funded", "fte"),
    MeasureSpec("vacancies", "vacancies", "FTE vacant", "fte"),
    MeasureSpec("vacancy_rate", "vacancy rate", "Vacant, % of funded FTE", "share", False),
    MeasureSpec("over_establishment", "staff above establishment", "FTE", "fte"),
    _flow("leavers", "leavers", "leavers"),
    _flow("leavers_voluntary", "resignations", "voluntary"),
    _flow("leavers_retirement", "retirements", "retirement"),
    _flow("leavers_end_of_contract", "contract ends", "end_of_contract"),
    _flow("leavers_other", "other leavers", "other"),
    _flow("leavers_organisational_event", "transfers and redundancies", "organisational_event"),
    _flow("hires", "joiners", "hires"),
    MeasureSpec("apprentices_in_training", "apprentices in training", "People", "people"),
    _flow("apprentices_converted", "apprentices converted"),
    _flow("apprentices_started", "apprentices started"),
    _flow("apprentices_withdrawn", "apprentices withdrawn"),
    MeasureSpec("agency_fte", "agency cover", "FTE of agency staff", "fte", False),
    MeasureSpec("mentor_fte", "colleagues' time for apprentices", "FTE", "fte", False),
    MeasureSpec("effective_capacity", "work done", "FTE of work done", "fte", False),
)

MEASURES: Final[dict[str, MeasureSpec]] = {spec.key: spec for spec in _SPECS}


def measure_spec(key: str) -> MeasureSpec:
    """Return the description of a measure.

    Args:
        key: Name in the summary frame.

    Raises:
        ValueError: If there is no such measure.
    """
    if key not in MEASURES:
        raise ValueError(f"no measure {key!r}; known are {', '.join(MEASURES)}")
    return MEASURES[key]
