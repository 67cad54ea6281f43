"""The classifier answers every title once, with a reason, and obeys corrections."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from workforce.roles import RoleClassifier, fold_title
from workforce.roles.corpus import (
    UNREAD,
    inputs_digest,
    read_fresh,
    read_labelled,
    read_teaching,
)
from workforce.roles.model import MODEL_FILE, SUREST, RoleModel, confidence, margins
from workforce.roles.train import fit_calibration, taught_titles


@pytest.fixture(scope="module")
def classifier(root: Path) -> RoleClassifier:
    return RoleClassifier.load(root / "models")


def test_the_shipped_model_was_fitted_from_these_tables_and_rules(root: Path) -> None:
    models = root / "models"
    assert RoleModel.load(models).inputs_digest == inputs_digest(models), (
        "rules, tables or features changed: run python -m workforce.roles.train models"
    )


def test_the_model_file_is_modest_and_no_pickle(root: Path) -> None:
    text = (root / "models" / MODEL_FILE).read_text(encoding="utf-8")
    assert len(text) < 1_500_000
    assert RoleModel.from_json(text).to_json() == text


def test_a_model_of_another_version_is_refused(root: Path) -> None:
    payload = json.loads((root / "models" / MODEL_FILE).read_text(encoding="utf-8"))
    with pytest.raises(ValueError, match="another version"):
        RoleModel.from_json(json.dumps({**payload, "version": 99}))
    with pytest.raises(ValueError, match="other families"):
        RoleModel.from_json(json.dumps({**payload, "families": ["cyber"]}))


def test_loading_and_classifying_need_no_scikit_learn(root: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from workforce.roles import RoleClassifier;"
        "RoleClassifier.load(Path('models')).classify(['Data Analyst']);"
        "print('sklearn' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "False False"


def test_a_match_says_which_words_decided(classifier: RoleClassifier) -> None:
    match = classifier.classify(["Senior Cyber Security Analyst"])[0]
    assert (match.family, match.role_id) == ("cyber", "CYB_ANALYST")
    assert match.reason == "title says “cyber”: Cyber / information security analyst"
    assert match.confidence > 0.9


def test_near_miss_reasons_name_the_work(classifier: RoleClassifier) -> None:
    match = classifier.classify(["Data Entry Clerk"])[0]
    assert match.family == "not_digital"
    assert "clerical" in match.reason


def test_a_title_no_rule_knows_says_so(classifier: RoleClassifier) -> None:
    match = classifier.classify(["Town Crier"])[0]
    assert match.family == "not_digital"
    assert match.reason.startswith("no digital, data or security work named")


def test_corrections_win_by_folded_title(classifier: RoleClassifier) -> None:
    match = classifier.classify(["DATA  Analyst "], {fold_title("Data analyst"): "cyber"})[0]
    assert (match.family, match.confidence, match.reason) == ("cyber", 1.0, "you said so")
    assert classifier.classify(["DATA  Analyst "])[0].family == "data"


def test_a_correction_to_no_family_is_refused(classifier: RoleClassifier) -> None:
    with pytest.raises(ValueError, match="wizard"):
        classifier.classify(["Data Analyst"], {"data analyst": "wizard"})


@pytest.mark.parametrize("title", ["", "  ", "--", "***"])
def test_an_empty_title_is_not_digital_with_no_confidence(
    classifier: RoleClassifier, title: str
) -> None:
    match = classifier.classify([title])[0]
    assert (match.title, match.family, match.confidence) == (title, "not_digital", 0.0)
    assert "empty" in match.reason


def test_one_match_a_title_in_order(classifier: RoleClassifier) -> None:
    titles = ["Nurse", "Data Analyst", "Nurse"]
    assert [match.title for match in classifier.classify(titles)] == titles


def test_county_payroll_titles_are_told_apart(classifier: RoleClassifier) -> None:
    titles = [
        "Bus Operator",
        "Police Officer III",
        "Security Officer II",
        "Information Technology Specialist III",
        "Senior ERP Functional Business Analyst",
        "Energy Management Systems Technician",
        "Traffic Management Technician II",
        "Imaging Operator I",
    ]
    matches = classifier.classify(titles)
    digital = {match.title: match.family for match in matches if match.family != "not_digital"}
    assert digital == {
        "Information Technology Specialist III": "other_digital",
        "Senior ERP Functional Business Analyst": "transformation",
    }


def test_no_test_title_is_taught_twice(root: Path) -> None:
    keys = [each.key for each in read_teaching(root / "models")]
    assert len(keys) == len(set(keys)), "teaching titles must be distinct by key"


def test_titles_that_measure_are_not_taught(root: Path) -> None:
    models = root / "models"
    labelled, teaching = taught_titles(models)
    taught = {each.key for each in (*labelled, *teaching)}
    unread = read_fresh(models, *UNREAD)
    assert len(unread) > 350
    assert not taught & {each.key for each in unread}, "a title that measures was taught"


def test_every_fresh_title_is_new_and_stands_once(root: Path) -> None:
    models = root / "models"
    keys = [each.key for each in read_fresh(models)]
    assert len(keys) == len(set(keys))
    assert not set(keys) & {each.key for each in read_labelled(models)}


def test_the_lead_is_that_of_the_best_over_the_second() -> None:
    scores = np.array([[1.0, 4.0, 2.5, -3.0, 0.0], [2.0, 2.0, 0.0, 0.0, 0.0]])
    assert margins(scores).tolist() == [1.5, 0.0]


def test_confidence_by_hand() -> None:
    # ln 3 gives odds of 3 to 1; a lead of 1 adds 2 ln 2 = ln 4: odds of 12 to 1.
    found = confidence(np.array([0.0, 1.0, 100.0]), (float(np.log(3)), 2.0))
    assert found == pytest.approx([0.75, 12 / 13, SUREST])


def test_calibration_finds_how_often_leads_are_right() -> None:
    # Leads of 1 are right half the time, leads of 4 nine times in ten.
    leads = np.repeat([1.0, 4.0], 1000)
    right = np.concatenate([np.arange(1000) % 2 == 0, np.arange(1000) % 10 > 0])
    said = confidence(np.array([1.0, 4.0]), fit_calibration(leads, right))
    assert said == pytest.approx([0.5, 0.9], abs=0.02)


def test_shipped_confidence_grows_with_the_lead(root: Path) -> None:
    model = RoleModel.load(root / "models")
    said = confidence(np.linspace(0, 15, 200), model.calibration)
    assert (np.diff(said) >= 0).all(), "a clearer lead must not be trusted less"
    assert said[0] < 0.75


def test_scores_of_a_title_do_not_depend_on_its_company(root: Path) -> None:
    together = RoleClassifier.load(root / "models").classify(["Nurse", "Data Analyst", "Zzz"])
    apart = [RoleClassifier.load(root / "models").classify([each.title])[0] for each in together]
    assert apart == together
