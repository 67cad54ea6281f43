"""Ratios to one with their ranges, a row a group."""

from typing import Final

import altair as alt
import pandas as pd

from workforce.charts import palette
from workforce.charts.figure import AltairChart
from workforce.charts.layers import label, stacked

__all__ = ["ratio_chart"]

_ROW: Final = 44


def ratio_chart(frame: pd.DataFrame, *, form: str) -> AltairChart:
    """Draw a dot and a range for each group, and a line at one.

    Args:
        frame: `name, ratio, low, high, text, state` (`within chance` or `differs`), in the order of
            the rows.
        form: Format of the axis.
    """
    names = frame["name"].tolist()
    frame = frame.loc[:, ["name", "ratio", "low", "high", "text", "state"]]
    top = float(frame["high"].max())
    scale = alt.Scale(domain=[0, max(1.5, top) * 1.05], nice=False)
    y = alt.Y(
        "name:N",
        sort=names,
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelLimit=220, labelFontSize=14),
        scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
    )

    def x(field: str) -> alt.X:
        return alt.X(f"{field}:Q", scale=scale, axis=alt.Axis(title=None, format=form, tickCount=6))

    base = alt.Chart(frame).encode(y=y)
    shape = alt.Scale(domain=["within chance", "differs"], range=["circle", "diamond"])
    fill = alt.Scale(domain=["within chance", "differs"], range=[palette.BLUE, palette.PINK])
    layers = [
        alt.Chart(pd.DataFrame({"one": [1.0]}))
        .mark_rule(color=palette.MUTED, strokeDash=[4, 3], aria=False)
        .encode(x=x("one")),
        base.mark_bar(
            color=palette.BAND_80, stroke=palette.MID_BLUE, strokeWidth=1, height=12, yOffset=9
        ).encode(x=x("low"), x2=alt.X2("high:Q")),
        base.mark_point(size=150, filled=True, opacity=1, yOffset=9).encode(
            x=x("ratio"),
            shape=alt.Shape("state:N", scale=shape, legend=None),
            fill=alt.Fill("state:N", scale=fill, legend=None),
        ),
        *label(frame, "text", x("low"), y, align="left", baseline="bottom", dy=-1),
    ]
    return stacked(layers, _ROW * len(frame) + 20)
