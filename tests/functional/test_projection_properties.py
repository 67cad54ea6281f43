"""What holds for every organisation, plan and draw."""

import dataclasses
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from projection_cases import AS_OF, lever, organisation, plan, programme
from projection_plans import FAMILIES, MONTHS, openings, plans, programmes, stated_rates

from workforce.domain.errors import UserError
from workforce.domain.opening import Cells, Opening
from workforce.domain.plan import Freeze, Hiring, Plan
from workforce.domain.rates import Rates
from workforce.projection import MEASURES, STAGES, Projection, simulate
from workforce.projection import engine as engine_module
from workforce.projection import run as run_module
from workforce.projection.spread import HEAVY, handed_out


def _run(opening: Opening, *tested: Plan, draws: int = 30, **details: object) -> Projection:
    continuing = [programme(duration_months=9) for _ in opening.apprentices]
    return simulate(opening, stated_rates(), tested, draws=draws, continuing=continuing, **details)  # type: ignore[arg-type]


@given(opening=openings(), tested=plans())
@settings(max_examples=40)
def test_stocks_and_flows_balance_in_every_draw(opening: Opening, tested: Plan) -> None:
    run = _run(opening, tested)
    for family in (*FAMILIES, "all"):
        account = run.account("Plan", family)
        flow = sum(value for name, value in account.items() if name.startswith("leavers"))
        left = account["opening"] - flow + account["conversions"] + account["hires"]
        assert np.array_equal(left, account["closing"]), f"people appear or vanish in {family}"
        assert np.array_equal(flow, run.values("Plan", "leavers", family)), "causes add up"
    start = run.account("Plan")["opening"][:, 0]
    assert np.all(start == opening.headcount().sum()), "it starts with the opening stock"


@given(opening=openings(), tested=plans())
@settings(max_examples=40)
def test_nothing_is_negative_and_totals_are_sums(opening: Opening, tested: Plan) -> None:
    run = _run(opening, tested)
    for measure in MEASURES:
        parts = [run.values("Plan", measure, family) for family in FAMILIES]
        whole = run.values("Plan", measure)
        assert min(part.min() for part in parts) >= -1e-9, f"{measure} falls below zero"
        if measure != "vacancy_rate":
            assert np.allclose(sum(parts), whole), f"{measure}: all is not the sum"
    posts, fte, vacant, over = (
        run.values("Plan", measure)
        for measure in ("establishment", "fte", "vacancies", "over_establishment")
    )
    if not tested.programmes:
        # Totals by family: one may be over while another is short.
        assert np.allclose(posts - fte, vacant - over, atol=1e-3), "vacancy is what is missing"
    rate = run.values("Plan", "vacancy_rate")
    expected = np.divide(vacant, posts, out=np.zeros(vacant.shape), where=posts > 0)
    assert np.array_equal(rate, expected), "the rate is computed in each draw"


@given(opening=openings(), tested=plans())
@settings(max_examples=25)
def test_freeze_means_no_hires_and_a_cap_is_never_exceeded(opening: Opening, tested: Plan) -> None:
    opening = dataclasses.replace(opening, starters=())
    run = _run(opening, tested)
    hires = run.values("Plan", "hires")
    for freeze in tested.hiring.freezes:
        inside = slice(freeze.first - AS_OF - 1, freeze.last - AS_OF)
        assert hires[:, inside].sum() == 0, "hired during the freeze"
    cap = tested.hiring.capacity_per_month
    if cap is not None:
        months = np.arange(1, MONTHS + 1)
        assert np.all(hires.cumsum(axis=1) <= np.floor(cap * months + 1e-9)), "above the cap"


