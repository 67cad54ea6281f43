"""The rules know the occupation from the words beside it."""

from pathlib import Path

import pytest

from workforce.domain.families import Family
from workforce.roles.rulebook import RULES_FILE, Rulebook
from workforce.roles.rules import judge
from workforce.roles.scan import Scanner


@pytest.fixture(scope="module")
def scanner(root: Path) -> Scanner:
    return Scanner(Rulebook.load(root / "models"))


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Information Security Officer", Family.CYBER),
        ("Security Officer", Family.NOT_DIGITAL),
        ("Security Guard", Family.NOT_DIGITAL),
        ("Energy Security Analyst", Family.NOT_DIGITAL),
        ("Security Architect", Family.CYBER),
        ("Economist, Cyber Security Team", Family.NOT_DIGITAL),
        ("Data Engineer", Family.DATA),
        ("Data Entry Clerk", Family.NOT_DIGITAL),
        ("Data Protection Officer", Family.NOT_DIGITAL),
        ("Data Centre Technician", Family.OTHER_DIGITAL),
        ("Voice and Data Engineer", Family.OTHER_DIGITAL),
        ("Senior Manager, Data", Family.DATA),
        ("Business Intelligence Analyst", Family.DATA),
        ("Intelligence Analyst", Family.NOT_DIGITAL),
        ("Business Analyst", Family.TRANSFORMATION),
        ("Business Support Officer", Family.NOT_DIGITAL),
        ("Digital Pathology Project Manager", Family.TRANSFORMATION),
        ("Project Manager (Construction)", Family.NOT_DIGITAL),
        ("Digital Print Operator", Family.NOT_DIGITAL),
        ("Digital Marketing Officer", Family.NOT_DIGITAL),
        ("CCTV Operator", Family.NOT_DIGITAL),
        ("Systems Accountant", Family.NOT_DIGITAL),
        ("Systems Administrator", Family.OTHER_DIGITAL),
        ("Network Engineer", Family.OTHER_DIGITAL),
        ("Cancer Network Manager", Family.NOT_DIGITAL),
        ("Course Developer", Family.NOT_DIGITAL),
        ("Java Developer", Family.OTHER_DIGITAL),
        ("Landscape Architect", Family.NOT_DIGITAL),
        ("PA to Chief Information Officer", Family.NOT_DIGITAL),
        ("Staff Nurse", Family.NOT_DIGITAL),
        ("Infomation Security Officer", Family.CYBER),
        ("Senior Programme Developer", Family.NOT_DIGITAL),
        ("Building Management Systems Engineer", Family.NOT_DIGITAL),
        ("Community Transformation Lead", Family.NOT_DIGITAL),
        ("Cancer Intelligence Analyst", Family.DATA),
        ("Director for IT Security & Policy", Family.CYBER),
        ("Head of Aviation Statistics Branch", Family.DATA),
        ("Reporting Developer in the Probation Analysis Unit", Family.DATA),
    ],
)
def test_occupation_decides(scanner: Scanner, title: str, family: Family) -> None:
    verdict = judge(title, scanner)
    assert verdict.family is family, f"{title}: {verdict.words!r} ({verdict.rule})"


def test_a_verdict_carries_the_words_of_the_title(scanner: Scanner) -> None:
    verdict = judge("Lead Penetration Tester", scanner)
    assert verdict.words == "penetration test"
    assert verdict.rule is not None
    assert verdict.rule.role_id == "CYB_PENTEST"


def test_near_misses_are_contested(scanner: Scanner) -> None:
    assert judge("Digital Marketing Officer", scanner).contested
    assert not judge("Data Engineer", scanner).contested


def test_nothing_known_is_not_digital_without_a_rule(scanner: Scanner) -> None:
    verdict = judge("Town Crier", scanner)
    assert verdict.rule is None
    assert verdict.family is Family.NOT_DIGITAL


def test_a_pattern_that_does_not_compile_is_named(tmp_path: Path) -> None:
    (tmp_path / RULES_FILE).write_text(
        'occupation = []\nother_sense = []\ngeneral = []\n[words]\n[[digital]]\nrole_id = "X"\n'
        'role = "Broken"\nfamily = "data"\nsure = true\nsays = [\'\\b(data\']\n',
        encoding="utf-8",
    )
    with pytest.raises(ValueError, match="Broken"):
        Rulebook.load(tmp_path)
