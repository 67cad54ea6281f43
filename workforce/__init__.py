"""Digital skills workforce planning for UK public bodies."""

__version__ = "0.1.0"
