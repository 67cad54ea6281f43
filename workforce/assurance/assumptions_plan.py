"""The lines of the assumptions log that a plan brings in: levers and apprenticeships."""

from typing import Final

from workforce.assurance.trials import OVERLAP_TRIED
from workforce.assurance.words import FAIR, GOOD, KNOWN, WEAK, Line, Source, share
from workforce.domain.evidence import Confidence
from workforce.domain.plan import ActsOn, LeverChoice

__all__ = ["plan_lines"]

_ACTS_ON: Final = {ActsOn.LEAVING: "resignations", ActsOn.FILLING: "filling vacancies"}
_BY_GRADE: Final = {"A": FAIR, "B": FAIR, "C": WEAK, "D": WEAK, "E": WEAK}


def plan_lines(source: Source) -> list[Line]:
    """Return the assumptions on levers and programmes of the plan.

    Args:
        source: Everything the log is written from.
    """
    levers = [_lever(source, each) for each in source.case.plan.active_levers]
    return [*levers, *_overlap(source), *_programmes(source)]


def _lever(source: Source, lever: LeverChoice) -> Line:
    known = source.evidence.levers.get(lever.lever_id)
    own = known is None or (lever.hazard_ratio, lever.low, lever.high) != (
        known.hazard_ratio, known.low, known.high,
    )  # fmt: skip
    if known is None or own:
        why = f"stated by you: {lever.rationale}" if lever.rationale else "stated without a reason"
        quality = (FAIR if lever.rationale else WEAK, why)
        origin = "Stated in the plan"
    else:
        quality = (
            _BY_GRADE[known.grade],
            f"evidence grade {known.grade}, other settings; size: {KNOWN[known.confidence]}",
        )
        origin = f"{known.source} ({known.source_year})"
    return source.line(
        f"lever/{lever.lever_id}", "Levers",
        f"{lever.name}: effect on {_ACTS_ON[lever.acts_on]}",
        f"{lever.hazard_ratio:.2f} times", f"{lever.low:.2f} to {lever.high:.2f}", origin, quality,
    )  # fmt: skip


def _overlap(source: Source) -> list[Line]:
    plan = source.case.plan
    if len(plan.active_levers) < 2:
        return []
    names = {
        "within": ("each further lever of one kind counts", plan.combination.within),
        "across": ("each further kind of lever counts", plan.combination.across),
    }
    return [
        source.line(
            f"overlap/{key}", "Levers", f"Levers overlap: {words}",
            f"{value:.2f} of the one before",
            f"{low:.2f} to {high:.2f} (our choice)", "Setting of the model, editable",
            (WEAK, "no study measures packages"),
        )
        for key, (words, value) in names.items()
        for low, high in (OVERLAP_TRIED[key],)
    ]  # fmt: skip


def _programmes(source: Source) -> list[Line]:
    every = (*source.case.plan.programmes, *source.case.continuing)
    if not every:
        return []
    offers = source.evidence.pipeline("ret_conversion_substantive")
    after = source.evidence.pipeline("ret_post_hr_promo")
    standards = [source.evidence.standards.get(each.standard) for each in every]
    read = all(
        each is not None and each.achievement_confidence == Confidence.VERIFIED
        for each in standards
    )

    def span(values: list[float], form: str = ".0%") -> str:
        low, high = format(min(values), form), format(max(values), form)
        return low if low == high else f"{low} to {high}"

    def known(confidence: Confidence) -> tuple[str, str]:
        return (GOOD if confidence == Confidence.VERIFIED else WEAK), KNOWN[confidence]

    return [
        source.line(
            "programme/withdrawal", "Apprenticeships", "Apprentices who withdraw before the end",
            span([each.withdrawal for each in every]),
            f"{share(min(e.withdrawal_low for e in every))} to "
            f"{share(max(e.withdrawal_high for e in every))}",
            "Published achievement rates of the standards",
            (GOOD, "achievement rates read at the source") if read
            else (FAIR, "achievement rates of some standards were not re-read"),
        ),
        source.line(
            "programme/offers", "Apprenticeships", "Achievers who are offered and take a post",
            span([each.offer_rate for each in every]),
            f"{share(offers.range[0])} to {share(offers.range[1])}", offers.source,
            known(offers.confidence),
        ),
        source.line(
            "programme/leaving", "Apprenticeships",
            "Resignations in the year after finishing, against others alike",
            f"{span([each.post_hazard_ratio for each in every], '.2f')} times",
            f"{min(e.post_low for e in every):.2f} to {max(e.post_high for e in every):.2f}",
            after.source, known(after.confidence),
        ),
    ]  # fmt: skip
