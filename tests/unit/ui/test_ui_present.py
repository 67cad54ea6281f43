"""Numbers become sentences that say the same as the numbers."""

import pandas as pd
import pytest

from workforce.domain.evidence import Evidence
from workforce.ui.present import (
    change_words,
    fewer,
    funding_warning,
    pipeline_words,
    study_words,
    why_off,
)


@pytest.mark.parametrize(
    ("ratio", "low", "high", "words"),
    [
        (0.91, 0.83, 0.99, "about 9% fewer resignations (1% to 17%)"),
        (0.90, 0.78, 1.02, "about 10% fewer resignations (from 2% more to 22% fewer)"),
        (1.14, 1.07, 1.20, "about 14% more resignations (from 20% more to 7% more)"),
        (1.0, 1.0, 1.0, "no change in resignations"),
        (1.0, 0.92, 1.2, "about no change in resignations (from 20% more to 8% fewer)"),
        (0.9, 0.9, 0.9, "about 10% fewer resignations"),
    ],
)
def test_a_ratio_reads_as_fewer_or_more(ratio: float, low: float, high: float, words: str) -> None:
    assert change_words(ratio, low, high) == words


def test_fewer_is_the_ratio_turned_round() -> None:
    assert fewer(0.85) == 15.0
    assert fewer(1.2) == -20.0


def test_levers_without_good_evidence_say_why_they_start_off(evidence: Evidence) -> None:
    for lever in evidence.levers.values():
        assert bool(why_off(lever)) is not lever.on_by_default, lever.lever_id
    assert "no effect" in why_off(evidence.levers["WELLBEING_IND"])
    assert "No convincing study" in why_off(evidence.levers["STAY"])


def test_every_study_names_its_source(evidence: Evidence) -> None:
    for study in evidence.studies:
        words = study_words(study)
        assert study.source in words, study.name
        assert "nan" not in words.lower().replace("financ", ""), words


def test_a_null_study_reads_as_no_effect(evidence: Evidence) -> None:
    null = next(s for s in evidence.studies if s.metric == "null")
    assert "no effect on leaving found" in study_words(null)


def test_standards_that_are_not_funded_for_everybody_carry_a_warning(evidence: Evidence) -> None:
    warned = {ref for ref, each in evidence.standards.items() if funding_warning(each)}
    must = {ref for ref, each in evidence.standards.items() if each.fundable != "yes"}
    assert must <= warned
    assert "full price" in funding_warning(evidence.standards["ST0192"])
    assert "16-21" in funding_warning(evidence.standards["ST0763"])
    assert funding_warning(evidence.standards["ST1021"]) == ""


def test_the_words_on_apprentices_account_for_everybody() -> None:
    stages = {
        "starts": 20.0, "in_training_at_end": 4.0, "withdrawn_left": 3.0, "withdrawn_stayed": 2.0,
        "not_achieved": 1.0, "achieved": 10.0, "not_offered": 1.5, "no_post_left": 1.0,
        "redeployed": 0.5, "waiting_at_end": 0.0, "converted": 7.0, "in_role_at_end": 6.0,
    }  # fmt: skip
    frame = pd.DataFrame({"stage": list(stages), "mean": list(stages.values())})
    words = pipeline_words(frame)
    numbers = [float(part) for part in words.replace("**", "").split() if part[0].isdigit()]
    started, converted, _, *others = numbers
    assert converted + sum(others) == started, words
    assert "wait for a post" not in words, "nobody waits, so nobody is said to"


def test_starts_that_nobody_can_guide_are_said() -> None:
    stages = {"starts": 6.0, "converted": 4.0, "in_role_at_end": 3.0, "not_started": 2.0}
    frame = pd.DataFrame({"stage": list(stages), "mean": list(stages.values())})
    assert "A further **2.0** planned starts do not happen" in pipeline_words(frame)
    without = pipeline_words(frame[frame["stage"] != "not_started"])
    assert "do not happen" not in without
