"""How sure a value is and where it comes from, shown wherever the value is shown."""

from typing import Final, Literal

import streamlit as st

from workforce.domain.evidence import Confidence, LeverEvidence, Standard
from workforce.ui.present import CONFIDENCE_WORDS, GRADE_WORDS, study_words

__all__ = ["lever_badges", "lever_evidence", "standard_note"]

_COLOUR: Final[dict[Confidence, Literal["blue", "gray"]]] = {
    Confidence.VERIFIED: "blue",
    Confidence.RECALLED: "gray",
    Confidence.ASSUMPTION: "gray",
}


def lever_badges(lever: LeverEvidence) -> str:
    """Return evidence grade and confidence of a lever as badges for a text."""
    colour = "blue" if lever.grade in "AB" else "gray"
    size = _COLOUR[lever.confidence]
    return (
        f":{colour}-badge[Evidence {GRADE_WORDS[lever.grade]}] "
        f":{size}-badge[Size: {CONFIDENCE_WORDS[lever.confidence]}]"
    )


def lever_evidence(lever: LeverEvidence) -> None:
    """Draw what is known about a lever in plain words, every study with its source."""
    st.markdown(f"**What it is.** {lever.description}.")
    if lever.coverage_notes:
        st.markdown(f"**Whom it reaches.** {_sentence(lever.coverage_notes)}")
    if lever.persistence:
        st.markdown(f"**How long it lasts.** {_sentence(lever.persistence)}")
    if lever.studies:
        st.markdown("**What studies found**")
        st.markdown("\n".join(f"- {study_words(study)}" for study in lever.studies))
    else:
        st.markdown("**What studies found.** No study of its own stands behind this lever.")
    st.caption(
        f"The starting value here is {CONFIDENCE_WORDS[lever.confidence]}, weaker than the studies "
        f"because they come from other kinds of organisation. Based on: {lever.source}."
        + (f" {_sentence(lever.note)}" if lever.note else "")
    )


def standard_note(standard: Standard) -> str:
    """Return level, duration and funding of a standard with how each is known."""
    return (
        f"Level {standard.level}, {standard.duration_months} months "
        f"({CONFIDENCE_WORDS[standard.duration_confidence]}), funding up to "
        f"£{standard.funding_band_gbp:,.0f} ({CONFIDENCE_WORDS[standard.funding_confidence]}), "
        f"{100 * standard.achievement:.0f}% achieve "
        f"({CONFIDENCE_WORDS[standard.achievement_confidence]})."
    )


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:].rstrip('.')}."
