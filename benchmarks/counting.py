"""Time of folding 1.5 million spells into exposure and leavers, against one pandas groupby.

The groupby counts the same spells once by family, department, grade, contract, age band and cause
with text keys, as anybody would; ours gives person-months and leavers by cause for each of those,
tenure band and month, and a second time by job title, tenure band and year. Processor seconds, the
best of several, in turns.
"""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks._result import Result
from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS
from workforce.domain.evidence import load_evidence
from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.months import month_of
from workforce.history.dates import FAR, day_of
from workforce.history.fold import fold_counts, parts_seen
from workforce.history.jobs import fold_jobs
from workforce.history.spells import CONTRACTS, FAMILIES, NO_CAUSE, Spells
from workforce.history.steps import Window
from workforce.rates.cells import Present, voluntary_cells
from workforce.rates.cells import Window as Months
from workforce.rates.voluntary import fit_voluntary

ROOT = Path(__file__).resolve().parents[1]
FIRST, LAST = date(2021, 10, 1), date(2026, 9, 30)
SPELLS = 1_500_000
TURNS = 3
DEPARTMENTS = 12
TITLES = 20


def run(spells: int = SPELLS) -> list[Result]:
    """Return the ratio of counting times, and fitting times for few and many people.

    Args:
        spells: Number of spells.

    Returns:
        The figures.
    """
    window = Window(day_of(FIRST), day_of(LAST), month_of(FIRST), month_of(LAST))
    many = _spells(spells)
    texts = _as_text(many)
    keys = list(texts.columns)
    theirs, ours = _in_turns(lambda: texts.groupby(keys).size(), lambda: _fold(many, window))
    few = _fold(_spells(spells // 100), window)
    small, large = _in_turns(lambda: _fit(few), lambda: _fit(_fold(many, window)))
    return [
        Result("counting.fold", round(ours / theirs, 2), "ratio of processor seconds",
               "at most 3", ours <= 3 * theirs, "one pandas groupby of the same spells",
               f"{spells:,} spells of five years: {ours:.2f} s; groupby {theirs:.2f} s"),
        Result("counting.fit", round((large - ours) / small, 2), "ratio of processor seconds", "",
               None, "fitting a hundredth of the people",
               f"fit of {spells:,} spells {large - ours:.2f} s, of a hundredth {small:.2f} s"),
    ]  # fmt: skip


def _fold(spells: Spells, window: Window) -> pd.DataFrame:
    seen = parts_seen(spells, window)
    fold_jobs(spells, window, seen)
    return fold_counts(spells, window, seen)


def _spells(count: int) -> Spells:
    """Return spells of a workforce of steady size, two in five of which ended in the window."""
    rng = np.random.default_rng(count)
    last, first = day_of(LAST), day_of(FIRST)
    start = last - rng.exponential(2800, count).astype(np.int64) - 1
    gone = rng.random(count) < 0.4
    begun = np.maximum(start, first)
    end = np.where(gone, begun + (rng.random(count) * (last - begun)).astype(np.int64), FAR)
    no = np.zeros(count, dtype=bool)
    return Spells(
        start=start, end=end, service_start=start, first=~no, last=~no, moved=no,
        family=rng.choice(len(FAMILIES), count, p=[0.02, 0.03, 0.03, 0.02, 0.9]),
        grade=rng.integers(0, len(GRADE_BANDS), count),
        contract=rng.choice(2, count, p=[0.9, 0.1]),
        age=rng.choice(len(AGE_BANDS), count, p=[0.75, 0.1, 0.08, 0.03, 0.02, 0.02]),
        department=rng.integers(0, DEPARTMENTS, count),
        title=rng.integers(0, TITLES, count),
        cause=np.where(gone, rng.integers(0, len(CAUSES), count), NO_CAUSE),
        contract_end=np.full(count, FAR), seen_from=start, fte=np.ones(count),
        departments=tuple(f"Department {index}" for index in range(DEPARTMENTS)),
        titles=tuple(f"Job {index}" for index in range(TITLES)),
    )  # fmt: skip


def _as_text(spells: Spells) -> pd.DataFrame:
    names = {
        "family": FAMILIES,
        "department": spells.departments,
        "grade": GRADE_BANDS,
        "contract": CONTRACTS,
        "age": AGE_BANDS,
        "cause": (*CAUSES, ""),
    }
    return pd.DataFrame(
        {
            name: pd.Series(np.array([str(v) for v in values], dtype=object)[getattr(spells, name)],
                            dtype="str")
            for name, values in names.items()
        }
    )  # fmt: skip


def _fit(counts: pd.DataFrame) -> None:
    names = tuple(str(family) for family in DIGITAL_FAMILIES)
    present = Present(names, np.ones((len(names), 4, 6)), np.zeros(len(names)))
    fit_voluntary(
        voluntary_cells(counts),
        Months(month_of(FIRST), month_of(LAST)),
        present,
        load_evidence(ROOT / "models" / "evidence"),
    )


def _in_turns(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    best = [float("inf")] * 2
    for _ in range(TURNS):
        for index, job in enumerate((one, other)):
            begun = time.process_time()
            job()
            best[index] = min(best[index], time.process_time() - begun)
    return best[0], best[1]
