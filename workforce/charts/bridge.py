"""What closes the gap: from doing nothing to the plan, a bar for each part and one for overlap."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.floating import FEWER, LEVEL, MORE, Floating, floating_bars, signed
from workforce.charts.measures import MeasureSpec, measure_spec
from workforce.charts.series import source_line
from workforce.domain.circulation import FORECAST
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name
from workforce.domain.rounding import add_up

__all__ = ["waterfall"]

_ENDS: Final = ("Doing nothing", "The whole plan")
_COLOURS: Final = {LEVEL: palette.BLUE, FEWER: palette.TURQUOISE, MORE: palette.ORANGE}


@dataclass(frozen=True, slots=True)
class _Bridge:
    """What is drawn, and the words for it."""

    spec: MeasureSpec
    family: str
    scenario: str
    end: int
    over_months: bool
    rows: pd.DataFrame

    @property
    def when(self) -> str:
        return f"by {month_name(self.end)}" if self.over_months else f"in {month_name(self.end)}"

    @property
    def unit(self) -> str:
        return "FTE" if self.spec.kind == "fte" else "people"

    @property
    def places(self) -> int:
        """Decimals: one for all bars where they are small, so that a reader can add them up."""
        return 1 if float(self.rows[["from", "to"]].abs().to_numpy().max()) < 100 else 0

    def shown(self, value: float) -> str:
        """Return a value with the decimals of all bars."""
        text = f"{value:,.{self.places}f}"
        return "0" if float(text.replace(",", "")) == 0 else text.replace("-", "−")

    def span(self, low: float, high: float) -> str:
        """Return a range, or nothing where there is none."""
        return "" if pd.isna(low) else f"{self.shown(low)} to {self.shown(high)}"

    @property
    def ends(self) -> tuple[float, float]:
        return float(self.rows["to"].iloc[0]), float(self.rows["to"].iloc[-1])

    def changes(self, places: int) -> tuple[float, ...]:
        """Return the changes, rounded so that they lead from one rounded end to the other."""
        start, end = self.ends
        between = self.rows["change"].iloc[1:-1]
        return add_up(between.tolist(), round(end, places) - round(start, places), places)


def waterfall(
    *,
    parts: pd.DataFrame,
    baseline: float,
    scenario: str,
    measure: str,
    end: int,
    as_of: int,
    family: str = Family.ALL,
) -> Figure:
    """Draw how a plan moves a measure, part by part.

    Args:
        parts: One row a part in the order drawn: key (`interaction` for the overlap), label, mean,
            low and high (80% range), in the unit of the measure.
        baseline: Mean of doing nothing.
        scenario: Name of the plan.
        measure: The measure; a flow is the total over the months projected.
        end: Last month index.
        as_of: Last observed month index.
        family: Family or `all`.

    Returns:
        The figure. Bars are means, which add up; ranges stand in the table.

    Raises:
        ValueError: If there is no part.
    """
    if parts.empty:
        raise ValueError("there is no part to draw")
    spec = measure_spec(measure)
    bridge = _Bridge(spec, family, scenario, end, spec.flow, _rows(parts, baseline))
    title = _title(bridge)
    return Figure(
        mark=FORECAST,
        key=f"waterfall_{measure}_{family}",
        title=title,
        subtitle=(
            f"{family_label(family)}: {spec.noun}, {bridge.unit}, {bridge.when}. Expected values "
            f"over all simulated futures. Scenario “{scenario}”."
        ),
        chart=_chart(bridge),
        alt=_alt(bridge, title),
        how_to_read=_how(bridge),
        table=_table(bridge),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart(
            "bar",
            "Part of the plan",
            (ExcelSeries(f"Change ({bridge.unit})", palette.BLUE),),
            bridge.unit,
        ),
    )


def _rows(parts: pd.DataFrame, baseline: float) -> pd.DataFrame:
    """Return one row a bar: name, kind, where it begins and ends, its change and its range."""
    after = baseline + parts["mean"].cumsum()
    before = after - parts["mean"]
    planned = float(after.iloc[-1])
    middle = pd.DataFrame(
        {
            "name": parts["label"].astype(str),
            "kind": [MORE if change > 0 else FEWER for change in parts["mean"]],
            "from": before,
            "to": after,
            "change": parts["mean"],
            "low": parts["low"],
            "high": parts["high"],
            "key": parts["key"],
        }
    )
    ends = [
        {"name": name, "kind": LEVEL, "from": 0.0, "to": value, "key": name}
        for name, value in zip(_ENDS, (baseline, planned), strict=True)
    ]
    first, last = (pd.DataFrame([end]) for end in ends)
    rows = pd.concat([first, middle, last], ignore_index=True)
    seen: dict[str, int] = {}
    names = []
    for name in rows["name"]:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return rows.assign(name=names)


def _words(bridge: _Bridge) -> list[str]:
    """Return the number beside each bar: a level, or a change with its sign; they add up."""
    start, end = (bridge.shown(value) for value in bridge.ends)
    changes = [signed(bridge.shown(each), each) for each in bridge.changes(bridge.places)]
    return [start, *changes, end]


def _title(bridge: _Bridge) -> str:
    start, end = bridge.ends
    parts = bridge.rows[(bridge.rows["change"].notna()) & (bridge.rows["key"] != "interaction")]
    toward = parts["change"] if end >= start else -parts["change"]
    best = str(parts["name"].iloc[int(toward.to_numpy().argmax())])
    what = describe.sentence(describe.subject_of(bridge.spec, bridge.family))
    first, last = bridge.shown(start), bridge.shown(end)
    total = "in total " if bridge.over_months else ""
    if first == last:
        return f"{what} {bridge.when}: {total}{last} {bridge.unit} with the plan and without it"
    moved = f"{what} {bridge.when}: {total}{last} {bridge.unit} instead of {first}"
    if len(parts) < 2 or toward.max() <= 0:
        return moved
    tail = f"; most by {best}"
    return f"{moved}{tail}" if len(moved) + len(tail) <= 120 else moved


def _chart(bridge: _Bridge) -> AltairChart:
    rows = bridge.rows.loc[:, ["name", "kind", "from", "to"]]
    return floating_bars(
        Floating(
            rows=rows.assign(text=_words(bridge), span=_spans(bridge)),
            unit=bridge.unit,
            colours=_COLOURS,
            heading="Part",
        )
    )


def _spans(bridge: _Bridge) -> list[str]:
    return [
        bridge.span(low, high)
        for low, high in zip(bridge.rows["low"], bridge.rows["high"], strict=True)
    ]


def _alt(bridge: _Bridge, title: str) -> str:
    words = []
    for name, text, span in zip(bridge.rows["name"], _words(bridge), _spans(bridge), strict=True):
        extra = f" (80% range {span})" if span else ""
        words.append(f"{name}: {text}{extra}")
    return f"Waterfall chart. {title}. {'; '.join(words)}."


def _how(bridge: _Bridge) -> str:
    overlap = (
        "The overlap is what is left: two measures that keep the same person, or fill the same "
        "post, do it once. "
        if (bridge.rows["key"] == "interaction").any()
        else ""
    )
    return (
        "The first bar is doing nothing and the last one the whole plan. Each bar between them is "
        "what that part alone would change against doing nothing, so the order does not matter. "
        f"{overlap}The bars are expected values and add up; how far each can be from it stands in "
        "the table."
    )


def _table(bridge: _Bridge) -> pd.DataFrame:
    rows, unit = bridge.rows, bridge.unit
    changes = bridge.changes(1)
    start, end = (round(value, 1) for value in bridge.ends)
    after = [round(start + sum(changes[: k + 1]), 1) for k in range(len(changes))]
    nothing = float("nan")
    return pd.DataFrame(
        {
            "Part of the plan": rows["name"],
            f"Change ({unit})": [nothing, *changes, nothing],
            f"80% range, low ({unit})": rows["low"].round(1),
            f"80% range, high ({unit})": rows["high"].round(1),
            f"Level after it ({unit})": [start, *after, end],
        }
    )
