"""."""
import streamlit as st
st.title("levers")
