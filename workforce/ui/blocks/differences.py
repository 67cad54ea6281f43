"""Where people resign more, and less, than like people elsewhere: by directorate and by job."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.differences import DIFFERENCE_LABELS
from workforce.ui.blocks.choices import option
from workforce.ui.blocks.figure import show_figure
from workforce.ui.blocks.present_day import difference_figures

if TYPE_CHECKING:
    from workforce.disclosure import Published

__all__ = ["show_differences"]


def show_differences(seen: "Published") -> None:
    """Draw the comparison of directorates or jobs, or say why there is none.

    Args:
        seen: What may be shown.
    """
    if not seen.differences:
        st.info(
            "Directorates and jobs are compared where your files hold two years of leavers and a "
            "directorate or job title for most of them. Where names have changed since, or the "
            "leavers list has none, nothing is compared."
        )
        return
    # What has something to show stands first.
    kinds = {
        str(each.kind): DIFFERENCE_LABELS[each.kind]
        for each in sorted(seen.differences, key=lambda each: not each.earned)
    }
    chosen = option("Compare", "where.differences", kinds)
    found = next(each for each in seen.differences if str(each.kind) == chosen)
    figure = difference_figures(seen).get(chosen)
    if not found.earned:
        st.info(
            f"{DIFFERENCE_LABELS[found.kind]} are not told apart: what one year showed of them did "
            "not hold in the next, beyond chance. People resign by role family, grade and length "
            "of service, as far as your data tell."
        )
    elif figure is None:
        st.info("Too few people are in each, or too few resigned, for a comparison to be shown.")
    else:
        show_figure(figure, "where", level=2)
        if found.aside:
            st.caption(
                f"{found.aside} more are not shown: few people work in them or few resigned, or "
                "they would give such a group away."
            )
