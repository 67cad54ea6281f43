"""A line of the assumptions log, what its words mean, and what lines are written from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workforce.assurance.trials import Case, Effect
from workforce.domain.evidence import Confidence, Evidence
from workforce.history import History

__all__ = ["FAIR", "GOOD", "HIGH", "KNOWN", "LOW", "MEDIUM", "WEAK", "Line", "Source", "share"]

GOOD: Final = "good"
FAIR: Final = "fair"
WEAK: Final = "weak"
HIGH: Final = "high"
MEDIUM: Final = "medium"
LOW: Final = "low"

_HIGH_FROM: Final = 0.25
_MEDIUM_FROM: Final = 0.10
"""Shares of half the headline's 80% range: a quarter of it moves the message, a tenth does not."""
KNOWN: Final = {
    Confidence.VERIFIED: "source read",
    Confidence.RECALLED: "source not re-read",
    Confidence.ASSUMPTION: "assumption",
}
CHECK_FIRST: Final = "Check first"
KEEP_AN_EYE_ON: Final = "Keep an eye on"
ACCEPT: Final = "Accept"
_PRIORITY: Final = {
    (WEAK, HIGH): CHECK_FIRST,
    (WEAK, MEDIUM): KEEP_AN_EYE_ON,
    (FAIR, HIGH): KEEP_AN_EYE_ON,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One assumption.

    Attributes:
        topic: What it is about.
        name: What is assumed.
        value: Central value with its unit.
        ends: Its range.
        quality: `good`, `fair` or `weak`: how well it is known.
        why: Why this quality.
        impact: `high`, `medium` or `low`: how much the result hangs on it.
        effect: Result at both ends of the range; `None` where the impact is judged.
        source: Where the value comes from.
        secret: Whether the result at the ends of the range may not be shown.
    """

    topic: str
    name: str
    value: str
    ends: str
    quality: str
    why: str
    impact: str
    effect: Effect | None
    source: str
    secret: bool = False

    @property
    def priority(self) -> str:
        """What to do about it: quality against impact."""
        return _PRIORITY.get((self.quality, self.impact), ACCEPT)

    @property
    def rank(self) -> int:
        """Place of the priority, 0 for what to check first."""
        return (CHECK_FIRST, KEEP_AN_EYE_ON, ACCEPT).index(self.priority)

    @property
    def share_of_range(self) -> float:
        """Swing of the headline against half its 80% range, 0 where it is judged."""
        return self.effect.share if self.effect else 0.0

    @property
    def known_by(self) -> str:
        """How the impact is known."""
        return "computed" if self.effect else "our judgement"

    @property
    def effect_words(self) -> str:
        """The result at both ends, as it stands in the middle."""
        if self.effect is None:
            return "not computed"
        if self.secret:
            return "withheld"
        ends = self.effect
        return f"{ends.low:,.1f} to {ends.high:,.1f} (as it stands {ends.base:,.1f})"


@dataclass(frozen=True)
class Source:
    """Everything the log is written from.

    Attributes:
        case: Opening, rates and plan.
        history: What was observed.
        evidence: The evidence base.
        effects: By key of the trial, what it does to the headline; empty where none was run.
        hidden: Measure and family of rates that would give small counts away.
    """

    case: Case
    history: History
    evidence: Evidence
    effects: Mapping[str, Effect]
    hidden: frozenset[tuple[str, str]] = frozenset()

    def line(
        self, key: str, topic: str, name: str, value: str, ends: str, source: str,
        quality: tuple[str, str], *, judged: str = MEDIUM,
    ) -> Line:  # fmt: skip
        """Return a line; its impact is computed where its key was tried, else as judged."""
        effect = self.effects.get(key)
        impact = judged if effect is None else _impact(effect)
        return Line(topic, name, value, ends, *quality, impact, effect, source)


def _impact(effect: Effect) -> str:
    if effect.share >= _HIGH_FROM:
        return HIGH
    return MEDIUM if effect.share >= _MEDIUM_FROM else LOW


def share(value: float, digits: int = 0) -> str:
    """Return a share as `12%`."""
    return f"{100 * value:.{digits}f}%"
