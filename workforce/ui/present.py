"""Numbers as sentences and short labels. It formats what others computed and computes nothing."""

from typing import TYPE_CHECKING, Final

from workforce.domain.evidence import Confidence, LeverEvidence, Standard, Study
from workforce.domain.families import family_label
from workforce.domain.levers import ActsOn
from workforce.domain.months import month_name

if TYPE_CHECKING:
    import pandas as pd

    from workforce.projection.accounts import Account, Entry

__all__ = [
    "CONFIDENCE_WORDS",
    "GRADE_WORDS",
    "account_words",
    "change_words",
    "fewer",
    "filling_words",
    "funding_warning",
    "percent",
    "pipeline_words",
    "pounds",
    "study_words",
    "vacancy_words",
    "why_off",
]

GRADE_WORDS: Final = {
    "A": "A: large randomised studies",
    "B": "B: good studies, other settings",
    "C": "C: limited studies",
    "D": "D: weak or mixed studies",
    "E": "E: practice only, no study",
}

CONFIDENCE_WORDS: Final = {
    Confidence.VERIFIED: "source read",
    Confidence.RECALLED: "source not re-read",
    Confidence.ASSUMPTION: "our assumption",
}

_RATIOS: Final = ("RR", "HR", "OR")


def percent(share: float, digits: int = 0) -> str:
    """Return a share as `12%`."""
    return f"{100 * share:.{digits}f}%"


def pounds(amount: float) -> str:
    """Return an amount as `£1,200`."""
    return f"£{amount:,.0f}"


def fewer(ratio: float) -> float:
    """Return how many per cent fewer a ratio means (negative where it means more)."""
    return round(100 * (1 - ratio), 1)


def change_words(ratio: float, low: float, high: float, noun: str = "resignations") -> str:
    """Return a ratio with its range as words, as `about 9% fewer resignations (1% to 17%)`.

    Args:
        ratio: Central ratio, 1 for no change.
        low: Low end of the range of the ratio (the strongest effect).
        high: High end; above 1 means that it may backfire.
        noun: What there is fewer of.
    """
    centre, strong, weak = (round(100 * (1 - each)) for each in (ratio, low, high))
    if centre == 0 and strong <= 0 <= -weak and strong == weak:
        return f"no change in {noun}"
    if centre == 0:
        head = f"about no change in {noun}"
    else:
        head = f"about {abs(centre)}% {'fewer' if centre > 0 else 'more'} {noun}"
    if strong == weak:
        return head
    if weak >= 0 and centre >= 0:
        return f"{head} ({weak}% to {strong}%)"
    weak_words = f"{-weak}% more" if weak < 0 else f"{weak}% fewer"
    strong_words = f"{strong}% fewer" if strong >= 0 else f"{-strong}% more"
    return f"{head} (from {weak_words} to {strong_words})"


def filling_words(ratio: float, low: float, high: float) -> str:
    """Return a ratio on filling with its range, as `posts filled about 15% faster (0% to 40%)`.

    Args:
        ratio: Central ratio, 1 for no change; above 1 is faster.
        low: Low end of its range; below 1 means that it may backfire.
        high: High end.
    """
    centre, weak, strong = (round(100 * (each - 1)) for each in (ratio, low, high))
    if centre == weak == strong == 0:
        return "posts filled as fast as today"
    head = f"posts filled about {abs(centre)}% {'faster' if centre >= 0 else 'slower'}"
    if weak == strong:
        return head
    if weak >= 0:
        return f"{head} ({weak}% to {strong}%)"
    ends = (f"{abs(each)}% {'slower' if each < 0 else 'faster'}" for each in (weak, strong))
    return f"{head} (from {' to '.join(ends)})"


def study_words(study: Study) -> str:
    """Return a study as one sentence in plain words, with source and confidence."""
    found = study.metric
    if study.value is not None and study.metric.startswith(_RATIOS):
        low, high = study.low or study.value, study.high or study.value
        odds = "odds of leaving" if study.metric.startswith("OR") else "leavers"
        centre = round(100 * (1 - study.value))
        strong, weak = round(100 * (1 - low)), round(100 * (1 - high))
        found = f"{abs(centre)}% {'lower' if centre > 0 else 'higher'} {odds}"
        found += f" (range {weak}% to {strong}% lower)" if weak >= 0 and centre > 0 else ""
        if centre < 0:
            found += f" (range {-strong}% to {-weak}% higher)"
    elif study.metric.startswith("null"):
        found = "no effect on leaving found"
    parts = [f"**{study.name}**: {found}."]
    if study.design or study.population:
        about = ", ".join(each for each in (study.design, study.population) if each)
        parts.append(f"{about[0].upper()}{about[1:]}.")
    parts.append(
        f"Source: {study.source}, {study.source_year} ({CONFIDENCE_WORDS[study.confidence]})."
    )
    return " ".join(parts)


