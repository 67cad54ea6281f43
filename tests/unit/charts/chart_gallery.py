"""One of every figure, from frames as the other rooms make them."""

from functools import cache

import chart_frames as frames
import record_frames as records

from workforce import charts
from workforce.charts import Effect, Figure
from workforce.domain.circulation import Circulation, Mark
from workforce.domain.differences import DifferenceKind

PROTECTED = Mark(Circulation.PROTECTED)


@cache
def every_figure() -> dict[str, Figure]:
    """Return one of every figure, by the builder that made it."""
    summary, history, now = frames.summary(), frames.history(), frames.AS_OF
    plan, nothing = frames.PLAN, frames.NOTHING
    return {
        "fan": charts.fan(
            summary=summary, scenario=nothing, measure="vacancies", family="cyber", as_of=now,
            now=5.2, mark=PROTECTED,
        ),
        "fan_stock": charts.fan(
            summary=summary, scenario=plan, measure="fte", as_of=now, history=history,
            mark=PROTECTED,
        ),
        "fan_flow": charts.fan(
            summary=summary, scenario=nothing, measure="leavers", as_of=now, history=history,
            mark=PROTECTED,
        ),
        "compare": charts.compare(
            summary=summary, scenarios=(plan, nothing), measure="vacancy_rate", family="cyber",
            as_of=now, now=5.2 / 36, difference=(-0.16, -0.11, -0.05), mark=PROTECTED,
        ),
        "vacancies": charts.vacancies_with_without(
            summary=summary, scenario=plan, family="cyber", as_of=now, now=5.2,
            mark=PROTECTED,
        ),
        "supply": charts.supply_demand(
            summary=summary, scenario=plan, as_of=now, history=history, mark=PROTECTED
        ),
        "capacity": charts.effective_capacity(
            summary=summary, scenario=plan, baseline=nothing, as_of=now, family="cyber"
        ),
        "families": charts.family_bars(measures=frames.measures(), as_of=now, mark=PROTECTED),
        "turnover": charts.turnover_bars(measures=frames.measures(), as_of=now, mark=PROTECTED),
        "tenure": charts.profile(stock=frames.stock(), by="tenure", as_of=now, mark=PROTECTED),
        "age": charts.profile(stock=frames.stock(), by="age", as_of=now, mark=PROTECTED),
        "grade": charts.profile(stock=frames.stock(), by="grade", as_of=now, mark=PROTECTED),
        "months": charts.monthly_history(monthly=history, as_of=now, mark=PROTECTED),
        "rates": charts.rate_intervals(rates=frames.rate_rows(), mark=PROTECTED),
        "pipeline": charts.pipeline_flow(
            pipeline=frames.pipeline(), scenario=plan, as_of=now, end=now + 36
        ),
        "cohorts": charts.cohort_timeline(summary=summary, scenario=plan, as_of=now),
        "levers": charts.lever_effects(
            levers=frames.levers(), grades=frames.GRADES, combined=Effect(0.81, 0.71, 0.93)
        ),
        "costs": charts.cost_lines(
            changes=frames.costs(), scenario=plan, end=now + 36, as_of=now
        ),
        "waterfall": charts.waterfall(
            parts=frames.parts(), baseline=12.4, scenario=plan, measure="vacancies",
            end=now + 36, as_of=now, family="cyber",
        ),
        "account": charts.headcount_account(
            flows=frames.account(), levels=(31.0, 27.4), months=(now + 1, now + 36),
            scenario=nothing, as_of=now, family="cyber", mark=PROTECTED,
        ),
        "record": charts.track_record(
            forecasts=records.forecasts(), measure="leavers_12m", mark=PROTECTED
        ),
        "record_months": charts.track_by_month(
            forecasts=records.forecasts(), measure="leavers", mark=PROTECTED
        ),
        "scored": charts.scored_forecast(
            months=records.scored_months(), scenario=nothing, measure="leavers_total",
            as_of=records.THEN, mark=PROTECTED,
        ),
        "impact": charts.impact_bars(
            effects=records.effects(), scenario=plan, end=now + 36
        ),
        "differences": charts.resigning_differences(
            rows=records.differences(), kind=DifferenceKind.DEPARTMENT, mark=PROTECTED
        ),
        "groups": charts.group_ratios(
            groups=records.groups(), characteristic="Sex", mark=PROTECTED
        ),
    }  # fmt: skip
