"""Directorates and jobs: how much more or less often people resign than like people elsewhere."""

from typing import Final

import numpy as np
import pandas as pd

from workforce.charts import palette
from workforce.charts.figure import ExcelChart, ExcelSeries, Figure
from workforce.charts.ratios import ratio_chart
from workforce.domain.circulation import Mark
from workforce.domain.differences import DIFFERENCE_LABELS, DifferenceKind

__all__ = ["resigning_differences"]

_MOST: Final = 10
_TIMES: Final = "Resignations (times those of like people)"
_PLURAL: Final = {DifferenceKind.DEPARTMENT: "directorates", DifferenceKind.TITLE: "jobs"}
_SINGULAR: Final = {DifferenceKind.DEPARTMENT: "Directorate", DifferenceKind.TITLE: "Job"}


def resigning_differences(
    *, rows: pd.DataFrame, kind: DifferenceKind, mark: Mark | None = None
) -> Figure:
    """Draw each group's resignations as a multiple of those of like people, with a 90% range.

    Args:
        rows: `name, ratio, low, high, differs`, largest groups first.
        kind: What people are grouped by.
        mark: Mark of what was observed.

    Returns:
        The figure; the chart has the groups that differ most, the table all.

    Raises:
        ValueError: If there are no rows.
    """
    if rows.empty:
        raise ValueError(f"no {kind} can be shown")
    distance = np.abs(np.log(np.maximum(rows["ratio"].to_numpy(dtype=float), 0.1)))
    first = np.lexsort((-distance, ~rows["differs"].to_numpy(dtype=bool)))[:_MOST]
    title = _title(rows.iloc[first[0]], kind)
    drawn = rows.iloc[first].sort_values("ratio", ascending=False, kind="stable")
    words = [
        f"{row['name']}: {_times(row['ratio'])} as often, 90% range {row['low']:.1f} to "
        f"{row['high']:.1f}."
        for row in drawn.to_dict("records")
    ]
    frame = drawn.assign(
        text=[
            f"{_times(ratio)}  ({low:.1f} to {high:.1f})"
            for ratio, low, high in zip(drawn["ratio"], drawn["low"], drawn["high"], strict=True)
        ],
        state=["differs" if far else "within chance" for far in drawn["differs"]],
    )
    many = len(rows) > _MOST
    few = f" The {_MOST} that differ most are drawn; the table has all." if many else ""
    return Figure(
        mark=mark,
        key=f"differences_{kind}",
        title=title,
        subtitle=(
            f"{DIFFERENCE_LABELS[kind]}: resignations as a multiple of those of people of the same "
            f"role family, grade, length of service and contract in all {_PLURAL[kind]} together. "
            "Dot: estimate; bar: 90% range; line: no difference."
        ),
        chart=ratio_chart(frame, form=".1f"),
        alt=f"Dot and range chart. {title}. {' '.join(words)}",
        how_to_read=(
            "At 1 people resign as often as like people elsewhere. Small groups are drawn towards "
            "1, because few leavers say little. Where the bar does not reach the line, chance "
            "alone is an unlikely explanation: a place to ask what people say, not proof of bad "
            "management. Forecasts by role family do not change with it." + few
        ),
        table=pd.DataFrame(
            {
                _SINGULAR[kind]: rows["name"],
                _TIMES: rows["ratio"],
                "90% low (times)": rows["low"],
                "90% high (times)": rows["high"],
            }
        ),
        source="Source: your workforce data; resignations expected from the fitted rates.",
        excel=ExcelChart(
            "bar",
            _SINGULAR[kind],
            (ExcelSeries(_TIMES, palette.BLUE),),
            "Times as often as like people elsewhere",
        ),
    )


def _times(ratio: float) -> str:
    return f"{ratio:.1f} times"


def _title(furthest: "pd.Series", kind: DifferenceKind) -> str:
    if not furthest["differs"]:
        return f"{DIFFERENCE_LABELS[kind]}: no difference in resigning beyond what chance would do"
    often = _times(float(furthest["ratio"]))
    return f"{str(furthest['name'])[:40]}: people resign {often} as often as like people elsewhere"
