"""Recruitment as rounds: approval, a round that fills or fails, another round.

Hazards are per month. A round has an age of its own; a failed one is followed by a new one without
a new approval. The hazard of a vacancy being filled at a given age follows by stepping a vacancy
through approval and rounds.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from workforce.domain.evidence import Evidence
from workforce.domain.families import Family
from workforce.history.dates import DAYS_PER_MONTH

__all__ = ["AGES", "Rounds", "benchmark_rounds", "fill_by_age", "median_days", "vacancy_hazard"]

FloatArray = NDArray[np.float64]

AGES: Final = 25
"""Ages in months that are kept apart; the last stands for 24 months and more."""
_ROUND_LOG_SD: Final = 0.4
"""Spread of the length of single recruitments: the middle half within a quarter of the median. The
range of `tth_council` is that of typical values between organisations, which is narrower."""
_FAILS_AT: Final = 65 / 120
"""When a failing round is given up, as a share of a successful one's length: `tth_council` is made
of approval 20 + advert and selection 45 + notice 55 days, and only the notice does not happen."""
_TAIL: Final = 0.05
"""Beyond the age that one round in twenty reaches nothing is known: the hazard stays level."""
_STEPS = 8


@dataclass(frozen=True, slots=True)
class Rounds:
    """Cause-specific monthly hazards of one round by its age in months.

    Attributes:
        fill: Hazard of the person starting, shape (AGES,).
        fail: Hazard of the round being given up, shape (AGES,).
    """

    fill: FloatArray
    fail: FloatArray


def benchmark_rounds(evidence: Evidence, family: str) -> Rounds:
    """Return the benchmark hazards of a recruitment round.

    A round succeeds with probability `fill_prob_round`; a successful one takes a lognormal time
    with median `tth_council` (x `tth_cyber_mult` for cyber), a failing one 65/120 of it.

    Args:
        evidence: The evidence base.
        family: A family.

    Returns:
        The hazards.
    """
    days = evidence.benchmark("tth_council").number
    if family == Family.CYBER:
        days *= evidence.benchmark("tth_cyber_mult").number
    success = evidence.benchmark("fill_prob_round").number
    edges = np.arange(AGES + 1) * DAYS_PER_MONTH

    def reached(median: float) -> FloatArray:
        with np.errstate(divide="ignore"):
            found: FloatArray = ndtr((np.log(edges) - math.log(median)) / _ROUND_LOG_SD)
        return found

    filled = success * np.diff(reached(days))
    failed = (1 - success) * np.diff(reached(days * _FAILS_AT))
    alive = 1 - np.concatenate([[0.0], np.cumsum(filled + failed)[:-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        total = -np.log1p(-np.minimum((filled + failed) / alive, 1 - 1e-9))
        share = filled / (filled + failed)
    last = int(np.flatnonzero(alive >= _TAIL)[-1])
    total[last + 1 :], share[last + 1 :] = total[last], share[last]
    share = np.nan_to_num(share)
    return Rounds(total * share, total * (1 - share))


def vacancy_hazard(
    rounds: Rounds, approval_months: float, *, withdrawn: float = 0.0, external: float = 1.0
) -> FloatArray:
    """Return the monthly hazard of somebody new arriving, by the age of the vacancy.

    A failed round is followed by another at once. A withdrawn one, and one filled from inside, send
    the vacancy (or the colleague's, which is vacant now) back to wait for approval.

    Args:
        rounds: Hazards of a round.
        approval_months: Mean months before a round opens (exponential); 0 gives the hazard by the
            age of a requisition that stays open over failed rounds.
        withdrawn: Monthly hazard of a round being withdrawn.
        external: Share of filled rounds that bring somebody new.

    Returns:
        -log(share of the vacancies open at age a that are still open at a + 1), shape (AGES,).
    """
    step = 1 / _STEPS
    ages = np.minimum(np.arange(AGES * _STEPS) // _STEPS, AGES - 1)
    fill, fail = rounds.fill[ages], rounds.fail[ages]
    total = fill + fail + withdrawn
    ends = -np.expm1(-total * step)
    with np.errstate(divide="ignore", invalid="ignore"):
        failing, filling = np.nan_to_num(fail / total), np.nan_to_num(fill / total)
    back = np.where(total > 0, 1 - failing - filling * external, 0.0)
    opens = -math.expm1(-step / approval_months) if approval_months > 0 else 1.0
    waiting, open_rounds = 1.0, np.zeros(len(ages))
    if approval_months <= 0:
        waiting, open_rounds[0] = 0.0, 1.0
    alive = [1.0]
    for _ in range(AGES * _STEPS):
        gone = open_rounds * ends
        opened = waiting * opens
        older = open_rounds - gone
        open_rounds = np.concatenate([[float(gone @ failing) + opened], older[:-1]])
        open_rounds[-1] += older[-1]
        waiting += float(gone @ back) - opened
        alive.append(waiting + float(open_rounds.sum()))
    months = np.array(alive[::_STEPS])
    hazard: FloatArray = -np.log(np.maximum(months[1:], 1e-12) / np.maximum(months[:-1], 1e-12))
    return _level_tail(hazard, months[:-1])


def _level_tail(hazard: FloatArray, alive: FloatArray) -> FloatArray:
    last = int(np.flatnonzero(alive >= _TAIL / 5)[-1])
    levelled = hazard.copy()
    levelled[last + 1 :] = hazard[last]
    return levelled


def fill_by_age(rounds: Rounds) -> FloatArray:
    """Return the share of rounds that fill at each age, shape (AGES,); the rest of 1 fail."""
    total = rounds.fill + rounds.fail
    alive = np.exp(-np.concatenate([[0.0], np.cumsum(total)[:-1]]))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.nan_to_num(rounds.fill / total)
    found: FloatArray = alive * -np.expm1(-total) * share
    return found


def median_days(rounds: Rounds) -> float:
    """Return the median days from opening to start, of the rounds that fill.

    Args:
        rounds: Hazards of a round.

    Returns:
        Interpolated within the month.
    """
    filled = np.cumsum(fill_by_age(rounds))
    target = filled[-1] / 2
    age = int(np.searchsorted(filled, target))
    before = filled[age - 1] if age else 0.0
    return float((age + (target - before) / (filled[age] - before)) * DAYS_PER_MONTH)
