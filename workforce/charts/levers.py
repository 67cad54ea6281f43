"""What each lever would do to resignations, and what is left of it when levers overlap."""

import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked, ticks
from workforce.domain.circulation import FORECAST

__all__ = ["Effect", "lever_effects"]

_TOGETHER: Final = "All together"
_GRADES: Final = {
    "A": "large randomised studies",
    "B": "good studies in other settings",
    "C": "limited studies",
    "D": "weak or mixed studies",
    "E": "practice only, no study",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """A hazard ratio with its 90% range; below 1 means fewer resignations."""

    ratio: float
    low: float
    high: float


def lever_effects(
    *,
    levers: pd.DataFrame,
    grades: Mapping[str, str] | None = None,
    combined: Effect | None = None,
) -> Figure:
    """Draw each lever's effect on resignations with its range, strongest first.

    Args:
        levers: One row a lever: lever_id, name, p (hazard ratio of those it is offered to, at full
            ramp), low and high (its 90% range; low is the strongest effect) and, where known,
            applies_to (`first year` or `everybody`).
        grades: Evidence grade (A to E) by lever_id.
        combined: Effect of all levers together after overlap and floor, on people to whom all of
            them apply.

    Returns:
        The figure. Effects are in per cent fewer resignations, 100 x (1 - p); below nought a lever
        backfires.

    Raises:
        ValueError: If there is no lever.
    """
    if levers.empty:
        raise ValueError("there is no lever to draw")
    frame = _frame(levers, grades or {}, combined)
    simple = None
    if combined is not None:
        simple = 1 - math.prod(float(ratio) for ratio in levers["p"])
    title = _title(frame, combined)
    return Figure(
        mark=FORECAST,
        key="lever_effects",
        title=title,
        subtitle=(
            "Change in resignations in the roles a lever is offered to, once fully in place, with "
            "its reach and take-up. Dot: central value; bar: 90% range. In brackets: grade of the "
            "evidence, A (strong) to E."
        ),
        chart=_chart(frame, simple),
        alt=_alt(frame, title, simple),
        how_to_read=_how(frame, combined is not None),
        table=_table(frame, simple),
        source=(
            "Source: published studies, discounted for transfer to a public body, and the reach "
            "and take-up stated in the plan."
        ),
        excel=ExcelChart(
            "bar",
            "Lever",
            (ExcelSeries("Fewer resignations (%)", palette.BLUE),),
            "% fewer resignations",
        ),
    )


def _frame(
    levers: pd.DataFrame, grades: Mapping[str, str], combined: Effect | None
) -> pd.DataFrame:
    """Return rows to draw: name, what is known of the lever, effect and range as shares fewer."""
    rows = levers.sort_values(["p", "lever_id"], ignore_index=True)
    first_year = rows.get("applies_to", pd.Series("", index=rows.index)) == "first year"
    frame = pd.DataFrame(
        {
            "name": rows["name"],
            "grade": [grades.get(key, "") for key in rows["lever_id"]],
            "note": ["first year" if each else "" for each in first_year],
            "kind": "lever",
            "fewer": 1 - rows["p"],
            "least": 1 - rows["high"],
            "most": 1 - rows["low"],
        }
    )
    if combined is not None:
        together = {
            "name": _TOGETHER,
            "grade": "",
            "note": "",
            "kind": "together",
            "fewer": 1 - combined.ratio,
            "least": 1 - combined.high,
            "most": 1 - combined.low,
        }
        frame = pd.concat([frame, pd.DataFrame([together])], ignore_index=True)
    named = []
    for name, *known in zip(frame["name"], frame["grade"], frame["note"], strict=True):
        words = ", ".join(part for part in known if part)
        named.append("\n".join(textwrap.wrap(f"{name} ({words})" if words else str(name), 34)))
    return frame.assign(
        row=named,
        text=[change_text(value) for value in frame["fewer"]],
        span=[_span(low, high) for low, high in zip(frame["least"], frame["most"], strict=True)],
    )


def change_text(fewer: float) -> str:
    """Return `9.0% fewer`, `1.5% more` or `no change` for a share of resignations avoided."""
    text = describe.format_percent(abs(fewer))
    if text == "0%":
        return "no change"
    return f"{text} {'fewer' if fewer > 0 else 'more'}"


def _span(least: float, most: float) -> str:
    if least > 0.0005:
        return f"{describe.format_percent(least)} to {describe.format_percent(most)}"
    return f"from {change_text(least)} to {change_text(most)}"


def _title(frame: pd.DataFrame, combined: Effect | None) -> str:
    single = frame[frame["kind"] == "lever"]
    if combined is not None and len(single) > 1:
        together = frame.iloc[-1]
        return (
            f"Together the {len(single)} levers lead to {together['text']} resignations "
            f"({_span(together['least'], together['most'])})"
        )
    best = single.iloc[0]
    if best["text"] == "no change" or best["fewer"] < 0:
        return "None of these levers is expected to reduce resignations"
    text = f"{best['name']} leads to {best['text']} resignations ({best['span']})"
    return text if len(single) == 1 else f"The strongest lever is {_lower(text)}"


def _lower(text: str) -> str:
    lead = text.split(" leads to ")
    return f"{lead[0][0].lower()}{lead[0][1:]}: {lead[1]}"


def _chart(frame: pd.DataFrame, simple: float | None) -> AltairChart:
    lowest, highest = float(frame["least"].min()), float(max(frame["most"].max(), simple or 0))
    right = max(0.05, highest)
    # The side on which a lever backfires is shown even where none is expected to.
    left = min(-0.15 * right, lowest * 1.15)
    # The words on each row stand right of its range and need room.
    room = 0.25 if simple is None else 0.5
    scale = alt.Scale(domain=[left, right + room * (right - left)], nice=False)
    marks = ticks(right)
    steps = [*(-tick for tick in reversed(marks[1:])), *marks]
    axis = alt.Axis(
        title="Fewer resignations",
        titleAnchor="start",
        format="%",
        domain=False,
        grid=True,
        values=[tick for tick in steps if left <= tick <= right],
        labelExpr="datum.value < -1e-9 ? replace(datum.label, /[-−]/, '') + ' more' : datum.label",
    )
    y = alt.Y(
        "row:N",
        sort=frame["row"].tolist(),
        title=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelLimit=320,
            labelFontSize=14,
            labelExpr="split(datum.label, '\\n')",
        ),
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=axis)

    tooltip = [
        alt.Tooltip("name:N", title="Lever"),
        alt.Tooltip("text:N", title="Resignations"),
        alt.Tooltip("span:N", title="90% range"),
        alt.Tooltip("grade:N", title="Evidence grade"),
    ]
    single, together = (frame[frame["kind"] == kind] for kind in ("lever", "together"))
    backfire = pd.DataFrame({"from": [left], "to": [0.0], "text": ["Backfires"]})
    layers: list[alt.Chart] = [
        alt.Chart(backfire)
        .mark_rect(color="#F3E3EA", aria=False)
        .encode(x=x("from"), x2=alt.X2("to:Q")),
        alt.Chart(frame)
        .mark_bar(color=palette.BAND_80, stroke=palette.MID_BLUE, strokeWidth=1, height=12)
        .encode(x=x("least"), x2=alt.X2("most:Q"), y=y),
        alt.Chart(backfire.loc[:, ["to"]])
        .mark_rule(color=palette.INK, strokeWidth=1.5, aria=False)
        .encode(x=x("to")),
        alt.Chart(single)
        .mark_point(filled=True, size=150, color=palette.BLUE, opacity=1)
        .encode(x=x("fewer"), y=y, tooltip=tooltip),
    ]
    if len(together):
        layers.append(
            alt.Chart(together)
            .mark_point(shape="diamond", filled=True, size=260, color=palette.PINK, opacity=1)
            .encode(x=x("fewer"), y=y, tooltip=tooltip)
        )
    layers += _row_words(frame, simple, x, y)
    layers.append(
        alt.Chart(backfire)
        .mark_text(align="left", baseline="top", dx=5, color=palette.PINK, fontStyle="italic")
        .encode(x=x("from"), y=alt.value(-16), text=alt.Text("text:N"))
    )
    return stacked(layers, 46 * len(frame) + 20)


