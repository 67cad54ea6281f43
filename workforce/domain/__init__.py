"""The words every room shares: families, grades, months, rates, plans and evidence.

Imports the standard library and numpy only, so that any room can depend on it at no cost.
"""
