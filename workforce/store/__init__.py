"""Saved plans. Plans only: no person, no staff data, nothing that was uploaded."""

from workforce.store.plans import PlanStore

__all__ = ["PlanStore"]
