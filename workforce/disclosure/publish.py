"""From what is observed to what is shown: one pass over everything, so that it fits together."""

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

from workforce.disclosure.audit import Key, LinkedTable
from workforce.disclosure.differences import publish_differences
from workforce.disclosure.flows import (
    ALL,
    CAUSE_COLUMNS,
    Flows,
    Spans,
    cause_groups,
    spans_of,
)
from workforce.disclosure.linked import EVENT_CAUSES, linked_counts
from workforce.disclosure.monthly import monthly_protected, monthly_working
from workforce.disclosure.observations import Observations, Published
from workforce.disclosure.rule import Rule
from workforce.disclosure.spreads import Spreads
from workforce.disclosure.suppress import Protected, protect
from workforce.domain.circulation import View
from workforce.domain.families import ALL_FAMILIES, Family, family_label
from workforce.domain.rates import RateRow

__all__ = ["publish", "soften"]

_NAN = float("nan")
_COUNTED = re.compile(r"(?<![\d.,])(\d[\d,]*) (records|people|leavers|starters)\b")


def publish(observed: Observations, rule: Rule, view: View) -> Published:
    """Return what may be shown.

    Args:
        observed: All counts.
        rule: The threshold.
        view: Protected, or working on one's own machine.

    Returns:
        Frames, rates and sentences. In the protected view no count that is hidden can be narrowed
        by linear programming over everything shown.
    """
    flows = Flows.of(observed)
    return _working(observed, flows, rule) if view is View.WORKING else _protected(
        observed, flows, rule
    )  # fmt: skip


def soften(text: str, rule: Rule) -> str:
    """Return a sentence with small counts of people replaced by `Fewer than 5`.

    Args:
        text: A sentence such as `3 records have no start date.`
        rule: The threshold.
    """

    def replaced(match: re.Match[str]) -> str:
        if not rule.small(float(match.group(1).replace(",", ""))):
            return match.group()
        words = f"{rule.fewer} {match.group(2)}"
        return words[0].upper() + words[1:] if match.start() == 0 else words

    return _COUNTED.sub(replaced, text)


# -- the working view -----------------------------------------------------------------------------


def _working(observed: Observations, flows: Flows, rule: Rule) -> Published:
    months = min(12, observed.window_months)
    spans = Spans(1, max(months, 1))
    groups = {cause: (cause,) for cause in CAUSE_COLUMNS}
    measures = _measures(observed, flows, (spans, spans), groups)
    turnover = flows.turnover(ALL, months) if months else _NAN
    return Published(
        view=View.WORKING,
        rule=rule,
        families=observed.families,
        measures=measures,
        words={},
        monthly=monthly_working(observed, flows),
        turnover=turnover,
        turnover_months=months,
        bands={by: _all_bands(frame, observed.families) for by, frame in observed.bands.items()},
        rates=observed.rates,
        agency=_agency(observed, None),
        notes=observed.notes,
        differences=publish_differences(observed.differences, rule, View.WORKING),
    )


def _all_bands(cells: pd.DataFrame, families: tuple[str, ...]) -> pd.DataFrame:
    """Return a profile as it is: every family and band, with the total of each row."""
    bands = list(dict.fromkeys(cells["band"]))
    index = pd.MultiIndex.from_product([families, bands], names=["family", "band"])
    counts = cells.set_index(["family", "band"])["people"].reindex(index, fill_value=0)
    frame = counts.reset_index()
    return frame.assign(total=frame.groupby("family")["people"].transform("sum"))


# -- the protected view ---------------------------------------------------------------------------


def _protected(observed: Observations, flows: Flows, rule: Rule) -> Published:
    families = observed.families
    leavers = hires = Spans(None, 1)
    groups: dict[str, tuple[str, ...]] = {}
    if observed.window_months:
        leavers = spans_of(flows, "leavers", families, rule)
        hires = spans_of(flows, "hires", families, rule)
        groups = cause_groups(flows, families, leavers.family, rule)
    kept = _kept(observed, linked_counts(observed, flows, leavers, hires, groups), rule)
    measures, words = _hide(
        observed, _measures(observed, flows, (leavers, hires), groups), kept, rule
    )
    gone = frozenset(family for family in (*families, ALL) if not kept.shows(("headcount", family)))
    rates, withheld = _rates(observed, kept, rule)
    turnover, over = _turnover(observed, flows, leavers, kept)
    return Published(
        view=View.PROTECTED,
        rule=rule,
        families=families,
        measures=measures,
        words=words,
        monthly=monthly_protected(observed, flows, (leavers, hires), kept, rule),
        turnover=turnover,
        turnover_months=over,
        bands=Spreads(observed.bands, families, gone, rule),
        rates=rates,
        withheld=withheld,
        groups_in_training=not rule.small(observed.in_training),
        agency=_agency(observed, rule),
        notes=tuple(soften(note, rule) for note in observed.notes),
        remarks=_remarks(observed, leavers, hires, withheld, rule),
        differences=publish_differences(observed.differences, rule, View.PROTECTED),
    )


