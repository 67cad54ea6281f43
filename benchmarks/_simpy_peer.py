"""Hands a case of the ensemble to SimPy, and looks whether both say the same."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks._result import Result
from workforce.domain.bands import AGE_BAND_MONTHS, CAUSES
from workforce.domain.opening import Opening
from workforce.domain.rates import Rates
from workforce.projection.result import Projection
from workforce.projection.vacancies import stationary_ages

_TOLERANCE = 3.5
_SHARED_CAUSES = CAUSES[:4]


@dataclass(frozen=True)
class Peer:
    """What SimPy made of some draws.

    Attributes:
        seconds: Processor seconds a draw.
        found: Headcount after the last month, hires and leavers by cause, by draw.
    """

    seconds: float
    found: dict[str, NDArray[np.float64]]


def ask(
    opening: Opening, rates: Rates, months: int, batch: int, draws: int
) -> tuple[dict[str, Peer], str]:
    """Return what SimPy makes of doing nothing, and if nothing, why it could not be run.

    Everybody waits for the end of the month by one event for all (`shared`), or by timeouts of
    their own (`alone`).

    Args:
        opening: The opening position, nobody with an end date or a known exit.
        rates: Rates of which only those of resigning and the years are uncertain.
        months: Months projected.
        batch: Which draws: each batch has its own.
        draws: Draws in a batch.
    """
    spec = {**_case(opening, rates, months), "batch": batch, "draws": draws}
    script = Path(__file__).with_name("_simpy_model.py")
    peers = Path(__file__).parent / ".peers" / "bin" / "python"
    python = str(peers) if peers.exists() else sys.executable
    done = subprocess.run(
        [python, str(script)], input=json.dumps(spec), capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = done.stderr.strip().splitlines()[-1] if done.stderr else "no message"
        return {}, f"SimPy could not be run ({reason}); see benchmarks/requirements.txt"
    return {way: _peer(found) for way, found in json.loads(done.stdout).items()}, ""


def _peer(answer: dict[str, Any]) -> Peer:
    leavers = np.array(answer["leavers"], dtype=float)
    found = {
        "headcount": np.array(answer["headcount"], dtype=float),
        "hires": np.array(answer["hires"], dtype=float),
        **{f"leavers_{cause}": leavers[:, k] for k, cause in enumerate(_SHARED_CAUSES)},
    }
    return Peer(answer["seconds"], found)


def _case(opening: Opening, rates: Rates, months: int) -> dict[str, object]:
    cells, own = opening.cells, [rates.families.index(name) for name in opening.families]
    beta = rates.voluntary.covariance
    # The peer knows one factor a family, and nobody whose end is known.
    assert np.array_equal(beta, np.diag(np.diag(beta)))
    assert rates.voluntary.names == rates.families
    assert np.all(cells.contract_end < 0)
    assert np.all(cells.known_leave < 0)
    assert rates.exit_years is None
    assert not opening.open_vacancies.size
    ages = stationary_ages(rates.fill.hazard[own])
    people = (cells.family, cells.grade, cells.tenure_months, cells.age)
    return {
        "as_of": opening.as_of,
        "months": months,
        "people": [
            (*map(int, row), float(fte))
            for *row, count, fte in zip(
                *people, cells.people, cells.fte / cells.people, strict=True
            )
            for _ in range(int(count))
        ],
        "posts": opening.establishment_fte.tolist(),
        "opening_fte": opening.fte().tolist(),
        "opening_ages": [(list(range(ages.shape[1])), row.tolist()) for row in ages],
        "starter_fte": opening.starter_fte.tolist(),
        "starter_grades": np.cumsum(rates.starter_grade[own], axis=1).tolist(),
        "quits": np.exp(rates.voluntary.log_hazard()[own]).tolist(),
        "quits_log_sd": np.sqrt(np.diag(beta))[own].tolist(),
        "season": rates.season.tolist(),
        "shock": rates.shock.sd,
        "ar1": rates.shock.ar1,
        "retirement": rates.retirement.tolist(),
        "age_widths": list(AGE_BAND_MONTHS),
        "end_of_contract": rates.end_of_contract.hazard_monthly,
        "other": rates.other.hazard_monthly,
        "fill": rates.fill.hazard[own].tolist(),
    }


def agreement(mine: Projection, batches: Sequence[dict[str, Peer]]) -> Result:
    """Return how far the means of both lie apart, in standard errors of their difference.

    Args:
        mine: The ensemble's projection of doing nothing alone.
        batches: What SimPy made of it.
    """
    (scenario,) = mine.scenarios
    apart, said = [], []
    for way, peer in batches[0].items():
        for measure in peer.found:
            theirs = np.concatenate([each[way].found[measure] for each in batches])
            monthly = mine.values(scenario, measure).astype(float)
            ours = monthly[:, -1] if measure == "headcount" else monthly.sum(axis=1)
            error = float(np.sqrt(ours.var() / ours.size + theirs.var(ddof=1) / theirs.size))
            apart.append(abs(float(ours.mean() - theirs.mean())) / error)
            said.append(
                f"{measure.replace('_', ' ')} {ours.mean():.1f} and {theirs.mean():.1f} "
                f"({way}; standard error {error:.1f})"
            )
    return Result(
        "simulate.simpy_agreement",
        max(apart),
        "standard errors",
        f"means of the same model within {_TOLERANCE} standard errors of their difference",
        max(apart) <= _TOLERANCE,
        "SimPy, one process a person",
        f"{mine.draws} draws and {theirs.size} in SimPy, with one event for all and with timeouts "
        f"of their own, after {len(mine.months)} months: " + ", ".join(said),
    )
