"""Parcels of draws: in order whoever works on them, and done where no process can be started."""

import os
import threading
from collections.abc import Iterator

import pytest

from workforce.projection import spread
from workforce.projection.spread import Parcel, handed_out

PARCELS = [(first, 250) for first in range(0, 1500, 250)]


def _where(parcel: Parcel) -> tuple[Parcel, int, int]:
    return parcel, os.getpid(), threading.get_ident()


def test_one_worker_works_where_it_is_called() -> None:
    done = list(handed_out(_where, PARCELS, 1, processes=True))
    assert [each[0] for each in done] == PARCELS
    assert {each[1:] for each in done} == {(os.getpid(), threading.get_ident())}


def test_threads_keep_the_order() -> None:
    done = list(handed_out(_where, PARCELS, 3, processes=False))
    assert [each[0] for each in done] == PARCELS
    assert threading.get_ident() not in {each[2] for each in done}


@pytest.mark.parametrize("before", [0, 2])
def test_what_processes_did_not_do_is_done_by_threads(
    before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(work: object, parcels: list[Parcel], workers: int) -> Iterator[object]:
        yield from map(_where, parcels[:before])
        raise OSError("no process can be started")

    monkeypatch.setattr(spread, "_in_processes", refused)
    done = list(handed_out(_where, PARCELS, 2, processes=True))
    assert [each[0] for each in done] == PARCELS
    here = threading.get_ident()
    assert [each[2] == here for each in done] == [k < before for k in range(len(PARCELS))]
