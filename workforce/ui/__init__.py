"""The dashboard: state, blocks and pages. Nothing here computes; it asks `workflow` and shows."""