def _row_words(
    frame: pd.DataFrame, simple: float | None, x: Callable[[str], alt.X], y: alt.Y
) -> list[alt.Chart]:
    ends = frame["most"].where(frame["kind"] == "lever", frame["most"].clip(lower=simple or 0))
    apart = ""
    if simple is not None:
        apart = f" ({describe.format_percent(simple)} if they did not overlap)"
    extra = frame["kind"].map({"lever": "", "together": apart})
    words = frame.loc[:, ["row"]].assign(end=ends, text=frame["text"] + extra)
    layers = label(words, "text", x("end"), y, align="left", dx=10)
    if simple is not None:
        mark = frame.loc[frame["kind"] == "together", ["row"]].assign(simple=simple)
        layers.append(
            alt.Chart(mark)
            .mark_tick(color=palette.GREY, thickness=2.5, size=26)
            .encode(x=x("simple"), y=y)
        )
    return layers


def _alt(frame: pd.DataFrame, title: str, simple: float | None) -> str:
    words = [
        f"{' '.join(str(row['row']).split())}: {row['text']} ({row['span']})."
        for _, row in frame.iterrows()
    ]
    if simple is not None:
        words.append(f"Without overlap it would be {change_text(simple)}.")
    return f"Dot and range chart of effects on resignations. {title}. {' '.join(words)}"


def _how(frame: pd.DataFrame, combined: bool) -> str:
    used = sorted(set(frame["grade"]) & set(_GRADES))
    meaning = "; ".join(f"{grade}: {_GRADES[grade]}" for grade in used)
    together = (
        " The diamond is all levers together. It is less than the upright tick, which is what they "
        "would add up to if they did not overlap: two levers that keep the same person keep one "
        "person."
        if combined
        else ""
    )
    return (
        "Right of the line a lever means fewer resignations, left of it more. Where a bar crosses "
        f"the line, the lever may do harm or nothing at all.{together}"
        f"{f' Evidence grades: {meaning}.' if meaning else ''}"
    )


def _table(frame: pd.DataFrame, simple: float | None) -> pd.DataFrame:
    table = pd.DataFrame(
        {
            "Lever": frame["name"],
            "Evidence grade": frame["grade"],
            "Acts on": ["first year in post" if note else "everybody" for note in frame["note"]],
            "Fewer resignations (%)": (frame["fewer"] * 100).round(1),
            "90% range, least (%)": (frame["least"] * 100).round(1),
            "90% range, most (%)": (frame["most"] * 100).round(1),
        }
    )
    if simple is None:
        return table
    extra = {"Lever": "If levers did not overlap", "Fewer resignations (%)": round(simple * 100, 1)}
    blank = {"Evidence grade": "", "Acts on": ""}
    return pd.concat([table, pd.DataFrame([extra])], ignore_index=True).fillna(blank)
