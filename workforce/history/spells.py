"""People records -> spells: one head at a time, in coded columns."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import AGE_BANDS, CAUSES, GRADE_BANDS, AgeBand, Contract, GradeBand
from workforce.domain.families import ALL_FAMILIES, Family
from workforce.history.dates import DAYS_PER_MONTH, FAR, as_days
from workforce.history.model import NOT_IN_POST

__all__ = ["CONTRACTS", "MAX_FTE", "NO_CAUSE", "UNKNOWN_CAUSE", "Spells", "build_spells"]

IntArray = NDArray[np.int64]

CONTRACTS: Final = tuple(Contract)
FAMILIES: Final = tuple(ALL_FAMILIES)
UNKNOWN_CAUSE: Final = len(CAUSES)
NO_CAUSE: Final = -1
MAX_FTE: Final = 1.2
"""Cap of a person's FTE over all assignments: more is an entry fault or a second full-time job."""
GAP_DAYS: Final = 7
"""A record that starts within a week of the last one's end continues the same employment."""
MAX_DEPARTMENTS: Final = 60
"""The largest departments are kept apart; the others are counted together."""
OTHER_DEPARTMENTS: Final = "Other departments"
MAX_TITLES: Final = 150
LEAST_RECORDS: Final = 5
"""Job titles of fewer records say nothing of themselves; they are counted together."""
OTHER_TITLES: Final = "Other job titles"
_VOCABULARIES: Final = ("departments", "titles")
UNKNOWN_TENURE_MONTHS: Final = 60
"""Median service where nobody has a start date: a steady workforce that loses one in seven a year
has an exponential spread of services with this median."""
_ENOUGH_SERVICES: Final = 20
"""From this many known services on, the others are spread as they are."""
_LONGEST_SERVICE_DAYS: Final = 45 * 365
_GOLDEN: Final = 0.6180339887498949
SPAN: Final = 4 * FAR
SHIFT: Final = FAR
"""Days of one spell lie in a block of `SPAN`, shifted so that days before 1970 stay in it."""


@dataclass(frozen=True)
class Spells:
    """Stretches of employment in one family, grade and department, one entry each, shape (n,).

    Attributes:
        start: First day.
        end: Last day in post (`FAR` while in post); a stretch followed by another ends the day
            before it.
        service_start: First day of continuous service.
        first: Whether employment begins with this stretch.
        last: Whether nothing follows within the gap.
        moved: Whether the stretch follows one of another family.
        family: Index into `ALL_FAMILIES`; `grade`, `contract`, `age` into their bands.
        grade: See above.
        contract: See above.
        age: Age band at the end or at the as-of date, whichever is earlier.
        department: Index into `departments`.
        title: Index into `titles`.
        cause: Index into `CAUSES`, `UNKNOWN_CAUSE`, or `NO_CAUSE` where nobody left.
        contract_end: End day of a fixed term, `FAR` where there is none.
        seen_from: First day on which leaving could have been seen; before the start, except where
            only snapshots tell who left.
        fte: Sum over assignments, capped.
        departments: Names.
        titles: Job titles, spellings that differ in case or spaces as one.
    """

    start: IntArray
    end: IntArray
    service_start: IntArray
    first: NDArray[np.bool_]
    last: NDArray[np.bool_]
    moved: NDArray[np.bool_]
    family: IntArray
    grade: IntArray
    contract: IntArray
    age: IntArray
    department: IntArray
    title: IntArray
    cause: IntArray
    contract_end: IntArray
    seen_from: IntArray
    fte: NDArray[np.float64]
    departments: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def __len__(self) -> int:
        """Return the number of stretches."""
        return len(self.start)

    @property
    def converted(self) -> NDArray[np.bool_]:
        """Whether employment began as an apprenticeship, in training and not in post."""
        begun: NDArray[np.bool_] = self.first & (self.service_start < self.start)
        return begun

    def take(self, rows: NDArray[np.bool_] | IntArray) -> "Spells":
        """Return the stretches at a mask or index."""
        changed = {
            each.name: getattr(self, each.name)[rows]
            for each in fields(self)
            if each.name not in _VOCABULARIES
        }
        return replace(self, **changed)


def encode(column: "pd.Series[str]", vocabulary: Sequence[str], default: int) -> IntArray:
    """Return each value's index in a vocabulary, `default` where it is none of it."""
    index = {str(each): position for position, each in enumerate(vocabulary)}
    codes, values = pd.factorize(column)
    # A missing value has code -1, which reads the last entry.
    table = np.array([*(index.get(str(value), default) for value in values), default])
    found: IntArray = table[codes].astype(np.int64)
    return found


def _departments(column: "pd.Series[str]") -> tuple[IntArray, tuple[str, ...]]:
    codes, names = pd.factorize(column.fillna("").astype(str), sort=True)
    return _largest(codes.astype(np.int64), [str(name) for name in names], MAX_DEPARTMENTS, 0,
                    OTHER_DEPARTMENTS)  # fmt: skip


