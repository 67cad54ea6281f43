"""An example plan: many small cohorts over four years, in the manner of a programme made public.

What is public about the programme of Norfolk County Council is its scale, its length and some of
its standards; those stand in the evidence with their sources (`nor_...`). Everything else here is
made up, for the fictional council of this room.
"""

from dataclasses import replace
from typing import Final

from workforce.domain.defaults import programme_from_evidence
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.families import Family
from workforce.domain.plan import Plan, Programme
from workforce.domain.planfile import PlanBook

__all__ = ["PROGRAMME_NAME", "example_programme", "programme_file", "published_scale"]

PROGRAMME_NAME: Final = "Example: many small cohorts"

_STAFF: Final = 135
"""Digital staff of the fictional council that the plan is sized for."""
_FIRST: Final = 4
"""Months from the as-of month to the first cohort."""
_YEARS: Final = 4
_HORIZON: Final = 60
# Standard, family, months between cohorts: one apprentice a cohort.
_COHORTS: Final = (
    ("ST0585", Family.DATA, 12),
    ("ST0118", Family.DATA, 6),
    ("ST1021", Family.CYBER, 8),
    ("ST0117", Family.TRANSFORMATION, 12),
)


def published_scale(evidence: Evidence) -> tuple[float, float, float]:
    """Return apprentices on programme for each member of staff: central, low and high.

    Args:
        evidence: The evidence base; rows `nor_apprentices_2024` and `nor_workforce`.
    """
    apprentices = evidence.apprenticeship["nor_apprentices_2024"]
    staff = evidence.apprenticeship["nor_workforce"]
    low, high = apprentices.range
    few, many = staff.range
    return apprentices.number / staff.number, low / many, high / few


def example_programme(evidence: Evidence, as_of: int) -> Plan:
    """Return the plan at evidence defaults.

    Args:
        evidence: The evidence base.
        as_of: Last observed month index; everything starts after it.
    """
    programmes = tuple(
        _programme(evidence, index, reference, family, months, as_of)
        for index, (reference, family, months) in enumerate(_COHORTS, start=1)
    )
    return Plan(
        name=PROGRAMME_NAME,
        horizon_months=_HORIZON,
        programmes=programmes,
        mentor_cap=evidence.pipeline("mentor_cap").number,
        note=_note(evidence),
    )


def _programme(
    evidence: Evidence, index: int, reference: str, family: str, months: int, as_of: int
) -> Programme:
    programme = programme_from_evidence(
        evidence,
        reference,
        programme_id=f"small-{index}",
        family=str(family),
        first_start=as_of + _FIRST,
        size=1,
        cohorts=_YEARS * 12 // months,
    )
    return replace(programme, repeat_months=months)


def programme_file(evidence: Evidence, as_of: int) -> str:
    """Return the plan as the file that ships with the software."""
    return PlanBook((example_programme(evidence, as_of),), PROGRAMME_NAME).to_json()


def _note(evidence: Evidence) -> str:
    facts = evidence.apprenticeship
    central, low, high = published_scale(evidence)

    def source(row: Parameter) -> str:
        return f"{row.source} [{row.confidence}]"

    apprentices, staff = facts["nor_apprentices_2024"], facts["nor_workforce"]
    return (
        "In the manner of what is public about the apprenticeship programme of Norfolk County "
        "Council: many small cohorts over years. It is not that council's plan and no number in it "
        f"is its own: fictional, and sized for about {_STAFF} digital staff. "
        f"Scale: about {100 * central:.0f} apprentices on programme for 100 staff (range "
        f"{100 * low:.0f} to {100 * high:.0f}), from about {apprentices.number:,.0f} apprentices "
        f"({source(apprentices)}; schools included) and {staff.number:,.0f} staff "
        f"({source(staff)}; schools not included); all occupations, not digital ones alone. "
        "Standards: only such as are still funded for new starts in 2026/27. Data scientist, "
        f"because the council sits on its employer group ({source(facts['nor_trailblazer'])}). "
        "Three of the standards it is known to have used lose public funding for new starts from "
        f"September 2026 and are left out ({source(facts['nor_standards'])}). "
        "Withdrawal, passing and conversion are national defaults and assumptions, as everywhere "
        "here. Nothing is public on turnover or vacancies in its digital services."
    )
