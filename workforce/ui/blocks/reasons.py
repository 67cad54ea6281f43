"""What the organisation's own leavers said, beside the levers that could have answered it."""

from typing import TYPE_CHECKING

import streamlit as st

from workforce.domain.errors import UserError
from workforce.domain.plan import LeverChoice
from workforce.ui import circulation, edit, keys
from workforce.ui.blocks import redraw
from workforce.ui.present import percent

if TYPE_CHECKING:
    from workforce.disclosure.reasons import ReasonShares

__all__ = ["lever_reasons", "said_by_leavers"]


def said_by_leavers() -> "ReasonShares | None":
    """Say what those who resigned named, and return it; `None` where there is nothing to say."""
    try:
        said = circulation.reasons()
    except UserError:
        # The cards need no data; the pages that do say what is wrong with them.
        return None
    if not said.says_something:
        return None
    who = (
        "Of the people who resigned and gave a reason that says why,"
        if said.told is None
        else f"{said.told} of {said.resigned} people who resigned gave a reason that says why. Of "
        "these,"
    )
    low = " Small groups are put aside, so shares may be too low." if said.hidden else ""
    st.info(
        f"**What your leavers said.** {who} {percent(said.pay)} named pay or a better-paid "
        f"employer, which no lever here changes.{low} What each lever could have answered stands "
        "on its card; people give one reason and often have several, so take it as a hint.",
        icon=":material/forum:",
    )
    return said


def lever_reasons(choice: LeverChoice, said: "ReasonShares") -> None:
    """Say which share of the own leavers a lever could have answered, and offer it as a cap.

    Args:
        choice: The lever as the plan has it.
        said: What leavers said.
    """
    share = said.by_lever.get(choice.lever_id)
    if share is None:
        st.caption("None of the reasons your leavers gave, as far as shown, points to this.")
        return
    st.caption(f"{percent(share)} of your leavers who said why gave a reason this could address.")
    if choice.include and not choice.first_year_only and choice.reach > share:
        st.button(
            f"Let it reach at most {percent(share)}",
            key=keys.field("levers", choice.lever_id, "cap"),
            on_click=redraw.after_lever,
            args=(edit.change_lever, choice.lever_id),
            kwargs={"reach": round(share, 4)},
            help="Caps the lever: of those who would leave it keeps no larger share than the one "
            "that named something it could address.",
        )
