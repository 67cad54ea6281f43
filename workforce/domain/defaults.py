"""Plan ingredients with their values taken from the evidence."""

from collections.abc import Sequence

from workforce.domain.bands import GradeBand
from workforce.domain.evidence import Evidence, LeverEvidence
from workforce.domain.opening import InTraining
from workforce.domain.plan import LeverChoice, Programme, Trainee

__all__ = [
    "continuing_programmes",
    "course_from_evidence",
    "lever_from_evidence",
    "programme_from_evidence",
]


def lever_from_evidence(
    lever: LeverEvidence, start_month: int, *, include: bool = True
) -> LeverChoice:
    """Return a lever at its evidence defaults, taken to full adoption.

    Args:
        lever: The lever's evidence.
        start_month: Month index in which it starts.
        include: Whether the plan uses it.

    Returns:
        The choice; nothing is rounded or improved on the way.
    """
    return LeverChoice(
        lever_id=lever.lever_id,
        name=lever.name,
        hazard_ratio=lever.hazard_ratio,
        low=lever.low,
        high=lever.high,
        group=lever.group,
        start_month=start_month,
        include=include,
        first_year_only=lever.first_year_only,
        reach=lever.reach,
        adopted_now=lever.adopted_now,
        adopted_target=1.0,
        ramp_months=lever.ramp_months,
        cost_per_head=lever.cost_per_head[0],
        one_off_per_head=lever.one_off_per_head,
        acts_on=lever.acts_on,
    )


def programme_from_evidence(
    evidence: Evidence,
    reference: str,
    *,
    programme_id: str,
    family: str,
    first_start: int,
    size: int,
    cohorts: int = 1,
    progression: bool = True,
) -> Programme:
    """Return a programme on a standard at its evidence defaults.

    Withdrawal follows from the standard's achievement rate: achievement = (1 - withdrawal) x pass.

    Args:
        evidence: The evidence base.
        reference: Reference of the standard.
        programme_id: Stable key of the programme.
        family: Family an achiever joins.
        first_start: Month index of the first cohort.
        size: Starts per cohort.
        cohorts: Number of yearly cohorts.
        progression: Whether conversion comes with a step in grade or pay.

    Returns:
        The programme.

    Raises:
        KeyError: If the standard is not in the evidence.
    """
    standard = evidence.standards[reference]
    pass_rate = evidence.pipeline("pass_given_complete").number

    def withdrawal(achievement: float) -> float:
        return round(min(1.0, max(0.0, 1 - achievement / pass_rate)), 4)

    post = evidence.pipeline("ret_post_hr_promo" if progression else "ret_post_hr_no_promo")
    low, high = post.range
    # The published shares are rounded; what is left over belongs to the last quarter.
    first, second, third = (evidence.pipeline(f"w_share_q{k}").number for k in (1, 2, 3))
    return Programme(
        programme_id=programme_id,
        name=f"{standard.name} (level {standard.level})",
        standard=reference,
        family=family,
        first_start=first_start,
        size=size,
        cohorts=cohorts,
        duration_months=max(1, standard.duration_months),
        withdrawal=withdrawal(standard.achievement),
        withdrawal_low=withdrawal(standard.achievement_range[1]),
        withdrawal_high=withdrawal(standard.achievement_range[0]),
        quarter_shares=(first, second, third, round(1 - first - second - third, 6)),
        stay_share=evidence.pipeline("w_stay_employer").number,
        pass_rate=pass_rate,
        assessment_months=round(evidence.pipeline("epa_lag").number),
        offer_rate=evidence.pipeline("ret_conversion_substantive").number,
        grade=GradeBand.ENTRY if standard.level <= 4 else GradeBand.PRACTITIONER,
        progression=progression,
        post_hazard_ratio=post.number,
        post_low=low,
        post_high=high,
    )


def course_from_evidence(
    evidence: Evidence,
    name: str,
    *,
    programme_id: str,
    family: str,
    from_family: str,
    first_start: int,
    size: int,
    duration_months: int,
) -> Programme:
    """Return a course of one's own that retrains existing staff, at evidence defaults.

    No national figures exist for such courses. Withdrawal, passing and the job after it are those
    of apprentices, to be replaced by what is known of the course; there is no assessment to wait
    for. Most of those who withdraw stay in the post they have.

    Args:
        evidence: The evidence base.
        name: As shown.
        programme_id: Stable key of the programme.
        family: Family that whoever finishes joins.
        from_family: Projected family they come from, empty for staff from elsewhere.
        first_start: Month index of the first cohort.
        size: People per cohort.
        duration_months: Length of the course.

    Returns:
        The programme.
    """
    withdrawal = evidence.pipeline("w_total")
    low, high = withdrawal.range
    post = evidence.pipeline("ret_post_hr_promo")
    post_low, post_high = post.range
    first, second, third = (evidence.pipeline(f"w_share_q{k}").number for k in (1, 2, 3))
    return Programme(
        programme_id=programme_id,
        name=name,
        standard="",
        family=family,
        from_family=from_family,
        trainee=Trainee.EXISTING_STAFF,
        first_start=first_start,
        size=size,
        duration_months=duration_months,
        withdrawal=withdrawal.number,
        withdrawal_low=low,
        withdrawal_high=high,
        quarter_shares=(first, second, third, round(1 - first - second - third, 6)),
        stay_share=evidence.pipeline("w_stay_existing").number,
        pass_rate=evidence.pipeline("pass_given_complete").number,
        assessment_months=0,
        offer_rate=evidence.pipeline("ret_conversion_substantive").number,
        grade=GradeBand.PRACTITIONER,
        post_hazard_ratio=post.number,
        post_low=post_low,
        post_high=post_high,
    )


def continuing_programmes(
    evidence: Evidence, apprentices: Sequence[InTraining]
) -> tuple[Programme, ...]:
    """Return a programme with evidence defaults for each apprentice group already in training.

    The extract says who is in training, on what and until when; how many will finish and stay is
    the evidence's. Standards that are not in the evidence take the digital defaults of the
    family's first standard, at the duration the extract gives.

    Args:
        evidence: The evidence base.
        apprentices: `Opening.apprentices`.

    Returns:
        One programme for each group, in their order.
    """
    found: list[Programme] = []
    for index, group in enumerate(apprentices):
        reference = group.standard
        if reference not in evidence.standards:
            reference = next(
                key for key, each in evidence.standards.items() if each.family == group.family
            )
        found.append(
            programme_from_evidence(
                evidence,
                reference,
                programme_id=f"in-training-{index}",
                family=group.family,
                first_start=group.started,
                size=group.people,
            )
        )
    return tuple(found)
