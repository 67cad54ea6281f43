"""The truth behind a sample: what was set, and what then happened, as plain JSON values."""

from typing import Any

import pandas as pd

from workforce.domain.bands import CAUSES, GRADE_BANDS, TENURE_BANDS, Contract
from workforce.domain.months import month_label
from workforce.sample.build import event_date, grade_mix
from workforce.sample.catalogue import COUNCIL, TITLES
from workforce.sample.hiring import expected_vacancy_share
from workforce.sample.parameters import FAMILIES, KNOWN_AGES
from workforce.sample.records import Simulated
from workforce.sample.state import State
from workforce.sample.wording import STANDARDS

__all__ = ["IN_POST", "build_truth"]

SCHEMA, VERSION = "workforce-sample-truth", 1
IN_POST = (str(Contract.PERMANENT), str(Contract.FIXED_TERM))


def build_truth(state: State, simulated: Simulated, *, seed: int, size: int) -> dict[str, Any]:
    """Return everything that a test may hold an estimate against.

    Args:
        state: The organisation at the extract.
        simulated: The same as lists.
        seed: Seed it was made from.
        size: Intended number in post.

    Returns:
        A dictionary of JSON values; `injected` is filled by whoever makes the workbook untidy.
    """
    return {
        "schema": SCHEMA,
        "version": VERSION,
        "fictional": True,
        "organisation": COUNCIL,
        "made_from": {
            "size": size,
            "years": (state.calendar.last - state.calendar.window + 1) // 12,
            "seed": seed,
            "as_of": simulated.as_of.isoformat(),
        },
        "window": [day.isoformat() for day in simulated.window],
        "parameters": state.parameters.as_dict(),
        "rates": _rates(state),
        "hiring": _hiring(state),
        "pipeline": _pipeline(state),
        "event": {
            "date": event_date(state.calendar).isoformat(),
            "in_window": event_date(state.calendar) >= simulated.window[0],
        },
        "realised": _realised(state, simulated),
        "monthly": [{**record, "month": month_label(record["month"])} for record in state.monthly],
        "titles": {title.name: title.family for title in TITLES}
        | {standard.title: standard.family for standard in STANDARDS},
        "injected": [],
    }


def _rates(state: State) -> dict[str, Any]:
    parameters = state.parameters
    table = parameters.voluntary_table(grade_mix())
    level = parameters.vector("voluntary_annual") * parameters.vector("own_level")
    years = [(state.calendar.last - 12 * back - 11) for back in range(state.shock.size - 2, -1, -1)]
    return {
        "unit": "hazard per person-year",
        "voluntary_by_family": {f: float(level[i]) for i, f in enumerate(FAMILIES)},
        "voluntary_table": table.tolist(),
        "voluntary_axes": [list(FAMILIES), [str(b) for b in GRADE_BANDS], list(TENURE_BANDS)],
        "grade_multiplier": dict(
            zip(map(str, GRADE_BANDS), parameters.grade_multiplier, strict=True)
        ),
        "tenure_multiplier": dict(zip(TENURE_BANDS, parameters.tenure_multiplier, strict=True)),
        "season_from_january": list(parameters.season),
        "year_shock": {
            f"{month_label(first)} to {month_label(first + 11)}": float(shock)
            for first, shock in zip(years, state.shock[:-1], strict=True)
            if first >= state.calendar.window
        },
        "retirement_by_age_band": dict(zip(KNOWN_AGES, parameters.retirement_annual, strict=True)),
        "other": parameters.other_annual,
        "fixed_term_renewed": parameters.renewal,
    }


