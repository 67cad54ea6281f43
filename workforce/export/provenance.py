"""What every exported page must say about itself, so that it can be traced and repeated."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from workforce.charts.figure import Figure
from workforce.domain.circulation import NOT_FOR_CIRCULATION, Circulation

__all__ = ["FICTIONAL", "Provenance", "day_text"]

FICTIONAL = "Fictional sample data: this organisation does not exist."

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_text(day: date) -> str:
    """Return a date as `30 Sep 2026`, whatever the language of the machine."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a figure comes from.

    Attributes:
        scenario: Name of the scenario, empty for figures about the data alone.
        plan_digest: Digest of the plan, empty where there is none.
        data_digest: Digest of the files read and the corrections made.
        data_as_of: Date of the data.
        seed: Seed of the simulation.
        draws: Simulated futures.
        version: Version of the software.
        made_on: Date on which the file was made.
        fictional: Whether the data are the made-up sample.
        circulation: Whether observed counts of people are in it and are protected; set from the
            figures when a file is made.
    """

    scenario: str
    plan_digest: str
    data_digest: str
    data_as_of: date
    seed: int
    draws: int
    version: str
    made_on: date
    fictional: bool = False
    circulation: Circulation | None = None

    def marked(self, figures: Iterable[Figure]) -> "Provenance":
        """Return the provenance of a file with these figures: the least protected one decides.

        Raises:
            ValueError: If a figure has no mark.
        """
        marks = {figure.checked().circulation for figure in figures}
        order = (Circulation.WORKING, Circulation.PROTECTED, Circulation.FORECAST)
        worst = next((each for each in order if each in marks), Circulation.FORECAST)
        return replace(self, circulation=worst)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences that stand on every page, in the colour of warnings."""
        said = (FICTIONAL,) if self.fictional else ()
        if self.circulation is Circulation.WORKING:
            return (*said, NOT_FOR_CIRCULATION)
        return said

    def footer(self) -> str:
        """Return everything in one line, digests shortened to eight characters."""
        parts = []
        if self.circulation is Circulation.WORKING:
            parts.append(self.circulation.words)
        if self.scenario:
            plan = f" (plan {self.plan_digest[:8]})" if self.plan_digest else ""
            parts.append(f"Scenario “{self.scenario}”{plan}")
        parts.append(f"data to {day_text(self.data_as_of)} ({self.data_digest[:8]})")
        if self.scenario:
            parts.append(f"{self.draws:,} simulated futures, seed {self.seed}")
        parts.append(f"version {self.version}")
        parts.append(f"made {day_text(self.made_on)}")
        return " · ".join(parts)

    def rows(self) -> list[tuple[str, str | int]]:
        """Return label and value of everything, digests in full."""
        rows: list[tuple[str, str | int]] = [
            ("Scenario", self.scenario or "none: about the data alone"),
            ("Plan digest", self.plan_digest or "none"),
            ("Data to", day_text(self.data_as_of)),
            ("Data digest", self.data_digest),
            ("Simulated futures", self.draws),
            ("Seed", self.seed),
            ("Software version", self.version),
            ("Made on", day_text(self.made_on)),
        ]
        if self.circulation is not None:
            rows.append(("Small counts", self.circulation.words))
        for warning in reversed(self.warnings):
            rows.insert(0, ("Note", warning))
        return rows
