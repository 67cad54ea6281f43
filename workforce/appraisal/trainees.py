"""What a plan's apprentices take and give month by month, as expected values from its cohorts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from workforce.domain.evidence import Standard
from workforce.domain.families import Family
from workforce.domain.plan import Trainee
from workforce.domain.prices import Prices
from workforce.projection.training import Cohort, Track, withdrawn_share

__all__ = ["Trainees", "trainees", "training_price"]

FloatArray = NDArray[np.float64]

_HALF_YEAR: Final = 6


@dataclass(frozen=True, slots=True)
class Trainees:
    """Apprentices by family and month; every array has shape (F, T) unless said otherwise.

    Attributes:
        in_training: All of them, until their result.
        recruits: New recruits among them.
        staff_pay: Basic pay of the old posts of existing staff among them, GBP a year.
        starts: New recruits who start.
        mentor_fte: FTE of experienced colleagues bound by them.
        output_fte: FTE of work that new recruits do, against a practitioner's.
        fundable: GBP of training that levy money may pay, shape (T,).
        unfunded: GBP of training on standards without public funding, shape (T,).
    """

    in_training: FloatArray
    recruits: FloatArray
    staff_pay: FloatArray
    starts: FloatArray
    mentor_fte: FloatArray
    output_fte: FloatArray
    fundable: FloatArray
    unfunded: FloatArray


def training_price(
    standard: str, standards: Mapping[str, Standard], own: float | None = None
) -> tuple[float, bool]:
    """Return GBP per apprentice, and whether levy money may pay it.

    The price is the funding band: providers rarely ask less. A standard that is funded for some
    ages only is priced in full to the employer, and so is one that is not known (at the median
    band), because what is not certain to be funded must not look free.

    Args:
        standard: Reference.
        standards: Standards of the evidence.
        own: Stated price of a course of one's own, which no levy money pays.
    """
    if own is not None:
        return own, False
    if standard in standards:
        known = standards[standard]
        return known.funding_band_gbp, known.fundable == "yes"
    bands = sorted(each.funding_band_gbp for each in standards.values())
    return bands[len(bands) // 2], False


def trainees(
    tracks: Sequence[Track],
    families: int,
    months: int,
    prices: Prices,
    standards: Mapping[str, Standard],
    *,
    started: Mapping[str, float] | None = None,
) -> Trainees:
    """Return what the cohorts take and give.

    Args:
        tracks: Programmes with their cohorts, those already in training included.
        families: Number of families F.
        months: Months projected T.
        prices: Prices, for mentoring, output and the payment profile.
        standards: Standards of the evidence, for training prices.
        started: People who start by key of the cohort where a cap lets fewer start than planned.
    """
    shape = (families, months)
    arrays: dict[str, FloatArray] = {name: np.zeros(shape) for name in Trainees.__slots__}
    arrays["fundable"], arrays["unfunded"] = np.zeros(months), np.zeros(months)
    for track in tracks:
        programme = track.programme
        price, fundable = training_price(programme.standard, standards, programme.course_price)
        paid = arrays["fundable" if fundable else "unfunded"]
        for cohort in track.cohorts:
            size = cohort.size if started is None else started[cohort.key]
            _people(track, cohort, size, prices, arrays)
            paid += price * size * _payments(track, cohort, prices, months)
    return Trainees(**arrays)


def _people(
    track: Track, cohort: Cohort, size: float, prices: Prices, arrays: dict[str, FloatArray]
) -> None:
    programme, row, months = track.programme, track.family, len(arrays["fundable"])
    result = max(1, cohort.start + cohort.duration + programme.assessment_months)
    first, last = max(1, cohort.start), min(result - 1, months)
    recruit = programme.trainee is Trainee.NEW_RECRUIT
    if recruit and cohort.start >= 1:
        arrays["starts"][row, cohort.start - 1] += size
    if last < first:
        return
    # Month of the training at whose end we stand: a start at the end of month 1 is month 0 then.
    since = np.arange(first, last + 1) - cohort.start
    trained = np.clip(since, cohort.elapsed, max(cohort.duration, cohort.elapsed))
    there = size * (1.0 - withdrawn_share(programme, cohort, trained))
    span = slice(first - 1, last)
    arrays["in_training"][row, span] += there
    half = since // _HALF_YEAR
    load = np.array(prices.mentor_load)[np.minimum(half, len(prices.mentor_load) - 1)]
    # Waiting for the result nobody is mentored any more.
    arrays["mentor_fte"][row, span] += there * load * (since < cohort.duration)
    if not recruit:
        # Staff from outside the projected families come from posts that are not digital.
        pay = prices.salary_of(programme.from_family or Family.NOT_DIGITAL)
        arrays["staff_pay"][row, span] += there * pay
        return
    arrays["recruits"][row, span] += there
    output = np.array(prices.apprentice_output)
    working = output[np.minimum(half, len(output) - 1)]
    studying = np.where(since < cohort.duration, prices.off_the_job, 0.0)
    arrays["output_fte"][row, span] += there * working * (1.0 - studying) * programme.fte


def _payments(track: Track, cohort: Cohort, prices: Prices, months: int) -> FloatArray:
    """Return the training payments for each of a cohort as multiples of the price, shape (T,).

    The monthly share runs over the planned duration for those who were there when the month began,
    in arrears: the first in the month after the start. The rest falls due with the last of them.
    """
    out = np.zeros(months)
    if cohort.elapsed >= cohort.duration:
        return out
    month = np.arange(cohort.elapsed + 1, cohort.duration + 1)
    there = 1.0 - withdrawn_share(track.programme, cohort, month - 1)
    at = cohort.start + month - 1
    inside = (at >= 0) & (at < months)
    np.add.at(out, at[inside], there[inside] * prices.paid_monthly / cohort.duration)
    end = cohort.start + cohort.duration - 1
    if 0 <= end < months:
        finished = 1.0 - withdrawn_share(track.programme, cohort, np.array([cohort.duration]))[0]
        out[end] += finished * (1.0 - prices.paid_monthly)
    return out
