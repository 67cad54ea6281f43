"""The pinned requirements answer to pyproject.toml: nothing missing, nothing stale."""

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]


def _pins(name: str) -> dict[str, list[str]]:
    pins: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        text = line.split("#")[0].strip()
        if text:
            requirement = Requirement(text)
            (specifier,) = requirement.specifier
            pins.setdefault(canonicalize_name(requirement.name), []).append(specifier.version)
    return pins


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_every_direct_dependency_is_pinned_within_its_bounds(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if name == "requirements-dev.txt":
        wanted += project["optional-dependencies"]["dev"]
    pins = _pins(name)
    for text in wanted:
        requirement = Requirement(text)
        found = pins.get(canonicalize_name(requirement.name))
        assert found, f"{name} does not pin {requirement.name}: compile it again"
        for version in found:
            assert requirement.specifier.contains(version, prereleases=True), (
                f"{name} pins {requirement.name} {version}, outside {requirement.specifier}"
            )


def test_both_files_pin_the_same_versions() -> None:
    run, develop = _pins("requirements.txt"), _pins("requirements-dev.txt")
    different = {key for key in run if run[key] != develop.get(key)}
    assert not different, f"requirements.txt and requirements-dev.txt differ in {different}"
