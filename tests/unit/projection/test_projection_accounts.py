"""Where a number comes from: every line stands, and what is shown adds up to the digit."""

import dataclasses

import numpy as np
import pytest
from projection_cases import AS_OF, organisation

from workforce.domain.families import Family
from workforce.projection.accounts import account_of
from workforce.projection.result import Projection, Tracks

FAMILIES = ("cyber", "data")
CAUSES = ("voluntary", "retirement", "end_of_contract", "other", "organisational_event")


def _projection(**changes: np.ndarray) -> Projection:
    """Two families, three months, two draws, by hand: cyber 10 people, data 5.

    Cyber loses a quitter in the first month of both draws and a retirer in the second month of the
    second draw, hires one in the third month and converts one apprentice there in the first draw.
    """
    zeros = np.zeros((2, 3, 2), dtype=np.int32)
    left = {cause: zeros.copy() for cause in CAUSES}
    left["voluntary"][0, 0] = 1
    left["retirement"][0, 1, 1] = 1
    hires, converted = zeros.copy(), zeros.copy()
    hires[0, 2] = 1
    converted[0, 2, 0] = 1
    heads = np.array([[[9, 9], [9, 8], [11, 9]], [[5, 5], [5, 5], [5, 5]]], dtype=np.int32)
    fte = heads.astype(float)
    posts = np.array([[[12.0]] * 3, [[4.0]] * 3])
    # One cyber apprentice sits in a post of half an FTE while training.
    seats = np.array([[[0.5]] * 3, [[0.0]] * 3])
    stored = {
        "headcount": heads, "fte": fte, "establishment": posts, "gap": posts - seats - fte,
        "hires": hires, "apprentices_converted": converted,
        **{f"leavers_{cause}": array for cause, array in left.items()},
    } | changes  # fmt: skip
    opening = organisation(
        [{"people": 10}, {"family": 1, "people": 5}], [12.0, 4.0], families=FAMILIES
    )
    return Projection(
        scenarios=("S",),
        months=(AS_OF + 1, AS_OF + 2, AS_OF + 3),
        families=FAMILIES,
        draws=2,
        seed=1,
        opening_people=opening.headcount(),
        opening_fte=opening.fte(),
        stored={("S", name): array for name, array in stored.items()},
        tracks={"S": Tracks((), (), np.zeros((0, 1, 2)))},
    )


def test_every_line_of_the_account_is_the_mean_over_draws_and_months() -> None:
    found = account_of(_projection(), "S", family="cyber", first=AS_OF + 1, last=AS_OF + 3)
    assert (found.opening.value, found.closing.value) == (10.0, 10.0)
    lines = {each.key: each.value for each in found.flows}
    assert lines["leavers_voluntary"] == -1.0
    assert lines["leavers_retirement"] == -0.5
    assert lines["conversions"] == 0.5
    assert lines["hires"] == 1.0
    assert lines["leavers_other"] == 0.0


def test_one_month_begins_with_what_the_month_before_left() -> None:
    found = account_of(_projection(), "S", family="cyber", first=AS_OF + 2, last=AS_OF + 2)
    assert (found.opening.value, found.closing.value) == (9.0, 8.5)
    assert {each.key: each.shown for each in found.flows if each.value} == {
        "leavers_retirement": -0.5
    }


def test_vacancies_are_posts_less_people_less_seats_and_back_what_is_over() -> None:
    found = account_of(_projection(), "S", family=Family.ALL, first=AS_OF + 1, last=AS_OF + 3)
    parts = {each.key: each.value for each in found.posts}
    # Cyber: 12 funded, 11 and 9 in post, 0.5 a seat: 0.5 and 2.5 vacant. Data: 5 people on 4 posts.
    assert parts == {
        "establishment": 16.0, "fte": -15.0, "seats": -0.5, "over_establishment": 1.0,
    }  # fmt: skip
    assert found.vacancies.value == 1.5 == sum(parts.values())


def test_what_is_shown_adds_up_where_rounding_one_by_one_does_not() -> None:
    # The first draw counted twice gives thirds.
    base = _projection()
    wide = {
        key: np.concatenate([array, array[..., :1]], axis=-1) if array.shape[-1] == 2 else array
        for key, array in base.stored.items()
    }
    thirds = dataclasses.replace(base, draws=3, stored=wide)
    found = account_of(thirds, "S", family="cyber", first=AS_OF + 1, last=AS_OF + 3)
    # Retirers in one draw of three, converted in two of three, closing 10 1/3.
    assert found.closing.shown == 10.3
    shown = found.opening.shown + sum(each.shown for each in found.flows)
    assert shown == pytest.approx(found.closing.shown, abs=1e-9)
    posts = sum(each.shown for each in found.posts)
    assert posts == pytest.approx(found.vacancies.shown, abs=1e-9)


def test_a_line_that_is_missing_is_not_passed_over() -> None:
    lost = np.zeros((2, 3, 2), dtype=np.int32)
    with pytest.raises(ValueError, match="does not add up"):
        account_of(_projection(hires=lost), "S", family="cyber", first=AS_OF + 1, last=AS_OF + 3)


def test_months_outside_the_projection_are_refused() -> None:
    for first, last in ((AS_OF, AS_OF + 1), (AS_OF + 2, AS_OF + 1), (AS_OF + 1, AS_OF + 9)):
        with pytest.raises(KeyError, match="not in this projection"):
            account_of(_projection(), "S", first=first, last=last)
