"""How files are laid out is kept beside the plan of the same session, and goes with it."""

from pathlib import Path

import pytest

from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook
from workforce.store import PlanStore

KEY, OTHER = "a" * 32, "b" * 32
EARLY, LATE = "2026-01-01T00:00:00+00:00", "2026-06-01T00:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path) -> PlanStore:
    return PlanStore(tmp_path / "plans.sqlite")


def test_the_last_mapping_is_found_under_its_own_key_only(store: PlanStore) -> None:
    store.save_mapping(KEY, "first", EARLY)
    store.save_mapping(KEY, "second", LATE)
    assert store.load_mapping(KEY) == "second"
    assert store.load_mapping(OTHER) is None


def test_a_mapping_needs_no_plan_and_leaves_the_plan_alone(store: PlanStore) -> None:
    book = PlanBook((Plan("Mine"),), "Mine")
    store.save_mapping(KEY, "mine", EARLY)
    assert store.load(KEY) is None
    store.save(KEY, book, EARLY)
    store.delete_mapping(KEY)
    assert store.load(KEY) == book
    assert store.load_mapping(KEY) is None


def test_a_mapping_goes_with_its_plan_and_with_time(store: PlanStore) -> None:
    store.save_mapping(KEY, "old", EARLY)
    store.save_mapping(OTHER, "new", LATE)
    store.purge_before("2026-03-01T00:00:00+00:00")
    assert store.load_mapping(KEY) is None
    assert store.load_mapping(OTHER) == "new"
    store.delete(OTHER)
    assert store.load_mapping(OTHER) is None


def test_a_key_that_is_none_is_refused(store: PlanStore) -> None:
    with pytest.raises(UserError, match="link"):
        store.save_mapping("../etc", "x", EARLY)