def _kept(observed: Observations, table: LinkedTable, rule: Rule) -> Protected:
    """Protect all counts; where that would cost a total its split by family goes instead.

    A total says more than a split of which nearly everything is hidden. A split that is withheld
    as a whole, zeros too, leaves every part of it open.
    """
    splits = [
        (relation.total, relation.parts)
        for relation in table.relations
        if isinstance(relation.total, tuple)
        and relation.total[-1] == ALL
        and len(relation.parts) == len(observed.families)
    ]
    withheld: frozenset[Key] = frozenset()
    while True:
        kept = protect(table, rule, already=withheld)
        lost = {
            part
            for total, parts in splits
            if not kept.shows(total) and rule.shown(table.cells[total].value)
            for part in parts
        }
        if lost <= withheld:
            return kept
        withheld |= lost


def _measures(
    observed: Observations,
    flows: Flows,
    spans: tuple[Spans, Spans],
    groups: Mapping[str, tuple[str, ...]],
) -> pd.DataFrame:
    """Return every family's measures, nothing hidden; `all` are the projected families."""
    leavers, hires = spans
    rows: list[dict[str, object]] = []
    for family in (*map(str, ALL_FAMILIES), ALL):
        row = _posts(observed, family)
        row["leavers_months"], row["hires_months"] = leavers.family, hires.family
        row |= dict.fromkeys(("leavers", "hires", "turnover", *groups), _NAN)
        if observed.window_months:
            row["leavers"] = flows.total("leavers", family, leavers.family)
            row["hires"] = flows.total("hires", family, hires.family)
            row["turnover"] = flows.turnover(family, leavers.family)
            for group, causes in groups.items():
                row[group] = sum(flows.total(cause, family, leavers.family) for cause in causes)
        rows.append(row)
    return pd.DataFrame(rows)


def _posts(observed: Observations, family: str) -> dict[str, object]:
    """Return stocks, posts and the time to hire; `all` are the projected families."""
    frame = observed.measures
    own = frame[frame["family"] == family]
    inside = frame[frame["family"].isin(observed.families)]
    # The total of the history is over the digital families only.
    everyone = family == ALL and str(Family.NOT_DIGITAL) in observed.families
    rows = inside if everyone else own
    sums = {
        name: float(rows[name].sum(min_count=1))
        for name in ("headcount", "fte", "establishment_fte", "vacancies_fte")
    }
    bases = rows.loc[rows["establishment_fte"] > 0, "establishment_basis"].tolist()
    posts = sums["establishment_fte"]
    return {
        "family": family,
        **sums,
        "vacancy_rate": sums["vacancies_fte"] / posts if posts > 0 else _NAN,
        "establishment_basis": ", ".join(sorted(set(bases))),
        "median_time_to_hire_days": float(own["median_time_to_hire_days"].iloc[0]),
    }


def _hide(
    observed: Observations, measures: pd.DataFrame, kept: Protected, rule: Rule
) -> tuple[pd.DataFrame, dict[tuple[str, str], str]]:
    words: dict[tuple[str, str], str] = {}
    groups = [name for name in measures.columns if name in CAUSE_COLUMNS or name == "rest"]
    for family in measures["family"]:
        heads = ("headcount", family)
        hidden: dict[Key, tuple[str, ...]] = {
            # Funded posts less vacant ones are the people in post, so they go with them.
            heads: ("headcount", "fte", "vacancies_fte", "vacancy_rate", "turnover"),
            ("leavers", 0, family): ("leavers", "turnover"),
            ("hires", 0, family): ("hires",),
            **{("leavers", 0, family, group): (group,) for group in groups},
        }
        for key, columns in hidden.items():
            if not kept.shows(key):
                for column in columns:
                    counted = column in ("headcount", "leavers", "hires", *groups)
                    words[family, column] = kept.words[key] if counted else "not shown"
        basis = measures.loc[measures["family"] == family, "establishment_basis"].iloc[0]
        if not kept.shows(heads) and basis != "list":
            # Funded posts that were worked out from the people in post would give them back.
            words[family, "establishment_fte"] = "not shown"
        if rule.small(observed.filled.get(family, 0.0)):
            words[family, "median_time_to_hire_days"] = "not shown"
    shown = measures.copy()
    for family, column in words:
        if column in shown.columns:
            shown[column] = shown[column].mask(shown["family"] == family)
    return shown, words


