"""Evidence with grades and sources, duties with what is done about them, a transparency record.

What the law asks stands in the evidence tables; what is done here is said here, because a table
cannot know what was built. Nothing of it is legal advice.
"""

from collections.abc import Iterable
from typing import Final

import pandas as pd

from workforce.assurance.card import About
from workforce.assurance.document import Section
from workforce.assurance.words import KNOWN, share
from workforce.domain.evidence import Evidence, Parameter
from workforce.domain.plan import Plan

__all__ = ["USED", "duties", "evidence_table", "transparency_record"]

USED: Final = (
    "def_cyber_quit", "def_data_quit", "def_trans_quit", "lg_median_1718", "def_voluntary_share",
    "def_retire_under_55", "def_retire_55_59", "def_retire_60_64", "def_retire_65_66",
    "def_retire_67_plus", "def_retire_all", "def_contract_end", "def_dismissal_other",
    "def_fixed_term_renewed", "hz_first_year", "hz_five_years", "def_prior_log_sd",
    "def_year_shock_sd", "def_year_shock_ar1", "def_year_drift_sd", "def_exit_drift_sd",
    "def_season_jan", "def_season_feb",
    "def_season_mar", "def_season_apr", "def_season_may", "def_season_jun", "def_season_jul",
    "def_season_aug", "def_season_sep", "def_season_oct", "def_season_nov", "def_season_dec",
    "tth_council", "tth_cyber_mult", "fill_prob_round", "def_fill_log_sd", "def_approval_delay",
    "def_fte_per_hire", "lg_it_vac",
)  # fmt: skip
"""Benchmarks that rates, openings and projections are made from."""
_PIPELINE: Final = (
    "pass_given_complete", "w_share_q1", "w_share_q2", "w_share_q3", "w_stay_employer", "epa_lag",
    "ret_conversion_substantive", "ret_post_hr_promo", "ret_post_hr_no_promo",
)  # fmt: skip


def evidence_table(evidence: Evidence, plan: Plan) -> pd.DataFrame:
    """Return the evidence that a result rests on: value, range, grade, source, how it is known.

    Args:
        evidence: The evidence base.
        plan: The plan; its levers and standards are listed.
    """
    rows = [_parameter("Rates and posts", evidence.benchmark(key)) for key in USED]
    for choice in plan.active_levers:
        known = evidence.levers.get(choice.lever_id)
        if known is not None:
            rows.append(
                _row(
                    "Lever", known.name, f"{known.hazard_ratio:.2f} times",
                    f"{known.low:.2f} to {known.high:.2f}", known.grade, KNOWN[known.confidence],
                    f"{known.source}, {known.source_year}", "",
                )
            )  # fmt: skip
            rows += [
                _row("Study of it", study.name, study.metric, "", study.grade,
                     KNOWN[study.confidence], f"{study.source}, {study.source_year}", study.url)
                for study in known.studies
            ]  # fmt: skip
    if plan.programmes:
        rows += [_parameter("Apprenticeships", evidence.pipeline(key)) for key in _PIPELINE]
    for reference in dict.fromkeys(each.standard for each in plan.programmes):
        standard = evidence.standards.get(reference)
        if standard is not None:
            low, high = standard.achievement_range
            rows.append(
                _row(
                    "Standard", f"{standard.name} ({reference}): share that achieves",
                    share(standard.achievement), f"{share(low)} to {share(high)}", "",
                    KNOWN[standard.achievement_confidence],
                    f"{standard.source}, {standard.source_year}", standard.url,
                )
            )  # fmt: skip
    return pd.DataFrame(rows)


def _parameter(topic: str, value: Parameter) -> dict[str, str]:
    middle, (low, high) = value.number, value.range
    shown, ends = f"{middle:g} {value.unit}", f"{low:g} to {high:g}"
    if value.unit.startswith("share"):
        rest = value.unit.removeprefix("share").replace(" per ", " a ")
        shown, ends = f"{100 * middle:g}%{rest}", f"{100 * low:g}% to {100 * high:g}%"
    source, known = f"{value.source}, {value.source_year}", KNOWN[value.confidence]
    return _row(topic, value.name, shown, ends, "", known, source, value.url)


def _row(
    topic: str, name: str, value: str, ends: str, grade: str, known: str, source: str, url: str
) -> dict[str, str]:
    return {
        "Topic": topic, "What": name, "Value": value, "Range": ends, "Grade": grade,
        "How it is known": known, "Source": source, "Link": url,
    }  # fmt: skip