def _titles(column: "pd.Series[str]") -> tuple[IntArray, tuple[str, ...]]:
    codes, written = pd.factorize(column.fillna("").astype(str), sort=True)
    spellings = [" ".join(str(each).split()) for each in written]
    same, names = pd.factorize(np.array([each.casefold() for each in spellings], dtype=object))
    # Each title goes by the spelling that most records have.
    often = np.bincount(codes, minlength=len(spellings))
    order = np.lexsort((-np.arange(len(often)), often))
    usual = dict(zip(same[order].tolist(), order.tolist(), strict=True))
    labels = [spellings[usual[each]] for each in range(len(names))]
    titles = same.astype(np.int64)[codes]
    return _largest(titles, labels, MAX_TITLES, LEAST_RECORDS, OTHER_TITLES)


def _largest(
    codes: IntArray, labels: list[str], most: int, least: int, others: str
) -> tuple[IntArray, tuple[str, ...]]:
    """Keep the largest groups of rows and count the others together.

    Args:
        codes: Group of each row, an index into the labels.
        labels: Names of the groups, the empty one of rows without any.
        most: Groups kept at most, the others among them.
        least: Rows that a group needs; the empty name is kept whatever its size.
        others: What the others are called.
    """
    sizes = np.bincount(codes, minlength=len(labels))
    named = np.array([bool(label) for label in labels], dtype=bool)
    enough = (sizes >= least) | ~named
    if len(labels) <= most and enough.all():
        return codes, tuple(labels)
    # Largest first, then by name, so that the choice does not depend on the order of rows.
    order = np.lexsort((np.arange(len(labels)), -sizes))
    kept = np.sort([each for each in order[: most - 1] if enough[each]]).astype(np.int64)
    new = np.full(len(labels), len(kept), dtype=np.int64)
    new[kept] = np.arange(len(kept))
    return new[codes], (*(labels[each] for each in kept), others)


def build_spells(
    people: pd.DataFrame, *, first_day: int, post_days: IntArray
) -> tuple[Spells, tuple[str, ...]]:
    """Join the records of each person into stretches of continuous employment.

    Several assignments at a time are one head with the sum of FTE, in the family, grade and
    department of the largest. A record that starts within a week of the end of the last one
    continues the service: a move, not a leaver and a starter. Later returns are new spells.

    Args:
        people: Frame of the extract (see `workforce.intake`).
        first_day: First day on which leaving was observable (the as-of day without leavers).
        post_days: First day in post of former apprentices, `FAR` for others, shape (n,).

    Returns:
        The stretches, future starters included, and notes on what was assumed.
    """
    notes: list[str] = []
    contract = encode(people["contract"], CONTRACTS, CONTRACTS.index(Contract.UNKNOWN))
    in_post = ~np.isin(contract, [CONTRACTS.index(each) for each in NOT_IN_POST])
    if not in_post.all():
        notes.append(
            f"{int((~in_post).sum()):,} records of apprentices, casual, agency or seconded-in "
            "people are counted apart from people in post."
        )
        people, contract, post_days = people[in_post], contract[in_post], post_days[in_post]
    rows = _coded(people, contract)
    missing = rows.start == FAR
    if missing.any():
        rows = replace(rows, start=_imputed_start(rows, missing, first_day))
        notes.append(
            f"{int(missing.sum()):,} records have no start date. These people are taken to have "
            "been in post from before the window, with services spread as others' are."
        )
    converted = post_days < FAR
    if converted.any():
        notes.append(
            f"{int(converted.sum()):,} people began as apprentices: they count as in post from the "
            "day they took one, and their service from the start of training."
        )
    begun = np.where(converted, post_days, rows.start)
    rows = replace(rows, service_start=rows.start, start=np.minimum(begun, rows.end))
    persons, _ = pd.factorize(people["person"])
    return _join(rows, persons.astype(np.int64)), tuple(notes)


def _coded(people: pd.DataFrame, contract: IntArray) -> Spells:
    count = len(people)
    end = as_days(people["leave_date"], FAR)
    cause = encode(people["cause"], CAUSES, UNKNOWN_CAUSE)
    department, departments = _departments(people["department"])
    title, titles = _titles(people["job_title"])
    dated = (contract == CONTRACTS.index(Contract.FIXED_TERM)) | (
        contract == CONTRACTS.index(Contract.UNKNOWN)
    )
    fte = people["fte"].to_numpy(dtype=float, na_value=np.nan)
    start = as_days(people["start_date"], FAR)
    seen_from = np.full(count, -FAR)
    # Records that do not come from files need not say when they were first listed.
    if "first_seen_date" in people:
        seen_from = as_days(people["first_seen_date"], -FAR)
    yes, no = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
    return Spells(
        start=start,
        end=end,
        service_start=start,
        first=yes,
        last=yes,
        moved=no,
        family=encode(people["family"], FAMILIES, FAMILIES.index(Family.NOT_DIGITAL)),
        grade=encode(people["grade_band"], GRADE_BANDS, GRADE_BANDS.index(GradeBand.PRACTITIONER)),
        contract=contract,
        age=encode(people["age_band"], AGE_BANDS, AGE_BANDS.index(AgeBand.UNKNOWN)),
        department=department,
        title=title,
        cause=np.where(end == FAR, NO_CAUSE, cause),
        seen_from=seen_from,
        contract_end=np.where(dated, as_days(people["contract_end_date"], FAR), FAR),
        fte=np.clip(np.where(np.isfinite(fte), fte, 1.0), 0.0, MAX_FTE),
        departments=departments,
        titles=titles,
    )


