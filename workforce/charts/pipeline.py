"""Apprenticeships as a flow: what becomes of those who start."""

from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.layers import label, stacked
from workforce.charts.series import source_line
from workforce.domain.circulation import FORECAST, Mark
from workforce.domain.months import month_name

__all__ = ["STAGE_LABELS", "pipeline_flow"]

STAGE_LABELS: Final = {
    "starts": "Started",
    "in_training_at_end": "Still in training",
    "withdrawn_left": "Withdrew and left",
    "withdrawn_stayed": "Withdrew, stayed in another job",
    "not_achieved": "Did not pass",
    "achieved": "Passed",
    "not_offered": "Not offered a post",
    "no_post_left": "Left: no post vacant",
    "redeployed": "Moved to another job here",
    "waiting_at_end": "Waiting for a post",
    "converted": "Moved into a skilled post",
    "left_since": "Left since",
    "in_role_at_end": "In a skilled post at the end",
    "retained_12_months": "Stayed at least 12 months after",
}
# Where each node stands (column), from which node it comes, and whether it is the way we hope for.
_COLUMNS: Final = (
    ("starts",),
    ("achieved", "in_training_at_end", "withdrawn_stayed", "withdrawn_left", "not_achieved"),
    ("converted", "waiting_at_end", "redeployed", "not_offered", "no_post_left"),
    ("in_role_at_end", "left_since"),
)
_PARENT: Final = {1: "starts", 2: "achieved", 3: "converted"}
_COLOURS: Final = {
    "starts": palette.BLUE, "achieved": palette.BLUE, "converted": palette.BLUE,
    "in_role_at_end": palette.BLUE, "in_training_at_end": palette.PURPLE,
    "waiting_at_end": palette.PURPLE, "withdrawn_stayed": palette.TURQUOISE,
    "not_offered": palette.ORANGE,
    "redeployed": palette.TURQUOISE, "withdrawn_left": palette.ORANGE,
    "not_achieved": palette.ORANGE, "no_post_left": palette.ORANGE, "left_since": palette.ORANGE,
}  # fmt: skip
_HEADINGS: Final = ("Start", "After training", "After the job offer", "At the end")
_RUNNING: Final = "in-training/"
"""How the programme_id of a group that is already in training begins."""
_NODE_WIDTH: Final = 0.05
_STEPS: Final = 25
_LEAST: Final = 0.005
"""Fewer people than this on average are rounding, not a stage."""


@dataclass(frozen=True, slots=True)
class _Node:
    """A stage as drawn: its column, its people, and the span it takes up from the top."""

    stage: str
    column: int
    people: float
    top: float
    source_top: float

    @property
    def bottom(self) -> float:
        return self.top + self.people

    @property
    def left(self) -> float:
        return float(self.column)


def pipeline_flow(
    *,
    pipeline: pd.DataFrame,
    scenario: str,
    as_of: int,
    end: int,
    programme_id: str | None = None,
    mark: Mark | None = None,
) -> Figure:
    """Draw the way from starting an apprenticeship to a skilled post as a flow of people.

    Args:
        pipeline: Columns programme_id, programme, stage, mean, p10, p90 (people). Stages: starts,
            in_training_at_end, withdrawn_left, withdrawn_stayed, not_achieved, achieved,
            not_offered, no_post_left, redeployed, waiting_at_end, converted, retained_12_months,
            in_role_at_end; other stages are ignored. A programme_id that begins with
            `in-training/` is a group already in training at the start.
        scenario: Scenario name.
        as_of: Last observed month index.
        end: Last projected month index.
        programme_id: One programme, or all added up (means add; ranges do not and are left out).
        mark: Mark of the groups already in training, which are observed; without any the figure is
            a forecast.

    Returns:
        The figure.

    Raises:
        ValueError: If nobody starts.
    """
    rows = pipeline if programme_id is None else pipeline[pipeline["programme_id"] == programme_id]
    people = {
        str(stage): float(mean) for stage, mean in rows.groupby("stage")["mean"].sum().items()
    }
    starts = people.get("starts", 0.0)
    if starts <= 0:
        raise ValueError("nobody starts an apprenticeship in this pipeline")
    people = _balanced(people)
    nodes = _place(people)
    programmes = {
        str(key): str(name)
        for key, name in zip(rows["programme_id"], rows["programme"], strict=True)
    }
    title = _flow_title(people, end)
    running = any(key.startswith(_RUNNING) for key in programmes)
    return Figure(
        mark=mark if running else FORECAST,
        key="pipeline_flow" if programme_id is None else f"pipeline_flow_{programme_id}",
        title=title,
        subtitle=(
            f"Apprentices, expected numbers up to {month_name(end)}. Scenario “{scenario}”. "
            f"{_programme_words(programmes)}."
        ),
        chart=_flow_chart(nodes),
        alt=_flow_alt(people, title, end),
        how_to_read=(
            "Read from left to right. The height of a band is a number of people. The dark blue "
            "band is the way we hope for: started, passed, moved into a skilled post, still in it. "
            "Green bands stay with the organisation in another job, purple ones are not there yet, "
            "orange ones have left or did not pass. Numbers are averages over all simulated "
            "futures, so they need not be whole."
        ),
        table=_flow_table(rows, people, single=len(programmes) == 1),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart(
            "bar", "Stage", (ExcelSeries("Expected (people)", palette.BLUE),), "People"
        ),
    )


