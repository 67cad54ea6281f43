"""Saved plans, and how files are laid out: no person, no staff data, no row that was uploaded."""

from workforce.store.plans import PlanStore

__all__ = ["PlanStore"]