def _hiring(state: State) -> dict[str, Any]:
    parameters = state.parameters
    return {
        "approval_months_mean": parameters.approval_months,
        "days_to_hire_median": {
            family: parameters.time_to_hire_days * parameters.time_to_hire_ratio[family]
            for family in FAMILIES
        },
        "days_to_hire_log_sd": parameters.time_to_hire_log_sd,
        "round_filled": dict(parameters.round_success),
        "round_withdrawn": parameters.round_withdrawn,
        "internal_share": parameters.internal_share,
        "expected_vacancy_share": {
            family: float(share)
            for family, share in zip(FAMILIES, expected_vacancy_share(parameters), strict=True)
        },
    }


def _pipeline(state: State) -> dict[str, Any]:
    parameters = state.parameters
    return {
        "withdrawal": {
            s.reference: round(1 - s.achievement / parameters.pass_rate, 6) for s in STANDARDS
        },
        "pass_rate": parameters.pass_rate,
        "quarter_shares": list(parameters.quarter_shares),
        "stay_share_new_recruits": parameters.stay_share,
        "assessment_months_mean": parameters.assessment_months,
        "offer_rate_new_recruits": parameters.offer_rate,
    }


def _by_family(values: pd.Series) -> dict[str, float]:
    return {family: float(values.get(family, 0)) for family in FAMILIES}


def _counts(column: pd.Series, names: tuple[str, ...]) -> dict[str, int]:
    counted = column.value_counts()
    return {name: int(counted.get(name, 0)) for name in names}


def _realised(state: State, simulated: Simulated) -> dict[str, Any]:
    as_of = pd.Timestamp(simulated.as_of)
    people = simulated.people[simulated.people["contract"].isin(IN_POST)]
    gone = people["leave_date"] <= as_of
    here = people[~gone & (people["joined_date"] <= as_of)]
    leavers = people[gone & (people["leave_date"] >= pd.Timestamp(simulated.window[0]))]
    months = leavers["leave_date"].dt.year * 12 + leavers["leave_date"].dt.month - 1
    year = (months - state.calendar.window) // 12
    vacant = simulated.posts[simulated.posts["status"] == "Vacant"]
    causes = tuple(str(cause) for cause in CAUSES)
    return {
        "in_post": _counts(here["family"], FAMILIES),
        "in_post_fte": _by_family(here.groupby("family")["fte"].sum().round(6)),
        "establishment_fte": _by_family(
            simulated.posts.groupby("family")["establishment_fte"].sum().round(6)
        ),
        "vacant_posts": _counts(vacant["family"], FAMILIES),
        "leavers_by_year": [
            {
                "from": month_label(state.calendar.window + 12 * int(index)),
                **{
                    family: _counts(rows["cause"], causes) for family, rows in own.groupby("family")
                },
            }
            for index, own in leavers.groupby(year)
        ],
        "leavers": {
            family: _counts(leavers.loc[leavers["family"] == family, "cause"], causes)
            for family in FAMILIES
        },
        "person_years_at_risk": dict(
            zip(FAMILIES, (state.exposure.sum(axis=(1, 2)) / 12).round(3).tolist(), strict=True)
        ),
        "expected_resignations": dict(
            zip(FAMILIES, state.expected.sum(axis=(1, 2)).round(3).tolist(), strict=True)
        ),
        "moves_between_families": int(state.moves.sum() - state.moves.trace()),
        "moves_within_families": int(state.moves.trace()),
        "known_leavers": int((people["leave_date"] > as_of).sum()),
        "known_starters": int((people["joined_date"] > as_of).sum()),
        "requisitions": {
            family: _counts(own["outcome"], ("filled", "failed", "withdrawn", "open"))
            for family, own in simulated.requisitions.groupby("family")
        },
        "apprentices": _counts(
            simulated.apprentices["outcome"],
            ("in_training", "withdrawn_left", "withdrawn_stayed", "achieved", "not_achieved"),
        ),
        "not_in_post": _counts(
            simulated.people.loc[simulated.people["leave_date"].isna(), "contract"],
            (str(Contract.APPRENTICE), str(Contract.CASUAL), str(Contract.SECONDED_IN)),
        )
        | {str(Contract.AGENCY): len(simulated.agency)},
    }
