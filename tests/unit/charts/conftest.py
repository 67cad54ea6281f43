"""Fixtures of the charts' tests."""

import pytest
from chart_gallery import every_figure

from workforce.charts import Figure


@pytest.fixture(scope="session")
def figures() -> dict[str, Figure]:
    """One of every figure."""
    return every_figure()
