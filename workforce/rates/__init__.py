"""Counts + evidence -> leaving and hiring rates with their uncertainty."""

from workforce.rates.fit import fit_rates, fit_resigning, resigned

__all__ = ["fit_rates", "fit_resigning", "resigned"]
