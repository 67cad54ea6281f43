"""The stated truth: taken from the evidence where it speaks, and consistent with itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from workforce.domain.evidence import load_evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.sample.build import grade_mix
from workforce.sample.catalogue import GRADES, TITLES
from workforce.sample.parameters import FAMILIES, SampleParameters
from workforce.sample.wording import REASONS, STANDARDS, employee_name

EVIDENCE = load_evidence(Path(__file__).parents[3] / "models" / "evidence")
MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("renewal", "def_fixed_term_renewed"),
        ("other_annual", "def_dismissal_other"),
        ("shock_sd", "def_year_shock_sd"),
        ("shock_ar1", "def_year_shock_ar1"),
        ("approval_months", "def_approval_delay"),
    ],
)
def test_benchmark_defaults_are_the_sample_defaults(name: str, key: str) -> None:
    assert getattr(SampleParameters(), name) == EVIDENCE.benchmark(key).number


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("stay_share", "w_stay_employer"),
        ("pass_rate", "pass_given_complete"),
        ("offer_rate", "ret_conversion_substantive"),
        ("assessment_months", "epa_lag"),
    ],
)
def test_pipeline_defaults_are_the_sample_defaults(name: str, key: str) -> None:
    assert getattr(SampleParameters(), name) == EVIDENCE.pipeline(key).number


def test_voluntary_rates_retirement_and_season_come_from_the_evidence() -> None:
    truth = SampleParameters()
    for family, key in (("cyber", "cyber"), ("data", "data"), ("transformation", "trans")):
        assert truth.voluntary_annual[family] == EVIDENCE.benchmark(f"def_{key}_quit").number
    bands = ("under_55", "55_59", "60_64", "65_66", "67_plus")
    assert truth.retirement_annual == tuple(
        EVIDENCE.benchmark(f"def_retire_{band}").number for band in bands
    )
    assert truth.season == tuple(EVIDENCE.benchmark(f"def_season_{m}").number for m in MONTHS)


def test_this_council_departs_from_the_benchmark_but_stays_within_its_range() -> None:
    truth = SampleParameters()
    for family, key in (("cyber", "cyber"), ("data", "data"), ("transformation", "trans")):
        low, high = EVIDENCE.benchmark(f"def_{key}_quit").range
        rate = truth.voluntary_annual[family] * truth.own_level[family]
        assert low <= rate <= high
        assert truth.own_level[family] != 1, "a model that repeats the benchmark must be wrong"


def test_digital_rounds_fill_as_often_and_take_as_long_as_the_evidence_says() -> None:
    truth = SampleParameters()
    for family in DIGITAL_FAMILIES:
        assert truth.round_success[family] == EVIDENCE.benchmark("fill_prob_round").number
    assert truth.time_to_hire_ratio["cyber"] == EVIDENCE.benchmark("tth_cyber_mult").number
    # The evidence counts 20 days of approval that lie before the requisition here.
    assert truth.time_to_hire_days == EVIDENCE.benchmark("tth_council").number - 20


def test_standards_are_real_and_carry_their_evidence() -> None:
    for standard in STANDARDS:
        known = EVIDENCE.standards[standard.reference]
        assert standard.name == known.name
        assert (standard.months, standard.achievement) == (
            known.duration_months,
            known.achievement,
        )


def test_leaving_reasons_are_worded_and_caused_as_in_the_evidence() -> None:
    known = {reason.reason: reason.cause for reason in EVIDENCE.leave_reasons}
    for cause, reasons in REASONS.items():
        assert {known[wording] for wording, _ in reasons} == {str(cause)}


def test_pay_is_the_reason_named_most_often_by_those_who_resign() -> None:
    weights = dict(REASONS["voluntary"])
    assert EVIDENCE.benchmark("lg_reason_pay").text == "pay"
    assert max(weights, key=lambda wording: weights[wording]) == "Better pay and conditions"


def test_grades_stand_on_the_national_pay_points() -> None:
    points = {int(k.removeprefix("njc_scp")): v.number for k, v in EVIDENCE.benchmarks.items()
              if k.startswith("njc_scp")}  # fmt: skip
    scales = {1: (3, 4), 2: (5, 6), 3: (7, 11), 4: (12, 17), 5: (18, 22), 6: (23, 25), 7: (26, 28),
              8: (29, 31), 9: (32, 34), 10: (35, 37), 11: (38, 39), 12: (40, 43)}  # fmt: skip
    for number, ends in scales.items():
        expected = np.interp(ends, sorted(points), [points[p] for p in sorted(points)])
        assert (GRADES[number].low, GRADES[number].high) == pytest.approx(expected, abs=2)


def test_true_rates_average_to_the_stated_level_over_the_stated_mix() -> None:
    truth, mix = SampleParameters(), grade_mix()
    table = truth.voluntary_table(mix)
    average = np.einsum("fgt,fg,t->f", table, mix, np.array(truth.tenure_mix))
    stated = [truth.voluntary_annual[f] * truth.own_level[f] for f in FAMILIES]
    assert average == pytest.approx(stated)
    assert table[0, 1, 1] / table[0, 1, 3] == pytest.approx(1.9)
    assert table[2, 3, 4] / table[2, 1, 4] == pytest.approx(0.75)


def test_people_are_shared_out_by_family_and_add_up() -> None:
    assert SampleParameters().people(2400).tolist() == [20, 40, 45, 35, 2260]
    assert SampleParameters().people(24_000).tolist() == [200, 400, 450, 350, 22_600]


@pytest.mark.parametrize(
    "wrong",
    [
        {"season": (1.0,) * 11},
        {"season": (1.1,) * 12},
        {"tenure_mix": (0.2,) * 6},
        {"own_level": {"cyber": 1.0}},
        {"round_withdrawn": 0.5},
    ],
)
def test_truths_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"needs|must|cannot"):
        replace(SampleParameters(), **wrong)


def test_titles_cover_every_family_and_the_near_misses_are_not_digital() -> None:
    families = {title.name: title.family for title in TITLES}
    assert set(families.values()) == set(FAMILIES)
    assert len(families) == len(TITLES), "a title that stands twice would have two families"
    for near_miss in ("Security Guard", "Data Entry Clerk", "Digital Print Operator"):
        assert families[near_miss] == "not_digital"


def test_names_are_fixed_by_the_number_and_varied() -> None:
    names = [employee_name(number) for number in range(200_011, 207_011, 7)]
    assert employee_name(200_011) == names[0]
    assert len(set(names)) > 800
