"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from workforce.domain.evidence import Evidence, load_evidence

ROOT = Path(__file__).resolve().parents[1]

settings.register_profile(
    "suite",
    deadline=None,  # a busy machine is not a failing property
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("suite")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    """The project's own evidence."""
    return load_evidence(ROOT / "models" / "evidence")
