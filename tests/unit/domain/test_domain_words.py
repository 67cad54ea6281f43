"""Months, bands and units, against values worked by hand."""

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workforce.domain.bands import TENURE_BANDS, AgeBand, age_band, tenure_band, tenure_band_index
from workforce.domain.errors import UserError
from workforce.domain.families import ALL_FAMILIES, FAMILY_LABELS, Family
from workforce.domain.months import (
    calendar_month,
    financial_year,
    first_day,
    month_label,
    month_name,
    month_of,
    months_between,
    parse_month,
)
from workforce.domain.units import (
    annual_probability,
    lognormal_sigma,
    monthly_hazard,
    monthly_probability,
)


def test_month_index_counts_months() -> None:
    assert month_of(date(2027, 1, 31)) - month_of(date(2026, 12, 1)) == 1
    assert month_label(month_of(date(2029, 3, 15))) == "2029-03"
    assert month_name(month_of(date(2029, 3, 15))) == "Mar 2029"
    assert calendar_month(month_of(date(2029, 3, 15))) == 2


@given(st.integers(min_value=12 * 1900, max_value=12 * 2199 + 11))
def test_month_label_and_parse_invert(month: int) -> None:
    assert parse_month(month_label(month)) == month
    assert month_of(first_day(month)) == month


@pytest.mark.parametrize("text", ["2027", "2027-13", "03-2027", "", "2027-00", "x-y", "1899-12"])
def test_what_is_no_month_is_refused_in_words(text: str) -> None:
    with pytest.raises(UserError, match="not a month"):
        parse_month(text)


def test_financial_year_starts_in_april() -> None:
    assert financial_year(parse_month("2027-03")) == "2026/27"
    assert financial_year(parse_month("2027-04")) == "2027/28"
    assert financial_year(parse_month("1999-12")) == "1999/00"


def test_months_between_a_year_is_twelve() -> None:
    assert months_between(date(2023, 3, 1), date(2027, 3, 1)) == pytest.approx(48.0, abs=1e-9)
    assert months_between(date(2027, 3, 1), date(2026, 3, 1)) < 0


@pytest.mark.parametrize(
    ("months", "band"),
    [
        (0, "0-6 months"),
        (5.99, "0-6 months"),
        (6, "6-12 months"),
        (12, "1-2 years"),
        (24, "2-5 years"),
        (59.9, "2-5 years"),
        (60, "5-10 years"),
        (120, "10+ years"),
        (500, "10+ years"),
    ],
)
def test_tenure_bands_include_their_lower_edge(months: float, band: str) -> None:
    assert tenure_band(months) == band


def test_tenure_band_index_agrees_with_the_label() -> None:
    months = np.arange(0, 200)
    labels = [tenure_band(m) for m in months]
    assert [TENURE_BANDS[i] for i in tenure_band_index(months)] == labels


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, AgeBand.UNKNOWN),
        (float("nan"), AgeBand.UNKNOWN),
        (7, AgeBand.UNKNOWN),
        (54.9, AgeBand.UNDER_55),
        (55, AgeBand.FROM_55),
        (60, AgeBand.FROM_60),
        (65, AgeBand.FROM_65),
        (66.9, AgeBand.FROM_65),
        (67, AgeBand.FROM_67),
    ],
)
def test_age_bands(age: float | None, band: AgeBand) -> None:
    assert age_band(age) is band


def test_hazard_and_probability_are_not_the_same_thing() -> None:
    # 12% a year as a hazard: a month's probability is 1 - exp(-0.01), a year's 1 - exp(-0.12).
    p = float(monthly_probability(monthly_hazard(0.12)))
    assert p == pytest.approx(1 - math.exp(-0.01))
    assert annual_probability(p) == pytest.approx(1 - math.exp(-0.12))


def test_lognormal_sigma_of_the_evidence_readme() -> None:
    # The evidence text works this one: ln(0.20 / 0.08) / (2 x 1.645) = 0.28.
    assert lognormal_sigma(0.08, 0.20) == pytest.approx(0.2785, abs=5e-4)
    assert lognormal_sigma(0.08, 0.20, 0.95) < lognormal_sigma(0.08, 0.20)


@pytest.mark.parametrize(
    ("low", "high", "level"), [(0, 1, 0.9), (2, 1, 0.9), (-1, 1, 0.9), (0.5, 1, 0.8)]
)
def test_lognormal_sigma_refuses_what_is_no_interval(low: float, high: float, level: float) -> None:
    with pytest.raises(ValueError, match=r"interval|level"):
        lognormal_sigma(low, high, level)


def test_every_family_has_a_label() -> None:
    assert {*ALL_FAMILIES, Family.ALL} == set(FAMILY_LABELS)