@given(opening=openings(), tested=plans())
@settings(max_examples=15)
def test_equal_plans_and_levers_nobody_takes_up_differ_by_exactly_nothing(
    opening: Opening, tested: Plan
) -> None:
    idle = lever(lever_id="idle", hazard_ratio=0.5, low=0.3, high=1.4, adopted_now=0.3)
    unused = dataclasses.replace(idle, lever_id="unused", adopted_target=0.3)
    same = dataclasses.replace(tested, name="Same")
    # Not taken up at all: no lever, and a plan of nothing but a lever that stays as it is.
    bare = dataclasses.replace(tested, name="Bare", levers=())
    still = dataclasses.replace(tested, name="Still", levers=(unused,))
    run = _run(opening, tested, same, bare, still)
    for measure in MEASURES:
        for one, other in (("Plan", "Same"), ("Bare", "Still")):
            assert np.array_equal(run.values(one, measure), run.values(other, measure)), (
                f"{measure} differs between {one} and {other}"
            )


@given(opening=openings(), tested=plans(), seed=st.integers(0, 5))
@settings(max_examples=15)
def test_order_and_folding_of_cells_change_nothing(
    opening: Opening, tested: Plan, seed: int
) -> None:
    columns = {
        field.name: getattr(opening.cells, field.name) for field in dataclasses.fields(Cells)
    }
    people = columns.pop("people")
    each = np.divide(columns.pop("fte"), people, out=np.zeros(len(people)), where=people > 0)
    single = np.repeat(np.arange(len(people)), people)
    order = np.random.default_rng(seed).permutation(single)
    shuffled = Cells(
        **{name: column[order] for name, column in columns.items()},
        people=np.ones(len(order), dtype=np.int64),
        fte=each[order],
    )
    one = _run(opening, tested)
    other = _run(dataclasses.replace(opening, cells=shuffled), tested)
    for measure in ("headcount", "leavers", "hires", "apprentices_converted"):
        assert np.array_equal(one.values("Plan", measure), other.values("Plan", measure)), measure


@given(opening=openings(), low=st.floats(0.05, 0.5), more=st.floats(1.2, 3.0))
@settings(max_examples=10)
@example(opening=organisation([{"people": 30}], [33, 5], families=FAMILIES), low=0.1, more=2.0)
def test_higher_attrition_never_raises_mean_headcount(
    opening: Opening, low: float, more: float
) -> None:
    opening = dataclasses.replace(opening, apprentices=())
    calm, restless = (
        simulate(opening, stated_rates(each), [plan(months=MONTHS)], draws=250).values(
            "Plan", "headcount", "cyber"
        )
        for each in (low, low * more)
    )
    gap = (restless - calm).astype(float)
    # The same draws: what is left of chance in the difference is its own standard error.
    allowance = 3 * gap.std(axis=0) / np.sqrt(len(gap)) + 1e-9
    assert np.all(gap.mean(axis=0) <= allowance), "more leavers, more people?"


def _large() -> Opening:
    rng = np.random.default_rng(1)
    rows = [
        {
            "family": int(rng.integers(0, 2)),
            "grade": int(rng.integers(0, 4)),
            "tenure": int(rng.integers(0, 121)),
            "age": int(rng.integers(0, 6)),
        }
        for _ in range(140)
    ]
    return organisation(rows, [80.0, 80.0], families=FAMILIES, starter_fte=[0.95, 0.95])


def test_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    runs = [_run(_large(), plan(months=MONTHS), seed=seed) for seed in (5, 5, 6)]
    bodies = [pickle.dumps(dict(run.stored)) for run in runs]
    assert bodies[0] == bodies[1], "same seed and inputs, other bytes"
    assert bodies[0] != bodies[2], "another seed must matter"