def why_off(lever: LeverEvidence) -> str:
    """Return why a lever starts switched off, empty where it need not."""
    if lever.on_by_default:
        return ""
    if lever.acts_on is ActsOn.FILLING:
        return "No study measures it for posts like these: the size is a judgement."
    if lever.hazard_ratio >= 1:
        return "Good studies found no effect on leaving. Fund it for other reasons if you wish."
    if lever.grade in "DE":
        return "No convincing study shows that it keeps people."
    return (
        "Promising, but the evidence is from before-and-after counts only. Test it as a scenario."
    )


def funding_warning(standard: Standard) -> str:
    """Return what stands in the way of public funding for new starts, empty where nothing does."""
    if standard.fundable == "no":
        return (
            f"{standard.name} is not publicly funded for new starts: {standard.status}. "
            "The employer pays the full price; choose another standard to use the levy."
        )
    if standard.fundable == "restricted":
        return (
            f"{standard.name} (level {standard.level}) is funded only for people aged "
            f"{standard.age_rule}. For anybody older the employer pays the full price."
        )
    if not standard.age_rule.startswith("any age"):
        return f"{standard.name} is open only to people aged {standard.age_rule}."
    return ""


_STAGE_WORDS: Final = {
    "in_training_at_end": "are still training",
    "withdrawn_left": "withdraw and leave",
    "withdrawn_stayed": "withdraw and stay in other work",
    "not_achieved": "do not pass",
    "waiting_at_end": "wait for a post",
    "not_offered": "pass and take no job here",
    "no_post_left": "pass and find no post free",
    "redeployed": "go to another team",
}


def pipeline_words(pipeline: "pd.DataFrame") -> str:
    """Return what becomes of apprentices as two sentences that account for everybody.

    Args:
        pipeline: Columns stage and mean (people), a row a programme and stage.
    """
    means = pipeline.groupby("stage")["mean"].sum()

    def people(stage: str) -> float:
        return float(means.get(stage, 0.0))

    rest = ", ".join(
        f"{people(stage):,.1f} {words}"
        for stage, words in _STAGE_WORDS.items()
        if people(stage) >= 0.05
    )
    return (
        f"Of **{people('starts'):,.1f}** apprentices (those already in training included), on "
        f"average **{people('converted'):,.1f}** move into a skilled post and "
        f"**{people('in_role_at_end'):,.1f}** are still in it at the end."
        + (f" Of the others {rest}." if rest else "")
        + _without_mentors(people("not_started"))
    )


def _without_mentors(people: float) -> str:
    if people < 0.05:
        return ""
    return (
        f" A further **{people:,.1f}** planned starts do not happen, because there are not enough "
        "experienced colleagues to guide them."
    )


_GOING: Final = {
    "leavers_voluntary": "resign",
    "leavers_retirement": "retire",
    "leavers_end_of_contract": "reach the end of a contract",
    "leavers_other": "leave for other reasons",
    "leavers_organisational_event": "go in redundancies and transfers",
    "moves_out": "move to another role family",
}
_COMING: Final = {
    "moves_in": "move in from another role family",
    "transfers_in": "are transferred in",
    "conversions": "are apprentices who take up a post",
    "hires": "are hired",
}


def account_words(account: "Account") -> str:
    """Return where a headcount comes from as sentences whose numbers add up.

    Args:
        account: Opening, flows and closing.
    """
    going = [each for each in account.flows if each.shown < 0]
    coming = [each for each in account.flows if each.shown > 0]
    went, came = sum(each.shown for each in going), sum(each.shown for each in coming)

    def listed(entries: "list[Entry]", words: dict[str, str]) -> str:
        parts = [
            f"{abs(each.shown):,.1f} {words.get(each.key, each.key.replace('_', ' '))}"
            for each in entries
        ]
        return f" ({', '.join(parts)})" if parts else ""

    return (
        f"**{family_label(account.family)}:** {account.opening.shown:,.1f} people are in post at "
        f"the start of {month_name(account.first)}. From then to the end of "
        f"{month_name(account.last)} {abs(went):,.1f} are expected to go{listed(going, _GOING)} "
        f"and {came:,.1f} to come{listed(coming, _COMING)}. That leaves "
        f"**{account.closing.shown:,.1f}**."
    )


def vacancy_words(account: "Account") -> str:
    """Return why so many posts are vacant, as a sum in words.

    Args:
        account: Posts and vacancies.
    """
    parts = {each.key: each.shown for each in account.posts}
    sentence = (
        f"**{parts['establishment']:,.1f}** FTE are funded, **{-parts['fte']:,.1f}** are filled"
    )
    if parts["seats"]:
        sentence += f" and apprentices in training sit in **{-parts['seats']:,.1f}**"
    sentence += f": **{account.vacancies.shown:,.1f}** FTE are vacant."
    if parts["over_establishment"]:
        sentence += (
            f" In some futures more people are in post than posts are funded; those "
            f"{parts['over_establishment']:,.1f} FTE fill no vacancy."
        )
    return sentence
