"""."""
import streamlit as st
st.title("apprenticeships")
