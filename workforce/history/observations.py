"""Everything observed, as disclosure control takes it in."""

from collections.abc import Sequence

from workforce.disclosure import Observations
from workforce.domain.evidence import Evidence
from workforce.domain.rates import Rates
from workforce.history.measures import measures, profile
from workforce.history.model import History

__all__ = ["observations"]


def observations(
    history: History,
    evidence: Evidence,
    *,
    families: Sequence[str],
    rates: Rates,
    notes: tuple[str, ...],
) -> Observations:
    """Return every count of people that a page, chart or file might want to show.

    Args:
        history: The history.
        evidence: Stands in for an establishment that is not given.
        families: Families that are projected.
        rates: Rates as fitted.
        notes: Sentences on what stands in for missing data.
    """
    cells = ["month", "family"]
    exposure = history.counts.groupby(cells, observed=True)["exposure"].sum().reset_index()
    exposure = exposure.assign(family=exposure["family"].astype(str))
    flows = history.monthly.merge(exposure, on=cells, how="left").fillna({"exposure": 0.0})
    training = history.apprentices["outcome"] == "in_training"
    filled = history.time_to_hire
    return Observations(
        as_of=history.as_of,
        window_months=history.window_months,
        families=tuple(str(family) for family in families),
        measures=measures(history, evidence),
        flows=flows,
        bands={by: profile(history, by) for by in ("tenure", "age", "grade")},
        filled={
            str(family): float(count)
            for family, count in zip(filled["family"], filled["filled"], strict=True)
        },
        rates=rates.table,
        in_training=float(history.apprentices.loc[training, "people"].sum()),
        agency_people=float(history.agency["people"].sum()),
        agency_fte=float(history.agency["fte"].sum()),
        notes=notes,
        differences=rates.differences,
    )
