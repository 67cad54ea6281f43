"""Levers: what would make more people stay, with evidence, range and the effect at once."""

import streamlit as st

from workforce.domain.plan import ActsOn
from workforce.ui import edit, state
from workforce.ui.blocks import steps
from workforce.ui.blocks.joint import joint_effect
from workforce.ui.blocks.lever_card import lever_card
from workforce.ui.blocks.reasons import said_by_leavers
from workforce.ui.evidence import evidence

_HYBRID = "HYBRID"

st.title("Levers")
st.markdown(
    "What other than pay would make more people stay? Levers act on resignations; two at the end "
    "act on how fast posts are filled. Each value starts from evidence, already discounted; change "
    "it where you know better."
)

base, plan = evidence(), state.plan()
said = said_by_leavers()
with st.container(horizontal=True):
    st.button(
        "Switch on all that studies back",
        key="levers.all_on",
        on_click=edit.set_levers,
        kwargs={"on": True},
    )
    st.button(
        "Switch all off", key="levers.all_off", on_click=edit.set_levers, kwargs={"on": False}
    )
    st.button(
        "What if we withdrew hybrid working?",
        key="levers.withdraw_hybrid",
        on_click=edit.withdraw_lever,
        args=(_HYBRID,),
        help="A return-to-office mandate: switches hybrid working on as a lever and takes it from "
        "everybody who has it today. Change the share that keeps it on its card.",
    )
cards, effect = st.columns([6, 5], gap="medium")
with cards, st.container(height=950, border=False):
    # A pane of its own height keeps the effect beside the lever that is being changed.
    st.header("Backed by studies")
    st.caption(f"{len(base.levers)} levers stand in this column: scroll it to see them all.")
    for lever in base.levers.values():
        if lever.on_by_default:
            lever_card(lever.lever_id, said)
    st.header("Little, no or null evidence")
    st.caption("These start switched off. A null result is a result: it is kept here as one.")
    for lever in base.levers.values():
        if not lever.on_by_default and lever.acts_on is ActsOn.LEAVING:
            lever_card(lever.lever_id, said)
    st.header("Filling posts faster")
    st.caption("Judgements without a study of their own; they start switched off.")
    for lever in base.levers.values():
        if lever.acts_on is ActsOn.FILLING:
            lever_card(lever.lever_id)
    own = [choice for choice in plan.levers if choice.lever_id not in base.levers]
    if own:
        st.header("Your own levers")
        for choice in own:
            lever_card(choice.lever_id, said)
with effect:
    joint_effect()
steps.next_page("levers")
