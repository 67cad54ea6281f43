"""Where the draws of a block are stored."""

import numpy as np
import pytest

from workforce.projection.columns import Columns


def test_a_block_is_stored_in_its_own_columns_and_in_the_kind_that_is_kept() -> None:
    stored = {
        ("Plan", "hires"): np.zeros((2, 3, 5), dtype=np.int16),
        ("Plan", "fte"): np.zeros((2, 3, 5), dtype=np.float32),
    }
    columns = Columns(stored, 1, 2)
    columns.put("Plan", {"hires": np.full((2, 3, 2), 7), "fte": np.full((2, 3, 2), 0.1)})
    hires, fte = stored["Plan", "hires"], stored["Plan", "fte"]
    assert np.all(hires[..., 1:3] == 7)
    assert hires.sum() == 7 * 12, "nothing beside them is touched"
    assert hires.dtype == np.int16
    assert np.all(fte[..., 1:3] == np.float32(0.1))
    columns.of("Plan", "hires")[..., 0] = 3
    assert np.all(hires[..., 1] == 3), "the place itself, not a copy"
    with pytest.raises(ValueError, match="broadcast"):
        columns.put("Plan", {"hires": np.zeros((2, 3, 4))})
