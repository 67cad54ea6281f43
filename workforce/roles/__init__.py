"""Job title -> role family, with a confidence and a reason, correctable."""

from workforce.roles.classifier import RoleClassifier, RoleMatch
from workforce.roles.titles import fold_title

__all__ = ["RoleClassifier", "RoleMatch", "fold_title"]