_DONE: Final = {
    "DP_ADM": "Nobody is scored: rates are of groups, forecasts of role families.",
    "DP_PROFILING": "Names and staff numbers are dropped on reading; after you confirm the files "
    "only counts are kept. For you: say in your purpose statement that nothing here is used to "
    "judge a person.",
    "DP_DPIA": "For you: decide whether an assessment is needed and record it. This card, the "
    "assumptions log and the transparency record give what it asks about the model.",
    "DP_LAWFUL": "Protected characteristics are not read unless you ask for the fairness check. "
    "For you: your lawful basis, and a condition for special category data if you ask for it.",
    "DP_MIN": "Ages are banded, identifiers hashed with a key that is not kept, files forgotten on "
    "confirming, nothing sent anywhere. Plans are saved; staff data never.",
    "DP_TRANSPARENCY": "For you: tell staff. The sections above say in plain words what is done.",
    "EQ_PSED": "The fairness check compares groups when you ask. For you: due regard when you "
    "decide who is offered a lever or an apprenticeship.",
    "EQ_MODEL": "Age enters retirement only; no other protected characteristic enters anything.",
    "ATRS_SCOPE": "A draft record stands below. For you: decide whether to publish it.",
    "SDC_SUPPRESS": "Counts of people under five are protected in what leaves the page.",
    "SDC_SECONDARY": "Counts that would give a protected one away are protected with it.",
    "AQUA_ROLES": "For you: name commissioner, analyst, assurer and approver.",
    "AQUA_LIFE": "Uncertainty is simulated and shown; assumptions carry quality and impact.",
    "AQUA_VV": "The track record above tests forecasts on your own past; tests of the software "
    "check that stocks and flows balance in every simulated future.",
    "MODEL_CLAIMS": "Every lever shows grade, studies and range; those without convincing studies "
    "start switched off.",
    "ACC_REGS": "Every chart has words and a table; pages are tested against WCAG 2.2 AA.",
    "EMP_FLEX": "For you: the right to ask for flexible working is law; count what goes beyond it.",
    "EMP_UNION": "For you: consult recognised unions on hours, place of work and monitoring.",
    "LG_4DAY": "The four-day week starts switched off. For you: check present policy first.",
}


def duties(evidence: Evidence) -> pd.DataFrame:
    """Return what law and guidance ask, and what is done here or left to the organisation.

    Args:
        evidence: Holds the rules with source and how each is known.
    """
    rules = ((evidence.rules[key], done) for key, done in _DONE.items())
    return pd.DataFrame(
        [
            {
                "Area": rule.area,
                "Here": done,
                "What is asked": rule.requirement,
                "How binding": rule.severity,
                "How it is known": KNOWN[rule.confidence],
                "Source": rule.url or rule.source,
            }
            for rule, done in rules
        ]
    )


_FOR_YOU: Final = "[for your organisation to fill in]"


def transparency_record(about: About, card: Iterable[Section]) -> tuple[Section, ...]:
    """Return a draft in the fields of the Algorithmic Transparency Recording Standard.

    Args:
        about: The run.
        card: Sections of the model card; what they say is put under the field that asks for it.

    Returns:
        The fields, with a mark where only the organisation can answer.
    """
    said = {section.title: section.sentences for section in card}

    def of(*titles: str) -> tuple[str, ...]:
        return tuple(each for title in titles for each in said.get(title, ()))

    return (
        Section(
            "Tier 1: overview",
            (
                "Name: digital workforce planning.",
                "Description: projects posts, leavers, recruitment and apprentices of digital role "
                "families and compares plans with doing nothing.",
                f"Website and contact: {_FOR_YOU}.",
            ),
        ),
        Section(
            "Tier 2.1: owner and responsibility",
            (
                f"Organisation, team, senior responsible owner: {_FOR_YOU}.",
                "External supplier: none holds or sees the data; the software runs on the "
                "organisation's own machine.",
            ),
        ),
        Section(
            "Tier 2.2: description and rationale",
            (
                *of("What it is for, and what not"),
                f"Previous process and alternatives: {_FOR_YOU}.",
            ),
        ),
        Section(
            "Tier 2.3: decision-making process",
            (
                "Provided information: charts and tables with ranges, whose evidence each number "
                "rests on, and how past forecasts did.",
                "Human decisions: every decision is made by people; the tool decides nothing and "
                "concerns no single person.",
                f"Frequency, scale, training and appeals: {_FOR_YOU}.",
            ),
        ),
        Section(
            "Tier 2.4: technical specification and data",
            (
                f"System version {about.software}. Method: penalised Poisson regression of leaving "
                "by cell, hazard of filling by age of the vacancy, simulation month by month.",
                *of("What was fitted", "What the data hold", "How good its forecasts were here"),
                "Access and storage: files are held in memory until they are confirmed; plans and "
                "their forecasts are saved on the machine that runs the software.",
            ),
        ),
        Section(
            "Tier 2.5: risks, mitigations and impact assessments",
            (
                "Risk: a range is taken for a promise. Mitigation: ranges of 50, 80 and 95% and "
                "the track record on the organisation's own past.",
                "Risk: a small group can be recognised. Mitigation: small counts are protected.",
                *of("Do forecasts hit every group alike", "What is not modelled"),
                f"Data protection and equality impact assessments: {_FOR_YOU}.",
            ),
        ),
    )
