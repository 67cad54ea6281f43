"""Observed over expected leavers, group by group."""

import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.ratios import ratio_chart
from workforce.domain.circulation import Mark

__all__ = ["group_ratios"]


def group_ratios(*, groups: pd.DataFrame, characteristic: str, mark: Mark | None = None) -> Figure:
    """Draw each group's observed leavers as a share of those expected, with a 95% interval.

    Args:
        groups: Rows of a fairness check: characteristic, group, person_years, observed, expected,
            ratio, low, high, differs.
        characteristic: Which characteristic.
        mark: Mark of the counts.

    Returns:
        The figure.

    Raises:
        ValueError: If the characteristic was not checked.
    """
    rows = groups[groups["characteristic"] == characteristic].reset_index(drop=True)
    if rows.empty:
        raise ValueError(f"{characteristic} was not checked")
    title = _title(rows, characteristic)
    words = [
        f"{row['group']}: {describe.format_count(row['observed'])} left, "
        f"{describe.format_people(row['expected'])} expected "
        f"({describe.format_percent(row['ratio'])}, 95% interval "
        f"{describe.format_percent(row['low'])} to {describe.format_percent(row['high'])})."
        for row in rows.to_dict("records")
    ]
    return Figure(
        mark=mark,
        key=f"groups_{characteristic.casefold().replace(' ', '_')}",
        title=title,
        subtitle=(
            f"{characteristic}: observed leavers as a share of those expected. Dot: share; bar: "
            "95% interval; line: as expected."
        ),
        chart=_chart(rows),
        alt=f"Dot and interval chart. {title}. {' '.join(words)}",
        how_to_read=(
            "At 100% a group leaves as often as its role families, grades and lengths of service "
            "suggest. Where the bar does not reach the line at 100%, chance alone is an unlikely "
            "explanation. That is a question to ask, not proof of unfairness."
        ),
        table=pd.DataFrame(
            {
                "Group": rows["group"],
                "Observed leavers": rows["observed"].round(0).astype(int),
                "Expected (leavers)": rows["expected"].round(1),
                "Observed over expected (%)": (100 * rows["ratio"]).round(1),
                "95% low (%)": (100 * rows["low"]).round(1),
                "95% high (%)": (100 * rows["high"]).round(1),
                "Observed person-years": rows["person_years"].round(1),
            }
        ),
        source="Source: your workforce data; expected leavers from the fitted rates.",
        excel=ExcelChart(
            "bar",
            "Group",
            (ExcelSeries("Observed over expected (%)", palette.BLUE),),
            "Observed over expected, %",
        ),
    )


def _title(rows: pd.DataFrame, characteristic: str) -> str:
    far = rows[rows["differs"]]
    if far.empty:
        return (
            f"{characteristic}: all {len(rows)} groups leave about as often as expected, within "
            "chance"
        )
    worst = far.iloc[int((far["ratio"] - 1).abs().to_numpy().argmax())]
    more = "more" if worst["ratio"] > 1 else "less"
    by = describe.format_percent(abs(float(worst["ratio"]) - 1))
    return f"{characteristic}: {str(worst['group'])[:40]} left {by} {more} often than expected"


def _chart(rows: pd.DataFrame) -> AltairChart:
    frame = rows.assign(
        name=rows["group"],
        text=[
            f"{describe.format_percent(ratio)}  ({describe.format_count(seen)} left, "
            f"{describe.format_people(due)} expected)"
            for ratio, seen, due in zip(
                rows["ratio"], rows["observed"], rows["expected"], strict=True
            )
        ],
        state=["differs" if far else "within chance" for far in rows["differs"]],
    )
    return ratio_chart(frame, form="%")
