"""Reasons for resigning as shares that give nobody away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workforce.disclosure.rule import Rule
from workforce.domain.circulation import View
from workforce.domain.reasons import PAY, ReasonGroup, StatedReasons

__all__ = ["ReasonShares", "publish_reasons"]


@dataclass(frozen=True, slots=True)
class ReasonShares:
    """What those who resigned said, as shares of those whose reason says why.

    Attributes:
        resigned: People who resigned, `None` where that cannot be shown.
        told: Those of them whose reason says why, `None` where that cannot be shown.
        by_lever: Share of them whose reason a lever could have addressed, by lever id; levers that
            no shown reason points to are left out.
        pay: Share that named pay.
        hidden: Whether small groups were put aside, so that shares may be too low.
    """

    resigned: int | None
    told: int | None
    by_lever: Mapping[str, float]
    pay: float
    hidden: bool

    @property
    def says_something(self) -> bool:
        """Whether there are shares to show."""
        return bool(self.by_lever) or self.pay > 0 or bool(self.told)


def publish_reasons(
    reasons: StatedReasons, rule: Rule, view: View, resignations: Sequence[float] = ()
) -> ReasonShares:
    """Return shares made of groups that are large enough to be shown.

    Reasons are counted in groups that do not overlap: those that point to the same levers. Groups
    under the threshold are put together as “other”, with the smallest shown group if need be, so
    every share is a sum of groups that may each be shown and their differences tell nothing more.

    Args:
        reasons: Counts.
        rule: The threshold.
        view: The working view shows every group.
        resignations: Other counts of resignations of the same people that are shown. Where one of
            them differs from `resigned` by few people, shares are shown and no counts, because the
            difference would tell of those few.

    Returns:
        The shares; none where fewer than two groups can be told apart.
    """
    shares = _shares(reasons, rule, view)
    apart = [abs(total - reasons.resigned) for total in resignations]
    if view is View.WORKING or not any(rule.small(round(few)) for few in apart):
        return shares
    return replace(shares, resigned=None, told=None)


def _shares(reasons: StatedReasons, rule: Rule, view: View) -> ReasonShares:
    groups = sorted(reasons.groups, key=lambda group: (group.people, group.levers))
    aside: list[ReasonGroup] = []
    if view is not View.WORKING:
        while groups and rule.small(groups[0].people):
            aside.append(groups.pop(0))
        # What is left of the total when the shown groups are taken off must not be few people.
        while groups and rule.small(sum(group.people for group in aside)):
            aside.append(groups.pop(0))
        silent = reasons.resigned - reasons.told
        if rule.small(reasons.told) or rule.small(silent):
            return _nothing(reasons, rule)
    if not groups:
        return _nothing(reasons, rule)
    told = reasons.told
    levers = sorted({lever for group in groups for lever in group.levers} - {PAY})
    return ReasonShares(
        resigned=reasons.resigned,
        told=told,
        by_lever={lever: _share(groups, lever, told) for lever in levers},
        pay=_share(groups, PAY, told),
        hidden=bool(aside),
    )


def _share(groups: list[ReasonGroup], lever: str, told: int) -> float:
    return sum(group.people for group in groups if lever in group.levers) / told


def _nothing(reasons: StatedReasons, rule: Rule) -> ReasonShares:
    shown = reasons.resigned if rule.shown(reasons.resigned) else None
    return ReasonShares(shown, None, {}, 0.0, hidden=bool(reasons.groups))
