"""What a plan assumes, line by line, with range, source and confidence."""

from dataclasses import dataclass

from workforce.domain.evidence import Confidence, Evidence
from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.plan import ActsOn, LeverChoice, Plan, Programme

__all__ = ["Assumption", "plan_assumptions"]

_OWN = "Stated in the plan"
_SETTING = "Setting of the model, shown on the Levers page"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One line of the assumptions log.

    Attributes:
        topic: Lever, programme or topic it belongs to.
        name: What is assumed.
        value: Central value.
        unit: Its unit.
        low: Lower end of the range, `None` where there is none.
        high: Upper end.
        source: Where it comes from.
        confidence: How it is known, in words.
        note: Caveats and the user's own reason.
    """

    topic: str
    name: str
    value: float | str
    unit: str = ""
    low: float | None = None
    high: float | None = None
    source: str = _OWN
    confidence: str = "stated by you"
    note: str = ""


_WORDS = {
    Confidence.VERIFIED: "source read",
    Confidence.RECALLED: "source not re-read",
    Confidence.ASSUMPTION: "assumption",
}


def plan_assumptions(plan: Plan, evidence: Evidence) -> tuple[Assumption, ...]:
    """Return what a plan assumes.

    A value that still is the evidence's own carries its source; one that was changed is the user's.

    Args:
        plan: The plan.
        evidence: The evidence base.

    Returns:
        Lines in the order levers, programmes, hiring, demand, combination of effects.
    """
    lines: list[Assumption] = []
    for lever in plan.active_levers:
        lines += _lever(lever, evidence)
    for programme in plan.programmes:
        lines += _programme(programme, evidence)
    lines.append(Assumption("Hiring", "Speed against today", plan.hiring.speed, "times"))
    if plan.hiring.capacity_per_month is not None:
        lines.append(
            Assumption(
                "Hiring", "Most external hires a month", plan.hiring.capacity_per_month, "people"
            )
        )
    for freeze in plan.hiring.freezes:
        spell = f"{month_name(freeze.first)} to {month_name(freeze.last)}"
        lines.append(Assumption("Hiring", "Recruitment freeze", spell))
    for family, growth in plan.demand.growth_per_year:
        lines.append(
            Assumption("Demand", f"Growth of {family_label(family)} posts", growth, "share a year")
        )
    for change in plan.demand.changes:
        name = f"{family_label(change.family)} posts in {month_name(change.month)}"
        lines.append(Assumption("Demand", name, change.fte, "FTE", note=change.reason))
    if plan.active_levers:
        lines += _combination(plan)
    return tuple(lines)


def _lever(lever: LeverChoice, evidence: Evidence) -> list[Assumption]:
    known = evidence.levers.get(lever.lever_id)
    own = known is None or (lever.hazard_ratio, lever.low, lever.high) != (
        known.hazard_ratio,
        known.low,
        known.high,
    )
    source, confidence = _OWN, "stated by you"
    if known is not None and not own:
        source = f"{known.source} ({known.source_year}), evidence grade {known.grade}"
        confidence = _WORDS[known.confidence]
    topic = f"Lever: {lever.name}"
    lines = [
        Assumption(
            topic,
            "Speed of filling of vacancies it covers, against others"
            if lever.acts_on is ActsOn.FILLING
            else "Resignations of people it covers, against people it does not",
            lever.hazard_ratio,
            "ratio",
            lever.low,
            lever.high,
            source,
            confidence,
            lever.rationale,
        ),
        Assumption(topic, "Start", month_name(lever.start_month)),
        Assumption(topic, "Months to full effect", lever.ramp_months, "months"),
        Assumption(topic, "Share who have it now", lever.adopted_now, "share of reach"),
        Assumption(topic, "Share who will have it", lever.adopted_target, "share of reach"),
    ]
    if not lever.first_year_only:
        lines.append(Assumption(topic, "Reach", lever.reach, "share of staff"))
    return lines


def _programme(programme: Programme, evidence: Evidence) -> list[Assumption]:
    topic = f"Apprenticeship: {programme.name}"
    standard = evidence.standards.get(programme.standard)
    source, confidence = _OWN, "stated by you"
    if standard is not None:
        source = f"Achievement rate of {programme.standard}, published pass rates; unless changed"
        confidence = _WORDS[standard.achievement_confidence]
    return [
        Assumption(
            topic,
            "Starts",
            f"{programme.cohorts} × {programme.size} from {month_name(programme.first_start)}",
            "cohorts × people",
        ),
        Assumption(topic, "Planned training time", programme.duration_months, "months"),
        Assumption(
            topic,
            "Withdraw before the end",
            programme.withdrawal,
            "share of starts",
            programme.withdrawal_low,
            programme.withdrawal_high,
            source,
            confidence,
        ),
        Assumption(
            topic, "Withdrawn who stay in another job", programme.stay_share, "share of withdrawn"
        ),
        Assumption(
            topic,
            "Pass, of those who reach the end",
            programme.pass_rate,
            "share",
            None,
            None,
            source,
            confidence,
        ),
        Assumption(topic, "Offered and take a skilled post", programme.offer_rate, "share of pass"),
        Assumption(
            topic,
            "Resignations in the year after, against others in the cell",
            programme.post_hazard_ratio,
            "ratio",
            programme.post_low,
            programme.post_high,
        ),
    ]


def _combination(plan: Plan) -> list[Assumption]:
    settings = plan.combination
    topic = "How levers combine"
    return [
        Assumption(topic, name, value, "", None, None, _SETTING, "assumption")
        for name, value in (
            ("Least that resignations can fall to, all levers together", settings.floor),
            ("Weight of each further lever in one group", settings.within),
            ("Weight of each further group", settings.across),
            ("Correlation between the levers' effects", settings.correlation),
        )
    ]
