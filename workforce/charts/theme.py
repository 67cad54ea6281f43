"""The look of every chart, registered once, the same on screen and in files."""

from typing import Any, Final, cast

import altair as alt

from workforce.charts import palette

__all__ = ["EXPORT_WIDTH", "FONT", "THEME_NAME", "register_theme", "theme_config"]

THEME_NAME: Final = "workforce"

FONT: Final = "Arial, Helvetica, Liberation Sans, sans-serif"
"""Faces with the same letter widths on Windows, macOS and Linux, so that a label that fits on one
fits on all; nothing is fetched."""

EXPORT_WIDTH: Final = 820
"""Width of the plot in exported files, px; on screen the width follows the page."""


def theme_config() -> alt.theme.ThemeConfig:
    """Return the theme: text at 4.5:1 or better, quiet grid, titles of y axes read horizontally."""
    text = {
        "labelColor": palette.GREY,
        "titleColor": palette.GREY,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "labelFont": FONT,
        "titleFont": FONT,
    }
    config: dict[str, Any] = {
        "config": {
            "background": palette.BACKGROUND,
            "font": FONT,
            "padding": 8,
            "view": {"stroke": None, "continuousWidth": EXPORT_WIDTH, "continuousHeight": 320},
            "axis": {
                **text,
                "gridColor": palette.GRID,
                "domainColor": palette.MUTED,
                "tickColor": palette.MUTED,
                "labelPadding": 6,
                "titlePadding": 10,
            },
            "axisX": {"grid": False},
            "axisY": {"domain": False, "ticks": False},
            "legend": {
                **text,
                "orient": "top",
                "direction": "horizontal",
                "symbolSize": 160,
                "symbolType": "square",
                "symbolStrokeColor": palette.MUTED,
                "symbolStrokeWidth": 1,
                "title": None,
                "labelLimit": 300,
                "offset": 14,
            },
            "text": {"font": FONT, "fontSize": 13, "color": palette.INK},
            "line": {"strokeWidth": 2.5, "strokeCap": "butt"},
            "range": {
                "category": [
                    palette.BLUE,
                    palette.TURQUOISE,
                    palette.PINK,
                    palette.ORANGE,
                    palette.GREY,
                    palette.PURPLE,
                ]
            },
        }
    }
    return cast(alt.theme.ThemeConfig, config)


def register_theme() -> None:
    """Register and enable the theme; calling it again changes nothing."""
    alt.theme.register(THEME_NAME, enable=True)(theme_config)
