"""Frames as the other rooms make them, small and known, for tests of charts and exports."""

from functools import cache

import numpy as np
import pandas as pd

from workforce.domain.families import DIGITAL_FAMILIES
from workforce.domain.months import month_label, parse_month
from workforce.domain.rates import RateRow

AS_OF = parse_month("2026-09")
PLAN = "Grow and keep"
NOTHING = "Do nothing"
# In post and funded FTE today, and vacancies at the end without and with the plan.
STAND = {
    "cyber": (30.8, 36.0, 6.9, 2.9),
    "data": (41.5, 47.0, 6.1, 3.4),
    "transformation": (38.2, 43.0, 5.8, 3.1),
    "other_digital": (18.9, 21.0, 2.6, 2.0),
}
Z = {
    "p2_5": -1.96,
    "p10": -1.2816,
    "p25": -0.6745,
    "p50": 0.0,
    "p75": 0.6745,
    "p90": 1.2816,
    "p97_5": 1.96,
}
FLOWS = {
    "leavers": 0.42, "leavers_voluntary": 0.33, "leavers_retirement": 0.04,
    "leavers_end_of_contract": 0.03, "leavers_other": 0.02, "hires": 0.41,
    "apprentices_started": 0.11, "apprentices_converted": 0.07, "apprentices_withdrawn": 0.02,
}  # fmt: skip


GRADES_SHARE = {"entry": 0.2, "practitioner": 0.45, "senior": 0.25, "lead": 0.1}
AGE_SHARE = {"under 55": 0.76, "55-59": 0.11, "60-64": 0.08, "65-66": 0.03, "unknown": 0.02}


def _rows(scenario, family, measure, centre, spread, *, floor=0.0):
    months = [month_label(AS_OF + k) for k in range(1, len(centre) + 1)]
    frame = pd.DataFrame(
        {"scenario": scenario, "month": months, "family": family, "measure": measure}
    )
    frame["mean"] = centre
    for name, z in Z.items():
        frame[name] = np.maximum(floor, centre + z * spread)
    return frame


def summary(months=36):
    """A projection summary: two scenarios, four families and all, every measure."""
    return _summary(months).copy()


@cache
def _summary(months, scenarios=(NOTHING, PLAN)):
    t = np.arange(1, months + 1)
    frames = []
    for scenario in scenarios:
        totals = {}
        for family, (post, funded, without, with_plan) in STAND.items():
            end = with_plan if scenario == PLAN else without
            start = funded - post
            vacancies = start + (end - start) * (1 - np.exp(-2.4 * t / months)) / (1 - np.exp(-2.4))
            spread = 0.33 * np.sqrt(t)
            values = {
                "fte": (funded - vacancies, spread),
                "headcount": (np.round((funded - vacancies) * 1.06), spread),
                "establishment": (np.full(months, funded), 0 * t),
                "vacancies": (vacancies, spread),
                "vacancy_rate": (vacancies / funded, spread / funded),
                "over_establishment": (0.2 + 0 * t, 0.1 + 0 * t),
                "agency_fte": (0.25 * vacancies, 0.25 * spread),
                "mentor_fte": (0.3 * (scenario == PLAN) + 0 * t, 0.02 + 0 * t),
                "effective_capacity": (0.95 * (funded - vacancies) + 0.25 * vacancies, spread),
                "apprentices_in_training": (
                    np.clip(4 * (t >= 6) + 4 * (t >= 18) - 3 * (t >= 26), 0, 9)
                    * (scenario == PLAN)
                    * 1.0,
                    0.4 + 0 * t,
                ),
            }
            for measure, level in FLOWS.items():
                use = 0 if measure.startswith("apprentices") and scenario != PLAN else 1
                late = (t >= 24) if measure == "apprentices_converted" else 1
                values[measure] = (
                    level * use * late * (1 + 0.3 * np.sin(2 * np.pi * t / 12)),
                    0.6 + 0 * t,
                )
            for measure, (centre, sd) in values.items():
                frames.append(_rows(scenario, family, measure, centre, sd))
                kept = totals.setdefault(measure, [0, 0])
                totals[measure] = [
                    kept[0] + np.asarray(centre, float),
                    kept[1] + np.asarray(sd, float) ** 2,
                ]
        totals["vacancy_rate"] = [totals["vacancies"][0] / 147, totals["vacancies"][1] / 147**2]
        frames += [_rows(scenario, "all", m, c, np.sqrt(v)) for m, (c, v) in totals.items()]
    return pd.concat(frames, ignore_index=True)


