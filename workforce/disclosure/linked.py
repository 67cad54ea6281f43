"""Ties together everything that is shown of stocks, flows and events, for suppression."""

from workforce.disclosure.audit import Cell, LinkedTable
from workforce.disclosure.flows import ALL, REST, Flows, Spans
from workforce.disclosure.observations import Observations
from workforce.domain.families import ALL_FAMILIES

__all__ = ["EVENT_CAUSES", "linked_counts"]

EVENT_CAUSES = ("voluntary", "retirement", "end_of_contract", "other")
"""Causes of which the page on rates counts the events."""


def linked_counts(
    observed: Observations,
    flows: Flows,
    leavers: Spans,
    hires: Spans,
    groups: dict[str, tuple[str, ...]],
) -> LinkedTable:
    """Return every count of people by family that is shown anywhere, with what ties them.

    Keys: `("headcount", family)`, `("leavers", period, family)`, `("leavers", 0, family, group)`,
    `("hires", period, family)` and `("events", cause, family)`.

    Args:
        observed: The counts.
        flows: Their monthly series.
        leavers: Periods of leavers.
        hires: Periods of hires.
        groups: How finely reasons are told apart.
    """
    table = LinkedTable()
    _stocks(table, observed)
    if observed.window_months:
        _flows(table, observed, flows, "leavers", leavers)
        _flows(table, observed, flows, "hires", hires)
        _causes(table, observed, flows, leavers, groups)
        _events(table, observed, leavers, groups, flows)
    return table


def _stocks(table: LinkedTable, observed: Observations) -> None:
    heads = observed.measures.set_index("family")["headcount"]
    for family in map(str, ALL_FAMILIES):
        table.add(("headcount", family), float(heads[family]))
    inside = [("headcount", family) for family in observed.families]
    table.add(("headcount", ALL), sum(float(heads[each]) for each in observed.families), level=3)
    table.tie(("headcount", ALL), inside)


def _flows(
    table: LinkedTable, observed: Observations, flows: Flows, column: str, spans: Spans
) -> None:
    for period in range(spans.count(len(flows.months))):
        for family in map(str, ALL_FAMILIES):
            value = flows.total(column, family, spans.family, period)
            table.add((column, period, family), value, level=1)
        total = (column, period, ALL)
        value = flows.total(column, ALL, spans.family, period)
        # Where it is a sum of shown periods hiding it would be in vain.
        table.add(total, value, level=3, locked=spans.nested)
        table.tie(total, [(column, period, family) for family in observed.families])


def _causes(
    table: LinkedTable,
    observed: Observations,
    flows: Flows,
    spans: Spans,
    groups: dict[str, tuple[str, ...]],
) -> None:
    for family in (*observed.families, ALL) if groups else ():
        for group, causes in groups.items():
            value = sum(flows.total(cause, family, spans.family) for cause in causes)
            table.add(("leavers", 0, family, group), value, level=2 if family == ALL else 0)
        table.tie(("leavers", 0, family), [("leavers", 0, family, group) for group in groups])
    for group in groups:
        table.tie(
            ("leavers", 0, ALL, group),
            [("leavers", 0, family, group) for family in observed.families],
        )


def _events(
    table: LinkedTable,
    observed: Observations,
    spans: Spans,
    groups: dict[str, tuple[str, ...]],
    flows: Flows,
) -> None:
    """Add the events of the whole window, which hold those of the period shown."""
    for row in observed.rates:
        if row.measure not in EVENT_CAUSES:
            continue
        # Only resigning has a rate of each family's own; the rest are counted together.
        if row.family == ALL or row.measure == "voluntary":
            table.add(("events", row.measure, row.family), round(row.events, 6), level=2)
    voluntary = [("events", "voluntary", family) for family in observed.families]
    if ("events", "voluntary", ALL) in table.cells and all(k in table.cells for k in voluntary):
        table.tie(("events", "voluntary", ALL), voluntary)
    for key in [key for key in table.cells if isinstance(key, tuple) and key[0] == "events"]:
        _, cause, family = key
        part = ("leavers", 0, family, cause)
        # Reasons shared out over the rates' causes can make the two disagree; then nothing follows.
        if part in table.cells and table.cells[part].value <= table.cells[key].value + 1e-6:
            table.tie(key, [part], rest=True)
    _whole_window(table, observed, spans, flows)
    _rest(table, groups)


def _whole_window(table: LinkedTable, observed: Observations, spans: Spans, flows: Flows) -> None:
    """Tie events to all leavers, where the periods shown make up the whole window."""
    count = spans.count(len(flows.months))
    if count * spans.family != len(flows.months):
        return
    for family in (*observed.families, ALL):
        parts = [("leavers", period, family) for period in range(count)]
        key = ("events", "voluntary", family)
        if key not in table.cells:
            continue
        window = ("window", family)
        table.cells[window] = Cell(sum(table.cells[p].value for p in parts), published=False)
        table.tie(window, parts)
        table.tie(window, [key], rest=True)


def _rest(table: LinkedTable, groups: dict[str, tuple[str, ...]]) -> None:
    """Tie the group of rarer reasons to their events over the whole window."""
    if REST not in groups:
        return
    counted = [("events", cause, ALL) for cause in groups[REST] if cause in EVENT_CAUSES]
    part = ("leavers", 0, ALL, REST)
    if not all(key in table.cells for key in counted) or not counted:
        return
    events = sum(table.cells[key].value for key in counted)
    if events + 1e-6 < table.cells[part].value:
        # Redundancies, transfers and unknown reasons are in the group and in no rate.
        return
    window = ("window", REST)
    table.cells[window] = Cell(events, published=False)
    table.tie(window, counted)
    table.tie(window, [part], rest=True)
