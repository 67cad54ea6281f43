"""The evidence base, loaded once for all sessions."""

import streamlit as st

from workforce.domain.evidence import Evidence, load_evidence
from workforce.ui.paths import MODELS

__all__ = ["evidence"]


@st.cache_resource(show_spinner=False, max_entries=1)
def evidence() -> Evidence:
    """Return the evidence base (frozen, hence safe to share)."""
    return load_evidence(MODELS / "evidence")
