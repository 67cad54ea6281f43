"""."""
import streamlit as st
st.title("where_we_are_heading")