def _programme_words(programmes: dict[str, str]) -> str:
    """Return planned programmes by name, or their number; groups in training as a number."""
    if len(programmes) == 1:
        return next(iter(programmes.values()))
    planned = [name for key, name in programmes.items() if not key.startswith(_RUNNING)]
    running = len(programmes) - len(planned)
    words = planned if len(planned) < 3 else [f"{len(planned)} programmes together"]
    if running:
        words = [*words, f"{running} group{'s' if running > 1 else ''} already in training"]
    joined = describe.join_words(words)
    return joined[0].upper() + joined[1:]


def _balanced(people: dict[str, float]) -> dict[str, float]:
    """Return all nodes: what the stages leave over is still under way, or left since."""
    full = {stage: people.get(stage, 0.0) for stage in STAGE_LABELS}
    out = ("in_training_at_end", "withdrawn_left", "withdrawn_stayed", "not_achieved", "achieved")
    # Whoever has finished training and waits for a result has not reached a later stage.
    full["in_training_at_end"] += max(0.0, full["starts"] - sum(full[stage] for stage in out))
    after = ("converted", "waiting_at_end", "redeployed", "not_offered", "no_post_left")
    full["waiting_at_end"] += max(0.0, full["achieved"] - sum(full[stage] for stage in after))
    full["left_since"] = max(0.0, full["converted"] - full["in_role_at_end"])
    return full


def _place(people: dict[str, float]) -> list[_Node]:
    total = people["starts"]
    # A label needs about a ninth of the height, however few people it names.
    slot = total * 0.135
    nodes: list[_Node] = []
    tops: dict[str, float] = {}
    for column, stages in enumerate(_COLUMNS):
        start = tops.get(_PARENT.get(column, ""), 0.0)
        cursor = source = start
        for stage in stages:
            size = people[stage]
            if size < _LEAST and stage not in {"converted", "in_role_at_end", "achieved"}:
                continue
            tops[stage] = cursor
            nodes.append(_Node(stage, column, size, cursor, source))
            source += size
            cursor += max(size + 0.045 * total, slot)
    return nodes


