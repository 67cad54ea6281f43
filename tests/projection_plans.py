"""Organisations and plans drawn by hypothesis, for the projection's tests."""

import dataclasses

from hypothesis import strategies as st
from projection_cases import AS_OF, lever, organisation, programme

from workforce.domain.opening import InTraining, KnownStarter, Opening
from workforce.domain.plan import Demand, DemandChange, Freeze, Hiring, Plan
from workforce.domain.programmes import NoPost, Programme, Seat, Trainee
from workforce.domain.rates import Rates, Shock

FAMILIES = ("cyber", "data")
MONTHS = 18

_cell = st.fixed_dictionaries(
    {
        "family": st.integers(0, 1),
        "grade": st.integers(0, 3),
        "tenure": st.integers(0, 120),
        "age": st.integers(0, 5),
        "contract_end": st.sampled_from([-1, -1, AS_OF - 2, AS_OF + 1, AS_OF + 9, AS_OF + 90]),
        "known_leave": st.sampled_from([-1, -1, -1, AS_OF - 1, AS_OF + 2, AS_OF + 90]),
        "known_cause": st.integers(0, 4),
        "people": st.integers(0, 6),
    }
)


@st.composite
def openings(draw: st.DrawFn) -> Opening:
    """Draw an organisation of two families."""
    rows = draw(st.lists(_cell, min_size=0, max_size=8))
    for row in rows:
        row["fte"] = row["people"] * draw(st.sampled_from([1.0, 0.6, 0.54]))
    return organisation(
        rows,
        [draw(st.floats(0, 40)), draw(st.floats(0, 40))],
        families=FAMILIES,
        starter_fte=[0.93, draw(st.sampled_from([1.0, 0.5]))],
        open_vacancies=draw(st.sampled_from([None, [[3, 0, 1], [0, 0, 0]]])),
        starters=draw(st.sampled_from([(), (KnownStarter(AS_OF + 3, "data", "entry", 2, 1.7),)])),
        apprentices=draw(
            st.sampled_from([(), (InTraining("cyber", "", AS_OF - 5, AS_OF + 4, 3),)])
        ),
    )


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan with or without levers, programmes, limits on hiring and changes of posts."""
    first = AS_OF + draw(st.integers(1, 8))
    return Plan(
        "Plan",
        horizon_months=MONTHS,
        levers=tuple(
            lever(lever_id=key, hazard_ratio=0.8, low=0.6, high=1.2, ramp_months=4)
            for key in draw(st.sampled_from(["", "A", "AB"]))
        ),
        programmes=draw(st.sampled_from([(), programmes(first)])),
        hiring=Hiring(
            speed=draw(st.sampled_from([0.5, 1.0, 3.0])),
            capacity_per_month=draw(st.sampled_from([None, 0.0, 0.5, 2.0])),
            freezes=draw(st.sampled_from([(), (Freeze(first, first + 4),)])),
        ),
        demand=Demand(
            growth_per_year=(("cyber", draw(st.sampled_from([0.0, 0.3, -0.4]))),),
            changes=(DemandChange(first, "data", draw(st.sampled_from([-30.0, 0.0, 6.5]))),),
        ),
    )


def programmes(first: int) -> tuple[Programme, ...]:
    """Return three programmes that differ in seats, in whom they train and what follows."""
    return (
        programme(first_start=first, size=3, duration_months=5, cohorts=2, repeat_months=3),
        programme(
            programme_id="q",
            family="data",
            first_start=first,
            size=2,
            duration_months=4,
            no_post=NoPost.WAIT,
            seat=Seat.VACANT_POST,
            withdrawal_low=0.2,
            withdrawal_high=0.6,
        ),
        programme(
            programme_id="r",
            first_start=first,
            size=2,
            duration_months=3,
            trainee=Trainee.EXISTING_STAFF,
        ),
    )


def stated_rates(voluntary: float = 0.4) -> Rates:
    """Return high rates with all that can be uncertain."""
    stated = Rates.stated(
        FAMILIES,
        voluntary_annual=[voluntary, 0.2],
        fill_monthly=0.4,
        retirement_annual=0.05,
        contract_end_annual=0.05,
        other_annual=0.05,
        voluntary_log_sd=0.2,
        shock=Shock(0.2, 0.5),
    )
    return dataclasses.replace(stated, renewal=(0.5, 0.2, 0.8))