def _imputed_start(rows: Spells, missing: NDArray[np.bool_], first_day: int) -> IntArray:
    """Give people without a start date a service on the first day, spread as others' was.

    One service for everybody would move all of them from one tenure band to the next on the same
    day, and what is then learned of tenure would be what was special about that year. Ranks along
    a low-discrepancy sequence spread leavers and stayers, families and grades alike, and do not
    depend on the order of rows. All begin before the window, so that nobody is counted as a hire
    on a date that was made up.
    """
    order = np.lexsort(
        [each[missing] for each in (rows.fte, rows.contract, rows.age, rows.department, rows.grade,
                                    rows.family, rows.end)]
    )  # fmt: skip
    place = np.empty(len(order))
    place[order] = np.mod((np.arange(len(order)) + 0.5) * _GOLDEN, 1.0)
    there = ~missing & (rows.start < first_day) & (rows.end >= first_day)
    if int(there.sum()) >= _ENOUGH_SERVICES:
        service = np.quantile(first_day - rows.start[there], place)
    else:
        half_life = UNKNOWN_TENURE_MONTHS * DAYS_PER_MONTH
        service = np.minimum(-np.log1p(-place) / np.log(2) * half_life, _LONGEST_SERVICE_DAYS)
    start = rows.start.copy()
    start[missing] = first_day - np.maximum(1, np.round(service).astype(np.int64))
    return start


def _join(rows: Spells, person: IntArray) -> Spells:
    """Merge the overlapping or adjoining records of each person."""
    if len(rows) == 0 or int(person.max()) + 1 == len(person):
        return rows
    order = np.lexsort((rows.end, rows.start, person))
    rows, person = rows.take(order), person[order]
    # Person by person a running maximum of end dates: each person's days lie above the last one's.
    reach = np.maximum.accumulate(person * SPAN + rows.end) - person * SPAN
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = (person[1:] != person[:-1]) | (rows.start[1:] > reach[:-1] + GAP_DAYS)
    spell = np.cumsum(begins) - 1
    sizes = np.bincount(spell)
    service = rows.service_start[begins]
    np.minimum.at(service, spell, rows.service_start)
    alone = sizes[spell] == 1
    if alone.all():
        return rows
    joined = _stretches(rows.take(~alone), spell[~alone], service)
    return _concatenate(rows.take(alone), joined)


def _stretches(rows: Spells, spell: IntArray, service: IntArray) -> Spells:
    """Cut each spell where an assignment starts or ends; the largest one names each stretch."""
    opens, closes = spell * SPAN + rows.start + SHIFT, spell * SPAN + rows.end + 1 + SHIFT
    cuts = np.unique(np.concatenate([opens, closes]))
    low, high = np.searchsorted(cuts, opens), np.searchsorted(cuts, closes)
    row = np.repeat(np.arange(len(rows)), high - low)
    offset = np.arange(len(row)) - np.repeat(np.cumsum(high - low) - (high - low), high - low)
    slot = low[row] + offset
    fte = np.minimum(np.bincount(slot, rows.fte[row], minlength=len(cuts)), MAX_FTE)
    largest = np.lexsort(
        (
            rows.department[row], rows.grade[row], rows.family[row],
            rows.start[row], rows.fte[row], slot,
        )
    )  # fmt: skip
    final = np.ones(len(largest), dtype=bool)
    final[:-1] = slot[largest][1:] != slot[largest][:-1]
    chosen = largest[final]
    covered, source = slot[chosen], row[chosen]
    start, of_spell = cuts[covered] % SPAN - SHIFT, cuts[covered] // SPAN
    picked = rows.take(source)
    follows = np.zeros(len(covered), dtype=bool)
    follows[1:] = of_spell[1:] == of_spell[:-1]
    followed = np.append(follows[1:], False)
    # A gap inside a spell (at most a week) belongs to the stretch before it.
    end = np.where(followed, np.append(start[1:], 0) - 1, (cuts[covered + 1] - 1) % SPAN - SHIFT)
    moved = np.zeros(len(covered), dtype=bool)
    moved[1:] = follows[1:] & (picked.family[1:] != picked.family[:-1])
    return replace(
        picked,
        start=start,
        end=end,
        service_start=service[of_spell],
        first=~follows,
        last=~followed,
        moved=moved,
        cause=np.where(followed, NO_CAUSE, picked.cause),
        fte=fte[covered],
    )


def _concatenate(one: Spells, other: Spells) -> Spells:
    joined: dict[str, Any] = {
        each.name: np.concatenate([getattr(one, each.name), getattr(other, each.name)])
        for each in fields(Spells)
        if each.name not in _VOCABULARIES
    }
    return replace(one, **joined)