def _flow_chart(nodes: list[_Node]) -> AltairChart:
    x_scale = alt.Scale(domain=[-0.02, len(_COLUMNS) - 0.08], nice=False)
    deepest = max(node.bottom for node in nodes)
    y_scale = alt.Scale(domain=[-0.08 * deepest, deepest * 1.06], reverse=True, nice=False)
    y_top = alt.Y("y:Q", scale=y_scale, axis=None)
    x = alt.X("x:Q", scale=x_scale, axis=None)
    colour = alt.Color("colour:N", scale=None)
    boxes = pd.DataFrame(
        {
            "x": [node.left for node in nodes],
            "x2": [node.left + _NODE_WIDTH for node in nodes],
            "y": [node.top for node in nodes],
            "y2": [max(node.bottom, node.top + 0.004 * deepest) for node in nodes],
            "colour": [_COLOURS[node.stage] for node in nodes],
            "stage": [STAGE_LABELS[node.stage] for node in nodes],
            "people": [describe.format_people(node.people) for node in nodes],
        }
    )
    boxes = boxes.assign(at=boxes["x2"] + 0.02, middle=boxes["y"])
    tooltip = [
        alt.Tooltip("stage:N", title="Stage"),
        alt.Tooltip("people:N", title="People, expected"),
    ]
    at = alt.X("at:Q", scale=x_scale, axis=None)
    middle = alt.Y("middle:Q", scale=y_scale, axis=None)
    corner: dict[str, Any] = {"align": "left", "baseline": "top"}
    heads = pd.DataFrame(
        {"x": [float(k) for k in range(len(_HEADINGS))], "y": 0.0, "text": list(_HEADINGS)}
    )
    layers = [
        alt.Chart(_ribbons(nodes))
        .mark_area(opacity=0.28, aria=False)
        .encode(x=x, y=y_top, y2=alt.Y2("y2:Q"), detail=alt.Detail("link:N"), color=colour),
        alt.Chart(boxes)
        .mark_rect()
        .encode(x=x, x2=alt.X2("x2:Q"), y=y_top, y2=alt.Y2("y2:Q"), color=colour, tooltip=tooltip),
        *label(boxes, "people", at, middle, dy=1, fontWeight="bold", fontSize=15, **corner),
        *label(boxes, "stage", at, middle, dy=19, **corner),
        alt.Chart(heads)
        .mark_text(color=palette.MUTED, align="left", baseline="bottom", dy=-10)
        .encode(x=x, y=y_top, text=alt.Text("text:N")),
    ]
    return stacked(layers, 430)


def _ribbons(nodes: list[_Node]) -> pd.DataFrame:
    by_stage = {node.stage: node for node in nodes}
    share = np.linspace(0, 1, _STEPS)
    ease = share * share * (3 - 2 * share)
    frames = []
    for node in nodes:
        parent = by_stage.get(_PARENT.get(node.column, ""))
        if parent is None or node.people < _LEAST:
            continue
        start = parent.left + _NODE_WIDTH
        top = node.source_top + (node.top - node.source_top) * ease
        frames.append(
            pd.DataFrame(
                {
                    "link": node.stage,
                    "x": start + share * (node.left - start),
                    "y": top,
                    "y2": top + node.people,
                    "colour": _COLOURS[node.stage],
                }
            )
        )
    columns = ["link", "x", "y", "y2", "colour"]
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _flow_title(people: dict[str, float], end: int) -> str:
    text = describe.format_people
    title = (
        f"Of {text(people['starts'])} apprentices, {text(people['in_role_at_end'])} "
        f"are in a skilled post in {month_name(end)}"
    )
    if people["in_training_at_end"] >= 0.05:
        title += f" and {text(people['in_training_at_end'])} are still in training"
    return title


def _flow_alt(people: dict[str, float], title: str, end: int) -> str:
    words = [
        f"{label_text.lower()} {describe.format_people(people[stage])}"
        for stage, label_text in STAGE_LABELS.items()
        if people[stage] >= _LEAST
    ]
    return f"Flow chart. {title}. Expected numbers up to {month_name(end)}: {', '.join(words)}."


def _flow_table(rows: pd.DataFrame, people: dict[str, float], *, single: bool) -> pd.DataFrame:
    stages = [s for s in STAGE_LABELS if people[s] >= _LEAST or s in set(rows["stage"])]
    table = pd.DataFrame(
        {
            "Stage": [STAGE_LABELS[stage] for stage in stages],
            "Expected (people)": [round(people[stage], 1) for stage in stages],
            "Of those who start (%)": [
                round(100 * people[stage] / people["starts"], 1) for stage in stages
            ],
        }
    )
    if single:
        known = rows.set_index("stage")
        for header, column in (("80% low (people)", "p10"), ("80% high (people)", "p90")):
            table[header] = [
                round(float(known[column].get(stage, float("nan"))), 1) for stage in stages
            ]
    return table
