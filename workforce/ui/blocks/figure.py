"""A chart with everything that belongs to it: words, table, and files to take away."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import streamlit as st

from workforce.ui import keys
from workforce.ui.provenance import provenance

if TYPE_CHECKING:
    import pandas as pd

    from workforce.charts import Figure
    from workforce.ui.engine import Run

__all__ = ["EXCEL", "show_figure", "table"]

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_figure(
    figure: "Figure",
    place: str,
    *,
    level: Literal[2, 3] = 3,
    run: "Run | None" = None,
    folded: Literal["nothing", "help", "table and help"] = "nothing",
) -> None:
    """Draw a figure.

    Args:
        figure: The figure.
        place: Where it stands; keeps its widgets apart.
        level: Level of its title among the page's headings.
        run: The run it shows, `None` where it shows what was observed.
        folded: What stands in boxes to be opened: the reading help where there is little room, the
            table too where the figure follows a slider and all of it is sent with every move.

    Raises:
        ValueError: If the figure has no mark: what was observed in it is not known to be protected.
    """
    mark = figure.checked()
    (st.header if level == 2 else st.subheader)(figure.title)
    st.caption(figure.subtitle)
    if folded == "table and help":
        _live_picture(figure, place)
    else:
        chart, numbers = st.tabs(["Chart", "Table"])
        with chart:
            _picture(figure, place)
        with numbers:
            table(figure.table, f"Table: {figure.title}")
    if folded == "nothing":
        st.caption(f"**How to read this.** {figure.how_to_read}")
    else:
        with st.expander("How to read this"):
            st.caption(figure.how_to_read)
    if mark.note:
        st.caption(mark.note)
    _downloads(figure, place, run)


def _picture(figure: "Figure", place: str) -> None:
    st.altair_chart(
        figure.chart, alt=figure.alt, key=keys.field(place, figure.key), width="stretch"
    )


def _live_picture(figure: "Figure", place: str) -> None:
    _picture(figure, place)
    numbers = st.expander("Table", key=keys.field(place, figure.key, "table"), on_change="rerun")
    if numbers.open:
        with numbers:
            table(figure.table, f"Table: {figure.title}")


def table(frame: "pd.DataFrame", description: str) -> None:
    """Draw a table that screen readers can name.

    Args:
        frame: The table, headers as shown.
        description: What it holds.
    """
    st.dataframe(frame, alt=description, hide_index=True)


def _downloads(figure: "Figure", place: str, run: "Run | None") -> None:
    from workforce.export import figure_file_name

    stamp = provenance(run)

    def png() -> bytes:
        from workforce.export import figure_png

        return figure_png(figure, stamp)

    def svg() -> bytes:
        from workforce.export import figure_svg

        return figure_svg(figure, stamp).encode()

    def xlsx() -> bytes:
        from workforce.export import figure_xlsx

        return figure_xlsx(figure, stamp)

    forms: tuple[tuple[str, str, str, Callable[[], bytes]], ...] = (
        ("PNG", "png", "image/png", png),
        ("SVG", "svg", "image/svg+xml", svg),
        ("Excel", "xlsx", EXCEL, xlsx),
    )
    with st.container(horizontal=True, gap="small"):
        for name, suffix, mime, make in forms:
            st.download_button(
                name,
                data=make,
                file_name=figure_file_name(figure, stamp, f".{suffix}"),
                mime=mime,
                key=keys.field(place, figure.key, suffix),
                on_click="ignore",
                icon=":material/download:",
                type="tertiary",
                help=f"Download as {name}: {figure.title}",
            )
