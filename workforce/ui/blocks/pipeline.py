"""What becomes of apprentices."""

from workforce.domain.plan import Plan


def outcome(plan: Plan) -> None:
    """."""