def _rates(
    observed: Observations, kept: Protected, rule: Rule
) -> tuple[tuple[RateRow, ...], tuple[RateRow, ...]]:
    """Part rates into those shown and those that would tell how few left.

    A rate, its range and its weight together give the events behind it, so it goes with them. Only
    resigning has a rate of each family's own; the other causes are learned from everybody and are
    shown for all together.
    """
    shown: list[RateRow] = []
    withheld: list[RateRow] = []
    for row in observed.rates:
        if row.measure in _OF_RESIGNING:
            safe = kept.shows(("events", "voluntary", ALL)) and kept.shows(("headcount", ALL))
        elif row.measure == "renewal":
            safe = _shows_renewal(row, observed, kept, rule)
        elif row.measure in EVENT_CAUSES:
            if row.measure != "voluntary" and row.family != ALL:
                continue
            safe = kept.shows(("events", row.measure, row.family))
            safe = safe and kept.shows(("headcount", row.family))
        else:
            safe = not rule.small(row.events)
        (shown if safe else withheld).append(row)
    return tuple(shown), tuple(withheld)


_OF_RESIGNING: Final = ("season", "year_shock")
"""Learned from the resignations of all together, and shown where these are."""


def _shows_renewal(row: RateRow, observed: Observations, kept: Protected, rule: Rule) -> bool:
    """Return whether renewals say nothing of few people.

    Who was not renewed is among the contract ends: the rest of those are other people's.
    """
    ended = row.exposure - row.events
    contracts = [
        each.events
        for each in observed.rates
        if (each.measure, each.family) == ("end_of_contract", ALL)
    ]
    parts = [row.events, ended, *(abs(events - ended) for events in contracts)]
    return kept.shows(("events", "end_of_contract", ALL)) and not any(map(rule.small, parts))


def _turnover(
    observed: Observations, flows: Flows, leavers: Spans, kept: Protected
) -> tuple[float, int]:
    """Return turnover of all together over a year where it may be shown, else over longer."""
    if not observed.window_months:
        return _NAN, 0
    months = min(12, observed.window_months)
    shown = kept.shows(("headcount", ALL))
    if leavers.total is not None and months % leavers.total == 0 and shown:
        return flows.turnover(ALL, months), months
    unit = leavers.total or leavers.family
    safe = leavers.total is not None or kept.shows(("leavers", 0, ALL))
    return (flows.turnover(ALL, unit) if safe and shown else _NAN), unit


def _agency(observed: Observations, rule: Rule | None) -> str:
    if observed.agency_fte <= 0:
        return ""
    if rule is not None and rule.small(observed.agency_people):
        return f"{rule.fewer} people"
    return f"{observed.agency_fte:,.1f}"


def _remarks(
    observed: Observations,
    leavers: Spans,
    hires: Spans,
    withheld: tuple[RateRow, ...],
    rule: Rule,
) -> tuple[str, ...]:
    said = [rule.sentence]
    if observed.window_months:
        if leavers.family > 12 or hires.family > 12:
            said.append(
                f"By family, leavers cover the last {leavers.family} months and joiners the last "
                f"{hires.family}, because a year has too few to be shown."
            )
        whole = observed.window_months
        for spans, who in ((leavers, "Leavers"), (hires, "Joiners")):
            if spans.total is None:
                said.append(
                    f"{who} are not shown over time: there are {rule.fewer} in all {whole} months."
                )
    own = sorted({row.family for row in withheld if row.measure == "voluntary"})
    if own:
        names = ", ".join(family_label(each).lower() for each in own)
        said.append(
            f"Resignation rates of {names} are withheld, because their own leavers would follow "
            "from them; the forecasts use them."
        )
    return tuple(said)
