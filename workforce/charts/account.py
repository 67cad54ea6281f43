"""Where a headcount comes from: the stock it begins with, everything that comes and goes."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from workforce.charts import describe, palette
from workforce.charts.figure import AltairChart, ExcelChart, ExcelSeries, Figure
from workforce.charts.floating import FEWER, LEVEL, MORE, Floating, floating_bars, signed
from workforce.charts.series import source_line
from workforce.domain.circulation import Mark
from workforce.domain.families import Family, family_label
from workforce.domain.months import month_name

__all__ = ["headcount_account", "line_words"]

_WORDS: Final = {
    "leavers_voluntary": "Resign",
    "leavers_retirement": "Retire",
    "leavers_end_of_contract": "Contracts end",
    "leavers_other": "Leave for other reasons",
    "leavers_organisational_event": "Redundancies and transfers out",
    "moves_out": "Move to another role family",
    "moves_in": "Move in from another role family",
    "transfers_in": "Transfers in",
    "conversions": "Apprentices take up a post",
    "hires": "Hired",
}
"""Lines of the account in words. A line that is not named here keeps its own name."""
_COLOURS: Final = {LEVEL: palette.BLUE, FEWER: palette.ORANGE, MORE: palette.TURQUOISE}


def line_words(key: str) -> str:
    """Return a line of the account in words."""
    return _WORDS.get(key, describe.sentence(key.replace("_", " ")))


@dataclass(frozen=True, slots=True)
class _Account:
    """What is drawn."""

    flows: pd.DataFrame
    opening: float
    closing: float
    family: str
    first: int
    last: int

    @property
    def names(self) -> tuple[str, str]:
        return (
            f"In post at the start of {month_name(self.first)}",
            f"In post at the end of {month_name(self.last)}",
        )

    @property
    def moved(self) -> pd.DataFrame:
        return self.flows[self.flows["shown"] != 0]


def headcount_account(
    *,
    flows: pd.DataFrame,
    levels: tuple[float, float],
    months: tuple[int, int],
    scenario: str,
    as_of: int,
    family: str = Family.ALL,
    mark: Mark | None = None,
) -> Figure:
    """Draw how one headcount becomes another.

    Args:
        flows: One row a line in the order drawn: key, shown (people, with sign, rounded so that
            they lead from one level to the other).
        levels: People in post at the start of the first month and at the end of the last, as shown.
        months: First and last month index.
        scenario: Name of the scenario.
        as_of: Last observed month index.
        family: Family or `all`.
        mark: Where the opening is an observed count, that it went through disclosure control.

    Returns:
        The figure. Lines that are nothing stand in the table only.
    """
    account = _Account(flows, *levels, family, *months)
    title = _title(account)
    return Figure(
        mark=mark,
        key=f"account_{family}_{months[0]}_{months[1]}",
        title=title,
        subtitle=(
            f"{family_label(family)}: people in post and everybody who comes or goes, "
            f"{_when(account)}. Expected values over all simulated futures. Scenario “{scenario}”."
        ),
        chart=_chart(account),
        alt=_alt(account, title),
        how_to_read=(
            "The first mark is how many are in post to begin with and the last one how many are "
            "left. Each bar between them is what one cause takes away or adds; it begins where the "
            "one before it ended, so together they lead from the first mark to the last. The axis "
            "does not start at nought, so that small changes can be seen."
        ),
        table=_table(account),
        source=source_line(as_of, [scenario]),
        excel=ExcelChart("bar", "Line", (ExcelSeries("Change (people)", palette.BLUE),), "People"),
    )


def _when(account: _Account) -> str:
    if account.first == account.last:
        return f"in {month_name(account.first)}"
    return f"{month_name(account.first)} to {month_name(account.last)}"


def _number(value: float) -> str:
    text = f"{value:,.1f}".replace("-", "−")
    return "0" if text in {"0.0", "−0.0"} else text


def _title(account: _Account) -> str:
    who = describe.sentence(describe.family_word(account.family))
    came = float(account.flows.loc[account.flows["shown"] > 0, "shown"].sum())
    went = -float(account.flows.loc[account.flows["shown"] < 0, "shown"].sum())
    return (
        f"{who}, {_when(account)}: {_number(account.opening)} people in post, "
        f"{_number(went)} go, {_number(came)} come, {_number(account.closing)} at the end"
    )


def _chart(account: _Account) -> AltairChart:
    moved = account.moved
    after = [account.opening, *(account.opening + moved["shown"].cumsum())]
    texts = [signed(_number(each), each) for each in moved["shown"]]
    rows = pd.DataFrame(
        {
            # Shorter than in the table: on a telephone every letter is taken from the bars.
            "name": [
                f"Start of {month_name(account.first)}",
                *map(line_words, moved["key"]),
                f"End of {month_name(account.last)}",
            ],
            "kind": [
                LEVEL,
                *(MORE if each > 0 else FEWER for each in moved["shown"]),
                LEVEL,
            ],
            "from": [account.opening, *after[:-1], account.closing],
            "to": [account.opening, *after[1:], account.closing],
            "text": [_number(account.opening), *texts, _number(account.closing)],
            "span": "",
        }
    )
    return floating_bars(Floating(rows, "People in post", _COLOURS, "Line", from_nought=False))


def _alt(account: _Account, title: str) -> str:
    words = [
        f"{line_words(key)}: {signed(_number(shown), shown)}"
        for key, shown in account.moved[["key", "shown"]].itertuples(index=False)
    ]
    body = "; ".join(words) or "nobody comes or goes"
    first, last = account.names
    return (
        f"Waterfall chart. {title}. {first}: {_number(account.opening)}; {body}; "
        f"{last}: {_number(account.closing)}."
    )


def _table(account: _Account) -> pd.DataFrame:
    nothing = float("nan")
    shown = account.flows["shown"]
    return pd.DataFrame(
        {
            "Line": [
                account.names[0], *map(line_words, account.flows["key"]), account.names[1],
            ],
            "Change (people)": [nothing, *shown.round(1), nothing],
            "In post after it (people)": [
                account.opening,
                *(account.opening + shown.cumsum()).round(1),
                account.closing,
            ],
        }
    )  # fmt: skip
