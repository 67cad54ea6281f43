"""Fixtures of the exports' tests: the same figures as the charts' tests use."""

import sys
from datetime import date
from pathlib import Path

import pytest

# The figures are made from the frames that stand beside the charts' own tests.
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "charts"))

from chart_gallery import every_figure

from workforce.charts import Figure
from workforce.export import Provenance


@pytest.fixture(scope="session")
def figures() -> dict[str, Figure]:
    """One of every figure."""
    return every_figure()


@pytest.fixture
def provenance() -> Provenance:
    """A provenance with everything in it."""
    return Provenance(
        scenario="Grow & keep <1>",
        plan_digest="3f2a9c1b" * 8,
        data_digest="5e6f7a8b" * 8,
        data_as_of=date(2026, 9, 30),
        seed=7,
        draws=2000,
        version="0.1.0",
        made_on=date(2026, 11, 22),
        fictional=True,
    )