def test_block_size_in_memory_and_number_of_draws_change_no_draw(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tested = plan(months=12, programmes=programmes(AS_OF + 2), levers=(lever(low=0.6, high=1.1),))
    whole = _run(_large(), tested, draws=600)
    monkeypatch.setattr(run_module, "_PAIRS", 1)
    pieces = _run(_large(), tested, draws=600)
    short = _run(_large(), tested, draws=77)
    for measure in MEASURES:
        values = whole.values("Plan", measure)
        assert np.array_equal(values, pieces.values("Plan", measure)), f"{measure}: block size"
        assert np.array_equal(values[:77], short.values("Plan", measure)), f"{measure}: draws"


def test_shorter_horizon_is_the_beginning_of_the_longer_one() -> None:
    long, short = (_run(_large(), plan(months=months)) for months in (24, 12))
    for measure in ("headcount", "leavers", "hires"):
        assert np.array_equal(
            long.values("Plan", measure)[:, :12], short.values("Plan", measure)
        ), measure


def test_a_programme_in_one_family_leaves_the_other_alone() -> None:
    base = plan("Base", months=24)
    trained = plan(months=24, programmes=(programme(duration_months=6, size=20),))
    run = _run(_large(), base, trained, draws=200)
    for measure in MEASURES:
        assert np.array_equal(
            run.values("Base", measure, "data"), run.values("Plan", measure, "data")
        ), f"{measure} of data moves with a cyber programme"
    assert run.values("Plan", "apprentices_converted", "cyber").sum() > 0, "it does convert"


@pytest.mark.parametrize("measure", ["headcount", "vacancy_rate"])
def test_common_random_numbers_halve_the_noise_of_a_difference(measure: str) -> None:
    base = plan("Base", months=36)
    better = plan(months=36, levers=(lever(hazard_ratio=0.8, low=0.7, high=0.95),))
    coupled = _run(_large(), base, better, draws=1500)
    apart = _run(_large(), better, draws=1500, seed=99)
    own = coupled.values("Plan", measure)
    for month in (11, 35):
        same = (own - coupled.values("Base", measure))[:, month].std()
        other = (apart.values("Plan", measure) - coupled.values("Base", measure))[:, month].std()
        assert same <= 0.5 * other, f"month {month + 1}: {same:.3f} against {other:.3f}"


def test_a_lever_moves_resignations_and_nobody_into_or_out_of_retirement_early() -> None:
    frozen = Hiring(freezes=(Freeze(AS_OF + 1, AS_OF + 36),))
    base = plan("Base", months=36, hiring=frozen)
    better = plan(months=36, hiring=frozen, levers=(lever(hazard_ratio=0.7),))
    run = _run(_large(), base, better, draws=200)
    gone = {name: run.values(name, "leavers").cumsum(axis=1) for name in ("Base", "Plan")}
    assert np.all(gone["Plan"] <= gone["Base"]), "in each draw, nobody leaves sooner for a lever"
    retired = {
        name: run.values(name, "leavers_retirement").cumsum(axis=1) for name in ("Base", "Plan")
    }
    assert np.all(retired["Plan"] >= retired["Base"]), "who would retire still does"


def test_summary_has_the_columns_rows_and_quantiles_it_promises() -> None:
    run = _run(_large(), plan("Base", months=4), plan(months=4), draws=101)
    frame = run.summary()
    assert list(frame.columns) == [
        *("scenario", "month", "family", "measure", "mean"),
        *("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5"),
    ]
    assert len(frame) == 2 * 4 * 3 * len(MEASURES), "scenario x month x family x measure"
    row = frame[
        (frame["scenario"] == "Plan")
        & (frame["month"] == "2026-12")
        & (frame["family"] == "all")
        & (frame["measure"] == "vacancies")
    ].iloc[0]
    values = run.values("Plan", "vacancies")[:, 2]
    expected = np.quantile(values, [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    assert row["mean"] == pytest.approx(values.mean()), "mean over the draws"
    assert row.iloc[5:].astype(float).tolist() == pytest.approx(expected.tolist()), "quantiles"


def test_pipeline_accounts_for_everybody_who_starts() -> None:
    tested = plan(months=MONTHS, programmes=programmes(AS_OF + 2))
    run = _run(_large(), tested, draws=50)
    for stages in run.tracks["Plan"].stages:
        at = dict(zip(STAGES, stages, strict=True))
        training = ("in_training_at_end", "withdrawn_left", "withdrawn_stayed", "not_achieved")
        assert np.array_equal(at["starts"], at["achieved"] + sum(at[name] for name in training)), (
            "everybody is in one stage of training"
        )
        after = ("not_offered", "no_post_left", "redeployed", "waiting_at_end", "converted")
        assert np.array_equal(at["achieved"], sum(at[name] for name in after)), "and then in one"
    frame = run.pipeline("Plan")
    assert len(frame) == 3 * len(STAGES), "programme x stage"


def test_projection_can_be_cached_and_refuses_what_it_does_not_hold() -> None:
    run = _run(_large(), plan(months=3), draws=5)
    again = pickle.loads(pickle.dumps(run))  # noqa: S301
    assert np.array_equal(again.values("Plan", "fte"), run.values("Plan", "fte")), (
        "survives pickling"
    )
    for arguments in (("Other", "fte"), ("Plan", "salary"), ("Plan", "fte", "magic")):
        with pytest.raises(KeyError):
            run.values(*arguments)


def test_impossible_runs_are_refused_in_words() -> None:
    opening = organisation([{"people": 3}], [3.0])
    rates = Rates.stated(("cyber",), voluntary_annual=[0.1])
    with pytest.raises(UserError, match="same name"):
        simulate(opening, rates, [plan(), plan()])
    with pytest.raises(UserError, match="family"):
        simulate(opening, rates, [plan(programmes=(programme(family="data"),))])
    with pytest.raises(ValueError, match="draws"):
        simulate(opening, rates, [plan()], draws=0)
    with pytest.raises(ValueError, match="months"):
        simulate(opening, rates, [plan()], months=0)
    with pytest.raises(ValueError, match="no rates"):
        simulate(opening, Rates.stated(("data",), voluntary_annual=[0.1]), [plan()])


def test_progress_is_reported_up_to_one() -> None:
    seen: list[float] = []
    _run(_large(), plan("Base", months=2), plan(months=2), draws=3, progress=seen.append)
    assert seen == sorted(seen), "it never goes back"
    assert seen[-1] == 1.0, "and ends"


@pytest.mark.parametrize(
    ("workers", "heavy", "capped", "draws", "processes"),
    [
        # Processes are for months walked one by one; the last of these parcels is a single draw.
        (2, 1, True, 501, True),
        (3, HEAVY, True, 1100, False),
        (2, 1, False, 1100, False),
    ],
)
def test_workers_share_the_draws_and_change_nothing(
    workers: int,
    heavy: int,
    capped: bool,
    draws: int,
    processes: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[bool] = []

    def noted(*arguments: Any, processes: bool) -> Any:
        started.append(processes)
        return handed_out(*arguments, processes=processes)

    monkeypatch.setattr(engine_module, "HEAVY", heavy)
    monkeypatch.setattr(engine_module, "handed_out", noted)
    opening, cap = _large(), 0.5 if capped else None
    trained = programme(first_start=AS_OF + 2, size=4, duration_months=6)
    plans = (
        plan("Base", months=12),
        plan(months=12, levers=(lever(),), programmes=(trained,), mentor_cap=cap),
    )
    rates = Rates.stated(opening.families, voluntary_annual=[0.2] * len(opening.families))
    alone = simulate(opening, rates, plans, draws=draws, seed=5)
    seen: list[float] = []
    shared = simulate(
        opening, rates, plans, draws=draws, seed=5, workers=workers, progress=seen.append
    )
    assert started == [processes]
    assert np.array_equal(alone.tracks["Plan"].stages, shared.tracks["Plan"].stages)
    assert seen == sorted(seen)
    assert seen[-1] == 1
    for key, array in alone.stored.items():
        assert array.tobytes() == shared.stored[key].tobytes(), f"{key} differs"
    with pytest.raises(ValueError, match="worker"):
        simulate(opening, rates, plans, draws=10, workers=0)
