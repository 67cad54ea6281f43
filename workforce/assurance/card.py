"""The model card: what the model is, what it saw, how good it is, what it is not for.

Every number is read from the fitted objects; the words around them are the same for everybody.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from workforce.assurance.backtest import Backtest
from workforce.assurance.candidates import Choice, choice_table
from workforce.assurance.document import Section
from workforce.assurance.fairness import Fairness
from workforce.assurance.record import score_table, track_record
from workforce.assurance.trials import Case
from workforce.assurance.words import share
from workforce.domain.bands import GRADE_BANDS, TENURE_BANDS
from workforce.domain.candidates import Candidate
from workforce.domain.differences import DIFFERENCE_LABELS, Differences
from workforce.domain.families import family_label
from workforce.domain.months import month_name
from workforce.domain.rates import RateRow, Rates
from workforce.history import History

__all__ = ["About", "Limits", "model_card"]

_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class About:
    """What a card says of the run it belongs to.

    Attributes:
        name: The organisation or files, as shown.
        software: Version of the software.
        data_digest: Digest of the data.
        as_of: Day of the data.
        made_on: Day the card was made.
        fictional: Whether the data are the sample.
        population: Whom the figures are about, in words.
    """

    name: str
    software: str
    data_digest: str
    as_of: date
    made_on: date
    fictional: bool
    population: str


def _everything(_count: float) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Limits:
    """What of the observed may not be shown.

    Attributes:
        notes: What stands in for missing data, without small counts.
        withheld: Rates that would give small counts away: their benchmark is shown instead.
        shown: Whether a count of people may be shown.
    """

    notes: tuple[str, ...] = ()
    withheld: tuple[RateRow, ...] = ()
    shown: Callable[[float], bool] = _everything

    @property
    def hidden(self) -> set[tuple[str, str]]:
        """Measure and family of the withheld rates."""
        return {(row.measure, row.family) for row in self.withheld}


def model_card(
    about: About,
    case: Case,
    history: History,
    *,
    record: Backtest | None = None,
    fairness: Fairness | None = None,
    not_modelled: Sequence[str] = (),
    limits: Limits | None = None,
    choice: Choice | None = None,
) -> tuple[Section, ...]:
    """Return the card of what was fitted to one organisation.

    Args:
        about: The run.
        case: Opening, rates and plan.
        history: What was observed.
        record: The backtest, where one was run.
        fairness: The fairness check, where one was asked for.
        not_modelled: What is left out, in sentences (of `docs/method.md`).
        limits: What may not be shown; everything may if not given.
        choice: Why resignations are fitted as they are, where ways were compared.

    Returns:
        The sections in the order they are read.
    """
    limits = limits or Limits(case.rates.notes)
    return (
        _identity(about),
        Section("What it is for, and what not", _PURPOSE),
        _data(history, case, limits),
        _fitted(case.rates, limits),
        *_compared(choice),
        _uncertainty(case.rates, history),
        _performance(record, limits),
        _groups(fairness),
        Section("What is not modelled", tuple(not_modelled)),
    )


_PURPOSE: Final = (
    "It helps to plan posts, recruitment, apprenticeships and measures that keep people, for role "
    "families of a public body, over one to ten years.",
    "It is not for decisions about a person: nobody is scored, and no figure below a family is "
    "forecast. It is no replacement for knowing the teams.",
    "Its ranges are trends under stated assumptions. A result that hangs on a weak assumption says "
    "so in the assumptions log.",
)


def _identity(about: About) -> Section:
    sentences = [
        f"Data: {about.name}, to {about.as_of.day} {about.as_of:%B %Y} "
        f"(digest {about.data_digest[:12]}). Figures are about {about.population}.",
        f"Software: version {about.software}. Card made on {about.made_on.day} "
        f"{about.made_on:%B %Y}. The same data, plan, seed and version give the same numbers.",
    ]
    if about.fictional:
        sentences.insert(0, "Fictional sample: this organisation does not exist.")
    return Section("What this is", tuple(sentences))


def _count(value: float, noun: str) -> str:
    return f"fewer than {_FEW} {noun}" if 0 < value < _FEW else f"{value:,.0f} {noun}"


def _data(history: History, case: Case, limits: Limits) -> Section:
    opening = case.opening
    sentences = [
        f"In post: {_count(float(opening.headcount().sum()), 'people')}, "
        f"{float(opening.fte().sum()):,.1f} FTE. Funded: "
        f"{float(opening.establishment_fte.sum()):,.1f} FTE, from: "
        f"{', '.join(dict.fromkeys(opening.establishment_basis))}.",
    ]
    hidden = limits.hidden
    every = {row.measure: row for row in case.rates.table if row.family == "all"}
    if history.window is None:
        sentences.append("Leaving was not observed: rates of leaving are the benchmarks.")
    else:
        first, last = history.window
        left = sum(row.events for row in every.values())
        # A sum over causes would give away the one that is hidden.
        told = not any(family == "all" for _, family in hidden)
        leavers = _count(left, "leavers") if told else "leavers"
        exposure = every["voluntary"].exposure
        sentences.append(
            f"Leaving was observed from {month_name(first)} to {month_name(last)} "
            f"({history.window_months} months): {leavers} in {exposure:,.0f} "
            "person-years of these families. All other staff inform what families share (season, "
            "years, length of service)."
        )
    hired = [row for row in case.rates.table if row.measure == "time_to_hire"]
    filled = sum(row.events for row in hired)
    told = not any(measure == "time_to_hire" for measure, _ in hidden)
    vacancies = _count(filled, "vacancies filled") if told else "vacancies filled"
    sentences.append(
        f"Hiring: {vacancies} in "
        f"{sum(row.exposure for row in hired):,.0f} vacancy-months ({hired[0].note})."
        if filled
        else "Hiring: no filled vacancy was observed; time to hire is the benchmark."
    )
    return Section("What the data hold", (*sentences, *limits.notes))


_GOES_BY: Final = {
    Candidate.POOLED: "Resigning has one rate for all role families",
    Candidate.FAMILY: "Resigning has a rate for each role family",
    Candidate.REGRESSION: "Resigning goes by role family, grade and length of service",
    Candidate.BOOSTED: "Resigning goes by role family, grade and length of service, with what "
    "boosted trees found over and above",
}


def _fitted(rates: Rates, limits: Limits) -> Section:
    months = ("January", "February", "March", "April", "May", "June", "July", "August",
              "September", "October", "November", "December")  # fmt: skip
    high, low = int(rates.season.argmax()), int(rates.season.argmin())
    sentences = (
        f"{_GOES_BY[rates.candidate]}, shrunk to a benchmark where data are few. "
        + _structure(rates),
        f"Most resign in {months[high]} ({share(float(rates.season[high]))} of the mean "
        f"month), fewest in {months[low]} ({share(float(rates.season[low]))}).",
        "Age enters retirement only. No other protected characteristic enters anything.",
        *(_told_apart(each) for each in rates.differences),
    )
    hidden = limits.hidden
    rows = [_rate_row(row, (row.measure, row.family) in hidden) for row in rates.table]
    return Section("What was fitted", sentences, pd.DataFrame(rows))


def _told_apart(found: Differences) -> str:
    """Say whether directorates or jobs differ, and what follows from it."""
    label = DIFFERENCE_LABELS[found.kind]
    if not found.earned:
        return (
            f"{label} are not told apart: in earlier years their differences did not foretell the "
            "next by more than a standard error."
        )
    return (
        f"{label} differ in resigning by {share(float(np.expm1(found.spread)))} either way, and "
        "earlier years foretold where the next year's resignations came from. They are compared on "
        "the page Where we are; no forecast depends on it."
    )


def _structure(rates: Rates) -> str:
    """Say how resigning goes by length of service and grade, in the first family."""
    if rates.candidate in (Candidate.POOLED, Candidate.FAMILY):
        return "Length of service and grade change nothing in it."
    hazards = np.exp(rates.voluntary.log_hazard())[0]
    tenure = hazards[0] / hazards[0, TENURE_BANDS.index("2-5 years")]
    grade = hazards[:, 0] / hazards[0, 0]
    # A log-linear hazard has the same ratios in every family; trees may differ.
    where = (
        f"In {family_label(rates.families[0]).lower()}, against"
        if rates.candidate is Candidate.BOOSTED
        else "Against"
    )
    return (
        f"{where} two to five years of service: "
        + ", ".join(f"{band} {ratio:.2f}" for band, ratio in zip(TENURE_BANDS, tenure, strict=True))
        + f". Against the grade band “{GRADE_BANDS[0]}”: "
        + ", ".join(
            f"{band} {ratio:.2f}" for band, ratio in list(zip(GRADE_BANDS, grade, strict=True))[1:]
        )
        + "."
    )


def _compared(choice: Choice | None) -> tuple[Section, ...]:
    if choice is None:
        return ()
    said = [choice.sentence]
    if choice.scores:
        said.append(
            "Each was fitted at dates a year apart on what was known then, and its rates held "
            "against who resigned in the twelve months after. “Behind the best” is a Poisson log "
            "score per 100 leavers; a date is one observation for its standard error."
        )
    return (Section("Which ways of fitting were compared", tuple(said), choice_table(choice)),)


def _rate_row(row: RateRow, withheld: bool) -> dict[str, str]:
    seen = {
        "Estimate": _value(row.estimate, row.unit),
        "90% range": f"{_value(row.low, row.unit)} to {_value(row.high, row.unit)}",
        "Your data": share(row.own_weight),
        "Benchmark": share(1 - row.own_weight),
    }
    if withheld:
        seen = dict.fromkeys(seen, "withheld")
    return {
        "Rate": _RATE_NAMES[row.measure],
        "Role family": family_label(row.family),
        **seen,
        "Benchmark value": _value(row.benchmark, row.unit),
        "Benchmark from": row.benchmark_source,
    }


_RATE_NAMES: Final = {
    "voluntary": "Resigning",
    "retirement": "Retiring",
    "end_of_contract": "Contract ending",
    "other": "Other leaving",
    "renewal": "Fixed terms renewed",
    "season": "Season of resigning",
    "year_shock": "Good and bad years",
    "moves": "Moving to another role family",
    "time_to_hire": "Time to hire",
}


def _value(number: float, unit: str) -> str:
    if unit == "days":
        return f"{number:,.0f} {unit}"
    return share(number, 1) if unit == "per year" else f"{share(number)} {unit}"


def _uncertainty(rates: Rates, history: History) -> Section:
    spread = float(np.expm1(rates.shock.sd))
    return Section(
        "How uncertainty is made",
        (
            "Every simulated future draws its own rates from their ranges, its own good and bad "
            "years, and then chance for each person: three layers, which is why ranges are wide.",
            f"A usual year lies {share(spread)} above or below the rates; of that "
            f"{share(max(rates.shock.ar1, 0.0))} carries over to the next year. "
            + (
                f"{history.window_months} months were observed."
                if history.window
                else "Nothing of it was observed here."
            ),
        ),
    )


def _performance(record: Backtest | None, limits: Limits) -> Section:
    title = "How good its forecasts were here"
    if record is None:
        return Section(title, ("The track record has not been run for these data.",))
    if not record.origins:
        return Section(title, record.notes)
    return Section(title, (*track_record(record, limits.shown), *record.notes), score_table(record))


def _groups(fairness: Fairness | None) -> Section:
    title = "Do forecasts hit every group alike"
    if fairness is None:
        return Section(
            title,
            (
                "Not checked: it takes columns with protected characteristics and your asking for "
                "the check when the files are read.",
            ),
        )
    rows = fairness.rows
    outside = rows[rows["differs"]]
    said = (
        f"Of {len(rows)} groups, {len(outside)} left more or less often than expected beyond their "
        "95% interval"
        + (
            ": " + ", ".join(f"{g} ({c})" for c, g in zip(outside["characteristic"],
                                                         outside["group"], strict=True)) + "."
            if len(outside)
            else "."
        )
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "Characteristic": rows["characteristic"],
            "Group": rows["group"],
            "Observed leavers": rows["observed"].round(0).astype(int),
            "Expected": rows["expected"].round(1),
            "Observed over expected": rows["ratio"].round(2),
            "95% interval": [
                f"{low:.2f} to {high:.2f}"
                for low, high in zip(rows["low"], rows["high"], strict=True)
            ],
        }
    )
    return Section(title, (said, *fairness.notes), table)
