"""History -> the opening position of a projection."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS
from workforce.domain.capacity import KnownCover
from workforce.domain.evidence import Evidence
from workforce.domain.opening import Cells, InTraining, KnownStarter, Opening
from workforce.history.frames import records, sum_by
from workforce.history.hiring import MAX_AGE_MONTHS
from workforce.history.measures import establishment
from workforce.history.model import History
from workforce.history.waiting import approval_months

__all__ = ["opening"]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_EXISTING_STAFF = "existing_staff"
_STARTER_WEIGHT = 10.0
"""The benchmark FTE of a starter counts as this many observed starters."""
_UNKNOWN_TRAINING_MONTHS = 24
"""Length of a training whose end is not given and whose standard is not in the evidence."""


def opening(history: History, evidence: Evidence, families: Sequence[str]) -> Opening:
    """Return the opening position of some families.

    Vacant people = (establishment - in post - known starters) / mean FTE of a starter, rounded
    down. They take the ages of the open requisitions plus the approval delay that lies before one
    opens, oldest first; those beyond the open requisitions have age 0, which is before approval.
    Without any requisitions no ages are given: `open_vacancies` then has no columns.

    Args:
        history: The history.
        evidence: Stands in for what is missing.
        families: Families to project, F of them.

    Returns:
        The opening, integers for people.
    """
    names = tuple(str(family) for family in families)
    stock = history.stock[history.stock["family"].isin(names)]
    posts = establishment(history, evidence).set_index("family")
    funded = np.array([float(posts["fte"].get(name, 0.0)) for name in names])
    starters = _starters(history, names)
    starter_fte = _starter_fte(history, evidence, names)
    cells = _cells(stock, names)
    in_post = np.bincount(cells.family, cells.fte, minlength=len(names))
    coming = np.array([sum(s.fte for s in starters if s.family == name) for name in names])
    vacant = np.maximum(funded - in_post - coming, 0.0) / starter_fte
    return Opening(
        as_of=history.as_of,
        families=names,
        cells=cells,
        establishment_fte=funded,
        open_vacancies=_vacancies(
            history, evidence, names, np.floor(vacant + 1e-9).astype(np.int64)
        ),
        starter_fte=starter_fte,
        starters=starters,
        apprentices=_apprentices(history, evidence, names),
        agency=_agency(history, names),
        establishment_basis=tuple(str(posts["basis"].get(name, "list")) for name in names),
    )


def _codes(column: "pd.Series[str]", vocabulary: Sequence[str]) -> IntArray:
    index = {str(value): position for position, value in enumerate(vocabulary)}
    return np.array([index[str(value)] for value in column], dtype=np.int64)


def _cells(stock: pd.DataFrame, names: tuple[str, ...]) -> Cells:
    keys = ["family", "grade", "tenure_months", "age", "contract_end", "known_leave", "known_cause"]
    folded = sum_by(stock, keys, ["people", "fte"])

    def whole(name: str) -> IntArray:
        return folded[name].to_numpy(dtype=np.int64)

    return Cells(
        family=_codes(folded["family"], names),
        grade=_codes(folded["grade"], GRADE_BANDS),
        tenure_months=whole("tenure_months"),
        age=_codes(folded["age"], AGE_BANDS),
        contract_end=whole("contract_end"),
        known_leave=whole("known_leave"),
        known_cause=_codes(folded["known_cause"], CAUSES),
        people=whole("people"),
        fte=folded["fte"].to_numpy(dtype=np.float64),
    )


def _starters(history: History, names: tuple[str, ...]) -> tuple[KnownStarter, ...]:
    rows = history.starters[history.starters["family"].isin(names)]
    return tuple(
        KnownStarter(
            int(row["month"]), row["family"], row["grade"], int(row["people"]), float(row["fte"])
        )
        for row in records(rows)
    )


def _starter_fte(history: History, evidence: Evidence, names: tuple[str, ...]) -> FloatArray:
    prior = evidence.benchmark("def_fte_per_hire").number
    found = history.hires_by_grade.groupby("family")[["people", "fte"]].sum()
    people = np.array([float(found["people"].get(name, 0.0)) for name in names])
    fte = np.array([float(found["fte"].get(name, 0.0)) for name in names])
    return (fte + prior * _STARTER_WEIGHT) / (people + _STARTER_WEIGHT)


def _vacancies(
    history: History, evidence: Evidence, names: tuple[str, ...], vacant: IntArray
) -> IntArray:
    if history.requisition_exposure.empty and history.open_requisitions.empty:
        # Nothing is known of their ages: the projection draws those of a steady state.
        return np.zeros((len(names), 0), dtype=np.int64)
    delay = round(approval_months(history, evidence))
    ages: IntArray = np.zeros((len(names), MAX_AGE_MONTHS + 1), dtype=np.int64)
    for row in records(history.open_requisitions):
        if row["family"] in names:
            age = min(int(row["age_months"]) + delay, MAX_AGE_MONTHS)
            ages[names.index(row["family"]), age] += int(row["people"])
    # Recruitment cannot be under way for more people than there are vacant posts.
    older = ages[:, ::-1].cumsum(axis=1) - ages[:, ::-1]
    allowed: IntArray = np.clip(vacant[:, None] - older, 0, ages[:, ::-1])[:, ::-1].copy()
    allowed[:, 0] += vacant - allowed.sum(axis=1)
    return allowed


def _agency(history: History, names: tuple[str, ...]) -> tuple[KnownCover, ...]:
    """Return the agency bookings with a known end; the others follow the share of vacant posts."""
    rows = history.agency[history.agency["family"].isin(names) & (history.agency["until"] >= 0)]
    return tuple(
        KnownCover(row["family"], int(row["until"]), float(row["fte"])) for row in records(rows)
    )


def _apprentices(
    history: History, evidence: Evidence, names: tuple[str, ...]
) -> tuple[InTraining, ...]:
    frame = history.apprentices
    rows = frame[
        (frame["outcome"] == "in_training")
        & (frame["trainee"] != _EXISTING_STAFF)
        & frame["family"].isin(names)
    ]
    found: list[InTraining] = []
    for row in records(rows):
        standard = evidence.standards.get(row["standard"])
        months = standard.duration_months if standard else _UNKNOWN_TRAINING_MONTHS
        planned = int(row["planned_end"])
        # Without a start date, half of the training is taken to be over.
        begun = planned - months if planned >= 0 else history.as_of - months // 2
        started = int(row["started"]) if row["started"] >= 0 else begun
        ends = max(planned if planned >= 0 else started + months, history.as_of + 1)
        found.append(InTraining(row["family"], row["standard"], started, ends, int(row["people"])))
    return tuple(found)
