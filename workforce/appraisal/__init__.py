"""What a plan's parts are worth: attribution of a projected change, and what it costs."""

from workforce.appraisal.attribution import Attribution, Part, Share, attribute, parts_of

__all__ = ["Attribution", "Part", "Share", "attribute", "parts_of"]
