"""Random numbers and parameters of the draws."""

import numpy as np
import pytest
from projection_cases import AS_OF

from workforce.domain.rates import Rates, Shock
from workforce.projection.hazards import draw_parameters, share_draws
from workforce.projection.streams import BLOCK, Lookup, Streams, numbers_at


def _uniforms(
    numbers: Lookup, cell: np.ndarray, event: int, rank: np.ndarray, channel: int
) -> np.ndarray:
    return numbers_at(numbers.places(cell, event, rank), channel)


def test_share_draws_hit_the_stated_points() -> None:
    z = np.array([-1.6448536269514722, 0.0, 1.6448536269514722])
    assert share_draws(0.4, 0.25, 0.48, z) == pytest.approx([0.25, 0.4, 0.48]), "5%, 50%, 95%"
    assert np.all(share_draws(0.0, 0.0, 0.0, z) == 0), "a certain share stays certain"


def test_last_year_is_drawn_together_with_the_level() -> None:
    # A level that is known only up to exp(0.2 z), and a last year that takes exactly that back:
    # what is left of the product is the mean correction exp(-0.2^2 / 2), in every draw.
    rates = Rates.stated(
        ("cyber",),
        voluntary_annual=[0.12],
        voluntary_log_sd=0.2,
        shock=Shock(sd=0.0, ar1=1.0, loading=(-0.2,)),
    )
    drawn = draw_parameters(rates, ("cyber",), AS_OF, 24, Streams(4, 0, 100))
    product = drawn.voluntary[0, 0, 0] * drawn.calendar
    assert drawn.voluntary[0, 0, 0].std() > 0.001, "the level does vary"
    assert product == pytest.approx(0.01 * np.exp(-0.02)), "and the last year with it"


def test_a_longer_run_begins_with_the_draws_of_a_shorter_one() -> None:
    short, long = Streams(9, 0, 40), Streams(9, 0, 3 * BLOCK)
    assert np.array_equal(short.normals("a", 3), long.normals("a", 3)[:, :40]), "draw by draw"
    later = Streams(9, BLOCK, 40)
    assert np.array_equal(
        later.exponentials("a", 2), long.exponentials("a", 2)[:, BLOCK : BLOCK + 40]
    ), "and block by block"


def test_looked_up_numbers_belong_to_what_they_are_for() -> None:
    cell, rank = np.arange(10), np.zeros(10, dtype=np.intp)
    numbers = Lookup(Streams(2, 0, 5), "hire", ("a", "b"))
    everybody = _uniforms(numbers, cell, 4, rank, 0)
    alone = _uniforms(numbers, cell[7:8], 4, rank[7:8], 0)
    assert np.array_equal(alone, everybody[7:8]), "whoever else is asked for"
    swapped = _uniforms(Lookup(Streams(2, 0, 5), "hire", ("b", "a")), cell, 4, rank, 0)
    assert np.array_equal(everybody[:5], swapped[5:]), "named, not counted"
    later = _uniforms(Lookup(Streams(2, BLOCK, 5), "hire", ("a",)), cell[:5], 4, rank[:5], 0)
    whole = Lookup(Streams(2, 0, BLOCK + 5), "hire", ("a",))
    same = _uniforms(whole, np.arange(BLOCK, BLOCK + 5), 4, rank[:5], 0)
    assert np.array_equal(later, same), "whatever block a draw is computed in"


def test_looked_up_numbers_are_uniform_and_unrelated() -> None:
    numbers = Lookup(Streams(2, 0, 250), "hire", ("a", "b"))
    cell = np.arange(500)
    table = np.array(
        [
            _uniforms(numbers, cell, event, np.full(500, rank), channel)
            for event in (0, 1, 2, 1000)
            for rank in (0, 1, 2)
            for channel in (0, 1, 8, 9)
        ]
    )
    assert len(np.unique(table)) == table.size, "no number comes twice"
    counts = np.histogram(table, bins=20, range=(0, 1))[0]
    expected = table.size / 20
    chi = float(((counts - expected) ** 2 / expected).sum())
    assert chi < 43.8, f"chi-square {chi:.1f} on 19 degrees of freedom (0.1%)"
    related = np.corrcoef(table) - np.eye(len(table))
    assert np.abs(related).max() < 5 / np.sqrt(500), "events, ranks and channels are unrelated"


def test_streams_of_different_processes_and_seeds_differ() -> None:
    numbers = {
        (seed, name): Streams(seed, 0, 10).uniforms(name, 1).tobytes()
        for seed in (1, 2)
        for name in ("stock/voluntary/cyber", "stock/voluntary/data", f"{AS_OF}")
    }
    assert len(set(numbers.values())) == len(numbers), "no two processes share numbers"


def test_draws_start_at_block_borders_only() -> None:
    with pytest.raises(ValueError, match="multiple"):
        Streams(1, 3, 10)
    with pytest.raises(ValueError, match="seed"):
        Streams(-1, 0, 10)
