"""The sample council's truth, found again from its workbook."""

import json
import math
from datetime import date
from pathlib import Path

import pytest

from workforce.domain.evidence import Evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.rates import Rates
from workforce.history import History, build_history
from workforce.intake import SourceFile, read_extract
from workforce.rates import fit_rates
from workforce.roles import RoleClassifier

FAMILIES = tuple(str(family) for family in DIGITAL_FAMILIES)
EVERYBODY = (*FAMILIES, "not_digital")


@pytest.fixture(scope="module")
def truth(root: Path) -> dict[str, dict[str, object]]:
    """What the generator knows."""
    path = root / "data" / "sample" / "sample_council.truth.json"
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def history(root: Path, evidence: Evidence) -> History:
    """The committed workbook, read and folded."""
    path = root / "data" / "sample" / "sample_council.xlsx"
    extract = read_extract(
        [SourceFile(path.name, path.read_bytes())],
        evidence=evidence,
        roles=RoleClassifier.load(root / "models"),
        today=date(2026, 11, 1),
    )
    return build_history(extract)


@pytest.fixture(scope="module")
def rates(history: History, evidence: Evidence) -> Rates:
    """Rates of all families."""
    return fit_rates(history, evidence, EVERYBODY)


def test_stock_and_exposure_are_the_generators(history: History, truth: dict) -> None:
    stock = history.stock.groupby("family")["people"].sum()
    exposure = history.counts.groupby("family", observed=True)["exposure"].sum() / 12
    for family in EVERYBODY:
        assert stock[family] == truth["realised"]["in_post"][family]
        # People who changed families count in their present one for the whole of their service.
        assert exposure[family] == pytest.approx(
            truth["realised"]["person_years_at_risk"][family], rel=0.03
        ), f"person-years of {family}"


def test_leavers_by_cause_are_the_generators(history: History, truth: dict) -> None:
    found = history.counts.groupby("family", observed=True)[
        ["voluntary", "retirement", "end_of_contract", "other", "organisational_event"]
    ].sum()
    for family in EVERYBODY:
        for cause, number in truth["realised"]["leavers"][family].items():
            assert found.loc[family, cause] == pytest.approx(number, abs=1), f"{cause} of {family}"


def test_the_true_rates_lie_inside_the_intervals(rates: Rates, truth: dict) -> None:
    rows = {row.family: row for row in rates.table if row.measure == "voluntary"}
    inside = 0
    for family in EVERYBODY:
        realised = truth["realised"]
        true = realised["expected_resignations"][family] / realised["person_years_at_risk"][family]
        inside += rows[family].low <= true <= rows[family].high
        assert rows[family].estimate == pytest.approx(true, rel=0.35), f"rate of {family}"
    assert inside >= 4, f"{inside} of 5 true rates inside 90% intervals"


def test_the_seasons_and_the_shock_are_found(rates: Rates, truth: dict) -> None:
    season = truth["rates"]["season_from_january"]
    for month, value in enumerate(season):
        assert rates.season[month] == pytest.approx(value, abs=0.16), f"month {month + 1}"
    assert 0.1 < rates.shock.sd < 0.4, f"true size {truth['parameters']['shock_sd']}"


def test_retirement_by_age_is_found(rates: Rates, truth: dict) -> None:
    for index, (band, value) in enumerate(truth["rates"]["retirement_by_age_band"].items()):
        if band == "under 55":
            continue
        off = abs(math.log(12 * rates.retirement[index] / value))
        assert off < 3 * rates.retirement_log_sd[index], f"{band} is off by {off:.2f} in logs"
    assert 12 * rates.other.hazard_monthly == pytest.approx(truth["rates"]["other"], rel=0.4)


def test_time_to_hire_is_found(rates: Rates, truth: dict) -> None:
    rows = {row.family: row for row in rates.table if row.measure == "time_to_hire"}
    for family in EVERYBODY:
        true = truth["hiring"]["days_to_hire_median"][family]
        assert rows[family].estimate == pytest.approx(true, rel=0.15), f"time to hire of {family}"