def history(months=60, families=(*DIGITAL_FAMILIES, "not_digital")):
    """A monthly history that ends in the as-of month."""
    rng = np.random.default_rng(7)
    rows = []
    for family in families:
        size = STAND.get(family, (2100.0,))[0]
        for k in range(months):
            back = months - 1 - k
            fte = size + 0.06 * back + (0.6 * np.sin(k / 5) if back else 0)
            voluntary, hires = rng.poisson(size * 0.011), rng.poisson(size * 0.012)
            retirement, ended = rng.poisson(size * 0.001), rng.poisson(size * 0.001)
            rows.append(
                {
                    "month": AS_OF - back, "family": str(family), "headcount": round(fte * 1.06),
                    "fte": fte, "leavers": voluntary + retirement + ended, "voluntary": voluntary,
                    "retirement": retirement, "end_of_contract": ended, "other": 0,
                    "organisational_event": 0, "hires": hires,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def measures():
    """Today's measures by family."""
    leavers = {
        "cyber": (6, 1, 1, 0),
        "data": (5, 1, 0, 0),
        "transformation": (4, 2, 1, 1),
        "other_digital": (2, 1, 0, 0),
    }
    rows = []
    for family, (post, funded, *_) in STAND.items():
        voluntary, retirement, ended, other = leavers[family]
        total = sum(leavers[family])
        rows.append(
            {
                "family": family, "headcount": round(post * 1.06), "fte": post,
                "establishment_fte": funded, "vacancies_fte": round(funded - post, 1),
                "vacancy_rate": (funded - post) / funded, "leavers": total,
                "turnover": total / post, "leavers_months": 12, "voluntary": voluntary,
                "retirement": retirement, "end_of_contract": ended, "other": other,
                "organisational_event": 0, "hires": 6, "median_time_to_hire_days": 92.0,
            }
        )  # fmt: skip
    return pd.DataFrame(rows)


def stock():
    """Cells of people in post."""
    rng = np.random.default_rng(3)
    rows = []
    for family, (post, *_) in STAND.items():
        for _ in range(round(post * 1.06)):
            tenure = int(min(120, rng.exponential(55)))
            rows.append(
                {
                    "family": family, "department": "IT", "people": 1, "fte": 1.0,
                    "grade": rng.choice(list(GRADES_SHARE), p=list(GRADES_SHARE.values())),
                    "tenure_months": tenure, "contract": "permanent",
                    "age": rng.choice(list(AGE_SHARE), p=list(AGE_SHARE.values())),
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def rate_rows():
    """Rates as shown, with benchmark and weight."""
    common = {"unit": "per year", "benchmark_source": "Civil service digital turnover (recalled)"}
    return (
        RateRow(
            "voluntary",
            "cyber",
            0.172,
            0.121,
            0.243,
            own_weight=0.35,
            exposure=154,
            events=27,
            benchmark=0.14,
            **common,
        ),
        RateRow(
            "voluntary",
            "data",
            0.118,
            0.081,
            0.169,
            own_weight=0.41,
            exposure=207,
            events=24,
            benchmark=0.13,
            **common,
        ),
        RateRow(
            "voluntary",
            "transformation",
            0.096,
            0.064,
            0.143,
            own_weight=0.38,
            exposure=190,
            events=17,
            benchmark=0.11,
            **common,
        ),
        RateRow(
            "voluntary",
            "other_digital",
            0.104,
            0.063,
            0.170,
            own_weight=0.22,
            exposure=95,
            events=9,
            benchmark=0.11,
            note="few events",
            **common,
        ),
    )


def pipeline():
    """What became of the apprentices of two programmes; the stages balance."""
    stages = {
        "A": (
            "Cyber security technologist (level 4)",
            12,
            2.1,
            1.5,
            1.2,
            0.6,
            6.6,
            0.4,
            0.5,
            5.2,
            3.4,
            4.7,
        ),
        "B": ("Data analyst (level 4)", 8, 3.0, 0.9, 0.7, 0.3, 3.1, 0.0, 0.2, 2.6, 1.1, 2.4),
    }
    names = (
        "starts",
        "in_training_at_end",
        "withdrawn_left",
        "withdrawn_stayed",
        "not_achieved",
        "achieved",
        "no_post_left",
        "redeployed",
        "converted",
        "retained_12_months",
        "in_role_at_end",
    )
    rows = []
    for key, (title, *values) in stages.items():
        for stage, mean in zip(names, values, strict=True):
            rows.append(
                {
                    "programme_id": key,
                    "programme": title,
                    "stage": stage,
                    "mean": mean,
                    "p10": max(0.0, mean - 1.3),
                    "p90": mean + 1.3,
                }
            )
    frame = pd.DataFrame(rows)
    for key in stages:
        starts = frame["programme_id"].eq(key) & frame["stage"].eq("starts")
        frame.loc[starts, ["p10", "p90"]] = stages[key][1]
    return frame


def levers():
    """Each lever's hazard ratio at full ramp with its 90% range."""
    return pd.DataFrame(
        {
            "lever_id": ["HYBRID", "CAREER", "MANAGER", "ONBOARD", "RECOG"],
            "name": [
                "Hybrid working",
                "Visible career paths",
                "Line-manager training",
                "Structured onboarding",
                "Recognition scheme",
            ],
            "p": [0.93, 0.91, 0.955, 0.96, 0.985],
            "low": [0.87, 0.83, 0.90, 0.91, 0.95],
            "high": [0.99, 0.99, 1.01, 1.0, 1.03],
        }
    )


GRADES = {"HYBRID": "A", "CAREER": "C", "MANAGER": "C", "ONBOARD": "B", "RECOG": "D"}


def parts():
    """What each part of a plan changes, as the attribution gives it."""
    return pd.DataFrame(
        [
            ("lever/FLEX_TEAM", "Flexible working by team agreement", -2.1, -3.9, 0.2),
            ("lever/ONBOARD", "Onboarding", -0.6, -1.6, 0.1),
            ("programme/cyber", "Cyber apprentices", -3.2, -5.0, -1.0),
            ("hiring", "Recruitment", -1.4, -2.2, -0.4),
            ("interaction", "Overlap between them", 1.3, 0.4, 2.5),
        ],
        columns=["key", "label", "mean", "low", "high"],
    )


def account():
    """Everything that comes and goes between 31.0 and 27.4 people in post."""
    return pd.DataFrame(
        [
            ("leavers_voluntary", -12.3),
            ("leavers_retirement", -2.1),
            ("leavers_end_of_contract", -0.7),
            ("leavers_other", -0.4),
            ("leavers_organisational_event", 0.0),
            ("conversions", 1.2),
            ("hires", 10.7),
        ],
        columns=["key", "shown"],
    )


def costs():
    """What a plan costs against doing nothing, as the appraisal gives it."""
    rows = [
        ("pay", "Pay of people in post", True, "employer", 310_000.0, 90_000.0, 540_000.0),
        ("agency", "Agency cover of vacant posts", True, "employer", -141_000.0, -260_000, -30_000),
        ("levers", "Levers", True, "employer", 96_000.0, 95_000.0, 97_000.0),
        ("hiring", "Recruitment", True, "employer", -120.0, -9_000.0, 8_000.0),
        ("training_levy", "Training paid from the levy account", True, "levy", 0.0, 0.0, 0.0),
        ("undone", "Work not done in vacant posts", False, "employer", -402_000.0, -7e5, -1e5),
        ("view/employer", "Employer's budget", True, "", 264_880.0, 120_000.0, 410_000.0),
        ("view/public", "Public sector", True, "", 264_880.0, 120_000.0, 410_000.0),
        ("view/society", "Society, with time and work", False, "", -137_120.0, -3e5, 2e4),
    ]
    columns = ["key", "label", "cash", "paid_by", "mean", "low", "high"]
    return pd.DataFrame(rows, columns=columns)
