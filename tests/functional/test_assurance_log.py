"""Assumptions log, model card and transparency record: every number from the fitted objects."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import numpy as np
import pandas as pd
import pytest
from assurance_cases import simulated_extract

from workforce.assurance import (
    About,
    Backtest,
    Case,
    Effect,
    Limits,
    Section,
    assumptions_log,
    backtest,
    duties,
    evidence_table,
    log_frame,
    markdown,
    model_card,
    run_trials,
    transparency_record,
    trials,
    verdict,
)
from workforce.assurance.transparency import USED
from workforce.assurance.trials import POSTS_OUT_BY, headline
from workforce.assurance.words import FAIR, GOOD, HIGH, LOW, MEDIUM, WEAK, Line
from workforce.domain.defaults import (
    continuing_programmes,
    lever_from_evidence,
    programme_from_evidence,
)
from workforce.domain.differences import DifferenceKind, Differences
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.history import History, build_history, opening
from workforce.intake import Extract
from workforce.projection import simulate
from workforce.rates import fit_rates
from workforce.sample import simulate as simulate_sample

FAMILIES = [str(family) for family in DIGITAL_FAMILIES]
DRAWS = 50


class Recorder(Evidence):
    """The evidence base, noting which benchmarks were asked for."""

    asked: ClassVar[set[str]] = set()

    def benchmark(self, key: str) -> Parameter:
        self.asked.add(key)
        return super().benchmark(key)


@pytest.fixture(scope="module")
def council() -> Extract:
    return simulated_extract(simulate_sample(size=700, years=4, seed=3))


@pytest.fixture(scope="module")
def history(council: Extract) -> History:
    return build_history(council)


@pytest.fixture(scope="module")
def case(history: History, evidence: Evidence) -> Case:
    start = opening(history, evidence, FAMILIES)
    # Posts for apprentices to move into, so that what becomes of them matters.
    more = start.establishment_fte + np.array([20.0, 0.0, 0.0, 0.0])
    start = replace(start, establishment_fte=more)
    levers = tuple(
        lever_from_evidence(evidence.levers[key], start.as_of + 2) for key in ("HYBRID", "MANAGER")
    )
    programme = programme_from_evidence(
        evidence, "ST1021", programme_id="p", family="cyber", first_start=start.as_of + 1, size=8
    )
    return Case(
        start,
        fit_rates(history, evidence, FAMILIES),
        Plan("Mine", horizon_months=30, levers=levers, programmes=(programme,)),
        continuing_programmes(evidence, start.apprentices),
    )


@pytest.fixture(scope="module")
def effects(case: Case, evidence: Evidence) -> dict[str, Effect]:
    shares: list[float] = []
    found = run_trials(case, trials(case, evidence), draws=DRAWS, seed=2, progress=shares.append)
    assert shares[-1] == 1.0
    return found


@pytest.fixture(scope="module")
def about() -> About:
    day = date(2026, 9, 30)
    return About("A council", "0.1", "d" * 64, day, date(2026, 11, 1), True, "digital staff")


@pytest.mark.parametrize(
    ("key", "sign"),
    [
        ("voluntary", 1),
        ("retirement", 1),
        ("other", 1),
        ("time_to_hire", 1),
        ("establishment", 1),
        ("growth", 1),
        ("lever/HYBRID", 1),
        ("lever/MANAGER", 1),
        ("programme/withdrawal", 1),
        ("programme/offers", -1),
    ],
)
def test_each_assumption_moves_vacancies_the_way_it_must(
    effects: dict[str, Effect], key: str, sign: int
) -> None:
    effect = effects[key]
    assert sign * (effect.high - effect.low) > 0, f"{key}: {effect}"


def test_the_headline_is_the_projection_s_own(case: Case, effects: dict[str, Effect]) -> None:
    projection = simulate(
        case.opening, case.rates, [case.plan], draws=DRAWS, seed=2, continuing=case.continuing
    )
    vacant = projection.values("Mine", "vacancies")[:, -1]
    low, high = np.quantile(vacant, (0.1, 0.9))
    for effect in effects.values():
        assert effect.base == pytest.approx(vacant.mean())
        assert effect.scale == pytest.approx((high - low) / 2)


def test_an_end_that_changes_nothing_has_no_effect(case: Case) -> None:
    one, other = (headline(each, draws=30, seed=5) for each in (case, replace(case)))
    np.testing.assert_array_equal(one, other)


def test_a_missing_posts_list_is_tried_at_the_ends_of_the_benchmark(
    case: Case, evidence: Evidence
) -> None:
    basis = ("benchmark", *case.opening.establishment_basis[1:])
    guessed = replace(case, opening=replace(case.opening, establishment_basis=basis))
    tried = {each.key: each for each in trials(guessed, evidence)}["establishment"]
    rate = evidence.benchmark("lg_it_vac")
    posts = case.opening.establishment_fte
    low = tried.low.opening.establishment_fte
    assert low[0] == pytest.approx(posts[0] * (1 - rate.number) / (1 - rate.range[0]))
    np.testing.assert_allclose(low[1:], posts[1:] * (1 - POSTS_OUT_BY))


def test_what_a_plan_does_not_hold_is_not_tried(case: Case, evidence: Evidence) -> None:
    nothing = replace(case, plan=Plan(BASELINE_NAME), continuing=())
    keys = {each.key for each in trials(nothing, evidence)}
    assert not any(key.startswith(("lever", "overlap", "programme")) for key in keys)


def test_every_trial_has_its_line_and_the_rest_is_called_a_judgement(
    case: Case, history: History, evidence: Evidence, effects: dict[str, Effect]
) -> None:
    lines = assumptions_log(case, history, evidence, effects=effects)
    computed = [line for line in lines if line.known_by == "computed"]
    assert len(computed) == len(effects)
    judged = assumptions_log(case, history, evidence)
    assert {line.known_by for line in judged} == {"our judgement"}
    assert len(judged) == len(lines)
    assert [line.rank for line in lines] == sorted(line.rank for line in lines)
    frame = log_frame(lines)
    assert len(frame) == len(lines)
    assert (frame["Source"].str.len() > 3).all(), "every assumption has a source"


def test_moves_between_families_are_tried_at_both_ends_or_said_not_to_be_projected(
    case: Case, history: History, evidence: Evidence
) -> None:
    named = {line.name for line in assumptions_log(case, history, evidence)}
    assert "Nobody moves between role families" in named
    assert "moves" not in {each.key for each in trials(case, evidence)}
    seen = pd.DataFrame(
        [("cyber", "data", 8.0, 2400.0), ("data", "cyber", 6.0, 1200.0)],
        columns=["from_family", "to_family", "moves", "exposure"],
    )
    moving = replace(case, rates=fit_rates(replace(history, moves=seen), evidence, FAMILIES))
    (tried,) = [each for each in trials(moving, evidence) if each.key == "moves"]
    row = next(each for each in moving.rates.table if each.measure == "moves")
    low, high = (end.rates.moves for end in (tried.low, tried.high))
    assert low is not None
    assert high is not None
    assert high.hazard[0, 1] / low.hazard[0, 1] == pytest.approx(row.high / row.low)
    named = {line.name for line in assumptions_log(moving, history, evidence)}
    assert "Nobody moves between role families" not in named
    assert "People move between role families as they did, where a post is vacant" in named


def test_numbers_of_the_log_are_those_of_the_rates(
    case: Case, history: History, evidence: Evidence
) -> None:
    lines = {line.name: line for line in assumptions_log(case, history, evidence)}
    row = next(r for r in case.rates.table if (r.measure, r.family) == ("voluntary", "all"))
    line = lines["People resign at the rate fitted"]
    assert line.value == f"{100 * row.estimate:.1f}% a year"
    assert f"your data {100 * row.own_weight:.0f}%" in line.why
    posts = lines["Funded posts are as given"]
    assert f"{case.opening.establishment_fte.sum():,.1f} FTE" in posts.value


@pytest.mark.parametrize(
    ("quality", "share", "impact", "priority"),
    [
        (WEAK, 0.3, HIGH, "Check first"),
        (WEAK, 0.2, MEDIUM, "Keep an eye on"),
        (FAIR, 0.25, HIGH, "Keep an eye on"),
        (GOOD, 2.0, HIGH, "Accept"),
        (WEAK, 0.05, LOW, "Accept"),
    ],
)
def test_quality_against_impact(
    case: Case, history: History, evidence: Evidence,
    quality: str, share: float, impact: str, priority: str,
) -> None:  # fmt: skip
    effect = Effect(low=10.0 - 4 * share, high=10.0, base=10.0, scale=4.0)
    assert effect.share == pytest.approx(share)
    line = Line("", "", "", "", quality, "", impact, effect, "")
    assert line.priority == priority
    found = assumptions_log(case, history, evidence, effects={"voluntary": effect})
    resigning = next(each for each in found if each.name.startswith("People resign"))
    assert resigning.impact == impact


def test_a_plan_of_ones_own_numbers_is_said_to_be(
    case: Case, history: History, evidence: Evidence
) -> None:
    lever = replace(case.plan.levers[0], hazard_ratio=0.9, low=0.8, high=1.0, rationale="Our pilot")
    own = replace(case, plan=replace(case.plan, levers=(lever,)))
    line = next(
        each
        for each in assumptions_log(own, history, evidence)
        if each.topic == "Levers" and "resignations" in each.name
    )
    assert line.quality == FAIR
    assert "Our pilot" in line.why
    assert line.source == "Stated in the plan"


def test_every_benchmark_that_is_used_is_in_the_evidence_table(
    case: Case, history: History, evidence: Evidence
) -> None:
    recorder = Recorder(**{name: getattr(evidence, name) for name in evidence.__dataclass_fields__})
    Recorder.asked = set()
    opening(history, recorder, FAMILIES)
    fit_rates(history, recorder, FAMILIES)
    fit_rates(replace(history, window=None, counts=history.counts.iloc[:0]), recorder, FAMILIES)
    assert Recorder.asked, "the recorder sees what is asked"
    assert Recorder.asked <= set(USED), Recorder.asked - set(USED)
    table = evidence_table(evidence, case.plan)
    for key in USED:
        assert evidence.benchmark(key).name in set(table["What"])
    grades = table.loc[table["Topic"] == "Lever", "Grade"].tolist()
    assert grades == [evidence.levers[key].grade for key in ("HYBRID", "MANAGER")]
    assert (table["Source"].str.len() > 3).all()
    assert set(table["How it is known"]) <= {"source read", "source not re-read", "assumption"}


def card_of(about: About, case: Case, history: History, **more: Any) -> dict[str, Section]:
    return {section.title: section for section in model_card(about, case, history, **more)}


def test_the_card_holds_the_numbers_of_the_fit(about: About, case: Case, history: History) -> None:
    card = card_of(about, case, history, not_modelled=["Moves between families."])
    data = " ".join(card["What the data hold"].sentences)
    assert f"{case.opening.headcount().sum():,} people" in data
    assert f"({history.window_months} months)" in data
    fitted = card["What was fitted"]
    assert fitted.table is not None
    assert len(fitted.table) == len(case.rates.table)
    weights = fitted.table[["Your data", "Benchmark"]].map(lambda text: int(text.rstrip("%")))
    assert weights.sum(axis=1).between(99, 101).all()
    assert (fitted.table["Benchmark value"].str.len() > 1).all()
    hazards = np.exp(case.rates.voluntary.log_hazard())
    assert f"0-6 months {hazards[0, 0, 0] / hazards[0, 0, 3]:.2f}" in fitted.sentences[0]
    assert card["What is not modelled"].sentences == ("Moves between families.",)
    assert "has not been run" in card["How good its forecasts were here"].sentences[0]


def test_the_card_says_whether_directorates_and_jobs_differ(
    about: About, case: Case, history: History
) -> None:
    found = (
        Differences(DifferenceKind.DEPARTMENT, (), 0.2, gain=5.0, gain_error=2.0),
        Differences(DifferenceKind.TITLE, (), 0.2, gain=1.0, gain_error=2.0),
    )
    apart = replace(case, rates=replace(case.rates, differences=found))
    one, other = card_of(about, apart, history)["What was fitted"].sentences[-2:]
    assert one.startswith("Directorates differ in resigning by 22% either way")
    assert other.startswith("Jobs are not told apart")


def test_few_leavers_are_not_counted_out_on_the_card(
    about: About, case: Case, history: History
) -> None:
    table = tuple(
        replace(row, events=1.0 if row.measure == "voluntary" else 0.0) for row in case.rates.table
    )
    few = replace(case, rates=replace(case.rates, table=table))
    said = " ".join(card_of(about, few, history)["What the data hold"].sentences)
    assert "fewer than 5 leavers" in said


def test_withheld_rates_appear_nowhere(
    about: About, case: Case, history: History, evidence: Evidence, effects: dict[str, Effect]
) -> None:
    hidden = [row for row in case.rates.table if row.measure in {"voluntary", "time_to_hire"}]
    card = card_of(about, case, history, limits=Limits(withheld=tuple(hidden)))
    table = card["What was fitted"].table
    assert table is not None
    rows = table[table["Rate"].isin(["Resigning", "Time to hire"])]
    assert (rows[["Estimate", "90% range", "Your data", "Benchmark"]] == "withheld").all(axis=None)
    data = " ".join(card["What the data hold"].sentences)
    assert "months): leavers in" in data, "their number would follow from the causes that are shown"
    lines = {
        line.name: line
        for line in assumptions_log(case, history, evidence, effects=effects, withheld=hidden)
    }
    for name in ("People resign at the rate fitted", "Vacancies are filled as fast as measured"):
        assert lines[name].ends == "withheld"
        assert lines[name].effect_words == "withheld"
        assert "your data" not in lines[name].why


@pytest.fixture(scope="module")
def record(council: Extract, evidence: Evidence) -> Backtest:
    origins = [date(2024, 6, 30), date(2025, 3, 31)]
    return backtest(council, evidence, families=FAMILIES, origins=origins, draws=40, seed=1)


def test_the_card_holds_the_scores_of_the_track_record(
    about: About, case: Case, history: History, evidence: Evidence, record: Backtest
) -> None:
    section = card_of(about, case, history, record=record)["How good its forecasts were here"]
    assert section.table is not None
    assert {"this model", "naive"} <= set(section.table["Method"])
    lines = assumptions_log(case, history, evidence, record=record)
    years = next(each for each in lines if each.name.startswith("The years to come"))
    assert "of 2 yearly forecasts" in years.why


def track(inside: int, years: int) -> Backtest:
    """Return a backtest with a forecast a year, of which some held."""
    import pandas as pd

    scores = pd.DataFrame(
        [("leavers_12m", 12, "ours", years, 1.0, 1.0, 0.5, inside / years, 0.9, 10.0)],
        columns=[
            "measure", "horizon", "method", "forecasts", "mase", "crps", "cover50", "cover80",
            "cover95", "width95",
        ],
    )  # fmt: skip
    origins = tuple(date(2000 + year, 1, 1) for year in range(years + 1))
    return Backtest(pd.DataFrame(), scores, origins, ("cyber",), 10, 1, ())


@pytest.mark.parametrize(
    ("inside", "years", "words"),
    [
        (16, 20, "within what chance allows"),
        (8, 20, "too narrow"),
        (20, 20, "too wide"),
        (2, 4, "within what chance allows"),
    ],
)
def test_the_verdict_allows_for_chance(inside: int, years: int, words: str) -> None:
    said = verdict(track(inside, years))
    assert said.startswith(f"{inside} of {years} yearly forecasts of leavers held")
    assert words in said


def test_a_document_cannot_be_broken_by_what_it_quotes(about: About, case: Case) -> None:
    import pandas as pd

    text = markdown(
        "Card",
        [Section("A", ("one\n# two", "<script>"), pd.DataFrame({"h": ["a | b", "`x`"]}))],
    )
    assert "\n# two" not in text
    assert "<script>" not in text
    assert "| a \\| b |" in text


def test_duties_are_those_of_the_evidence_and_say_what_is_left_to_do(evidence: Evidence) -> None:
    table = duties(evidence)
    assert set(table["What is asked"]) <= {rule.requirement for rule in evidence.rules.values()}
    assert table["Here"].str.contains("For you").any()
    assert {"Equality Act 2010 s.149 (PSED)", "UK GDPR Art. 35"} <= set(table["Area"])


def test_the_record_marks_what_only_the_organisation_can_answer(
    about: About, case: Case, history: History
) -> None:
    card = model_card(about, case, history)
    record = transparency_record(about, card)
    assert [section.title.split(":")[0] for section in record] == [
        "Tier 1", "Tier 2.1", "Tier 2.2", "Tier 2.3", "Tier 2.4", "Tier 2.5",
    ]  # fmt: skip
    text = markdown("Record", record)
    assert text.count("[for your organisation to fill in]") >= 5
    assert "Leaving was observed" in text, "the data are described from the fit"
